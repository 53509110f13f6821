"""What a named person is in the text: the one who petitions, who suffers, a relative, an official, or another.

A learned model weighs the rules' votes together with the words around every place where the person is named.
"""

import re
from collections.abc import Mapping, Sequence, Set
from itertools import pairwise

import numpy as np

from domain.links.mention import PersonMention, PersonRole
from domain.register.household import Relation, Sex
from nlp.feature_weights import FeatureWeights
from nlp.hardship import HardshipReader
from nlp.persons.kinship import Kin, load_kinship
from nlp.persons.lexicon import PersonLexicon
from nlp.persons.profiles import Profile, profile_beside
from nlp.persons.role_lexicon import load_role_lexicon
from nlp.persons.written_name import Name
from nlp.roles.evidence import Evidence, EvidenceReader, Sign, is_spoken_for
from nlp.roles.features import features_of
from nlp.roles.reading import RoleReading, Span, tokens_of
from nlp.roles.text import text_for_roles
from nlp.roles.told import text_features
from nlp.roles.votes import gathered_by_person, persons_of, relative_of, rows_of, votes_of
from nlp.scorer import Array
from nlp.segmentation import Cut

_ROLES = tuple(PersonRole)
# An employer or agent is not offered even where the text seems to be about him; one who petitions himself is. Somebody
# with a title whom the model takes for a bystander (the head of a filling station) is named for the title.
_NAMED_FOR = {
    PersonRole.OTHER: frozenset({Sign.TRADE, Sign.OFFICIAL}),
    PersonRole.SUFFERER: frozenset({Sign.TRADE}),
    PersonRole.PETITIONER: frozenset({Sign.TRADE}),
}

_LIST = 4
"""From so many names in a row on it is a list."""
_BETWEEN = 16
"""Signs between two names of it at most: numbers, or one or two whom nobody recognised."""
_TOLD = re.compile("[。！？!?]")


class RoleReader:
    """Reads what the model of roles is given of a text."""

    def __init__(self, lexicon: PersonLexicon, hardship: HardshipReader) -> None:
        """Use the cues of the lexicon and the reader of hardship."""
        cues = load_role_lexicon()
        self._evidence = EvidenceReader(lexicon, cues, load_kinship())
        self._words = cues.hardship
        self._hardship = hardship

    def read(self, content: str, names: Sequence[Name], cut: Cut, places: Sequence[Span]) -> RoleReading:
        """The reading of the text in which the names were found; `places` are the stretches of its places."""
        content = text_for_roles(content, places)
        evidence = self._evidence.read(content, names)
        persons = persons_of(content, names)
        clauses, hardship = self._hardship.read(content)
        return RoleReading(
            content=content,
            names=names,
            evidence=evidence,
            persons=persons,
            votes=votes_of(content, names, evidence, persons, self._words),
            tokens=tokens_of(content, cut, names, places),
            clauses=clauses,
            hardship=hardship,
        )


class RoleFinder:
    """Tells roles by what was learned about the words around a name."""

    def __init__(self, reader: RoleReader, weights: FeatureWeights, *, official_weight: float) -> None:
        """Use the given reader and weights; `official_weight` multiplies the odds of the official."""
        self._reader = reader
        self._weights = weights
        self._shift = np.log([official_weight if role is PersonRole.OFFICIAL else 1.0 for role in _ROLES])

    def assign(
        self, content: str, names: Sequence[Name], petitioners: Sequence[str], cut: Cut, places: Sequence[Span] = ()
    ) -> tuple[PersonMention, ...]:
        """The names with their roles and particulars; one person has one role through the whole text.

        `petitioners` are those whom a register names, if it does.
        """
        if not names:
            return ()
        reading = self._reader.read(content, names, cut, places)
        gathered = gathered_by_person(names, reading.evidence, reading.persons)
        roles = self._roles(reading, petitioners)
        kin = {person: next((one.kin for one in found if one.kin), None) for person, found in gathered.items()}
        by_trade = {person: _is_by_trade(roles[person], found) for person, found in gathered.items()}
        return tuple(
            _mention(content, names, position, roles[person], kin[person], by_trade=by_trade[person])
            for position, person in enumerate(reading.persons[name.text] for name in names)
        )

    def _roles(self, reading: RoleReading, petitioners: Sequence[str]) -> Mapping[str, PersonRole]:
        features = features_of(reading)
        odds = self._odds(reading, features) + self._shift
        registered = {reading.persons.get(name, name) for name in petitioners}
        together = _beside_registered(reading, registered)
        signed = _signers(reading)
        spoken_for = _spoken_for(reading)
        found = {}
        for person, own in zip(features, odds, strict=True):
            if petitioners and person not in together:
                # The register says who petitions; others whom the text names are something else.
                own[_ROLES.index(PersonRole.PETITIONER)] = -np.inf
            elif person in signed:
                own[_ROLES.index(PersonRole.PETITIONER)] = np.inf
            if person in spoken_for:
                own[_ROLES.index(PersonRole.OFFICIAL)] = own[_ROLES.index(PersonRole.PETITIONER)] = -np.inf
            found[person] = PersonRole.PETITIONER if person in registered else _ROLES[int(own.argmax())]
        return found

    def _odds(self, reading: RoleReading, features: Mapping[str, set[str]]) -> Array:
        """Of every person; what the text tells is weighed once for all of them."""
        every = self._weights.odds([*features.values(), text_features(reading)])
        own: Array = every[:-1] + (every[-1] - self._weights.bias)
        return own


