"""What a named person is in the text: who petitions, who suffers, who serves."""
