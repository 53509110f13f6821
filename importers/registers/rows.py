"""One row of a household register: a person, or a household, with what the row says of the household."""

import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Protocol, TypeVar

from domain.deliveries.receipt import RowProblem
from domain.places.region import RegionCode
from domain.privacy.masking import mask_id_number
from domain.register.household import HouseholdId, Person, Relation
from domain.register.register_entry import PersonFacts, RowPlace
from importers.formats.parts import Cell, Row
from importers.headers.header import Header
from importers.headers.vocabulary import plain
from importers.places.village_names import UnknownVillage, VillageNames
from importers.registers.changes import who_has_left, words_of_leaving
from importers.registers.head_columns import OF_HEAD, of_two_groups
from importers.registers.row import PLACE_FIELDS, OfHousehold, RegisterRow, RowRefused
from importers.registers.row_checks import TICK, TWO_NUMBERS, is_called, name_of, what_is_wrong, who_is_missing
from importers.registers.ticks import RISKS, Ticks
from importers.registers.values import (
    RegisteredNumber,
    birth_of,
    count_of,
    household_number,
    is_left_out,
    is_unticked,
    listed,
    phone_of_household,
    registered_number,
    without_boxes,
)
from importers.rows.values import normal_text
from importers.table_place import TablePlace
from importers.values.cells import filled_cells, text_of
from importers.values.identifiers import birth_year_of, is_scientific
from importers.values.ticked_options import NONE_TICKED
from importers.words.register_words import register_words
from importers.words.table_words import table_words

_MOST_MONTHS = 12
_BESIDE_NAME = "姓名后面的「{}」没有当作姓名的一部分, 已接收; 是姓名的请去掉括号后重新提交"
_LEFT = "写着「{}」, 这一行的人已照样接收; 人已不在这一户的, 请删去这一行后重新提交"
_HEAD_LEFT = "写着「{}」, 没有按这一格认户主, 请核对; 请写明现在的户主后重新提交"
_NAMES = ("name", "head_name")
_LISTED = frozenset({*RISKS, "cause_2018", "other_causes_2018", "category"})
"""Fields of which programs write lists."""
_BRACKET = re.compile(r"(?P<name>[^()（）]{2,})[(（](?P<remark>[^()（）]{1,12})[)）]")
"""What is written in brackets behind a name: 外嫁, 已故, a name by which somebody goes at home."""
_SHARED = 12
"""Characters of a text that many rows have in common; one copy of it is kept."""
_OF_HEAD = {field: column for field, column in OF_HEAD.items() if field not in ("name", "id_number", "phone")}
"""What is said of every person to the column that says it of the head alone, where both are read alike."""
_OF_ONE = frozenset({"name", "head_name", "household_id", "id_number", "phone"})
"""Fields of which hardly two rows say the same."""


_Said = TypeVar("_Said")


class _Remark(Protocol):
    def __call__(self, field: str, reason: str, value: str) -> None: ...


