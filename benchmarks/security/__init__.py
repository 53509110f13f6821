"""How long a change of keys and a check of the audit log take."""
