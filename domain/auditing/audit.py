"""The audit log as a chain: what an entry's hash is made of, where a chain breaks, and a head kept elsewhere."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.accounts.account import AuditEntry
from domain.auditing.audit_act import act_label, said_detail

FIRST_HASH = "0" * 64
"""What the first entry follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One entry in its place in the chain."""

    sequence: int
    entry: AuditEntry
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """An entry's number and hash, kept where whoever changes the database cannot reach: the tail may not end before."""

    sequence: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What reading a whole chain found."""

    entries: int
    head: Anchor
    broken_at: int | None = None
    """Number of the first entry that does not follow from the one before; None when all do."""
    missed: tuple[Anchor, ...] = ()
    """Anchors that the chain does not hold: its tail was cut off, or it was made anew from there on."""

    @property
    def whole(self) -> bool:
        """True when nothing was changed, taken out, put in or cut off, as far as the anchors tell."""
        return self.broken_at is None and not self.missed


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditQuestion:
    """Which entries are asked for; what is None or empty does not matter."""

    actor: str = ""
    action: str = ""
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = field(default=None)
    """Only entries with a smaller number: where the page before ended."""


def link_hash(sequence: int, previous: str, entry: AuditEntry) -> str:
    """SHA-256, as 64 hexadecimal digits, of number, previous hash and everything that the entry says."""
    content = [sequence, previous, entry.at.isoformat(), entry.actor, entry.action, entry.subject, entry.detail]
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def check_chain(links: Iterable[Link], anchors: Iterable[Anchor] = ()) -> Verdict:
    """The verdict on a chain that begins with its first entry; a million entries are never held at once."""
    wanted = {anchor.sequence: anchor for anchor in anchors}
    head, broken = Anchor(0, FIRST_HASH), None
    entries = 0
    for link in links:
        if broken is None and not follows(head, link):
            broken = link.sequence
        entries, head = entries + 1, Anchor(link.sequence, link.hash)
        if wanted.get(link.sequence) == head:
            del wanted[link.sequence]
    return Verdict(entries=entries, head=head, broken_at=broken, missed=tuple(wanted.values()))


def follows(before: Anchor, link: Link) -> bool:
    """True when the link is the very next one and its hash is that of what it says."""
    in_place = link.sequence == before.sequence + 1 and link.previous_hash == before.hash
    return in_place and link.hash == link_hash(link.sequence, link.previous_hash, link.entry)


def link_record(link: Link) -> dict[str, object]:
    """The link as a JSON object; `label` and `said` are for people and stand in no hash."""
    return {
        "sequence": link.sequence,
        "at": link.entry.at.isoformat(),
        "actor": link.entry.actor,
        "action": link.entry.action,
        "subject": link.entry.subject,
        "detail": link.entry.detail,
        "label": act_label(link.entry.action),
        "said": said_detail(link.entry.action, link.entry.detail),
        "previous_hash": link.previous_hash,
        "hash": link.hash,
    }


def links_from(records: Iterable[Mapping[str, object]]) -> Iterator[Link]:
    """The links of JSON objects; KeyError or ValueError where one is no link."""
    for one in records:
        entry = AuditEntry(
            at=datetime.fromisoformat(str(one["at"])),
            actor=str(one["actor"]),
            action=str(one["action"]),
            subject=str(one["subject"]),
            detail=str(one["detail"]),
        )
        yield Link(
            sequence=int(str(one["sequence"])),
            entry=entry,
            previous_hash=str(one["previous_hash"]),
            hash=str(one["hash"]),
        )
