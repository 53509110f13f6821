"""From an answer to an article: its parts, its headline, and what becomes of it."""
