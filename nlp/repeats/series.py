"""Who brings a matter in again: petitions of one person as a series, and how many independent voices tell of a matter.

A repeat is information, nothing is merged away: each petition stays a text of its own, and the series says that help
has not come. The number of repeats is a signal of urgency (初重件 of petition registers).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.texts.document import Document, DocumentId, Petitioner
from domain.words.vocabulary import Channel
from nlp.persons.petitioner_names import names_of


@dataclass(frozen=True, slots=True)
class Series:
    """Petitions of one person about one matter, oldest first."""

    documents: tuple[DocumentId, ...]
    days: tuple[date, ...]
    """The days on which the person came; what several desks wrote down on one day is one time."""

    @property
    def length(self) -> int:
        """How many times the person came."""
        return len(self.days)


def same_person(one: Petitioner, other: Petitioner) -> bool:
    """True when two petitions about one matter came from one person.

    ID numbers decide where both have one. Other names are other people, whatever phone they share: a cadre files for a
    whole village from one phone. The same name on the same matter is the same person; without a name the phone decides.
    """
    if one.id_number and other.id_number:
        return one.id_number.upper() == other.id_number.upper()
    names, others = names_of(one.name), names_of(other.name)
    if names and others:
        return bool(names & others)
    return bool(one.phone) and one.phone == other.phone


def series_among(documents: Sequence[Document], elsewhere: Sequence[Document] = ()) -> list[Series]:
    """The series among texts of one matter, the longest first; a person who came on one day only makes none.

    Texts `elsewhere` count for who is among the petitioners of the matter, and for nobody else.
    """
    found = []
    for group in _by_person(documents):
        whole = [*group, *(one for one in elsewhere if same_person(group[0].petitioner, one.petitioner))]
        whole.sort(key=lambda one: (one.day, one.id))
        found.append(Series(tuple(one.id for one in whole), tuple(sorted({one.day for one in whole}))))
    return sorted((one for one in found if one.length > 1), key=lambda one: (-one.length, one.days, one.documents))


def voices(documents: Sequence[Document], clusters: Mapping[DocumentId, DocumentId]) -> int:
    """How many tell of the matter independently: reprints are one voice, and so is one person, however often."""
    person = {one.id: group[0].id for group in _by_person(documents) if len(group) > 1 for one in group}
    return len({person.get(one.id, clusters.get(one.id, one.id)) for one in documents})


def _by_person(documents: Sequence[Document]) -> list[list[Document]]:
    groups: list[list[Document]] = []
    for document in sorted(documents, key=lambda one: (one.day, one.id)):
        if document.channel is Channel.NEWS:
            continue
        own = next((group for group in groups if same_person(group[0].petitioner, document.petitioner)), None)
        if own is None:
            groups.append([document])
        else:
            own.append(document)
    return groups
