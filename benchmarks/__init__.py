"""Measured quality and speed, with pinned floors."""
