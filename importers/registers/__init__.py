"""A delivered household register: rows and cards, gathered into households."""
