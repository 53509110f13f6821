"""Checks of a delivered household register: what contradicts itself, and what somebody should look at."""
