"""What a run learned about pages and sites, in append-only files from which the database takes it over.

The spool holds the articles; these lines hold what decides later requests: which page was asked for when, what a
conditional request needs, what went wrong, and which site said that it wants to be left alone until when.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from crawlers.archiving.members import PART, MemberFile, MemberWriter, Rest, finish_stale, read_members
from domain.media.crawl import FetchProblem, PageKind, SeenPage, SitePause

_ENDING = ".visits.gz"
_MOMENTS = ("published_at", "first_seen_at", "asked_at", "until")

Visit = SeenPage | SitePause


class VisitWriter(MemberFile):
    """Writes the visits of one run of one source; use as a context manager."""

    def __init__(self, visits: Path, source: str, started_at: datetime) -> None:
        """Finish what an earlier, killed run of the source left open, then open a new file."""
        finish_stale(visits / source, _ENDING)
        name = f"{started_at.strftime('%Y%m%dT%H%M%S%f')}{_ENDING}"
        super().__init__(MemberWriter(visits / source / name, level=1))

    def write(self, visit: Visit) -> None:
        """Append a visit; it survives the death of the process."""
        record = {name: _plain(value) for name, value in asdict(visit).items()}
        self._members.append(json.dumps(record, ensure_ascii=False).encode())


def visit_files(visits: Path, source: str) -> list[Path]:
    """The files of a source that have not been taken over, oldest first."""
    return sorted([*(visits / source).glob(f"*{_ENDING}"), *(visits / source).glob(f"*{_ENDING}{PART}")])


def read_visits(path: Path) -> Iterator[Visit]:
    """The visits of a file; what a killed run left unfinished at its end is passed over."""
    for member in read_members(path):
        if isinstance(member, Rest):
            return
        record = json.loads(member)
        for name in _MOMENTS:
            if record.get(name):
                record[name] = datetime.fromisoformat(record[name])
        yield SitePause(**record) if "until" in record else _page(record)


def _page(record: dict[str, Any]) -> SeenPage:
    problem = FetchProblem(record["problem"]) if record["problem"] else None
    kind, inner = PageKind(record["kind"]), tuple(record.get("inner", ()))
    return SeenPage(**{**record, "kind": kind, "problem": problem, "inner": inner})


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
