"""Names of persons in a text, hidden parts and ways of address included."""
