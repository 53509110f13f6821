"""What the State and the county say, as reviewed tables with their sources; nothing of it stands in code."""
