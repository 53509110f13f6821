"""A delivered household register: what it changes, what of it is taken in, and who has to look first."""
