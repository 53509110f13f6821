"""Rows below a header as petitions: what each says, and how it is known again."""
