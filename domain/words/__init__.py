"""Closed lists of words and how tables of words are read and laid over one another."""
