"""What a register says by ticks: columns headed by a category of monitored households, or by a risk."""

from collections.abc import Iterator, Mapping

from importers.cells import text_of
from importers.formats.parts import Row
from importers.header import Header
from importers.header_vocabulary import plain
from importers.register_words import register_words

RISKS = ("risk", "risk_1", "risk_2", "risk_3", "risk_4", "risk_5")
"""Fields that name risks in words."""
_CATEGORIES = ("unstable", "marginal", "sudden")
"""Columns named after a category, with a tick for the households that are of it."""
_NO_CATEGORY = "看不出是不是打勾, 没有当作监测对象类别, 其余已接收; 是这一类的请改成「√」后重新提交"
_SEVERAL = "打勾的监测对象类别不止一个, 看不出是哪一类, 没有当作监测对象类别, 其余已接收; 请只勾一个后重新提交"
_NO_TICK = "看不出是不是打勾, 没有当作风险, 其余已接收; 是风险的请改成「√」后重新提交"


class Ticks:
    """The columns below one header that hold ticks."""

    def __init__(self, header: Header) -> None:
        """Of this header."""
        self._header = header
        self._risks = _ticked_risks(header)
        categories = {"category"} if any(field in header.columns for field in _CATEGORIES) else set()
        self.fields = frozenset(categories | ({"risk"} if self._risks else set()))
        """What ticks say of a household."""

    @property
    def risks(self) -> tuple[str, ...]:
        """The headers that are risks with ticks below them."""
        return tuple(self._risks.values())

    def add_to(self, found: dict[str, str], row: Row) -> None:
        """Add what the row ticks to what it says in words; words count more."""
        words = register_words()
        ticked = [field for field in _CATEGORIES if words.answer(found.get(field, ""))]
        if len(ticked) == 1:
            found.setdefault("category", self._header.text(ticked[0]) or "")
        risks = [word for index, word in self._risks.items() if words.is_tick(_text_at(row, index))]
        if risks and not any(field in found for field in RISKS):
            found["risk"] = "、".join(risks)

    def problems(self, row: Row) -> Iterator[tuple[int, str, str]]:
        """Column, reason and value of each cell that is neither a tick nor a sign that there is none."""
        yield from self._problems_of_categories(row)
        for index in self._risks:
            if register_words().is_tick(text := _text_at(row, index)) is None:
                yield index, _NO_TICK, text

    def _problems_of_categories(self, row: Row) -> Iterator[tuple[int, str, str]]:
        words = register_words()
        columns = [self._header.columns[field] for field in _CATEGORIES if field in self._header.columns]
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
    words = register_words()
    risks = {
        index: word
        for index, text in enumerate(header.texts)
        if index not in read and (word := words.risk_of(text)) is not None and _is_of_risks(header, index)
    }
    return risks if len(risks) > 1 else {}


def _is_of_risks(header: Header, index: int) -> bool:
    own = plain(header.texts[index])
    above = header.above(index).removesuffix(own)
    return not above or register_words().is_risk_group(above)


def _text_at(row: Row, index: int) -> str:
    return text_of(row.cells[index]) if index < len(row.cells) else ""
