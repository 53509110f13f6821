"""Near-duplicates: generated reprints and hard negatives, beside datasketch."""
