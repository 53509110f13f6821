"""Tables of a delivered register: finds the header, and what its columns are."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from domain.deliveries.receipt import RowProblem
from importers.entries import Warned
from importers.formats.parts import Row, Table
from importers.headers.finding import HEAD_ROWS, find_header, missing_columns
from importers.headers.header import Column, Header
from importers.headers.neighbours import HeadedTable, goes_on
from importers.headers.register_layouts import PERSONS, register_layouts
from importers.places.village_names import VillageNames
from importers.profiles import Profiles
from importers.registers.applicants import with_head_for_applicant
from importers.registers.days import with_days_of_monitoring
from importers.registers.divided_columns import with_divided
from importers.registers.head_columns import of_the_head, of_the_named
from importers.registers.helpers import without_helpers
from importers.registers.lists_of_left import LIST_OF_LEFT, left_by_name, rows_tell
from importers.registers.member_columns import unread_members
from importers.registers.places import VILLAGE_OF_TITLE, with_community
from importers.registers.reading import RegisterReading
from importers.registers.risks import with_category, with_risks_beside_category
from importers.registers.row import RefusedRow, RegisterEntry, RegisterRow
from importers.registers.rows import RowReader
from importers.registers.ticks import with_risks_below
from importers.registers.told_villages import BY_HOUSEHOLD, ToldVillages
from importers.registers.uncalculated import UncalculatedRows
from importers.registers.unfolded_households import unfolded
from importers.registers.unread import remarks_on_unread, without_strangers_phone
from importers.registers.years import of_latest_year
from importers.rows.uncalculated import ONLY_FORMULAS, only_formulas
from importers.table_place import TablePlace, shown_headers
from importers.table_remarks import GOES_ON, HIDDEN_SHEET
from importers.words.register_words import register_words

_NUMBER = ("household_id",)
_OLD_CAUSES = (
    "这一列是2018年的致贫原因, 不是监测系统的风险; 监测对象没有另填风险的, 已按对照表换算, "
    "其他户不作为风险导入; 要记风险的请在「致贫返贫风险」一列填写后重新提交"
)
_UNREAD = "unread"
_UNREAD_GUESS = "这一列没有采用, 请核对; 是台账要的请改用台账的表头后重交"
_YEARS = (
    "几个年份并排着, 同一项有几年的已按最后一年(到{})接收, 以前各年和计划的没有采用; "
    "要用别的年份的请只留那一年的列后重新提交"
)
_TICKS = "「{}」各列已按勾选作为风险类型接收; 不是风险的请删去这些列后重新提交"


class RegisterTables:
    """Reads the tables of one file."""

    def __init__(self, villages: VillageNames, profiles: Profiles) -> None:
        """Villages are found among `villages`, headers that somebody confirmed among `profiles`."""
        self._villages = villages
        self._profiles = profiles
        self._layouts = register_layouts()
        self._told = ToldVillages()
        self._last: HeadedTable | None = None
        self.understood = False
        """True once a table is one of a register."""
        self.strangers: list[RowProblem] = []
        """Tables that are none, each with the headers found."""
        self.of_left: list[RowProblem] = []
        """Tables of who is there no more, each with what says so."""
        self.missing = ""
        """The first required header that the first stranger lacks."""

    def read(self, table: Table, *, is_card: bool = False) -> Iterator[RegisterEntry]:
        """Every row of the table; a table that is none of a register has none, and is a stranger.

        `is_card` where it is the card of one household.
        """
        place = TablePlace(table.part, table.sheet)
        self._told.begin(table.part)
        formulas = UncalculatedRows()
        filled = formulas.passed(table.rows)
        head = list(islice(filled, HEAD_ROWS))
        if first := only_formulas(formulas.found, head):
            yield RefusedRow(place.problem(first, None, ONLY_FORMULAS, ""), "", {})
        if first or not head:
            return
        head, filled, of_applicant = with_head_for_applicant(head, filled)
        rows, folded = unfolded(head, filled)
        head = list(islice(rows, HEAD_ROWS))
        header = find_header(head, self._layouts, self._profiles)
        goes_on_below = None
        if header is None and self._last is not None and goes_on(head[0], table.part, self._last, needed=_NUMBER):
            goes_on_below = self._last
            header = replace(self._last.header, first_row=0, last_row=0)
            yield Warned(place.problem(head[0].number, None, GOES_ON.format(self._last.label or "上一个表"), ""))
        if header is None:
            self._stranger(place, head)
            return
        header = with_risks_beside_category(with_category(header, head), head)
        not_read = remarks_on_unread(header, head)
        header, of_stranger = without_strangers_phone(header)
        header, divided = with_divided(with_days_of_monitoring(with_risks_below(header, head)), head)
        header, year = of_latest_year(header)
        header, of_helpers = without_helpers(header)
        header, community = with_community(header, head, table.sheet, self._villages)
        header, of_head = of_the_head(header)
        header, of_nobody = of_the_named(header)
        reader = RowReader(header, place, self._villages, is_unfolded=bool(folded))
        left = "" if is_card else left_by_name(table.sheet, head, header)
        if left and not rows_tell(head, header, reader):
            self._leave_out(place, header, left)
            return
        # What goes on below a table with members in its columns is not unfolded: nobody is to be lost there.
        self._last = None if folded else goes_on_below or HeadedTable(table.part, place.label, header)
        self.understood = True
        if table.hidden:
            yield Warned(place.problem(1, None, HIDDEN_SHEET, table.sheet))
        yield from self._about(place, header)
        told = self._told.of_table(header, head, reader, table.sheet)
        reading = RegisterReading(
            reader, header, place, table.sheet, self._villages, head, formulas, is_card=is_card, told=told
        )
        ticked = "、".join(reader.ticked_risks)
        unread = unread_members(header, head)
        years, ticks = year and _YEARS.format(year), ticked and _TICKS.format(ticked)
        remarks = (
            folded,
            unread,
            years,
            of_helpers,
            of_head,
            of_nobody,
            ticks,
            of_stranger,
            of_applicant,
            community,
            *divided,
            BY_HOUSEHOLD if told else "",
            *not_read,
        )
        yield from (Warned(place.problem(header.last_row, None, remark, "")) for remark in remarks if remark)
        if reading.places.of_title:
            reason = VILLAGE_OF_TITLE.format(reading.places.of_title)
            yield Warned(place.problem(header.first_row, None, reason, ""))
        for entry in reading.read(chain(head, rows)):
            if isinstance(entry, RegisterRow):
                self._told.take(entry)
            yield entry
        yield from formulas.told(header, place)

    def _leave_out(self, place: TablePlace, header: Header, name: str) -> None:
        """Say of a table of who has left that nothing of it is taken; a table without a header behind it is not its."""
        if header.last_row:
            self._last = None
        self.of_left.append(place.problem(header.last_row, None, LIST_OF_LEFT, name))

    def _stranger(self, place: TablePlace, head: Sequence[Row]) -> None:
        missing, found = missing_columns(head, self._layouts[PERSONS])
        self.missing = self.missing or missing
        reason = f"没有找到「{missing}」这一列, 这个表没有导入; 是户籍台账的请补上这一列后重新提交, 不是的不需要处理"
        self.strangers.append(place.problem(head[0].number, None, reason, shown_headers(found)))

    def _about(self, place: TablePlace, header: Header) -> Iterator[Warned]:
        layout = self._layouts[header.layout]
        for column in sorted(header.found, key=lambda one: one.index):
            if column.confidence < 1:
                text = header.above(column.index) + header.texts[column.index]
                if column.field == _UNREAD and register_words().is_helper(text):
                    continue
                reason = _UNREAD_GUESS if column.field == _UNREAD else _guessed(column, layout.fields[column.field][0])
                yield Warned(place.problem(header.last_row, header.texts[column.index], reason, ""))
        if "cause_2018" in header.columns:
            yield Warned(place.problem(header.last_row, header.text("cause_2018"), _OLD_CAUSES, ""))


def _guessed(column: Column, name: str) -> str:
    return f"这一列按「{name}」接收(把握{column.confidence:.0%}), 请核对; 不对的请把表头改成「{name}」或别的名称后重交"
