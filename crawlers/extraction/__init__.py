"""From the bytes of a page to title, time, origin, author and body; pure functions."""
