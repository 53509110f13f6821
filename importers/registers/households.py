"""How the rows of a register gather into households."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from domain.deliveries.receipt import RowProblem
from domain.places.region import RegionCode
from domain.register.household import Household, HouseholdId, MonitoringRecord, Person, Relation
from domain.register.register_entry import HouseholdEntry, HouseholdFacts, PersonFacts, RowPlace
from importers.registers.facts import Remark, column_of, household_facts, monitoring_of
from importers.registers.head_columns import OF_HEAD
from importers.registers.head_rows import completed_by
from importers.registers.joined_risks import joined_risks
from importers.registers.row import OfHousehold, RegisterRow
from importers.registers.row_checks import bare
from importers.registers.values import month_of
from importers.table_place import TablePlace

_AGREEING = ("household_type", "category", "removed", "identified_on", "removed_on", "size", "relocated")
"""What every row of one household has to say alike."""
_OF_HEAD_ALONE = frozenset(OF_HEAD.values()) - {"head_name", "head_phone"}
"""Columns by which a ledger of families has the head beside the members instead of in a row of his own."""
_Member = tuple[Person, PersonFacts]
NO_HEAD = (
    "这一户各行都没有写户主是谁, 没有人当作户主; 写的是全家的请补上户主这一行后重新提交, "
    "只写了家里一部分人的名单不用补, 请选「只有部分户」(命令行加 --partial)提交"
)


@dataclass(slots=True)
class _Open:
    """A household of which further rows may come."""

    village: RegionCode
    said: OfHousehold
    place: RowPlace
    persons: tuple[_Member, ...] = ()
    heads: tuple[_Member, ...] = ()
    """As the household's own columns name them."""
    beside: _Member | None = None
    """The head as columns of his own tell of him in the row of somebody else."""
    relations_written: bool = True
    elsewhere: bool = False
    head_in: RegionCode | None = None
    heads_apart: bool = False
    """True when the rows of two villages each have a head: two households use one number."""
    told: frozenset[str] = frozenset()
    is_unfolded: bool = False
    by_household: bool = False
    """True when a row of it is on a sheet that does not tell the village."""
    disagree: tuple[str, ...] = ()
    times: tuple[OfHousehold, ...] = ()
    """What other rows say of another time that the household was monitored."""


class Gathering:
    """Grows row by row; a household's rows need not stand together."""

    def __init__(self, today: date) -> None:
        """Begin without a household; a day until `today` is past."""
        self._today = today
        self._open: dict[HouseholdId, _Open] = {}

    def add(self, row: RegisterRow) -> RowProblem | None:
        """Take the row in; a remark when its person is in already."""
        place = row.facts.place
        of_risks = ""
        found = self._open.get(row.household_id)
        if found is None:
            found = self._open[row.household_id] = _Open(row.village, row.of_household, place)
        elif row.of_household != found.said:
            of_risks = self._agree(found, row, again=_row_of(found, row) is not None)
        if row.village != found.village:
            found.elsewhere = True
            if row.person.relation is Relation.HEAD and found.head_in is None:
                found.village = row.village
        if row.person.relation is Relation.HEAD:
            found.heads_apart = found.heads_apart or found.head_in not in (None, row.village)
            found.head_in = row.village
        if not row.columns <= found.told:
            found.told = found.told | row.columns if found.told else row.columns
        found.is_unfolded = found.is_unfolded or row.is_unfolded
        found.by_household = found.by_household or row.by_household
        found.beside = found.beside or row.head
        known = found.heads if row.is_household else found.persons
        again = _row_of(found, row)
        at = TablePlace("", place.sheet)
        told = at.problem(place.row, None, of_risks.format(_where(found.place, place)), "") if of_risks else None
        if again is not None:
            repeated = f"与{_where(again, place)}是同一个人, 没有重复导入; 不是同一个人的请核对证件号码后重新提交"
            return told or at.problem(place.row, None, repeated, "")
        if row.is_household:
            found.heads = (*known, (row.person, row.facts))
        else:
            found.persons = (*known, (row.person, row.facts))
        found.relations_written = found.relations_written and row.relation_written
        return told

    def of_two_villages(self) -> Iterator[tuple[HouseholdId, list[RowPlace]]]:
        """Numbers that households of two villages share, each with its rows; given up, for nobody knows whose."""
        for household_id, found in list(self._open.items()):
            if found.heads_apart or (found.elsewhere and not found.relations_written):
                del self._open[household_id]
                yield household_id, [facts.place for _, facts in (*found.heads, *found.persons)]

    def households(self) -> Iterator[tuple[HouseholdEntry, list[RowProblem]]]:
        """Every household in the order of their first rows, with what is odd about it; each is given up with it."""
        others_alone = any(found.heads and not found.persons for found in self._open.values())
        while self._open:
            household_id = next(iter(self._open))
            yield _gathered(household_id, self._open.pop(household_id), self._today, others_alone=others_alone)

    def _agree(self, found: _Open, row: RegisterRow, *, again: bool) -> str:
        """Bring together what the row and those before say of the household; what to say of risks, or ""."""
        if _is_another_time(found.said, row.of_household):
            return _of_another_time(found, row.of_household)
        first, second = found.said, row.of_household
        if row.person.relation is Relation.HEAD and found.head_in is None:
            first, second = second, first
        remark = ""
        if not _is_another_head(found, row):
            is_heads = row.person.relation is Relation.HEAD and (again or row.is_household)
            first, remark, other = joined_risks(first, second, of_member=not is_heads)
            second = other or second
        found.said = OfHousehold(*(one or other for one, other in zip(first, second, strict=True)))
        differ = tuple(
            field for field in _AGREEING if (one := getattr(second, field)) and one != getattr(found.said, field)
        )
        found.disagree = tuple(dict.fromkeys((*found.disagree, *differ)))
        return remark


