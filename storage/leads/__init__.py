"""Leads, their evidence and decisions, who works on them, and what a scope may see of them."""
