"""The reading process: what it takes from itself before the first byte, and what passes between it and its parent."""
