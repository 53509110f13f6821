"""The header of a table: where it stands, and what its columns mean."""
