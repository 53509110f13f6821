"""Acts at the same moment: threads that start together, and one that is stopped half-way while another acts."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Thread
from typing import Any, TypeVar

T = TypeVar("T")
PATIENCE = 20.0
"""Seconds after which a test gives up on a thread."""
_GRACE = 0.7
"""Seconds that an act is given to end before the stopped one goes on; one that has to wait for it cannot end."""


def at_once(acts: Sequence[Callable[[], T]]) -> list[T]:
    """What each act gave, in their order; all start when the last thread is ready."""
    start = Barrier(len(acts), timeout=PATIENCE)

    def run(act: Callable[[], T]) -> T:
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def overtaken(owner: Any, name: str, first: Callable[[], T], second: Callable[[], object]) -> T:
    """What `first` gave, which is stopped right after it called `owner.name` while `second` acts.

    Where `second` has to wait for the transaction of `first`, it ends after it.
    """
    asked, go_on = Event(), Event()
    method = getattr(owner, name)

    def stopping(*arguments: Any, **named: Any) -> Any:
        found = method(*arguments, **named)
        asked.set()
        assert go_on.wait(PATIENCE)
        return found

    def overtake() -> None:
        second()
        go_on.set()

    with ThreadPoolExecutor(1) as pool:
        setattr(owner, name, stopping)
        running = pool.submit(first)
        assert asked.wait(PATIENCE)
        setattr(owner, name, method)
        other = Thread(target=overtake)
        other.start()
        other.join(_GRACE)
        go_on.set()
        answer = running.result(PATIENCE)
        other.join(PATIENCE)
        assert not other.is_alive()
    return answer
