"""Administrative divisions, what lies below them, and whose numbers a record carries."""
