"""The layouts of household registers: persons in rows, or households in rows."""

from collections.abc import Mapping, Sequence
from functools import cache

from importers.formats.parts import Row
from importers.headers.finding import find_header
from importers.headers.vocabulary import HeaderVocabulary, Layout, header_vocabulary, load_layouts

PERSONS = "household_register"
HOUSEHOLDS = "households"
IS_REGISTER = "这是户籍台账, 不是信访登记表, 没有导入; 请在网页的「台账」页上交, 或放进收件箱的「户籍台账」文件夹"
_BY_HOUSEHOLD = "{}(一户一行)"


@cache
def register_layouts() -> Mapping[str, Layout]:
    """One person a row; and one household a row, which has the head's name and no column for other names."""
    persons = load_layouts()[PERSONS]
    update = {"required": ("household_id", "head_name"), "label": _BY_HOUSEHOLD.format(persons.label)}
    return {PERSONS: persons, HOUSEHOLDS: persons.model_copy(update=update)}


def person_vocabulary() -> HeaderVocabulary:
    """The headers of registers with one person a row."""
    return header_vocabulary(PERSONS, register_layouts()[PERSONS])


def is_register(rows: Sequence[Row]) -> bool:
    """True where the first rows of a table are those of a household register."""
    return find_header(rows, register_layouts()) is not None
