"""The leak search over many random worlds."""
