"""Letters as rows of a receipt: what was read of them, under headers that a register has."""

from collections.abc import Callable, Mapping
from datetime import datetime

from domain.clock import CHINA
from domain.texts.document import RawDocument

TITLE, TEXT = "标题", "内容"
NAME, PHONE, ID_NUMBER, ADDRESS, DAY = "信访人", "联系电话", "证件号码", "住址", "信访日期"
_READ: Mapping[str, Callable[[RawDocument], str]] = {
    NAME: lambda raw: raw.petitioner.name,
    PHONE: lambda raw: raw.petitioner.phone,
    ID_NUMBER: lambda raw: raw.petitioner.id_number,
    ADDRESS: lambda raw: raw.petitioner.address,
    DAY: lambda raw: _written(raw.published_at),
    TITLE: lambda raw: raw.title,
    TEXT: lambda raw: raw.text,
}
LETTER_COLUMNS = tuple(_READ)
"""Columns of what has none: letters and lines of text."""


def cells_of(raw: RawDocument) -> Mapping[str, str]:
    """The record's row as delivered, by header text; of a letter what was read of it."""
    return raw.fields or {column: read(raw) for column, read in _READ.items()}


def _written(moment: datetime | None) -> str:
    if moment is None:
        return ""
    local = moment.astimezone(CHINA)
    return local.strftime("%Y-%m-%d %H:%M" if (local.hour or local.minute) else "%Y-%m-%d")
