"""The leak search: worlds full of marked secrets, every role on every route, nothing where the matrix says no."""
