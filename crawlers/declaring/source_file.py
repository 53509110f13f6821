"""Changes to a declaration on the disk: comments and order stay, a file that would no longer load is not written."""

import os
import re
import tempfile
from datetime import date
from pathlib import Path

import yaml

from crawlers.declaring.source import load_source
from domain.failures.errors import ConfigError
from domain.words.lexicon_file import read_lexicon


def with_key(text: str, key: str, line: str | None) -> str:
    """The declaration with a top-level key set by the given line, or taken out; a new key goes to the end."""
    lines, kept, inside, is_set = text.splitlines(), list[str](), False, line is None
    for one in lines:
        if re.match(rf"{re.escape(key)}\s*:", one):
            inside = True
            if line is not None and not is_set:
                kept.append(line)
                is_set = True
            continue
        # What is indented, or empty, below the key belongs to its value.
        inside = inside and (not one.strip() or one[0] in " \t")
        if not inside:
            kept.append(one)
    if not is_set and line is not None:
        kept.append(line)
    return "\n".join(kept) + "\n"


def verified(text: str, note: str, on: date) -> str:
    """The declaration as a person has seen it work: no longer unverified, robots.txt and terms recorded as read."""
    terms = (read_lexicon(text) or {}).get("terms") or {}
    address = f"address: {_quoted(str(terms['address']))}, " if terms.get("address") else ""
    record = f"checked_on: {on.isoformat()}, note: {_quoted(note)}"
    cleared = with_key(with_key(text, "unverified", None), "disabled", None)
    return with_key(with_key(cleared, "robots", f"robots: {{{record}}}"), "terms", f"terms: {{{address}{record}}}")


def disabled(text: str, because: str, on: date) -> str:
    """The declaration switched off with its reason."""
    return with_key(text, "disabled", f"disabled: {{since: {on.isoformat()}, because: {_quoted(because)}}}")


def write_source(path: Path, text: str, *, is_new: bool) -> None:
    """Write the declaration whole or not at all; ConfigError when it would not load, or a new one exists."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if is_new and path.exists():
        raise ConfigError(f"来源文件 {path} 已经存在, 没有改动")
    with tempfile.TemporaryDirectory(prefix=".source-", dir=path.parent) as scratch:
        candidate = Path(scratch) / path.name
        candidate.write_text(text, encoding="utf-8")
        load_source(candidate)
        os.replace(candidate, path)  # noqa: PTH105 - the atomic one


def _quoted(text: str) -> str:
    return yaml.safe_dump(" ".join(text.split()), default_style='"', allow_unicode=True, width=10_000).strip()
