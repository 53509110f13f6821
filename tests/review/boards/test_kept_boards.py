"""What is kept is shown only while nothing changed, or as old while it is counted anew."""

import threading

from review.boards.kept_boards import KeptBoards
from tests.fakes import NOON


def test_nothing_is_counted_twice_while_nothing_changed_and_at_once_when_it_did():
    boards, calls = KeptBoards[int](), iter(range(10))

    found = [boards.get("town", mark, lambda: next(calls), NOON).board for mark in ((1,), (1,), (2,))]

    assert found == [0, 0, 1]


def test_what_took_long_is_shown_as_old_while_it_is_counted_anew():
    boards, counted = KeptBoards[str](), threading.Event()
    first = boards.get("county", (1,), lambda: "before", NOON)
    boards._kept["county"] = type(first)("before", (1,), NOON, seconds=3.0)

    def count() -> str:
        counted.set()
        return "after"

    old = boards.get("county", (2,), count, NOON)

    assert (old.board, old.current) == ("before", False)
    assert counted.wait(20)
