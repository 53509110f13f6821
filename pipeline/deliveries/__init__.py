"""Everything that offices hand in, by whatever door: one way in, a receipt for each."""
