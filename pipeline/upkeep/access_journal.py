"""A journal of ways in beside the database: a backup put back knows nothing of accounts and keys shut since.

Two files in the home: every act on a way in, as the audit log has it, and the number and hash of the latest entry seen.
A database in which that entry is missing is older than what ran here before.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.auditing.audit import Anchor, Link, link_hash, link_record, links_from
from domain.auditing.way_in import ACTS, RESTORED, SIGN_IN, of_ways_in
from domain.failures.errors import FileError, MigrationNeeded
from domain.failures.unreadable import why_unreadable
from pipeline.private_file import written_whole
from storage.store import Store

_ASK = "数据库比上次运行时旧, 是恢复的备份: 其后停用的账号、作废的密钥又有效了。请先运行 qianshao db restored"


@dataclass(frozen=True, slots=True)
class Seen:
    """The latest entry of the audit log that was seen, and when."""

    anchor: Anchor
    at: datetime


class AccessJournal:
    """The journal of one home."""

    def __init__(self, home: Path) -> None:
        """Keep it in this folder."""
        self._acts, self._head = home / "access-journal.jsonl", home / "access-journal.head"

    def keep(self, store: Store, now: datetime) -> None:
        """Write down what was done since the last time.

        Raises:
            MigrationNeeded: when the database has gone back behind what was seen, and nobody has settled that.
        """
        seen = self.seen()
        with store.reading() as work:
            head = work.audit.head()
            fits = seen is None or _holds(work.audit.at(seen.anchor.sequence), seen.anchor)
            if not fits and seen is not None:
                settled = work.audit.acts({RESTORED}, after=0)
                if not settled or settled[-1].entry.at <= seen.at:
                    raise MigrationNeeded(_ASK)
            after = seen.anchor.sequence if seen is not None and fits else 0
            found = of_ways_in(work.audit.acts(ACTS | {SIGN_IN}, after=after))
        if head is None or (fits and seen is not None and head == seen.anchor):
            return
        if not fits:
            # Settled from another machine: what was written here is the past of a database that is no more.
            self.put_aside(now)
        self._append(found)
        with written_whole(self._head) as output:
            record = {"sequence": head.sequence, "hash": head.hash, "at": now.isoformat()}
            output.write(json.dumps(record).encode())

    def seen(self) -> Seen | None:
        """The latest entry that was seen, of the acts where that is not known; None where there is no journal yet."""
        try:
            record = json.loads(self._head.read_text(encoding="utf-8"))
            return Seen(Anchor(int(record["sequence"]), str(record["hash"])), datetime.fromisoformat(str(record["at"])))
        except FileNotFoundError:
            return next((Seen(Anchor(one.sequence, one.hash), one.entry.at) for one in reversed(self.acts())), None)
        except OSError as exc:
            raise FileError(f"{self._head}: {why_unreadable(exc)}") from exc
        except (ValueError, KeyError, TypeError) as exc:
            raise FileError(
                f"{self._head}: 内容不完整: 请把它移到别处, {self._acts.name} 留在原处, 再运行一次; "
                "刚放回过备份的, 先运行 qianshao db restored"
            ) from exc

    def acts(self) -> list[Link]:
        """Every act that was written down."""
        return read_acts(self._acts) if self._acts.exists() else []

    def put_aside(self, now: datetime) -> None:
        """Begin a new journal; the old one stays under the name of the moment."""
        if self._acts.exists():
            self._acts.rename(self._acts.with_name(f"access-journal.{now:%Y%m%dT%H%M%S}.jsonl"))
        self._head.unlink(missing_ok=True)

    def _append(self, links: Iterable[Link]) -> None:
        lines = [json.dumps(link_record(one), ensure_ascii=False) + "\n" for one in links]
        self._acts.touch(mode=0o600, exist_ok=True)
        with self._acts.open("a", encoding="utf-8") as output:
            output.writelines(lines)


def read_acts(path: Path) -> list[Link]:
    """The acts on ways in of a journal, or of a file of `qianshao audit export`, by number; each as its hash says.

    Raises:
        FileError: where the file cannot be read, or a line is none of an audit log or was changed.
    """
    found: dict[int, Link] = {}
    try:
        with path.open(encoding="utf-8") as lines:
            for one in links_from(json.loads(line) for line in lines if line.strip()):
                if one.hash != link_hash(one.sequence, one.previous_hash, one.entry):
                    raise FileError(f"{path}: 第{one.sequence}条被改动过, 不能采用")
                found[one.sequence] = one
    except OSError as exc:
        raise FileError(f"{path}: {why_unreadable(exc)}") from exc
    except (ValueError, KeyError, TypeError) as exc:
        raise FileError(f"{path}: 不是 qianshao audit export 导出的文件, 也不是 access-journal.jsonl") from exc
    return [found[number] for number in sorted(found)]


def _holds(link: Link | None, anchor: Anchor) -> bool:
    return link is not None and link.hash == anchor.hash
