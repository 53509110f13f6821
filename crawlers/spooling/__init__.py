"""What a run writes and is told: articles, seen pages, visits, counts, and when what is asked again."""
