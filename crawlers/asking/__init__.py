"""What a site answers: what is taken of it, and what it shows instead of a page."""
