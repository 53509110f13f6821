"""How well places are read: generated texts around real lists, and false alarms on real texts of other counties."""
