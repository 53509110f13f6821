"""What a named person is in the text: the one who petitions, who suffers, a relative, an official, or another."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from domain.household import Relation, Sex
from domain.mention import PersonMention, PersonRole
from nlp.kinship import Kin, load_kinship
from nlp.names import Name
from nlp.person_lexicon import PersonLexicon
from nlp.profiles import Profile, profile_beside
from nlp.role_evidence import JOINT, Evidence, EvidenceReader, Sign
from nlp.role_lexicon import load_role_lexicon

_ALSO_CALLED = re.compile(r"[，,（(]?\s?(?:小名|外号|绰号|人称|乳名|大名|学名)[^，。]{0,4}$")


class RoleFinder:
    """Tells roles by the words around a name."""

    def __init__(self, lexicon: PersonLexicon) -> None:
        """Use the cues of the lexicon."""
        cues = load_role_lexicon()
        self._reader = EvidenceReader(lexicon, cues, load_kinship())
        self._hardship = cues.hardship

    def assign(self, content: str, names: Sequence[Name], petitioner_name: str) -> tuple[PersonMention, ...]:
        """The names with their roles and particulars; one person has one role through the whole text."""
        read = [self._reader.read(content, names, position) for position in range(len(names))]
        persons = _persons(content, names)
        gathered: dict[str, list[Evidence]] = {}
        for name, evidence in zip(names, read, strict=True):
            gathered.setdefault(persons[name.text], []).append(evidence)
        registered = persons.get(petitioner_name, petitioner_name)
        roles = {
            person: PersonRole.PETITIONER if person == registered else _role(found, known=bool(petitioner_name))
            for person, found in gathered.items()
        }
        roles |= _from_neighbours(content, names, read, persons, roles)
        self._name_the_main_person(content, gathered, roles)
        for name, evidence, position in zip(names, read, range(len(names)), strict=True):
            anchor = evidence.kin and _relative_of(content, names, position, evidence.kin)
            if (
                anchor
                and roles[persons[name.text]] is PersonRole.PETITIONER
                and roles[persons[anchor]] is PersonRole.OTHER
            ):
                roles[persons[anchor]] = PersonRole.RELATIVE
        return tuple(
            _mention(content, names, position, roles[persons[name.text]], gathered[persons[name.text]])
            for position, name in enumerate(names)
        )

    def _name_the_main_person(
        self, content: str, gathered: Mapping[str, Sequence[Evidence]], roles: dict[str, PersonRole]
    ) -> None:
        """A text of hardship that shows neither who petitions nor who suffers is about whom it names most."""
        if not {PersonRole.PETITIONER, PersonRole.SUFFERER}.isdisjoint(roles.values()):
            return
        likely = [
            person
            for person, found in gathered.items()
            if roles[person] is PersonRole.OTHER
            and not any({Sign.BYSTANDER, Sign.DEED, Sign.TRADE} & evidence.signs for evidence in found)
        ]
        if likely and self._hardship.search(content):
            roles[max(likely, key=lambda person: len(gathered[person]))] = PersonRole.SUFFERER


def _persons(content: str, names: Sequence[Name]) -> dict[str, str]:
    """Which written names mean one person: 建荣 and 武建荣, 二圪蛋 and 郭建兵 behind 大名."""
    same = {name.text: name.text for name in names}
    for text in same:
        longer = [other for other in same if len(other) == 3 and other != text and other.endswith(text)]
        if len(text) == 2 and len(longer) == 1:
            same[text] = longer[0]
    for former, latter in pairwise(names):
        if _ALSO_CALLED.search(content, former.end, latter.start):
            same[latter.text] = same[former.text]
    return same


def _role(found: Sequence[Evidence], *, known: bool) -> PersonRole:
    signs = {sign for evidence in found for sign in evidence.signs}
    kin = next((evidence.kin for evidence in found if evidence.kin), None)
    if Sign.OFFICIAL in signs:
        return PersonRole.OFFICIAL
    if Sign.TRADE in signs:
        return PersonRole.OTHER
    if Sign.PETITIONER in signs and not known:
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
    for row in _rows(content, names):
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


def _rows(content: str, names: Sequence[Name]) -> list[list[int]]:
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


def _mention(
    content: str, names: Sequence[Name], position: int, role: PersonRole, found: Sequence[Evidence]
) -> PersonMention:
    name = names[position]
    reach = names[position + 1].start if position + 1 < len(names) else len(content)
    profile: Profile = profile_beside(content, name.start, name.end, reach)
    kin = next((evidence.kin for evidence in found if evidence.kin), None)
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
        relation_to=name.family or (_relative_of(content, names, position, kin) if kin else ""),
        by_trade=role is PersonRole.OTHER and any(Sign.TRADE in evidence.signs for evidence in found),
    )


def _relative_of(content: str, names: Sequence[Name], position: int, kin: Kin) -> str:
    """Whose relative: the name right before 之妻 or 的妻子, or the last one before 其."""
    earlier = [other for other in names[:position] if other.end <= kin.start]
    if not earlier:
        return ""
    last = earlier[-1]
    between = content[last.end : kin.start]
    if between in ("", "的", "之", "家", "家的") or kin.owner in ("其", "他", "她"):
        return last.text
    return ""
