"""Counts what was found in generated texts against what stands in them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.places.texts import Gold, Text
from domain.links.mention import AmbiguousPlace, PlaceMention
from domain.places.region import Level
from nlp.places.gazetteer import Gazetteer, PlacesRead


@dataclass(slots=True)
class Count:
    """Mentions of places below the county."""

    texts: int = 0
    gold: int = 0
    found: int = 0
    """Of `gold`, those under which anything was found."""
    right: int = 0
    """Of `gold`, those found at the same characters with the same codes."""
    given: int = 0
    """All that was found, ambiguous ones included."""
    abroad: int = 0
    recognised: int = 0
    """Of the texts about another county, those that name nothing of ours and are known to play elsewhere."""

    @property
    def recall(self) -> float:
        """Share of the gold that is right."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / self.given if self.given else 1.0

    @property
    def code_accuracy(self) -> float:
        """Share of the gold under which something was found that has the right codes."""
        return self.right / self.found if self.found else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def add(self, text: Text, read: PlacesRead) -> None:
        """Count one text."""
        given = [_key(one) for one in read.places if one.level is not Level.COUNTY]
        given += [_key(one) for one in read.ambiguous]
        gold = [(one.start, one.end, tuple(code.digits for code in one.codes)) for one in text.gold]
        self.texts += 1
        self.gold += len(gold)
        self.given += len(given)
        self.found += sum(any(_overlap(one, other) for other in given) for one in text.gold)
        self.right += len(set(gold) & set(given))
        self.abroad += text.abroad
        self.recognised += text.abroad and not given and bool(read.foreign)

    def merge(self, other: "Count") -> None:
        """Add what another count holds."""
        for name in ("texts", "gold", "found", "right", "given", "abroad", "recognised"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def count(gazetteer: Gazetteer, texts: Iterable[Text]) -> dict[str, Count]:
    """The counts of every form."""
    counts: dict[str, Count] = defaultdict(Count)
    for text in texts:
        counts[text.form].add(text, gazetteer.read(text.content, known=text.known))
    return dict(counts)


def total(counts: Iterable[Count]) -> Count:
    """All counts in one."""
    whole = Count()
    for one in counts:
        whole.merge(one)
    return whole


def _key(found: PlaceMention | AmbiguousPlace) -> tuple[int, int, tuple[str, ...]]:
    codes = found.codes if isinstance(found, AmbiguousPlace) else (found.code,)
    return found.start, found.end, tuple(code.digits for code in codes)


def _overlap(gold: Gold, key: tuple[int, int, tuple[str, ...]]) -> bool:
    return gold.start < key[1] and key[0] < gold.end
