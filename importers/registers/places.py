"""Where the rows of a register are: what no column says stands in the sheet's name, in a title, or in rows between."""

from collections.abc import Mapping, Sequence

from domain.places.region import RegionCode
from domain.register.household import HouseholdId, Relation
from importers.formats.parts import Row
from importers.headers.header import Header
from importers.headers.vocabulary import plain
from importers.places.village_names import UnknownVillage, VillageNames
from importers.registers.row_checks import is_called
from importers.rows.village_rows import group_of
from importers.values.cells import text_of
from importers.words.register_words import register_words

VILLAGE_OF_TITLE = "表里没有村这一列, 已按表题里的「{}」接收; 不是这个村的请给表加上「村」一列并填写后重新提交"
GROUP_OF_ROW = (
    "这一行只有组名, 下面没有写组的各行已按「{}」接收, 到下一个组名、合计或说明为止; "
    "不对的请给表加上「村民小组」一列并填写后重新提交"
)
BY_COMMUNITY = "表里没有村这一列, 已按「{}」里的村或社区接收; 不是这个村的请给表加上「村」一列并填写后重新提交"
BY_ADDRESS = "没有填村, 已按住址里的「{}」接收; 不对的请填上村后重新提交"
_OTHER_VILLAGE = "户编号的前12位不是表题里的「{}」, 这一行没有导入; 请给表加上「村」一列并填写后重新提交"
_ELSEWHERE = "写的是别的村, 不是表题里的「{}」, 这一行没有导入; 请给表加上「村」一列并填写后重新提交"
_VILLAGE = "村"
_OF_A_VILLAGE = frozenset({"village", "village_code"})
NOTHING_TOLD: Mapping[HouseholdId, tuple[RegionCode, str]] = {}


class RegisterPlaces:
    """The village and the group that hold for the rows below one header."""

    def __init__(
        self,
        header: Header,
        head: Sequence[Row],
        sheet: str,
        villages: VillageNames,
        *,
        is_card: bool,
        told: Mapping[HouseholdId, tuple[RegionCode, str]] = NOTHING_TOLD,
    ) -> None:
        """Of a table whose first rows are `head`; `told` are village and head by number on another sheet."""
        self._villages = villages
        self._told = dict(told)
        self.by_household = False
        """True when the row is where another sheet tells of its household."""
        without_village = not _OF_A_VILLAGE & header.columns.keys()
        self._of_sheet = villages.named_by_sheet(sheet) if without_village else ""
        self._may_be_named = without_village and not self._of_sheet and not _names_other_villages(header)
        self._is_card = is_card and self._may_be_named and not _tell_other_villages(header, head, villages)
        self._by_community = _is_community(header)
        community = header.columns["village"] if self._by_community else -1
        self._by_number = self._by_community and (
            _names_other_villages(header) or _tell_other_villages(header, head, villages, but=community)
        )
        self._address_said = False
        self._has_group = "group" in header.columns
        self._by_group = self._may_be_named and self._has_group
        self._group = ""
        self._waiting: tuple[int, str, str] | None = None
        """A line that may be the title of what is below: whether it is, the header printed once more tells."""
        self.of_title, self.code = "", ""
        """The village that the title names, and its code; empty once a note has ended what it says."""
        if self._may_be_named:
            above = [text_of(cell) for row in head if row.number < header.first_row for cell in row.cells]
            named = [found for text in above if (found := villages.named_in(text)) is not None]
            if len({code for _, code in named}) == 1:
                self.of_title, self.code = named[0][0], named[0][1].digits

    def note(self, row: int, filled: Mapping[int, str], *, ends: bool) -> str:
        """Look at a row that is a note; what is to be said where it is the name of a group, else "".

        `ends` where it ends what the title says: below 二、蔡家洼 begins what it does not speak of.
        """
        if group := group_of(filled):
            # Where a column tells the group, such a row says nothing more, and ends nothing.
            self._group = "" if self._has_group else group
            return GROUP_OF_ROW.format(group) if self._group else ""
        self._group = ""
        if ends:
            self.code = ""
        named = [self._villages.named_in(text) for text in filled.values()] if len(filled) == 1 else []
        title = named[0] if named and self._may_be_named else None
        self._waiting = (row, title[0], title[1].digits) if title is not None else None
        return ""

    def begin_again(self, row: int) -> str:
        """The header is printed once more: the title right above it names the village of what is below, or "" is said.

        Anything else keeps what holds: the header stands on every page.
        """
        waiting, self._waiting = self._waiting, None
        if waiting is None or waiting[0] != row - 1:
            return ""
        _, self.of_title, self.code = waiting
        return VILLAGE_OF_TITLE.format(self.of_title)

    def end_group(self) -> None:
        """A sum stands below the group."""
        self._group = ""

    def complete(self, values: dict[str, str]) -> str:
        """Fill in where the row is; what is to be said of it, or ""."""
        self._waiting, self.by_household = None, False
        if self._by_community and _contradicts(self._villages, values, by_number=self._by_number):
            # Where they moved to is not their village: without one the row is refused.
            del values["village"]
        if self._group:
            values.setdefault("group", self._group)
        if self._of_sheet:
            values.setdefault("village", self._of_sheet)
        if self.code:
            values.setdefault("village_code", self.code)
        if _OF_A_VILLAGE & values.keys():
            return ""
        if self._by_group and (parted := self._villages.parted(values.get("group", ""))) is not None and parted[2]:
            values["village_code"], values["group"] = parted[1], parted[2]
            return ""
        if (code := self._told_of(values)) is not None:
            values["village_code"], self.by_household = code.digits, True
            return ""
        return self._by_address(values) if self._is_card else ""

    def _told_of(self, values: Mapping[str, str]) -> RegionCode | None:
        """The village that another sheet tells of the household, where the row speaks of no other."""
        number = HouseholdId(values.get("household_id", ""))
        code, head = self._told.get(number, (None, ""))
        is_head = register_words().relation(values.get("relation", "")) is Relation.HEAD
        if is_head and not is_called(head, values.get("name", "")):
            # Another family has the number here: it and who stands below it are not theirs.
            self._told.pop(number, None)
            return None
        told = (values.get(one, "") for one in ("group", "natural_village", "address"))
        if code is None or any(self._villages.is_elsewhere(text, code.digits) for text in told):
            return None
        return code

    def _by_address(self, values: dict[str, str]) -> str:
        """The village with its town at the beginning of a card's address; said once."""
        parted = self._villages.parted(values.get("address", ""), below_town=True)
        if parted is None or _is_of_another(values.get("household_id", ""), parted[1]):
            return ""
        values["village_code"] = parted[1]
        said = "" if self._address_said else BY_ADDRESS.format(parted[0])
        self._address_said = True
        return said

    @property
    def gives_group(self) -> bool:
        """True where a row above says the group."""
        return self._group != ""

    def refused(self, values: Mapping[str, str]) -> tuple[str, str] | None:
        """The field that says that the row is not of the title's village, and the reason."""
        if not self.code:
            return None
        if _is_of_another(values.get("household_id", ""), self.code):
            return "household_id", _OTHER_VILLAGE.format(self.of_title)
        elsewhere = (one for one in ("group", "address") if self._villages.is_elsewhere(values.get(one, ""), self.code))
        return next(((field, _ELSEWHERE.format(self.of_title)) for field in elsewhere), None)

    def is_elsewhere(self, text: str) -> bool:
        """True for a text that begins with another village than the title's."""
        return bool(self.code) and self._villages.is_elsewhere(text, self.code)


