"""Rows of a household register: one person each, and how they gather into households."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.household import Household, HouseholdId, MonitoringRecord, Person, Relation, Sex
from domain.masking import mask_id_number, mask_text
from domain.receipt import RowProblem
from domain.region import RegionCode
from domain.vocabulary import MonitoringCategory
from importers.cells import DateProblem, moment_of, text_of
from importers.formats.parts import Row
from importers.headers import Header
from importers.identifiers import birth_year_of, id_number_of, phone_of

_RELATIONS: tuple[tuple[str, Relation], ...] = (
    ("户主|本人", Relation.HEAD),
    ("配偶|妻|夫", Relation.SPOUSE),
    ("儿媳|女婿|子婿|女媳", Relation.CHILD_IN_LAW),
    ("孙", Relation.GRANDCHILD),
    ("祖父|祖母|爷爷|奶奶|外公|外婆", Relation.GRANDPARENT),
    ("公公|婆婆|岳父|岳母|父|母", Relation.PARENT),
    ("兄|弟|姐|妹", Relation.SIBLING),
    ("子|女|儿", Relation.CHILD),
    ("其他|非亲属", Relation.OTHER),
)
"""Registered wordings in the order they are tried: 儿媳 before 儿, 祖父 before 父, 女婿 before 女."""
_CATEGORIES = {category.label: category for category in MonitoringCategory}
_YES = frozenset({"是", "有", "已消除", "1", "Y", "√"})
_MONTH = re.compile(r"(\d{4})[.\-/年]?(\d{1,2})月?")


class RegisterRowProblem(Exception):
    """The row cannot be taken in; carries the problem."""

    def __init__(self, problem: RowProblem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One readable row."""

    number: int
    household_id: HouseholdId
    village: RegionCode
    person: Person
    values: Mapping[str, str]


def person_row(
    sheet: str, header: Header, row: Row, villages: Mapping[str, RegionCode | None]
) -> tuple[PersonRow, list[RowProblem]]:
    """The person of a row and what was odd about it; RegisterRowProblem when the row says too little."""
    values = {
        field: text_of(row.cells[index]) if index < len(row.cells) else "" for field, index in header.columns.items()
    }
    remarks: list[RowProblem] = []

    def remark(field: str, reason: str, value: str) -> None:
        remarks.append(_problem(sheet, row.number, header.text(field), reason, value))

    for field in ("household_id", "name"):
        if not values.get(field):
            raise RegisterRowProblem(_problem(sheet, row.number, header.text(field), "没有填, 请补填后重新提交", ""))
    village = _village(sheet, header, row, values, villages)
    id_number, id_problem = id_number_of(values.get("id_number", ""))
    if id_problem:
        remark("id_number", id_problem, mask_id_number(values["id_number"]))
    phone, phone_problem = phone_of(values.get("phone", ""))
    if phone_problem:
        remark("phone", phone_problem, mask_text(values["phone"]))
    relation = relation_of(values.get("relation", ""))
    if relation is None:
        remark("relation", "不认识的关系, 按「其他」接收", values.get("relation", ""))
    person = Person(
        name=values["name"],
        relation=relation or Relation.OTHER,
        sex=next((sex for sex in Sex if sex.label == values.get("sex")), Sex.UNKNOWN),
        birth_year=birth_year_of(id_number) or _year(values.get("born_on", "")),
        id_number=id_number,
        phone=phone,
        health=values.get("health", ""),
        labour=values.get("labour", ""),
        work_place=values.get("work_place", ""),
        work_months=_months(values.get("work_months", "")),
        student=values.get("student", ""),
    )
    return PersonRow(row.number, HouseholdId(values["household_id"]), village, person, values), remarks


def household_number(header: Header, row: Row) -> str:
    """The household number as written in the row, readable or not otherwise; empty when there is none."""
    index = header.columns["household_id"]
    return text_of(row.cells[index]) if index < len(row.cells) else ""


