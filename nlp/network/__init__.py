"""The neural reader: characters in, probabilities out; what serving needs, without torch."""
