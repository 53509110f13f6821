"""What leaves for other systems, teams and operators."""
