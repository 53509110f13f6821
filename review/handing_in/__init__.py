"""What clerks hand in through pages and interface, and what they see before it is imported."""
