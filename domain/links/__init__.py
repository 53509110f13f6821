"""What a text names, and which household that is."""
