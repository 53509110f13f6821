"""Declared media: one strict YAML each, what it may ask for, and how a declaration is changed."""
