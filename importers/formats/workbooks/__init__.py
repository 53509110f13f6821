"""Workbooks of every age as tables, row by row, with what calamine does not tell."""
