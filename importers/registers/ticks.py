"""What a register says by ticks: columns headed by a category of monitored households, or by a risk."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from importers.formats.parts import Row
from importers.headers.header import Header
from importers.headers.vocabulary import plain
from importers.values.cells import filled_cells, text_of
from importers.words.register_words import register_words

_SEVERAL_RISKS = 2
RISKS = ("risk", "risk_1", "risk_2", "risk_3", "risk_4", "risk_5")
"""Fields that name risks in words."""
CATEGORIES = ("unstable", "marginal", "sudden")
"""Columns named after a category, with a tick for the households that are of it."""
_NO_CATEGORY = "看不出是不是打勾, 没有当作监测对象类别, 其余已接收; 是这一类的请改成「√」后重新提交"
_SEVERAL = "打勾的监测对象类别不止一个, 看不出是哪一类, 没有当作监测对象类别, 其余已接收; 请只勾一个后重新提交"
_NO_TICK = "看不出是不是打勾, 没有当作风险, 其余已接收; 是风险的请改成「√」后重新提交"


def with_risks_below(header: Header, head: Sequence[Row]) -> Header:
    """The header with the row below it where that names risks alone, below a column of risks merged over them."""
    below = next((row for row in head if row.number > header.last_row), None)
    texts = filled_cells(below.cells) if below is not None else {}
    begins = [index for index in header.places.get("risk", ()) if index in texts]
    if below is None or len(texts) < _SEVERAL_RISKS or not begins:
        return header
    begin = begins[0]
    is_open = all(index == begin or not _at(header.texts, index) for index in range(begin, max(texts) + 1))
    if min(texts) < begin or not is_open or not all(map(register_words().known_risk, texts.values())):
        return header
    width = max(len(header.texts), max(texts) + 1)
    lines = (*header.lines, {index: plain(text) for index, text in texts.items()})
    own = tuple(texts.get(index, _at(header.texts, index)) for index in range(width))
    return replace(header.without({begin}), texts=own, lines=lines, last_row=below.number)


class Ticks:
    """The columns below one header that hold ticks."""

    def __init__(self, header: Header) -> None:
        """Of this header."""
        self._header = header
        self._risks = _ticked_risks(header)
        categories = {"category"} if any(field in header.columns for field in CATEGORIES) else set()
        self.fields = frozenset(categories | ({"risk"} if self._risks else set()))
        """What ticks say of a household."""

    @property
    def risks(self) -> tuple[str, ...]:
        """The headers that are risks with ticks below them."""
        return tuple(self._risks.values())

    def add_to(self, found: dict[str, str], row: Row) -> None:
        """Add what the row ticks to what it says in words; words count more."""
        words = register_words()
        ticked = [field for field in CATEGORIES if words.answer(found.get(field, ""))]
        if len(ticked) == 1:
            found.setdefault("category", self._header.text(ticked[0]) or "")
        elif ticked and "category" not in found:
            found["several_categories"] = "、".join(ticked)
        risks = [word for index, word in self._risks.items() if words.is_tick(_text_at(row, index))]
        if risks and not any(field in found for field in RISKS):
            found["risk"] = "、".join(risks)

    def nameless(self, row: Row) -> str:
        """The tick right of a column of risks below no header: nobody knows which risk it is."""
        places = self._header.places.get("risk", ())
        begins = [index + 1 for index in places]
        beside = (text for begin in begins for text in _below_nothing(self._header, begin, row))
        return next(filter(register_words().is_mark, beside), "")

    def problems(self, row: Row) -> Iterator[tuple[int, str, str]]:
        """Column, reason and value of each cell that is neither a tick nor a sign that there is none."""
        yield from self._problems_of_categories(row)
        for index in self._risks:
            if register_words().is_tick(text := _text_at(row, index)) is None:
                yield index, _NO_TICK, text

    def _problems_of_categories(self, row: Row) -> Iterator[tuple[int, str, str]]:
        if any(_text_at(row, index) for index in self._header.places.get("category", ())):
            return
        words = register_words()
        columns = [self._header.columns[field] for field in CATEGORIES if field in self._header.columns]
        answers = {index: words.answer(_text_at(row, index)) for index in columns}
        for index in columns:
            text = _text_at(row, index)
            if answers[index] is None and words.is_tick(text) is None:
                yield index, _NO_CATEGORY, text
        ticked = [index for index in columns if answers[index]]
        if len(ticked) > 1:
            yield ticked[1], _SEVERAL, _text_at(row, ticked[1])


def _ticked_risks(header: Header) -> Mapping[int, str]:
    """By column the risk that its header is: several columns 因病, 因残, … with ticks; none where it is one column.

    And none below 年支出, 帮扶措施 and the like, where they are no risks.
    """
    read = {column.index for column in header.found}
    risks = {
        index: word
        for index, text in enumerate(header.texts)
        if index not in read and (word := _risk_below(header, index)) is not None
    }
    return risks if len(risks) > 1 else {}


def _risk_below(header: Header, index: int) -> str | None:
    """The risk that a column is headed by; below 风险类型 and the like any known one, else one that says it is one."""
    words, text = register_words(), header.texts[index]
    above = header.above(index).removesuffix(plain(text))
    if words.is_risk_group(above):
        return words.known_risk(text)
    return None if above else words.risk_of(text)


def _below_nothing(header: Header, begin: int, row: Row) -> Iterator[str]:
    """What the row says from this column on until one has a header."""
    for index in range(begin, len(row.cells)):
        if _at(header.texts, index):
            return
        yield _text_at(row, index)


def _at(texts: Sequence[str], index: int) -> str:
    return texts[index] if index < len(texts) else ""


def _text_at(row: Row, index: int) -> str:
    return text_of(row.cells[index]) if index < len(row.cells) else ""
