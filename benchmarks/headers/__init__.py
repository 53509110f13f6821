"""How tables are understood whose headers nobody has written before."""
