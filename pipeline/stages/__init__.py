"""The stages of a text: each reads what the one before appended, and the run that goes through them."""
