"""Numbers, sums and days in a text."""
