"""What the language stages, a second reader and people appended to texts."""
