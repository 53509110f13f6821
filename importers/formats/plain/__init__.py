"""Texts without layout: their encoding, their tables, the marks between their words."""
