"""Crawls, what they leave in the spool, and how healthy each medium is."""
