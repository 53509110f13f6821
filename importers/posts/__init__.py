"""Exports of posts and of message boards."""
