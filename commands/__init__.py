"""The console script: one small module per noun, no business logic."""
