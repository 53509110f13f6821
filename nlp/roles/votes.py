"""What the rules say that each person is: one vote among the features of the learned model."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise

from domain.links.mention import PersonRole
from nlp.persons.kinship import Kin
from nlp.persons.written_name import Name
from nlp.roles.evidence import JOINT, Evidence, Sign

_ALSO_CALLED = re.compile(r"[，,（(]?\s?(?:小名|外号|绰号|人称|乳名|大名|学名)[^，。]{0,4}$")


def persons_of(content: str, names: Sequence[Name]) -> dict[str, str]:
    """Which written names mean one person: 建荣 and 武建荣, 二圪蛋 and 郭建兵 behind 大名."""
    same = {name.text: name.text for name in names}
    by_given: dict[str, list[str]] = {}
    for text in same:
        if len(text) == 3:
            by_given.setdefault(text[1:], []).append(text)
    for text in same:
        longer = by_given.get(text, ())
        if len(longer) == 1:
            same[text] = longer[0]
    for former, latter in pairwise(names):
        if _ALSO_CALLED.search(content, former.end, latter.start):
            same[latter.text] = same[former.text]
    return same


def votes_of(
    content: str,
    names: Sequence[Name],
    read: Sequence[Evidence],
    persons: Mapping[str, str],
    hardship: re.Pattern[str],
) -> dict[str, PersonRole]:
    """The role of each person by rules alone; a text that shows nobody in need is about whom it names most.

    Args:
        content: The whole text.
        names: The names found in it, in its order.
        read: The evidence beside each name.
        persons: Which person each written name means.
        hardship: Words of hardship.
    """
    gathered = gathered_by_person(names, read, persons)
    roles = {person: _role(found) for person, found in gathered.items()}
    roles |= _from_neighbours(content, names, read, persons, roles)
    _name_the_main_person(content, gathered, roles, hardship)
    for position, evidence in enumerate(read):
        anchor = evidence.kin and relative_of(content, names, position, evidence.kin)
        petitions = roles[persons[names[position].text]] is PersonRole.PETITIONER
        if anchor and petitions and roles[persons[anchor]] is PersonRole.OTHER:
            roles[persons[anchor]] = PersonRole.RELATIVE
    return roles


def gathered_by_person(
    names: Sequence[Name], read: Sequence[Evidence], persons: Mapping[str, str]
) -> dict[str, list[Evidence]]:
    """The evidence of every place where a person is named, by person, in the order of the text."""
    gathered: dict[str, list[Evidence]] = {}
    for name, evidence in zip(names, read, strict=True):
        gathered.setdefault(persons[name.text], []).append(evidence)
    return gathered


def rows_of(content: str, names: Sequence[Name]) -> list[list[int]]:
    """The positions of names that stand in a row: 甲、乙和丙."""
    rows: list[list[int]] = []
    for position in range(1, len(names)):
        between = content[names[position - 1].end : names[position].start]
        if not JOINT.fullmatch(between):
            continue
        if rows and rows[-1][-1] == position - 1:
            rows[-1].append(position)
        else:
            rows.append([position - 1, position])
    return rows


def relative_of(content: str, names: Sequence[Name], position: int, kin: Kin) -> str:
    """Whose relative: the name right before 之妻 or 的妻子, or the last one before 其."""
    earlier = bisect_right(names, kin.start, 0, position, key=lambda one: one.end)
    if not earlier:
        return ""
    last = names[earlier - 1]
    between = content[last.end : kin.start]
    if between in ("", "的", "之", "家", "家的") or kin.owner in ("其", "他", "她"):
        return last.text
    return ""


def _name_the_main_person(
    content: str,
    gathered: Mapping[str, Sequence[Evidence]],
    roles: dict[str, PersonRole],
    hardship: re.Pattern[str],
) -> None:
    if not {PersonRole.PETITIONER, PersonRole.SUFFERER}.isdisjoint(roles.values()):
        return
    likely = [
        person
        for person, found in gathered.items()
        if roles[person] is PersonRole.OTHER
        and not any({Sign.BYSTANDER, Sign.DEED, Sign.TRADE} & evidence.signs for evidence in found)
    ]
    if likely and hardship.search(content):
        roles[max(likely, key=lambda person: len(gathered[person]))] = PersonRole.SUFFERER


def _role(found: Sequence[Evidence]) -> PersonRole:
    signs = {sign for evidence in found for sign in evidence.signs}
    kin = next((evidence.kin for evidence in found if evidence.kin), None)
    if Sign.OFFICIAL in signs:
        return PersonRole.OFFICIAL
    if Sign.TRADE in signs:
        return PersonRole.OTHER
    if Sign.PETITIONER in signs:
        return PersonRole.PETITIONER
    if kin is not None and kin.near:
        return PersonRole.RELATIVE
    if Sign.DEED in signs:
        return PersonRole.OTHER
    if Sign.HARDSHIP_BESIDE in signs or (Sign.BYSTANDER not in signs and {Sign.HARDSHIP, Sign.ELDER} & signs):
        return PersonRole.SUFFERER
    return PersonRole.OTHER if kin is None else PersonRole.RELATIVE


def _from_neighbours(
    content: str,
    names: Sequence[Name],
    read: Sequence[Evidence],
    persons: Mapping[str, str],
    roles: Mapping[str, PersonRole],
) -> dict[str, PersonRole]:
    """Names in a row are of one role: 副县长甲、乙; 甲、乙、丙等7人来访."""
    taken: dict[str, PersonRole] = {}
    for row in rows_of(content, names):
        told = [roles[persons[names[at].text]] for at in row]
        own = [bool(read[at].signs & {Sign.OFFICIAL, Sign.PETITIONER, Sign.KIN, Sign.TRADE}) for at in row]
        if PersonRole.PETITIONER in told:
            lead = PersonRole.PETITIONER
        elif PersonRole.OFFICIAL in told:
            lead = PersonRole.OFFICIAL
        elif PersonRole.SUFFERER in told and not any({Sign.BYSTANDER, Sign.DEED} & read[at].signs for at in row):
            lead = PersonRole.SUFFERER
        else:
            continue
        for at, has_own in zip(row, own, strict=True):
            if not has_own:
                taken[persons[names[at].text]] = lead
    return taken