class RowReader:
    """Reads the rows below one header."""

    def __init__(self, header: Header, place: TablePlace, villages: VillageNames, *, is_unfolded: bool = False) -> None:
        """Rows of a table at this place; `is_unfolded` where a household stood in one row."""
        self._is_unfolded = is_unfolded
        self._header = header
        self._place = place
        self._villages = villages
        self._known: dict[tuple[str, ...], RegionCode] = {}
        self._ticks = Ticks(header)
        self._numbers = of_two_groups(header)
        self._is_removal_doubtful = any(one.field == "removed_on" and one.confidence < 1 for one in header.found)
        self._has_any_category = plain(header.text("category") or "") in register_words().category_headers
        """True where 脱贫户 may be the household's type and ends no monitoring."""
        self._again = {index for index, text in enumerate(header.texts) if register_words().is_back(text)}
        self._columns = frozenset(header.columns) | self._ticks.fields

    @property
    def ticked_risks(self) -> tuple[str, ...]:
        """The headers that are risks with ticks below them."""
        return self._ticks.risks

    def values(self, row: Row) -> dict[str, str]:
        """The filled fields of the row as texts, the first filled column of each."""
        found: dict[str, str] = {}
        left = ""
        for field, cell in self._cells(row).items():
            text = normal_text("name" if field in _NAMES else field, text_of(cell))
            if field == "household_id" and not table_words().is_ditto(text):
                text = normal_text(field, household_number(cell))
            if field in _LISTED and not (text := listed(text)):
                continue
            if (field in RISKS or field == "category") and is_unticked(text):
                continue
            text = text if field in _OF_ONE else without_boxes(text)
            if field in _NAMES and (bracket := _BRACKET.fullmatch(text)):
                text = bracket["name"].strip()
                if field == "head_name":
                    left = register_words().left_himself(bracket["remark"])
            if field == "name" and register_words().is_nobody(text):
                continue
            if field == "category" and self._has_any_category and register_words().category(text) is None:
                continue
            found[field] = sys.intern(text) if len(text) <= _SHARED and field not in _OF_ONE else text
        if "removed_on" in found and (self._is_removal_doubtful or self._is_back(row)):
            found["removal_doubtful"] = found["removed_on"]
        if left and _is_row_of_member(found):
            # Who has died is no head of those whom the other rows tell.
            found["head_left"] = left
            del found["head_name"]
        self._ticks.add_to(found, row)
        return found

    def _is_back(self, row: Row) -> bool:
        """True where the row tells that the household was taken in again: below 再次识别时间, or in a remark."""
        return any(
            register_words().is_back(text) or (index in self._again and register_words().answer(text) is not False)
            for index, text in filled_cells(row.cells).items()
        )

    def read(self, row: Row, values: Mapping[str, str]) -> RegisterRow:
        """What the row says, with `values` as completed from the rows above; RowRefused when it says too little."""
        problems: list[RowProblem] = []

        def remark(field: str, reason: str, value: str) -> None:
            problems.append(self._problem(row, field, reason, value))

        if missing := who_is_missing(values, self._header.columns):
            raise self.refusal(row, *missing)
        if gone := who_has_left(values, self._header.columns):
            raise self.refusal(row, *gone)
        own, name = "name" in values, name_of(values)
        if "head_left" in values:
            remark("head_name", _HEAD_LEFT.format(values["head_left"]), text_of(self._cells(row)["head_name"]))
        cells: Mapping[str, Cell] = self._cells(row)
        of_head = not own or _is_head(values, name)
        if self._tells_two_numbers(row):
            raise self.refusal(row, "id_number", TWO_NUMBERS, mask_id_number(values["id_number"]))
        names_risk = any(field in values for field in RISKS)
        if not names_risk and (ticked := self._ticks.nameless(row)):
            raise self.refusal(row, "risk", TICK, ticked)
        if of_head and not names_risk and register_words().category(values.get("category", "")) is not None:
            for field in RISKS:
                if is_unticked(text := text_of(cells.get(field, ""))):
                    remark(field, NONE_TICKED, text)
        risky = any(register_words().risks_in(values.get(field, "")) for field in RISKS)
        if of_head and risky and is_unticked(text := text_of(cells.get("category", ""))):
            remark("category", NONE_TICKED, text)
        beside = None if of_head else self._head_beside(row, values, cells, name, remark)
        # A 户主姓名 that was not brought up to date tells of the head before.
        if of_head and is_called(name, values.get("head_name") or name):
            values, cells = _with_own(values), _with_own(cells)
        told = "head_id_number" in cells and not (own and "id_number" in cells)
        number_field = "head_id_number" if of_head and told else "id_number"
        number = registered_number(cells.get(number_field, ""))
        if wrong := what_is_wrong(values, number):
            raise self.refusal(row, *wrong)
        village = self._village(row, values)
        if number.problem:
            remark(number_field, number.problem, _shown(cells[number_field]))
        for index, reason, text in self._ticks.problems(row):
            problems.append(self._place.problem(row.number, self._header.texts[index], reason, text))
        person, facts = self._person(row.number, values, cells, name, number, own=own, of_head=of_head, remark=remark)
        if row.is_made:
            facts = replace(facts, told=frozenset(values))
        return RegisterRow(
            household_id=HouseholdId(values["household_id"]),
            village=village,
            person=person,
            facts=facts,
            of_household=OfHousehold(*(values.get(field, "") for field in OfHousehold._fields)),
            is_household=not own,
            relation_written=not own or bool(values.get("relation")),
            columns=self._columns,
            is_unfolded=self._is_unfolded,
            problems=tuple(problems),
            head=beside,
        )

    def _tells_two_numbers(self, row: Row) -> bool:
        """True where two groups of columns each hold an ID number, and not the same."""
        told = (registered_number(row.cells[index]).number for index in self._numbers if index < len(row.cells))
        return len({*told} - {""}) > 1

    def _head_beside(
        self, row: Row, values: Mapping[str, str], cells: Mapping[str, Cell], name: str, remark: _Remark
    ) -> tuple[Person, PersonFacts] | None:
        """The head, where columns of his own say more of him than his name in the row of somebody else."""
        head = values.get("head_name", "")
        said = {field: values[field] for field in OF_HEAD.values() if field in values}
        if len(said) == 1 or not head or is_called(name, head) or register_words().is_no_name(head):
            return None
        number = registered_number(cells.get("head_id_number", ""))
        if number.problem:
            remark("head_id_number", number.problem, _shown(cells["head_id_number"]))
        own = {field: cells[field] for field in said}
        person, facts = self._person(
            row.number, _with_own(said), _with_own(own), head, number, own=False, of_head=True, remark=remark
        )
        return person, replace(facts, told=self._columns.intersection(OF_HEAD.values()))

    def refusal(self, row: Row, field: str, reason: str, value: str) -> RowRefused:
        """The row refused because of a cell."""
        return RowRefused(self._problem(row, field, reason, value))

    def _person(
        self,
        row: int,
        values: Mapping[str, str],
        cells: Mapping[str, Cell],
        name: str,
        number: RegisteredNumber,
        *,
        own: bool,
        of_head: bool,
        remark: _Remark,
    ) -> tuple[Person, PersonFacts]:
        card = registered_number(cells.get("disability_card", ""))
        if card.problem:
            remark("disability_card", f"残疾人证号: {card.problem}", mask_id_number(values["disability_card"]))
        phone_field = "phone" if "phone" in values or not of_head else "head_phone"
        phone, phone_problem = phone_of_household(values.get(phone_field, ""))
        if phone_problem:
            remark(phone_field, phone_problem, values[phone_field])
        birth = birth_of(cells.get("born_on", ""))
        if birth.problem:
            remark("born_on", birth.problem, values.get("born_on", ""))
        works_nowhere = register_words().is_no_work_place(values.get("work_place", ""))
        months = count_of(values.get("work_months", ""))
        if months is None and values.get("work_months"):
            remark("work_months", "务工时间看不懂, 按没有填接收, 请写几个月后重新提交", values["work_months"])
        words = register_words()
        for field, left in words_of_leaving(values):
            remark(field, _LEFT.format(left), left)
        _remark_beside_name(cells, "name" if own else "head_name", remark)
        person = Person(
            name=name,
            relation=self._relation(values, own, remark),
            sex=words.sex(values.get("sex", "")),
            birth_year=_shared_year(birth_year_of(number.number) or birth.year),
            id_number=number.number,
            phone=phone,
            health=values.get("health", ""),
            labour=values.get("labour", ""),
            work_place="" if works_nowhere else values.get("work_place", ""),
            work_months=min(months or 0, _MOST_MONTHS),
            student=values.get("student", ""),
        )
        insured = words.answer(values.get("insured", ""), named=True)
        if insured is not True:
            insured = words.answer(values.get("insured_employee", ""), named=True) or insured
        facts = PersonFacts(
            place=RowPlace(sheet=self._place.label, row=row),
            born_on=birth.day,
            disability_card=number.card or card.card,
            own_id_number=not number.card,
            phone_unsaid=is_left_out(values.get(phone_field, "")),
            told=None if own else self._columns,
            works_nowhere=works_nowhere,
            work_months=months,
            insured=insured,
            allowance=words.answer(values.get("allowance", ""), named=True),
            supported=words.answer(values.get("supported", ""), named=True),
        )
        return person, facts

    def _relation(self, values: Mapping[str, str], own: bool, remark: _Remark) -> Relation:
        if not own:
            return Relation.HEAD
        written = values.get("relation", "")
        relation = register_words().relation(written) if written else None
        if relation is not None:
            return relation
        if "relation" in self._header.columns:
            reason = (
                "不认识的关系, 按「其他」接收, 请写成配偶、之子等后重新提交"
                if written
                else "没有填与户主关系, 按「其他」接收, 请补填后重新提交"
            )
            remark("relation", reason, written)
        return Relation.OTHER

    def _village(self, row: Row, values: Mapping[str, str]) -> RegionCode:
        key = tuple(values.get(field, "") for field in PLACE_FIELDS)
        if key not in self._known:
            try:
                self._known[key] = self._villages.village(values)
            except UnknownVillage as exc:
                raise self.refusal(row, exc.field, str(exc), exc.written) from exc
        return self._known[key]

    def _cells(self, row: Row) -> dict[str, Cell]:
        found: dict[str, Cell] = {}
        for field, places in self._header.places.items():
            for index in places:
                if index < len(row.cells) and row.cells[index] != "" and text_of(row.cells[index]):
                    found[field] = row.cells[index]
                    break
        return found

    def _problem(self, row: Row, field: str, reason: str, value: str) -> RowProblem:
        column = self._header.text(field) or self._header.text(_OF_HEAD.get(field, ""))
        return self._place.problem(row.number, column, reason, value)


