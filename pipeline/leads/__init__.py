"""Leads: opened, given to people, reminded of, and kept with their household."""
