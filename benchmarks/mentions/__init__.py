"""How well persons, places and values are found: gold texts, the figures, and what they are held to."""
