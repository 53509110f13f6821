"""The words of the field: a text may show a household in difficulty, and a person goes and looks.

Standard library only. Every other room imports from here; this room imports from none.
"""
