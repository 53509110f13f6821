"""Bars on a terminal: what they count, and whose length is known."""

import io

from rich.console import Console
from rich.progress import Progress

from commands.terminal import Bars, Counted


def drawn() -> Progress:
    return Progress(Counted(), console=Console(file=io.StringIO(), force_terminal=True), auto_refresh=False)


def shown(progress: Progress) -> str:
    [task] = progress.tasks
    return Counted().render(task).plain


def test_without_a_total_the_count_stands_beside_a_question_mark():
    progress = drawn()
    bars = Bars(progress)

    bars("台账.xlsx", 500)
    bars("台账.xlsx", 500)

    assert shown(progress) == "1000/?"
    assert progress.tasks[0].total is None


def test_counted_work_has_its_total():
    progress = drawn()
    bars = Bars(progress)

    bars.expect("classify", 40)
    bars("classify", 10)

    assert shown(progress) == "10/40"
    assert progress.tasks[0].percentage == 25


def test_of_a_file_the_bar_is_what_is_read_and_the_rows_stand_beside_it():
    progress = drawn()
    bars = Bars(progress)

    bars("台账.xlsx", 500)
    bars.far("台账.xlsx", 0.25)
    bars("台账.xlsx", 500)

    assert shown(progress) == "1000 25%"
    assert progress.tasks[0].percentage == 25
