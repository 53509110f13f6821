"""What offices hand in, and what they get back for every row."""
