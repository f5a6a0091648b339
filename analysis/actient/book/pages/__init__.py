"""Pages and parts of pages that are written from tables, a module each."""
