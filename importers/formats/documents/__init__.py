"""Word documents and the old ones that are converted to them."""
