"""Delivered files: fuzzing of their readers, and what reading a large one costs."""
