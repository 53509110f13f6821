"""What an operator needs: copies, keys, retention, health."""
