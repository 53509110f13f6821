"""How good a finder is on gold texts: persons, persons with their roles, places, and each kind of value."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from domain.links.mention import Mentions, PersonRole, ValueMention
from domain.places.region import Level
from nlp.training.labelled_texts import read_records

Found = frozenset[tuple[object, ...]]


class GoldPerson(BaseModel):
    """A person as a reader marked it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    name: str
    role: PersonRole
    start: int
    end: int


class GoldPlace(BaseModel):
    """A place as a reader marked it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    code: str
    level: Level
    start: int
    end: int


class GoldValue(BaseModel):
    """A phone, ID number, amount, area or number of households as a reader marked it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    start: int
    end: int


class GoldText(BaseModel):
    """One text with everything it names; a kind of value that nobody marked is None and is not scored."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    genre: str = ""
    title: str = ""
    text: str
    persons: tuple[GoldPerson, ...]
    places: tuple[GoldPlace, ...] = ()
    phones: tuple[GoldValue, ...] | None = None
    id_numbers: tuple[GoldValue, ...] | None = None
    amounts: tuple[GoldValue, ...] | None = None
    areas: tuple[GoldValue, ...] | None = None
    households: tuple[GoldValue, ...] | None = None


@dataclass(frozen=True, slots=True)
class MentionScore:
    """Precision, recall and F1 of one kind of mention, each counted once for the span it covers."""

    kind: str
    expected: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 when nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what there is that was found; 1 when there is nothing."""
        return self.right / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.expected + self.found
        return 2 * self.right / both if both else 1.0

    def as_record(self) -> dict[str, object]:
        """The score as JSON, rounded to four digits."""
        rates = {name: round(getattr(self, name), 4) for name in ("precision", "recall", "f1")}
        return asdict(self) | rates


Finder = Callable[[str, str], Mentions]
"""Title and text to what they name."""


def read_gold(path: Path) -> list[GoldText]:
    """The gold texts of a JSON lines file; ConfigError names file, line and field."""
    return read_records(path, GoldText)


def evaluate_mentions(texts: Sequence[GoldText], find: Finder) -> tuple[MentionScore, ...]:
    """The scores of `find`: persons by span, persons by span and role, villages and groups by span and code, values."""
    pairs = [(text, find(text.title, text.text)) for text in texts]
    return tuple(_score(kind, pairs) for kind in _KINDS)


def score_of(kind: str, pairs: Iterable[tuple[Found, Found]]) -> MentionScore:
    """The score over pairs of what there is and what was found."""
    expected = found = right = 0
    for gold, own in pairs:
        expected, found, right = expected + len(gold), found + len(own), right + len(gold & own)
    return MentionScore(kind, expected, found, right)


def persons_of(text: GoldText) -> Found:
    """The spans of the persons."""
    return frozenset((one.start, one.end) for one in text.persons)


def persons_found(mentions: Mentions) -> Found:
    """The spans of the persons that were found."""
    return frozenset((one.start, one.end) for one in mentions.persons)


def _score(kind: str, pairs: Sequence[tuple[GoldText, Mentions]]) -> MentionScore:
    gold_of, found_of = _KINDS[kind]
    both = ((gold_of(text), found_of(mentions)) for text, mentions in pairs)
    return score_of(kind, ((gold, own) for gold, own in both if gold is not None))


def _roles_of(text: GoldText) -> Found:
    return frozenset((one.start, one.end, one.role) for one in text.persons)


def _roles_found(mentions: Mentions) -> Found:
    return frozenset((one.start, one.end, one.role) for one in mentions.persons)


def _places(*levels: Level) -> tuple[Callable[[GoldText], Found | None], Callable[[Mentions], Found]]:
    def gold_of(text: GoldText) -> Found | None:
        return frozenset((one.start, one.end, one.code) for one in text.places if one.level in levels)

    def found_of(mentions: Mentions) -> Found:
        return frozenset((one.start, one.end, one.code.digits) for one in mentions.places if one.level in levels)

    return gold_of, found_of


def _values(kind: str) -> tuple[Callable[[GoldText], Found | None], Callable[[Mentions], Found]]:
    def gold_of(text: GoldText) -> Found | None:
        marked: tuple[GoldValue, ...] | None = getattr(text, kind)
        return None if marked is None else frozenset((one.start, one.end) for one in marked)

    def found_of(mentions: Mentions) -> Found:
        values: tuple[ValueMention, ...] = getattr(mentions, kind)
        return frozenset((one.start, one.end) for one in values)

    return gold_of, found_of


_KINDS: Mapping[str, tuple[Callable[[GoldText], Found | None], Callable[[Mentions], Found]]] = {
    "persons": (persons_of, persons_found),
    "persons_with_role": (_roles_of, _roles_found),
    "villages": _places(Level.VILLAGE, Level.SITE),
    "groups": _places(Level.GROUP),
    **{kind: _values(kind) for kind in ("phones", "id_numbers", "amounts", "areas", "households")},
}
