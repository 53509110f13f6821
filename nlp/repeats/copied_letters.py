"""Tells apart the households that sent in one letter: a template that a whole village signs is many petitions.

Near-duplicates lie in one cluster, so that what a person decided of one reprint holds for all. Where the register
knows no household, the cluster alone would make one lead of them, and the second household would get none.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import ahocorasick

from domain.texts.document import Document, DocumentId
from domain.words.vocabulary import Channel
from nlp.persons.petitioner_names import names_of
from nlp.repeats.repeats import one_matter
from nlp.repeats.signed_names import signed_text


@dataclass(frozen=True, slots=True)
class _Sender:
    """What tells the people of two texts apart."""

    names: frozenset[str]
    """Those that the register gives and those of all names read in the cluster that stand in the text."""
    registered: frozenset[str]
    id_number: str
    phone: str
    is_press: bool


@dataclass(slots=True)
class _Household:
    """One household's texts so far: the first one, and one text of each kind of sender."""

    place: int
    first: DocumentId
    texts: list[tuple[_Sender, Document]] = field(default_factory=list)


def first_of_each_household(cluster: Sequence[Document]) -> dict[DocumentId, DocumentId]:
    """For each document of a cluster the first one of its household; the first of a cluster may stand for itself.

    `cluster` is in the order in which the texts came in. A text belongs to the first household none of whose texts is
    somebody else's by the register, or names others: where each of two texts names somebody whom the other does not,
    they are of two households. What two media print of one text never differs by names alone. A text that names nobody
    goes with the first household.
    """
    senders = _senders(cluster)
    households = _Households(Counter(name for one in set(senders) for name in one.names))
    found = zip(cluster, map(households.place, senders, cluster), strict=True)
    return {document.id: household.first for document, household in found}


class _Households:
    """The households of a cluster; those that a text may belong to are found by its names, not by comparing all."""

    def __init__(self, frequency: Mapping[str, int]) -> None:
        """`frequency` says how many kinds of senders have each name: the rarest one tells most."""
        self._frequency = frequency
        self._all: list[_Household] = []
        self._known: dict[_Sender, _Household] = {}
        self._naming: dict[str, dict[int, None]] = defaultdict(dict)
        """By each name the households with a text that gives it."""
        self._by_rarest: dict[str, dict[int, None]] = defaultdict(dict)
        """By a text's rarest name its household: whatever gives fewer names is found from the text with more."""
        self._unnamed: dict[int, None] = {}
        """Households no petition of which names anybody."""

    def place(self, sender: _Sender, document: Document) -> _Household:
        """The household of the text, a new one where it fits none."""
        known = self._known.get(sender)
        if known is not None:
            return known
        fitting = (one for one in self._candidates(sender) if _fits(sender, document, one))
        own = next(fitting, None) or self._new(document)
        own.texts.append((sender, document))
        self._known[sender] = own
        for name in sender.names:
            self._naming[name][own.place] = None
        if sender.names:
            self._by_rarest[self._rarest(sender)][own.place] = None
            if not sender.is_press:
                self._unnamed.pop(own.place, None)
        return own

    def _candidates(self, sender: _Sender) -> Iterator[_Household]:
        if not sender.names:
            yield from self._all
            return
        places = {*self._naming[self._rarest(sender)], *self._unnamed}
        places |= {place for name in sender.names for place in self._by_rarest[name]}
        yield from (self._all[place] for place in sorted(places))

    def _new(self, document: Document) -> _Household:
        made = _Household(len(self._all), document.id)
        self._all.append(made)
        self._unnamed[made.place] = None
        return made

    def _rarest(self, sender: _Sender) -> str:
        return min(sender.names, key=lambda name: (self._frequency[name], name))


def _fits(sender: _Sender, document: Document, household: _Household) -> bool:
    return not any(_of_two(sender, document, other, text) for other, text in household.texts)


def _of_two(sender: _Sender, document: Document, other: _Sender, text: Document) -> bool:
    """True when the register or the texts themselves name two people."""
    if not one_matter(document, text):
        return True
    if sender.is_press and other.is_press:
        return False
    return not (sender.names <= other.names or other.names <= sender.names)


def _senders(cluster: Sequence[Document]) -> list[_Sender]:
    signed = [signed_text(one) for one in cluster]
    registered = [names_of(one.petitioner.name) for one in cluster]
    # Every text is read for the names of all, so that none is missed in one copy and found in the next.
    named = (name for one in zip(signed, registered, strict=True) for name in (*one[0].names, *one[1]))
    standing = _Standing(named)
    return [
        _Sender(
            names=standing.names_in(text.content) | names,
            registered=names,
            id_number=document.petitioner.id_number.upper(),
            phone=document.petitioner.phone,
            is_press=document.channel is Channel.NEWS,
        )
        for document, text, names in zip(cluster, signed, registered, strict=True)
    ]


class _Standing:
    """Finds given names in texts, of two that overlap the longer one: 郝建国 is not 郝建."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = ahocorasick.Automaton()
        for name in names:
            self._names.add_word(name, name)
        self._names.make_automaton()

    def names_in(self, content: str) -> frozenset[str]:
        """Those of the names that stand in the content."""
        return frozenset(name for _, name in self._names.iter_long(content)) if len(self._names) else frozenset()
