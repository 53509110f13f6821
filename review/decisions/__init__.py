"""What people decide about leads, texts and accusations: checked and appended in one transaction."""
