"""What other systems and teams are told of leads."""
