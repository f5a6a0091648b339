"""What stands around the text of a page: head, addresses, formulas, references, card."""
