"""How the rows of a register gather into households."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from domain.household import Household, HouseholdId, MonitoringRecord, Person, Relation
from domain.receipt import RowProblem
from domain.region import RegionCode
from domain.register_entry import HouseholdEntry, HouseholdFacts, Income, PersonFacts, RowPlace
from importers.header_vocabulary import load_layouts
from importers.register_layouts import PERSONS
from importers.register_rows import OfHousehold, RegisterRow
from importers.register_values import count_of, month_of, sum_of
from importers.register_words import RegisterWords, register_words

_AGREEING = ("household_type", "category", "removed", "identified_on", "removed_on", "size", "relocated")
"""What every row of one household has to say alike."""
_SUMS = ("wages", "business", "property", "transfers", "business_costs", "net_income", "income_per_head")

_NO_INCOME = Income()
_Remark = Callable[[str | None, str, str], None]
"""Takes the column, the reason and the value."""


@dataclass(slots=True)
class _Open:
    """A household of which further rows may come."""

    village: RegionCode
    said: OfHousehold
    place: RowPlace
    persons: tuple[tuple[Person, PersonFacts], ...] = ()
    heads: tuple[tuple[Person, PersonFacts], ...] = ()
    """As the household's own columns name them."""
    relations_written: bool = True
    elsewhere: bool = False
    disagree: tuple[str, ...] = ()


class Gathering:
    """Grows row by row; a household's rows need not stand together."""

    def __init__(self) -> None:
        """Begin without a household."""
        self._open: dict[HouseholdId, _Open] = {}

    def add(self, row: RegisterRow) -> RowProblem | None:
        """Take the row in; a remark when its person is in already."""
        place = row.facts.place
        found = self._open.get(row.household_id)
        if found is None:
            found = self._open[row.household_id] = _Open(row.village, row.of_household, place)
        elif row.of_household != found.said:
            self._agree(found, row)
        if row.village != found.village:
            found.elsewhere = True
            if row.person.relation is Relation.HEAD:
                found.village = row.village
        known = found.heads if row.is_household else found.persons
        again = next((facts.place for person, facts in known if _is_same(person, facts, row)), None)
        if again is not None:
            where = f"第{again.row}行" if again.sheet == place.sheet else f"{again.sheet}第{again.row}行"
            return RowProblem(
                sheet=place.sheet, row=place.row, column=None, reason=f"与{where}是同一个人, 没有重复导入", value=""
            )
        if row.is_household:
            found.heads = (*known, (row.person, row.facts))
        else:
            found.persons = (*known, (row.person, row.facts))
        found.relations_written = found.relations_written and row.relation_written
        return None

    def households(self) -> Iterator[tuple[HouseholdEntry, list[RowProblem]]]:
        """Every household in the order of their first rows, with what is odd about it; each is given up with it."""
        while self._open:
            household_id = next(iter(self._open))
            yield _gathered(household_id, self._open.pop(household_id))

    def _agree(self, found: _Open, row: RegisterRow) -> None:
        first, second = found.said, row.of_household
        if row.person.relation is Relation.HEAD:
            first, second = second, first
        found.said = OfHousehold(*(one or other for one, other in zip(first, second, strict=True)))
        differ = tuple(
            field for field in _AGREEING if (one := getattr(second, field)) and one != getattr(found.said, field)
        )
        found.disagree = tuple(dict.fromkeys((*found.disagree, *differ)))


def _is_same(person: Person, facts: PersonFacts, row: RegisterRow) -> bool:
    """True for one ID number; in another sheet also for the name alone: sheets repeat households, families no names."""
    if person.name != row.person.name:
        return False
    numbers = {person.id_number, row.person.id_number}
    if facts.place.sheet == row.facts.place.sheet:
        return len(numbers) == 1 and person.id_number != ""
    return len(numbers - {""}) <= 1


def _gathered(household_id: HouseholdId, found: _Open) -> tuple[HouseholdEntry, list[RowProblem]]:
    problems: list[RowProblem] = []

    def remark(column: str | None, reason: str, value: str) -> None:
        problem = RowProblem(
            sheet=found.place.sheet, row=found.place.row, column=column, reason=reason, value=value[:40]
        )
        problems.append(problem)

    size = count_of(found.said.size)
    only_head = size != 1 and _is_only_head(found)
    members = _members(found)
    heads = sum(person.relation is Relation.HEAD for person, _ in members)
    if found.persons and not heads and found.said.head_name:
        members.insert(0, (Person(name=found.said.head_name, relation=Relation.HEAD), PersonFacts(place=found.place)))
        heads = 1
        remark("户主姓名", "户主没有自己的一行, 只按姓名接收, 请补上户主这一行", household_id)
    if heads != 1:
        remark("与户主关系", f"户编号相同的各行有{heads}个户主, 已按第一行接收, 请核对", household_id)
    if found.elsewhere:
        remark("村", "户编号相同的各行不在同一个村, 已按户主所在村接收, 请核对", household_id)
    names = load_layouts()[PERSONS].fields
    for field in found.disagree:
        reason = "同一户各行写的不一样, 已按户主那一行接收, 请核对"
        remark(names[field][0], reason, getattr(found.said, field))
    words = register_words()
    head = next((one for one in members if one[0].relation is Relation.HEAD), members[0])
    ordered = [head, *(one for one in members if one is not head)]
    facts = _facts(words, found, size, heads, remark=remark)
    household = Household(
        id=household_id,
        village=found.village,
        group=found.said.group,
        persons=tuple(person for person, _ in ordered),
        household_type=found.said.household_type,
        natural_village=found.said.natural_village,
        address=found.said.address,
        relocation_site=(found.said.relocation_site or "搬迁安置点") if facts.relocated else "",
        monitoring=_monitoring(words, found.said, facts, remark=remark),
    )
    entry = HouseholdEntry(
        household=household,
        facts=facts,
        persons=tuple(one for _, one in ordered),
        other_rows=tuple(one.place for person, one in found.heads if (person, one) not in members),
        only_head=only_head,
    )
    return entry, problems


