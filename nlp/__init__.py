"""Everything that reads Chinese: normalising, classifying with evidence, mentions, near-duplicate signatures."""
