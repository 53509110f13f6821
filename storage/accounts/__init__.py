"""Accounts and ways in, and the audit log of what was done with them."""
