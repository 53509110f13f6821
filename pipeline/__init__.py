"""The sentence of the system: the stages in their order, each reading what the one before appended."""