def _is_only_head(found: _Open) -> bool:
    return not found.persons or (len(found.persons) == 1 and not found.relations_written and not found.heads)


def _members(found: _Open) -> list[tuple[Person, PersonFacts]]:
    """Everybody once, the head known as such where any column says who he is."""
    members = list(found.persons)
    if any(person.relation is Relation.HEAD for person, _ in members):
        return members
    named = [found.said.head_name, *(person.name for person, _ in found.heads)]
    place = next((at for at, (person, _) in enumerate(members) if person.name in named), None)
    if place is None and not found.relations_written and members and not any(named):
        place = 0
    if place is not None:
        person, facts = members[place]
        members[place] = (replace(person, relation=Relation.HEAD), facts)
        return members
    return [*found.heads[:1], *members]


def _facts(words: RegisterWords, found: _Open, size: int | None, heads: int, *, remark: _Remark) -> HouseholdFacts:
    said = found.said
    if said.size and size is None:
        remark("家庭人口", "人口数看不懂, 按没有填接收, 请写数字", said.size)
    sums = {field: sum_of(getattr(said, field)) for field in _SUMS}
    for field, value in sums.items():
        if value is None and getattr(said, field):
            remark(
                load_layouts()[PERSONS].fields[field][0],
                "金额看不懂, 按没有填接收, 请写以元为单位的数字",
                getattr(said, field),
            )
    risks = [
        one
        for field in ("risk", "risk_1", "risk_2", "risk_3", "risk_4", "risk_5")
        for one in words.risks_in(getattr(said, field))
    ]
    if not risks and words.category(said.category):
        risks = [one for text in (said.cause_2018, said.other_causes_2018) for one in words.causes_in(text)]
    months = {field: month_of(getattr(said, field)) for field in ("identified_on", "removed_on")}
    for field, month in months.items():
        if month is None and getattr(said, field):
            remark(
                load_layouts()[PERSONS].fields[field][0],
                "时间看不懂, 按没有填接收, 请写成 202203",
                getattr(said, field),
            )
    safe_water = words.answer(said.safe_water)
    return HouseholdFacts(
        place=found.place,
        head_name=next((one.name for one, _ in found.persons[:1] if one.name == said.head_name), said.head_name),
        heads=heads,
        size=size,
        category_written=bool(said.category) and not words.is_no_category(said.category),
        risks=tuple(dict.fromkeys(word for word, _ in risks)),
        risk_codes=tuple(dict.fromkeys(code for _, code in risks if code)),
        unknown_risks=tuple(dict.fromkeys(word for word, code in risks if code is None)),
        disaster=said.disaster,
        identified_on=months["identified_on"],
        removed_on=months["removed_on"],
        removed=words.answer(said.removed),
        removed_how=said.removed_how,
        without_labour=words.answer(said.without_labour),
        unsafe_house=words.answer(said.unsafe_house),
        unsafe_water=words.answer(said.unsafe_water) if said.unsafe_water or safe_water is None else not safe_water,
        left_school=words.answer(said.left_school),
        uninsured=words.answer(said.uninsured),
        relocated=words.answer(said.relocated),
        income=_NO_INCOME
        if not any(value is not None for value in sums.values())
        else Income(
            wages=sums["wages"],
            business=sums["business"],
            property=sums["property"],
            transfers=sums["transfers"],
            business_costs=sums["business_costs"],
            net=sums["net_income"],
            per_head=sums["income_per_head"],
        ),
    )


def _monitoring(
    words: RegisterWords, said: OfHousehold, facts: HouseholdFacts, *, remark: _Remark
) -> tuple[MonitoringRecord, ...]:
    category = words.category(said.category)
    if category is None:
        if facts.category_written:
            remark("监测对象类别", "不认识的监测对象类别, 没有记为监测对象, 请核对后重新提交", said.category)
        return ()
    record = MonitoringRecord(
        category=category,
        risks=facts.risks,
        identified_on=facts.identified_on,
        removed_on=facts.removed_on,
        removed=facts.removed is True,
    )
    return (record,)
