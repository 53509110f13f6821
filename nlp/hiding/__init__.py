"""What must not be read of a text, and of whom."""
