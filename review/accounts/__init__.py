"""What an administrator does with accounts, and what happens to ways in when a backup is put back."""