def _is_row_of_member(values: Mapping[str, str]) -> bool:
    """True for who is named and is said to be somebody else than the head."""
    return "name" in values and register_words().relation(values.get("relation", "")) not in (None, Relation.HEAD)


def _is_head(values: Mapping[str, str], name: str) -> bool:
    """True for who is said to be the head, or has his name and no relation."""
    relation = values.get("relation", "")
    if relation:
        return register_words().relation(relation) is Relation.HEAD
    return is_called(name, values.get("head_name", ""))


def _with_own(said: Mapping[str, _Said]) -> Mapping[str, _Said]:
    """What the head's row says, with what the columns about him alone say where those of everybody say nothing."""
    own = {field: said[column] for field, column in _OF_HEAD.items() if column in said and field not in said}
    return {**said, **own} if own else said


def _remark_beside_name(cells: Mapping[str, Cell], field: str, remark: _Remark) -> None:
    """Say what stands in brackets behind the name."""
    written = text_of(cells.get(field, ""))
    if bracket := _BRACKET.fullmatch(written):
        left = register_words().left_in(bracket["remark"])
        remark(field, _LEFT.format(left) if left else _BESIDE_NAME.format(bracket["remark"]), written)


def _shown(cell: Cell) -> str:
    """A damaged number as a receipt shows it; one that was stored as a number as table programs show it."""
    if isinstance(cell, int | float):
        return f"{cell:.5E}"
    text = text_of(cell)
    return text if is_scientific(text) else mask_id_number(text)


@cache
def _shared_year(year: int | None) -> int | None:
    """One object for each year."""
    return year