def relation_of(text: str) -> Relation | None:
    """The relation to the head; None when the wording is unknown."""
    return next((relation for words, relation in _RELATIONS if re.search(words, text)), None)


def gather(sheet: str, rows: Sequence[PersonRow]) -> tuple[tuple[Household, ...], list[RowProblem]]:
    """The households in the order of their first rows, and where rows of one household disagree."""
    grouped: dict[HouseholdId, list[PersonRow]] = {}
    for row in rows:
        grouped.setdefault(row.household_id, []).append(row)
    disagreements = [problem for members in grouped.values() for problem in _disagreements(sheet, members)]
    return tuple(_household(members) for members in grouped.values()), disagreements


def _household(members: Sequence[PersonRow]) -> Household:
    head = next((row for row in members if row.person.relation is Relation.HEAD), members[0])
    values = head.values
    relocated = values.get("relocated", "") in _YES
    return Household(
        id=head.household_id,
        village=head.village,
        group=values.get("group", ""),
        persons=(head.person, *(row.person for row in members if row is not head)),
        household_type=values.get("household_type", ""),
        natural_village=values.get("natural_village", ""),
        address=values.get("address", ""),
        relocation_site=(values.get("relocation_site") or "搬迁安置点") if relocated else "",
        monitoring=_monitoring(values),
    )


def _monitoring(values: Mapping[str, str]) -> tuple[MonitoringRecord, ...]:
    category = _CATEGORIES.get(values.get("category", ""))
    if category is None:
        return ()
    listed = [values.get("risk", ""), *(values.get(f"risk_{number}", "") for number in range(1, 6))]
    risks = tuple(dict.fromkeys(part for text in listed for part in re.split(r"[、,\uff0c;\uff1b/\s]+", text) if part))
    record = MonitoringRecord(
        category=category,
        risks=risks,
        identified_on=_month(values.get("identified_on", "")),
        removed_on=_month(values.get("removed_on", "")),
        removed=values.get("removed", "") in _YES,
    )
    return (record,)


def _disagreements(sheet: str, members: Sequence[PersonRow]) -> list[RowProblem]:
    problems = []
    heads = [row for row in members if row.person.relation is Relation.HEAD]
    if len(heads) != 1:
        reason = f"户编号相同的各行有{len(heads)}个户主, 已按第一行接收, 请核对"
        problems.append(_problem(sheet, members[0].number, "与户主关系", reason, members[0].household_id))
    if len({row.village for row in members}) > 1:
        reason = "户编号相同的各行不在同一个村, 已按户主所在村接收, 请核对"
        problems.append(_problem(sheet, members[0].number, "村", reason, members[0].household_id))
    return problems


def _village(
    sheet: str, header: Header, row: Row, values: Mapping[str, str], villages: Mapping[str, RegionCode | None]
) -> RegionCode:
    written = values.get("village_code", "")
    if written:
        try:
            return RegionCode.parse(written)
        except ValueError as exc:
            raise RegisterRowProblem(
                _problem(sheet, row.number, header.text("village_code"), str(exc), written)
            ) from exc
    name = values.get("village", "")
    found = villages.get(name) or villages.get(name.removesuffix("村"))
    if found is None:
        reason = "村名在地名表里查不到或有重名, 请填村代码或先导入地名"
        raise RegisterRowProblem(_problem(sheet, row.number, header.text("village"), reason, name))
    return found


def _problem(sheet: str, row: int, column: str | None, reason: str, value: str) -> RowProblem:
    return RowProblem(sheet=sheet, row=row, column=column, reason=reason, value=value)


def _year(text: str) -> int | None:
    try:
        moment = moment_of(text)
    except DateProblem:
        month = _month(text)
        return month.year if month else None
    return moment.year if moment else None


def _months(text: str) -> int:
    digits = re.match(r"\d+", text)
    return min(int(digits[0]), 12) if digits else 0


def _month(text: str) -> date | None:
    found = _MONTH.match(text)
    if found is None or not 1 <= int(found[2]) <= 12:
        return None
    return date(int(found[1]), int(found[2]), 1)
