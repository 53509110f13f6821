"""How commands speak: tables on a terminal, JSON lines with --json, errors in Chinese with the right exit code."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from domain.clock import CHINA

PARTLY_FAILED = 1
WRONG_USAGE = 2


def write_json(record: object) -> None:
    """One JSON line on standard output."""
    typer.echo(json.dumps(record, ensure_ascii=False))


def write_pieces(pieces: Iterable[str]) -> None:
    """One JSON line on standard output, written as its pieces come: a receipt may be larger than memory."""
    sys.stdout.writelines(pieces)
    sys.stdout.write("\n")


def say(sentence: str) -> None:
    """A sentence for people, on standard error so that it never mixes with records."""
    typer.echo(sentence, err=True)


def moment(at: datetime | None) -> str:
    """A moment in China to the minute, empty where there is none."""
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}" if at else ""


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table as wide as the terminal, or 160 columns where there is none."""
    width = None if sys.stdout.isatty() else 160
    table = Table(title=title, title_justify="left", show_lines=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    Console(width=width).print(table)


class Counted(ProgressColumn):
    """How many are done, and of how many where that was counted."""

    def render(self, task: Task) -> Text:
        """See rich."""
        done, total = task.fields["done"], task.total
        if task.fields["by_share"]:
            return Text(f"{done} {task.percentage:.0f}%")
        return Text(f"{done}/{'?' if total is None else int(total)}")


class Bars:
    """A bar for each kind of work, that grows as batches finish, or as the file is read where that is known."""

    def __init__(self, drawn: Progress) -> None:
        """Draw on these."""
        self._drawn = drawn
        self._tasks: dict[str, TaskID] = {}
        self._done: Counter[str] = Counter()
        self._by_share: set[str] = set()

    def __call__(self, name: str, count: int) -> None:
        """So many more of this name are done."""
        self._done[name] += count
        grown = 0 if name in self._by_share else count
        self._drawn.update(self._task(name), advance=grown, done=self._done[name])

    def expect(self, name: str, total: int) -> None:
        """So many of this name are to be done."""
        self._drawn.update(self._task(name), total=total)

    def far(self, name: str, share: float) -> None:
        """This share of what has this name is done, 0 to 1; how many that are is shown beside the bar."""
        self._by_share.add(name)
        self._drawn.update(self._task(name), completed=share, total=1.0, by_share=True)

    def _task(self, name: str) -> TaskID:
        if name not in self._tasks:
            self._tasks[name] = self._drawn.add_task(name, total=None, done=0, by_share=False)
        return self._tasks[name]


@contextmanager
def progress_bars() -> Iterator[Bars]:
    """Bars for work that takes long; nothing is drawn where there is no terminal."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        Counted(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as drawn:
        yield Bars(drawn)
