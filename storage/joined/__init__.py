"""Questions that need several repositories at once."""