def _row_of(found: _Open, row: RegisterRow) -> RowPlace | None:
    """The row in which the person of this one stands already."""
    known = found.heads if row.is_household else found.persons
    return next((facts.place for person, facts in known if _is_same(person, facts, row)), None)


def _where(row: RowPlace, beside: RowPlace) -> str:
    """A row as the remark about another one names it."""
    return f"第{row.row}行" if row.sheet == beside.sheet else f"{row.sheet}第{row.row}行"


def _of_another_time(found: _Open, said: OfHousehold) -> str:
    """Take in what the row says of another time that the household was monitored; what to say of risks, or ""."""
    for at, one in enumerate(found.times):
        if not _is_another_time(one, said):
            joined, remark, _ = joined_risks(one, said)
            found.times = (*found.times[:at], joined, *found.times[at + 1 :])
            return remark
    found.times = (*found.times, said)
    return ""


def _is_another_head(found: _Open, row: RegisterRow) -> bool:
    """True where the row names another head: two households have one number, and that is said."""
    if row.person.relation is not Relation.HEAD:
        return False
    heads = [person.name for person, _ in (*found.heads, *found.persons) if person.relation is Relation.HEAD]
    return any(bare(name) != bare(row.person.name) for name in heads)


def _is_another_time(one: OfHousehold, other: OfHousehold) -> bool:
    """True for two rows that each name a category and a month of identification, and not the same month."""
    dated = all((one.category, one.identified_on, other.category, other.identified_on))
    if not dated or one.identified_on == other.identified_on:
        return False
    month = month_of(one.identified_on)
    return month is None or month != month_of(other.identified_on)


def _monitoring(found: _Open, facts: HouseholdFacts, today: date, remark: Remark) -> tuple[MonitoringRecord, ...]:
    """Every time that the household was monitored, the one in force first, then the latest."""
    records = list(monitoring_of(found.said, facts, remark=remark))
    for said in found.times:
        of_then = household_facts(said, place=found.place, head=said.head_name, heads=1, today=today, remark=remark)
        records += monitoring_of(said, of_then, remark=remark)
    records.sort(key=lambda one: (not one.removed, one.identified_on or date.min), reverse=True)
    return tuple(records)


def _is_same(person: Person, facts: PersonFacts, row: RegisterRow) -> bool:
    """True for one ID number, or without any for one relation and birth year.

    In another sheet also for the name alone: sheets repeat households, families no names.
    """
    if person.name != row.person.name:
        return False
    numbers = {person.id_number, row.person.id_number}
    if facts.place.sheet == row.facts.place.sheet:
        if person.id_number or row.person.id_number:
            return len(numbers) == 1
        return (person.relation, person.birth_year) == (row.person.relation, row.person.birth_year)
    return len(numbers - {""}) <= 1


