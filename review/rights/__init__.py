"""What an account may do and see, and who works on a lead now."""
