"""What is hidden of people on screens and in logs."""
