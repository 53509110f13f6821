"""The reviewed words in and around tables: what repeats, what counts, what is a note, how sure a header must be."""

import re
from functools import cache, cached_property
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

_WORDS = Path(__file__).parent / "table_words.yml"


class Similarity(BaseModel):
    """How like a known text a header must be, 0 to 1."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    accepted: float
    proposed: float
    content: float
    content_alone: float
    share: float


class TableWords(BaseModel):
    """What `table_words.yml` says."""

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))

    ditto: frozenset[str]
    totals: frozenset[str]
    notes: tuple[str, ...]
    counters: frozenset[str]
    others: tuple[str, ...]
    similarity: Similarity

    @cached_property
    def note(self) -> re.Pattern[str]:
        """Matches the beginning of a note or signature: a word of `notes` with a number or colon behind it."""
        words = "|".join(sorted(map(re.escape, self.notes), key=len, reverse=True))
        return re.compile(rf"(?:{words})(?:\s*[\d一二三四五六]\s*[、.]?)?\s*[(（]?[^:：]{{0,4}}[)）]?[:：]")


@cache
def table_words() -> TableWords:
    """The words as they are shipped."""
    return TableWords.model_validate(yaml.safe_load(_WORDS.read_text(encoding="utf-8")))
