"""The archive of raw pages: what is kept of a page, and what is taken out of it."""
