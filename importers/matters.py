"""What stands where a matter should and says nothing."""

import re
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


@cache
def matter_words() -> MatterWords:
    """The words as they are shipped."""
    return MatterWords.model_validate(yaml.safe_load(_WORDS.read_text(encoding="utf-8")))


def says_nothing(text: str) -> bool:
    """True for a text of signs alone (also an empty one), or one that only points elsewhere: 无, /, 详见附件."""
    words = _SIGNS.sub("", text)
    return not words or words in matter_words().nothing
