"""Household registers as offices deliver them, and what has to come of each."""