def _gathered(
    household_id: HouseholdId, found: _Open, today: date, *, others_alone: bool
) -> tuple[HouseholdEntry, list[RowProblem]]:
    problems: list[RowProblem] = []

    def remark(column: str, reason: str, value: str) -> None:
        place = TablePlace("", found.place.sheet)
        problems.append(place.problem(found.place.row, column, reason, value))

    members, heads = _members_and_heads(household_id, found, remark)
    for field in found.disagree:
        reason = "同一户各行写的不一样, 已按户主那一行接收; 不对的请改成一致后重新提交"
        remark(column_of(field), reason, getattr(found.said, field))
    head = next((one for one in members if one[0].relation is Relation.HEAD), members[0])
    ordered = [head, *(one for one in members if one is not head)]
    facts = household_facts(found.said, place=found.place, head=head[0].name, heads=heads, today=today, remark=remark)
    household = Household(
        id=household_id,
        village=found.village,
        group=found.said.group,
        persons=tuple(person for person, _ in ordered),
        household_type=found.said.household_type,
        natural_village=found.said.natural_village,
        address=found.said.address,
        relocation_site=(found.said.relocation_site or "搬迁安置点") if facts.relocated else "",
        monitoring=_monitoring(found, facts, today, remark),
    )
    entry = HouseholdEntry(
        household=household,
        facts=facts,
        persons=tuple(one for _, one in ordered),
        other_rows=tuple(one.place for person, one in found.heads if (person, one) not in members),
        told=found.told,
        blank_is_unsaid=found.is_unfolded,
        several_categories=bool(found.said.several_categories),
        only_head=facts.size != 1 and _is_only_head(found),
        may_lack_members=_may_lack_members(found, len(members), others_alone=others_alone),
    )
    return entry, problems


def _members_and_heads(household_id: HouseholdId, found: _Open, remark: Remark) -> tuple[list[_Member], int]:
    """Everybody once, and how many of them are called the head."""
    members = _members(found)
    heads = sum(person.relation is Relation.HEAD for person, _ in members)
    others = [one for one in (*found.heads, found.beside) if one is not None and one not in members]
    members = [completed_by(one, others, remark) if one[0].relation is Relation.HEAD else one for one in members]
    # Of the heads that the household's own columns name only one is among the members.
    heads = max(heads, len({bare(person.name) for person, _ in found.heads}))
    if found.persons and not heads and found.said.head_name:
        head = Person(name=found.said.head_name, relation=Relation.HEAD)
        members.insert(0, (head, PersonFacts(place=found.place, told=frozenset())))
        heads = 1
        remark("户主姓名", "户主没有自己的一行, 只按姓名接收, 请补上户主这一行", household_id)
    if heads == 0:
        remark("与户主关系", NO_HEAD, household_id)
    elif heads != 1:
        remark(
            "与户主关系",
            f"户编号相同的各行有{heads}个户主, 已按第一行接收; 一户请只留一个户主, 是另一户的请改正户编号, 再重新提交",
            household_id,
        )
    if found.elsewhere:
        remark(
            "村",
            "户编号相同的各行不在同一个村, 已按户主所在村接收; 请改正村名, 是另一户的请改正户编号, 再重新提交",
            household_id,
        )
    return members, heads


def _may_lack_members(found: _Open, members: int, *, others_alone: bool) -> bool:
    """True where the head has no row of his own, and on a sheet of members that leaves out other households."""
    without_head = members > len(found.persons)
    if found.by_household:
        return without_head or others_alone
    return without_head and not found.heads and not found.told & _OF_HEAD_ALONE


def _is_only_head(found: _Open) -> bool:
    return not found.persons or (len(found.persons) == 1 and not found.relations_written and not found.heads)


def _members(found: _Open) -> list[_Member]:
    """Everybody once, the head known as such where any column says who he is."""
    members = list(found.persons)
    if any(person.relation is Relation.HEAD for person, _ in members):
        return members
    named = {bare(name) for name in (found.said.head_name, *(person.name for person, _ in found.heads)) if name}
    place = next((at for at, (person, _) in enumerate(members) if bare(person.name) in named), None)
    if place is None and not found.relations_written and members and not named:
        place = 0
    if place is not None:
        person, facts = members[place]
        members[place] = (replace(person, relation=Relation.HEAD), facts)
        return members
    if found.heads:
        return [found.heads[0], *members]
    return [found.beside, *members] if found.beside else members
