"""Everything that takes delivered files in: petition registers, household registers, gazetteers. It never opens the database."""
