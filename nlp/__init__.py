"""Everything that reads Chinese: normalising, classifying with evidence, finding mentions, near-duplicate signatures."""
