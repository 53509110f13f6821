"""Invented counties that show the whole way."""
