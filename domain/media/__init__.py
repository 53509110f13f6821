"""What is remembered of crawled media: runs, health, and which villages they speak of."""
