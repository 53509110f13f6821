"""Rules over clauses: plain statements of a difficulty, and the words that say it is none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from domain.risk import Risk
from domain.words.lexicon_file import read_lexicon
from domain.words.vocabulary import VulnerableGroup
from nlp.clauses import Clause

_LEXICONS = Path(__file__).parents[1] / "lexicons"
VERSION = "rules-1"


class RulePattern(BaseModel):
    """One pattern of the lexicon."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    risk: Risk
    probability: float = Field(gt=0, lt=1)
    gloss: str = Field(min_length=3)
    pattern: str = Field(min_length=2)


class RiskLexicon(BaseModel):
    """The lexicon of risk patterns."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    vetoes: tuple[str, ...]
    patterns: tuple[RulePattern, ...]


@dataclass(frozen=True, slots=True)
class RuleHit:
    """A clause that says a difficulty plainly."""

    risk: Risk
    probability: float
    clause: Clause


@dataclass(frozen=True, slots=True)
class Rules:
    """The compiled lexicon."""

    vetoes: re.Pattern[str]
    patterns: tuple[tuple[Risk, float, re.Pattern[str]], ...]
    groups: tuple[tuple[VulnerableGroup, re.Pattern[str]], ...]

    def hits(self, sentences: Sequence[Clause]) -> list[RuleHit]:
        """Every pattern found in a sentence that says nothing to the contrary."""
        return [
            RuleHit(risk, probability, _found(sentence, match))
            for sentence in sentences
            if not self.vetoes.search(sentence.text)
            for risk, probability, pattern in self.patterns
            if (match := pattern.search(sentence.text))
        ]

    def named_groups(self, content: str) -> tuple[VulnerableGroup, ...]:
        """The vulnerable groups that the text names."""
        return tuple(group for group, pattern in self.groups if pattern.search(content))


@cache
def load_rules(directory: Path = _LEXICONS) -> Rules:
    """The rules of a directory of lexicons."""
    lexicon = RiskLexicon.model_validate(read_lexicon((directory / "risk.yml").read_text(encoding="utf-8")))
    groups = read_lexicon((directory / "groups.yml").read_text(encoding="utf-8"))
    return Rules(
        vetoes=re.compile("|".join(lexicon.vetoes)),
        patterns=tuple((one.risk, one.probability, re.compile(one.pattern)) for one in lexicon.patterns),
        groups=tuple((VulnerableGroup(name), re.compile(pattern)) for name, pattern in groups.items()),
    )


def _found(sentence: Clause, match: re.Match[str]) -> Clause:
    return Clause(sentence.start + match.start(), sentence.start + match.end(), match[0])
