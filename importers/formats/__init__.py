"""Bytes of a delivered file to its parts, read in a child process with limits."""
