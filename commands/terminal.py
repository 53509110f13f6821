"""How commands speak: tables on a terminal, JSON lines with --json, errors in Chinese with the right exit code."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

PARTLY_FAILED = 1
WRONG_USAGE = 2


def write_json(record: object) -> None:
    """One JSON line on standard output."""
    typer.echo(json.dumps(record, ensure_ascii=False))


def say(sentence: str) -> None:
    """A sentence for people, on standard error so that it never mixes with records."""
    typer.echo(sentence, err=True)


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table as wide as the terminal, or 160 columns where there is none."""
    width = None if sys.stdout.isatty() else 160
    table = Table(title=title, title_justify="left", show_lines=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    Console(width=width).print(table)


@contextmanager
def progress_bars() -> Iterator[Callable[[str, int], None]]:
    """A counter per stage that grows as batches finish; nothing is drawn where there is no terminal."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bars:
        tasks: dict[str, TaskID] = {}

        def advance(name: str, count: int) -> None:
            if name not in tasks:
                tasks[name] = bars.add_task(name, total=None)
            bars.advance(tasks[name], count)

        yield advance
