"""Responses counted and weighted: estimates with what they rest on."""
