"""A delivered file of petitions, whatever its format: tables, forms, letters, records."""
