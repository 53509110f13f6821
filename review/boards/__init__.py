"""Boards: counts, charts, maps, and the filters that their numbers lead to."""
