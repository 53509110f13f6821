"""The words of exports: which columns and keys mean what, which are comments, which network an address belongs to."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict

from domain.words.lexicon_file import read_lexicon
from domain.words.vocabulary import Channel

_VOCABULARY = Path(__file__).parents[1] / "words" / "posts.yml"


class Export(BaseModel):
    """The columns of one kind of export."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    channel: Channel
    required: tuple[str, ...]
    fields: dict[str, tuple[str, ...]]


class Vocabulary(BaseModel):
    """What the reviewed file says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    comment_keys: tuple[str, ...]
    exports: dict[str, Export]
    networks: dict[str, str]


@cache
def vocabulary() -> Vocabulary:
    """The words as they are shipped."""
    return Vocabulary.model_validate(read_lexicon(_VOCABULARY.read_text(encoding="utf-8")))


def is_comment(keys: Sequence[str]) -> bool:
    """True for the keys or headers of a comment or a table of comments."""
    return any(key in vocabulary().comment_keys for key in keys)


def export_of(keys: Sequence[str]) -> str | None:
    """The export whose required fields are there; the one with the most known keys where several fit."""
    fitting = {
        name: sum(any(key in names for key in keys) for names in export.fields.values())
        for name, export in vocabulary().exports.items()
        if all(any(key in export.fields[field] for key in keys) for field in export.required)
    }
    return max(fitting, key=lambda name: fitting[name], default=None)


def network_of(url: str) -> str:
    """The network or medium that an address belongs to, by its Chinese name where that is known; empty for none."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    known = (name for part, name in vocabulary().networks.items() if host == part or host.endswith(f".{part}"))
    return next(known, host)
