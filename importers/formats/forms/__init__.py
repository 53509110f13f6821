"""Filled-in forms, told from lists, label by label."""
