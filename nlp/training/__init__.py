"""From labelled texts to weights; never imported when texts are read."""
