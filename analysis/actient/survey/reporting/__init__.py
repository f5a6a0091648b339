"""What a next survey should record, and what supplied responses answer of it."""
