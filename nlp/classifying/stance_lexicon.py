"""Words by which a clause takes a difficulty back, as they are written in `lexicons/stance.toml`."""

import tomllib
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from domain.risk import GUIDE_RISKS, Risk

_LEXICON = Path(__file__).parents[1] / "lexicons" / "stance.toml"
_EVERY = frozenset(GUIDE_RISKS)


class Stance(StrEnum):
    """How a clause takes a difficulty back."""

    DENIED = "denied"
    SUPPOSED = "supposed"
    SETTLED = "settled"
    PAST = "past"


class Reach(StrEnum):
    """Which clauses a cue speaks of."""

    CLAUSE = "clause"
    REST = "rest"
    SENTENCE = "sentence"
    BEFORE = "before"
    TURN = "turn"
    TEXT = "text"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bounds(_Part):
    """When a category goes; every field is explained in the lexicon."""

    carries: float
    speaks: float
    outweighed: float
    most: float
    agrees: dict[Stance, float]


class Limits(_Part):
    """How far cues reach, and the bounds for short and for long texts."""

    farthest: int = Field(ge=1)
    opening: int = Field(ge=1)
    brief: int = Field(ge=1)
    in_brief: Bounds
    in_long: Bounds
    withdrawn: float = Field(gt=0, lt=1)


class _Denial(_Part):
    negators: str
    between: str
    most_between: int = Field(ge=0)
    never: str
    words: dict[Risk, str]


class Cue(_Part):
    """Words that take something back, and which clauses they speak of."""

    stance: Stance
    reach: Reach
    gloss: str = Field(min_length=2)
    pattern: str = Field(min_length=2)
    risks: frozenset[Risk] = _EVERY
    negates: bool = False
    """Its own words hold a 没 or 不."""
    needs_asking: bool = False
    """Holds only in a text that asks or advises."""
    needs_no_plea: bool = False
    """Holds only in a text that pleads for nothing."""
    ended: bool = False
    """Of an age that is over whatever the rest of the text says."""


class _Asking(_Part):
    pattern: str


class _Plea(_Part):
    pattern: str


class _Turn(_Part):
    today: str
    well: str


class _Contrast(_Part):
    pattern: str
    speaks: float


class _Fine(_Part):
    pattern: str
    never: str


class StanceLexicon(_Part):
    """The file as it is written."""

    limits: Limits
    denial: _Denial
    cue: tuple[Cue, ...]
    asking: _Asking
    plea: _Plea
    turn: _Turn
    inside: dict[Stance, str]
    guard: dict[Stance, str]
    contested: dict[Stance, str]
    contrast: _Contrast
    fine: _Fine


def load_stance_lexicon() -> StanceLexicon:
    """The shipped vocabulary."""
    return StanceLexicon.model_validate(tomllib.loads(_LEXICON.read_text(encoding="utf-8")))
