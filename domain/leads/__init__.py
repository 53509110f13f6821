"""Leads: their life, their deadlines, who may work on them, and what each may read of them."""