def _signers(reading: RoleReading) -> set[str]:
    """Who stands in the list that ends a text, when the rules say of most of its names that they petition.

    业主代表：1甲、2乙、3丙、4丁 2026年3月5日; who is missed or miswritten between them breaks nothing.
    """
    for first, last in sorted(set(reading.rows)):
        row = {reading.persons[name.text] for name in reading.names[first : last + 1]}
        petition = sum(reading.votes[person] is PersonRole.PETITIONER for person in row)
        if len(row) >= _LIST and 2 * petition > len(row) and _ends_with_names(reading, first):
            return {reading.persons[name.text] for name in reading.names[first:]}
    return set()


def _ends_with_names(reading: RoleReading, first: int) -> bool:
    rest = reading.names[first:]
    near = all(latter.start - former.end <= _BETWEEN for former, latter in pairwise(rest))
    return near and _TOLD.search(reading.content, rest[0].start, len(reading.content) - 1) is None


def _is_by_trade(role: PersonRole, found: Sequence[Evidence]) -> bool:
    told = {sign for evidence in found for sign in evidence.signs}
    if role is PersonRole.PETITIONER and Sign.PETITIONER in told:
        return False
    return bool(told & _NAMED_FOR.get(role, frozenset()))


def _spoken_for(reading: RoleReading) -> set[str]:
    """For whom somebody else speaks, unless he is named with a title: no office needs a neighbour to speak for it.

    Who is spoken for does not write himself either.
    """
    return {
        reading.persons[name.text]
        for name, evidence in zip(reading.names, reading.evidence, strict=True)
        if Sign.OFFICIAL not in evidence.signs and is_spoken_for(reading.content, name)
    }


def _beside_registered(reading: RoleReading, registered: Set[str]) -> set[str]:
    """Who stands in a row with a registered petitioner: 甲、乙、丙等7人来访."""
    together = set()
    for row in rows_of(reading.content, reading.names):
        persons = {reading.persons[reading.names[at].text] for at in row}
        together |= persons if persons & registered else set()
    return together


def _mention(
    content: str, names: Sequence[Name], position: int, role: PersonRole, kin: Kin | None, *, by_trade: bool
) -> PersonMention:
    name = names[position]
    reach = names[position + 1].start if position + 1 < len(names) else len(content)
    profile: Profile = profile_beside(content, name.start, name.end, reach)
    if name.family:
        kin = load_kinship().before(content, name.end) or kin
    relation: Relation | None = kin.relation if kin else None
    sex = profile.sex if profile.sex is not Sex.UNKNOWN or kin is None else kin.sex
    return PersonMention(
        name=name.text,
        role=role,
        start=name.start,
        end=name.end,
        sex=sex,
        age=profile.age,
        birth_year=profile.birth_year,
        health=profile.health,
        relation=relation,
        relation_to=name.family or (relative_of(content, names, position, kin) if kin else ""),
        by_trade=by_trade,
    )
