"""Training of the neural reader on labelled texts."""
