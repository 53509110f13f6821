"""The example county: 克虎镇, true in form and place names, invented in everything else."""
