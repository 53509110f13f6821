"""Sends notices to people outside the program: signed webhooks and mail. The only room that does."""
