"""Names that the register knows and the finder missed or cut short, read in the villages that the text names.

The finder knows what names look like; who lives in a village it does not know. 到薛家圪垛村时，冯省锦一个人坐着 holds
a name when somebody of that village has it, and 瞿凤超 is no 瞿凤 when a 瞿凤超 lives there. Names of two
characters, and names that only sound like a registered one, are read where the words around call somebody so.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from domain.links.mention import Mentions, PersonMention, PersonRole
from domain.places.region import RegionCode
from pipeline.linking.called_names import called
from pipeline.linking.facts import Facts
from pipeline.linking.names import is_full
from pipeline.linking.register_index import RegisterIndex

_LEAST, _MOST = 3, 4
"""Characters of the names looked for anywhere, and of misspelt ones: two stand by chance in too many words."""
_HOME = "家"
_MOST_VILLAGES = 3
"""A text that names more villages speaks of no one village: everybody's names would be looked for in it."""


def with_registered_names(facts: Facts, index: RegisterIndex) -> Facts:
    """The facts with the names of the text that persons of its villages have.

    A name that the finder cut short is the longer one, in the role that the finder told. A name that it did not see is
    somebody who is only mentioned (`PersonRole.OTHER`): nobody has told what he is in the text. Nothing is read over
    another person or a place.
    """
    if not 0 < len(facts.villages) <= _MOST_VILLAGES or facts.mentions.of_another_county:
        return facts
    register = _VillageRegister(index, sorted(facts.villages))
    content = facts.document.content
    persons = [read for one in facts.mentions.persons for read in _readings(one, content, register)]
    taken = _taken(facts.mentions, persons)
    # Of a name that was read elsewhere in the text the finder has told what it is: an official stays one.
    unread = register.names - {one.name for one in persons}
    stretches = called(content, (one.start for one in facts.mentions.relatives))
    unseen = [*_unseen(content, unread, taken), *_called(content, stretches, unread, register, taken)]
    found = sorted((*persons, *unseen), key=lambda one: one.start)
    return replace(facts, mentions=replace(facts.mentions, persons=tuple(found)))


class _VillageRegister:
    """The names that are registered in a few villages."""

    def __init__(self, index: RegisterIndex, villages: Sequence[RegionCode]) -> None:
        self.names = frozenset(name for village in villages for name in index.names_in(village))
        self._index = index
        self._inside = [index.persons_of(village) for village in villages]

    def sounds(self, name: str) -> bool:
        """True when somebody there has a name that sounds like this one and is another."""
        return any(person in inside for person in self._index.sounding(name) for inside in self._inside)


def _readings(mention: PersonMention, content: str, register: _VillageRegister) -> Iterator[PersonMention]:
    """瞿凤超 for 瞿凤 where 瞿凤超 is written and known, both where both are; 周庆 for 周庆家 where only 周庆 is."""
    if not is_full(mention.name) or mention.household_name != mention.name:
        yield mention
        return
    start, end = _longest_around(mention, content, register.names)
    if mention.name in register.names or (start, end) == (mention.start, mention.end):
        home = mention.name.endswith(_HOME) and mention.name not in register.names
        home = home and mention.name[:-1] in register.names
        yield replace(mention, name=mention.name[:-1], end=mention.end - 1) if home else mention
        yield from _misspelt_longer(mention, content, register)
    if (start, end) != (mention.start, mention.end):
        yield replace(mention, name=content[start:end], start=start, end=end)


def _misspelt_longer(mention: PersonMention, content: str, register: _VillageRegister) -> Iterator[PersonMention]:
    """曹忠也 behind 曹忠 where nobody is called 曹忠 and somebody 曹忠业."""
    end = mention.start + _LEAST
    longer = content[mention.start : end]
    if len(mention.name) < _LEAST == len(longer) and mention.name not in register.names and register.sounds(longer):
        yield replace(mention, name=longer, end=end)


def _longest_around(mention: PersonMention, content: str, known: Collection[str]) -> tuple[int, int]:
    """Where the longest known name stands that holds the mention; the mention's own place without one."""
    around = [
        (start, end)
        for start in range(max(mention.end - _MOST, 0), mention.start + 1)
        for end in range(mention.end, start + _MOST + 1)
        if content[start:end] in known
    ]
    return max(around, key=lambda one: one[1] - one[0], default=(mention.start, mention.end))


def _taken(mentions: Mentions, persons: Sequence[PersonMention]) -> set[int]:
    spans = [(one.start, one.end) for one in persons]
    spans += [(one.start, one.end) for one in mentions.relatives]
    spans += [(one.start, one.end) for one in mentions.places]
    spans += [(one.start, one.end) for one in mentions.ambiguous_places]
    spans += [(one.start, one.end) for one in mentions.foreign_places]
    return {position for start, end in spans for position in range(start, end)}


def _unseen(content: str, known: Collection[str], taken: set[int]) -> Iterator[PersonMention]:
    for start in range(len(content) - _LEAST + 1):
        for end in range(start + _MOST, start + _LEAST - 1, -1):
            if content[start:end] in known and taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                yield PersonMention(name=content[start:end], role=PersonRole.OTHER, start=start, end=end)


def _called(
    content: str,
    stretches: Iterable[tuple[int, int]],
    known: Collection[str],
    register: _VillageRegister,
    taken: set[int],
) -> Iterator[PersonMention]:
    """Names of two characters, and misspelt ones of three, where the words around call somebody so."""
    for start, end in sorted(stretches, key=lambda one: (one[0] - one[1], one[0])):
        name = content[start:end]
        misspelt = len(name) == _LEAST and name not in register.names and register.sounds(name)
        if (name in known or misspelt) and taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            yield PersonMention(name=name, role=PersonRole.OTHER, start=start, end=end)
