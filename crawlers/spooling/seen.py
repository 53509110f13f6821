"""What a crawl is told about earlier ones: a file of fingerprints, and the few pages that may be asked for again.

Every page known is a 16-byte fingerprint of its name in one sorted block, looked up in place: a source with 200,000
pages costs 3 MB. Only list pages, and articles that are due, come whole, with what a conditional request needs.
"""

import hashlib
import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from crawlers.declaring.addresses import page_name
from crawlers.declaring.fetch_rules import FetchRules
from crawlers.spooling.schedule import is_due
from domain.media.crawl import FetchProblem, PageKind, SeenPage

_MAGIC = b"qianshao-seen-1\n"
_WIDTH = 16
_MOMENTS = ("published_at", "first_seen_at", "asked_at")


class SeenMemory:
    """The pages of one source that were asked for in earlier runs, by the names of their addresses."""

    def __init__(
        self, fingerprints: bytes, pages: Iterable[SeenPage], rules: FetchRules, pauses: Mapping[str, int]
    ) -> None:
        """Know the sorted fingerprints, and `pages` whole."""
        self.pauses = pauses
        """How often in a row each site has said that it wants to be left alone."""
        self._fingerprints = fingerprints
        self._rules = rules
        self._pages = {page_name(page.url, rules): page for page in pages}

    def __contains__(self, url: object) -> bool:
        """True for an article that was asked for before and is not due again."""
        if not isinstance(url, str):
            return False
        name = page_name(url, self._rules)
        page = self._pages.get(name)
        return (page is None or page.kind is PageKind.LIST) and self._has(_fingerprint(name))

    def get(self, url: str) -> SeenPage | None:
        """A list page, or an article that is due again, with what is known of it."""
        return self._pages.get(page_name(url, self._rules))

    def due(self) -> Iterator[SeenPage]:
        """The articles that are to be asked for again, whether a list names them or not."""
        return (page for page in self._pages.values() if page.kind is not PageKind.LIST)

    def _has(self, fingerprint: bytes) -> bool:
        place = bisect_left(_Records(self._fingerprints), fingerprint)
        start = place * _WIDTH
        return self._fingerprints[start : start + _WIDTH] == fingerprint


class _Records:
    """The block as a sequence of its records, for bisection without unpacking it."""

    def __init__(self, block: bytes) -> None:
        self._block = block

    def __len__(self) -> int:
        return len(self._block) // _WIDTH

    def __getitem__(self, place: int) -> bytes:
        return self._block[place * _WIDTH : (place + 1) * _WIDTH]


def no_memory(rules: FetchRules) -> SeenMemory:
    """The memory of a source that was never crawled."""
    return SeenMemory(b"", (), rules, {})


def write_seen(
    path: Path, pages: Iterable[SeenPage], pauses: Mapping[str, int], rules: FetchRules, now: datetime
) -> None:
    """Write the memory of a source from all its pages, which are gone through once."""
    fingerprints, whole = [], []
    for page in pages:
        if page.kind is not PageKind.LIST:
            fingerprints.append(_fingerprint(page_name(page.url, rules)))
        if page.kind is PageKind.LIST or is_due(page, rules, now):
            whole.append(page)
    fingerprints.sort()
    head = json.dumps({"pauses": dict(pauses), "pages": [_to_json(page) for page in whole]}).encode()
    path.write_bytes(_MAGIC + len(head).to_bytes(8, "big") + head + b"".join(fingerprints))


def read_seen(path: Path, rules: FetchRules) -> SeenMemory:
    """The memory of a file; ValueError when it is no such file."""
    content = path.read_bytes()
    start = len(_MAGIC) + 8
    if not content.startswith(_MAGIC):
        raise ValueError(f"{path.name} 不是已抓取记录")
    end = start + int.from_bytes(content[start - 8 : start], "big")
    head = json.loads(content[start:end])
    return SeenMemory(content[end:], map(_from_json, head["pages"]), rules, head["pauses"])


def _fingerprint(name: str) -> bytes:
    return hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=_WIDTH).digest()


def _to_json(page: SeenPage) -> dict[str, object]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in asdict(page).items()
        if value is not None
    }


def _from_json(record: dict[str, Any]) -> SeenPage:
    moments = {name: datetime.fromisoformat(record[name]) for name in _MOMENTS if name in record}
    problem = FetchProblem(record["problem"]) if "problem" in record else None
    kind, inner = PageKind(record["kind"]), tuple(record["inner"])
    return SeenPage(**{**record, **moments, "kind": kind, "problem": problem, "inner": inner})
