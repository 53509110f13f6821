"""What stands where a matter should: words that say nothing, and rows that only show how to fill in the table."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

_WORDS = Path(__file__).parent / "matter_words.yml"
_SIGNS = re.compile(r"[\W_]+")


class MatterWords(BaseModel):
    """What `matter_words.yml` says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    nothing: frozenset[str]
    examples: tuple[str, ...]


@cache
def matter_words() -> MatterWords:
    """The words as they are shipped."""
    return MatterWords.model_validate(yaml.safe_load(_WORDS.read_text(encoding="utf-8")))


def says_nothing(text: str) -> bool:
    """True for a text of signs alone (also an empty one), or one that only points elsewhere: 无, /, 详见附件."""
    words = _SIGNS.sub("", text)
    return not words or words in matter_words().nothing


def is_example(filled: Mapping[int, str], matter: str) -> bool:
    """True for the row of an empty form that shows how to fill it in, by its filled cells and its matter."""
    first = next(iter(filled.values()), "")
    return _SIGNS.sub("", first) in matter_words().examples or _beginning().match(matter) is not None


@cache
def _beginning() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, matter_words().examples), key=len, reverse=True))
    return re.compile(rf"[(\uff08\[\u3010](?:{words})[)\uff09\]\u3011]|(?:{words})[:\uff1a]")
