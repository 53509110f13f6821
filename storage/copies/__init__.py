"""Whole copies of the database: written, checked, and put back."""
