"""How a deployment is set up: files and environment read once, handed down as values."""
