"""How well texts are classified."""