def _is_of_another(number: str, village: str) -> bool:
    """True for a number that begins with what may be the code of another village."""
    begin = number[: len(village)]
    return begin != village and len(begin) == len(village) and register_words().may_name_a_village(begin)


def with_community(header: Header, head: Sequence[Row], sheet: str, villages: VillageNames) -> tuple[Header, str]:
    """The header with 所属社区 and the like as its village, and what to say of it; as it is and "" for any other.

    Each cell among the first rows has to hold a known village or community, no title or sheet may name one, and where
    another column speaks of villages (迁出村) every number has to begin with the code.
    """
    if _OF_A_VILLAGE & header.columns.keys() or villages.named_by_sheet(sheet):
        return header, ""
    above = [text_of(cell) for row in head if row.number < header.first_row for cell in row.cells]
    if any(villages.named_in(text) for text in above):
        return header, ""
    read = {column.index for column in header.found}
    below = [row for row in head if row.number > header.last_row]
    for index, text in enumerate(header.texts):
        if index in read or plain(text) not in register_words().community_columns:
            continue
        others = _names_other_villages(header) or _tell_other_villages(header, head, villages, but=index)
        numbers = header.columns["household_id"] if others else None
        if _are_villages(header, below, index, numbers, villages):
            return header.reading(index, "village"), BY_COMMUNITY.format(text)
    return header, ""


def _is_community(header: Header) -> bool:
    place = header.columns.get("village")
    return place is not None and plain(header.texts[place]) in register_words().community_columns


def _contradicts(villages: VillageNames, values: Mapping[str, str], *, by_number: bool = False) -> bool:
    """True where the number or the address is of another village than the community.

    With `by_number`, where another column speaks of villages, also where the number does not begin with its code.
    """
    try:
        code = villages.village({"village": values.get("village", "")}).digits
    except UnknownVillage:
        return False
    number = values.get("household_id", "")
    if by_number and number and not number.startswith(code):
        return True
    address = villages.is_elsewhere(values.get("address", ""), code)
    return address or _is_of_another(number, code)


def _tell_other_villages(header: Header, head: Sequence[Row], villages: VillageNames, *, but: int = -1) -> bool:
    """True where a column that is not read holds what begins with a known village: 户籍地址 beside 现住址."""
    read = {column.index for column in header.found} | {but}
    texts = (
        text_of(cell)
        for row in head
        if row.number > header.last_row
        for index, cell in enumerate(row.cells)
        if index not in read
    )
    return any(text and villages.is_elsewhere(text, "") for text in texts)


def _are_villages(
    header: Header, below: Sequence[Row], index: int, numbers: int | None, villages: VillageNames
) -> bool:
    written = [(text, row) for row in below for text in [text_of(row.cells[index]) if index < len(row.cells) else ""]]
    filled = [(text, row) for text, row in written if text]
    for text, row in filled:
        try:
            code = villages.village({"village": text})
        except UnknownVillage:
            return False
        cells = {field: row.cells[at] for field, at in header.columns.items() if at < len(row.cells)}
        told = {"village": text}
        told |= {field: text_of(cells[field]) for field in ("household_id", "address") if field in cells}
        if _contradicts(villages, told):
            return False
        if numbers is not None and not text_of(row.cells[numbers]).startswith(code.digits):
            return False
    return bool(filled)


def _names_other_villages(header: Header) -> bool:
    """True where a column that is not read may name villages."""
    read = {column.index for column in header.found}
    return any(_VILLAGE in text for index, text in enumerate(header.texts) if index not in read)
