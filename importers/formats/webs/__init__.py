"""Mails and web pages: their bodies, their tables, the files they bring."""
