"""The one way in for delivered files: command line, web, API, drop folder and mailbox all end here."""

import gc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from domain.clock import Clock
from domain.deliveries.receipt import Origin, Receipt
from domain.failures.errors import FileError
from domain.failures.unreadable import why_unreadable
from domain.places.region import RegionCode
from importers.entries import Accepted, Delivered, Entry, PetitionFile, Rejected, Warned
from importers.fingerprint import sha256_of
from importers.petitions.reading import PetitionReading, open_petitions
from importers.posts.reading import read_posts
from importers.profiles import Profiles
from importers.progress import Far, Progress, unseen, unseen_far
from pipeline.deliveries.claims import claimed_delivery, new_delivery
from pipeline.deliveries.delivery import BATCH_ROWS, Delivery, ReadsDifferently
from storage.joined.known_headers import KnownHeaders
from storage.store import Store

_Opened = Callable[[Delivery], AbstractContextManager[Iterator[Delivered]]]


def import_petitions(
    store: Store,
    path: Path,
    *,
    county: RegionCode,
    clock: Clock,
    origin: Origin,
    profiles: Profiles | None = None,
    progress: Progress = unseen,
    far: Far = unseen_far,
) -> Receipt:
    """The stored receipt of a delivered file; every row is in exactly once, whoever delivers it how often.

    The file is read in one pass and in constant memory. When its import was broken off, the same file goes on where it
    stopped. `far` is told how much of the file is read. `profiles` are the headers that people confirmed: those of the
    office when not given. FileError when the file cannot be read; the message says what to do.
    """

    @contextmanager
    def opened(delivery: Delivery) -> Iterator[Iterator[Delivered]]:
        with open_petitions(
            path,
            received_at=delivery.receipt.received_at,
            county=county,
            profiles=profiles if profiles is not None else KnownHeaders(store, origin.office),
        ) as reading:
            if reading.sha256 != delivery.receipt.file_sha256:
                raise FileError(f"{path.name}: 文件在导入时被改动, 请等它保存完再提交")
            yield _telling(reading, far)

    return _import(store, path, opened, clock=clock, origin=origin, progress=progress)


def import_posts(store: Store, path: Path, *, clock: Clock, origin: Origin, progress: Progress = unseen) -> Receipt:
    """The same for an export of posts or of a message board, which is read as a whole."""

    @contextmanager
    def opened(delivery: Delivery) -> Iterator[Iterator[Delivered]]:
        yield _entries(read_posts(path, received_at=delivery.receipt.received_at))

    return _import(store, path, opened, clock=clock, origin=origin, progress=progress)


def _telling(reading: PetitionReading, far: Far) -> Iterator[Delivered]:
    """What was delivered, and with each batch how far the file is read."""
    for count, one in enumerate(reading.delivered):
        if count % BATCH_ROWS == 0 and (share := reading.share_read()) is not None:
            far(share)
        yield one


@contextmanager
def _without_looking_at_what_was_there() -> Iterator[None]:
    """Keeps the garbage collector from going through the program's own objects again and again, a tenth of the time.

    They are given back at the end; of several imports in one process the first to end gives them back for all.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@_without_looking_at_what_was_there()
def _import(store: Store, path: Path, opened: _Opened, *, clock: Clock, origin: Origin, progress: Progress) -> Receipt:
    sha256 = _sha256(path)
    with claimed_delivery(store, path.name, sha256, origin, clock=clock, progress=progress) as delivery:
        try:
            with opened(delivery) as entries:
                return delivery.take_in(entries)
        except ReadsDifferently:
            delivery.give_up("导入中断以后, 程序或确认过的表头有了变化, 已用另一个回执从头导入, 不会重复, 不需要处理")
    with (
        new_delivery(store, path.name, sha256, origin, clock=clock, progress=progress) as delivery,
        opened(delivery) as entries,
    ):
        return delivery.take_in(entries)


def _sha256(path: Path) -> str:
    try:
        return sha256_of(path)
    except OSError as exc:
        raise FileError(f"{path.name}: 文件读不出来({why_unreadable(exc)}), 请检查路径和权限") from exc


def _entries(delivered: PetitionFile) -> Iterator[Entry]:
    found: list[Entry] = [
        *(Warned(one) for one in delivered.warnings),
        *(Rejected(one) for one in delivered.problems),
        *(Accepted(record) for record in delivered.records),
    ]
    found.sort(key=_place)
    return iter(found)


def _place(entry: Entry) -> tuple[str, int]:
    return (
        (entry.record.sheet, entry.record.row)
        if isinstance(entry, Accepted)
        else (entry.problem.sheet, entry.problem.row)
    )
