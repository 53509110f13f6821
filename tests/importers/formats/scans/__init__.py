"""Scans and photos."""
