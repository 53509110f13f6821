"""What a page says beside the text of its article, as a document keeps it: under the headings that people know."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

_AUTHOR, _EDITOR, _CAPTIONS, _FILES, _ORIGINAL = "作者", "编辑", "图片说明", "附件", "原文"
_FILE = re.compile(r"(?:(?P<name>.*) )?(?P<address>https?://.*)", re.IGNORECASE)
"""A name may be an address itself: what stands last is where the file is."""


@dataclass(frozen=True, slots=True)
class LinkedFile:
    """A file that a page offers."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideText:
    """Any part may be empty."""

    author: str = ""
    editor: str = ""
    captions: tuple[str, ...] = ()
    files: tuple[LinkedFile, ...] = ()
    original: str = ""
    """The text in traditional characters, where the page is written in them."""

    def to_fields(self) -> dict[str, str]:
        """By heading; what the page did not say is left out."""
        said = {
            _AUTHOR: self.author,
            _EDITOR: self.editor,
            _CAPTIONS: "\n".join(self.captions),
            _FILES: "\n".join(f"{one.name} {one.address}".strip() for one in self.files),
            _ORIGINAL: self.original,
        }
        return {heading: content for heading, content in said.items() if content}

    @classmethod
    def from_fields(cls, fields: Mapping[str, str]) -> Self:
        """What `to_fields` wrote."""
        files = (_FILE.fullmatch(line) for line in fields.get(_FILES, "").splitlines())
        return cls(
            author=fields.get(_AUTHOR, ""),
            editor=fields.get(_EDITOR, ""),
            captions=tuple(fields.get(_CAPTIONS, "").splitlines()),
            files=tuple(LinkedFile(one["name"] or "", one["address"]) for one in files if one),
            original=fields.get(_ORIGINAL, ""),
        )
