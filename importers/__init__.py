"""Everything that takes delivered files in: petitions, household registers, gazetteers. Never opens the database."""
