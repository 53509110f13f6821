"""Which registered household a text speaks of: pure functions over domain types, no database and no language model."""
