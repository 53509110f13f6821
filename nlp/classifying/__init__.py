"""Which difficulty a text tells of: models, rules, evidence, and what takes a difficulty back."""
