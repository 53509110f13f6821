"""Importing: how fast, in how much memory, and whether a kill loses or doubles a row."""
