"""`python -m commands`: the console script without its entry point, for processes started by the scheduler."""

from commands.main import main

main()
