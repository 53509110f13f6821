"""The official lists of divisions, and which village a name in a delivery means."""
