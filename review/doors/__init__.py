"""What stands before every request: limits, origins, headers, errors."""
