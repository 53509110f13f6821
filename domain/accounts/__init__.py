"""Who may come in, how far each sees, and by which way."""
