"""The reviewed words of tables, letters and registers, and how they become patterns."""
