"""Which field a header text names, and how surely: as written, misspelt, by sound, with more words around it."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict
from rapidfuzz.distance import OSA

from domain.words.lexicon_file import read_lexicon
from domain.words.vocabulary import Channel
from importers.values.column_contents import Content
from importers.words.table_words import table_words

_LAYOUTS = Path(__file__).parents[1] / "words" / "headers.yml"
_MARKS = re.compile(r"[\s()\[\]【】<>《》{}*:_\-—/\\、,.;\"'“”‘’|#√□※★☆●◆■▲△○◎]|必填|选填")
_BRACKETS = re.compile(r"[(\[【<].*?[)\]】>]")
_SUFFIX = "填"
_ENUMERATION = re.compile(r"^(?:[(]?\d{1,2}[).、:]|[(]?[一二三四五六七八九十]{1,2}[).、:]|[①-⑳])\s*")
_LONGEST = 16
"""Characters of the longest header that is compared by likeness; a longer text is a sentence."""
_SHORTEST = 3
"""Characters of the shortest known text that counts when it stands inside a longer header."""
_LONGEST_WRITTEN = 60
"""Characters of the longest cell that is looked up, hints in brackets included; a longer one is a sentence."""
_REMEMBERED = 5000
"""Texts of which it is remembered what they name."""
PERSONAL = frozenset({"name", "sex", "age", "phone", "id_number", "address"})
"""Fields that say something about a person."""
_BEHIND_WRITTEN = 1000
"""Rank of a header that is put together of two, behind those that are written as a whole."""
_INFORMATION = re.compile("^(?:基本)?(?:信息|情况)(?=.)|^的")
_BESIDE_NAME = re.compile("(?:姓名|名字)?[及和与]?(?P<more>.+)")
_SAME_SOUND = 0.95
_INSIDE = 0.9


_Found = TypeVar("_Found")


class Layout(BaseModel):
    """The columns of one kind of table."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    required: tuple[str, ...]
    fields: dict[str, tuple[str, ...]]
    label: str = ""
    source: str = ""
    channel: Channel | None = None
    content: dict[str, Content] = {}
    persons: tuple[str, ...] = ()
    """Words for whom the layout is about; one before a known header says whose it is and nothing else."""
    sign: str = ""
    """What at least one header of such a table has in it; empty where nothing is asked."""
    tickets: tuple[str, ...] = ()
    """Numbers of another layout; beside one neither it nor what is said of a person speaks for this layout."""
    silent: tuple[str, ...] = ()
    """Fields that are read and do not speak for the layout."""
    strangers: tuple[str, ...] = ()
    """In what stands over a group of columns, words for somebody else; without any those of `other_persons` count."""
    no_strangers: tuple[str, ...] = ()
    """What makes it the family's all the same: 帮扶对象."""
    as_written: tuple[str, ...] = ()
    """Texts that nothing is like: 本人联系电话 says whose the phone is, and 病人联系电话 is one character from it."""
    above_columns: tuple[str, ...] = ()
    """Texts that are no labels of forms, where they may be a value: 村庄."""
    groups: tuple[str, ...] = ()
    """What may stand before any text without changing what it names: objects of JSON are spread out behind them."""
    matter_groups: tuple[str, ...] = ()
    """The same before what is said of no person: below 监测信息 a phone may be anybody's."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """The field a header text seems to name."""

    field: str | None
    """None for a text that names nothing, or something that is not read."""
    confidence: float
    """1 as written in the vocabulary, below that how like it is to the nearest text."""
    rank: int
    """Place of the nearest text among those of its field, the preferred first."""


_NOTHING = Likeness(None, 0.0, 0)
_OTHER = Likeness(None, 1.0, 0)


@cache
def load_layouts(path: Path = _LAYOUTS) -> Mapping[str, Layout]:
    """The known layouts by name."""
    content = read_lexicon(path.read_text(encoding="utf-8"))
    return {name: Layout.model_validate(layout) for name, layout in content.items()}


def plain(text: str) -> str:
    """The text as it is compared: half-width, without spaces, brackets, marks and a leading number."""
    # Most cells hold nothing of the kind, and a million rows ask seven million times.
    if text.isalnum() and _SUFFIX not in text and unicodedata.is_normalized("NFKC", text):
        return text
    # ⑤ becomes a bare 5, after which nothing tells a number of the header from one that is part of it.
    numbered = _ENUMERATION.sub("", text.strip())
    return _MARKS.sub("", _ENUMERATION.sub("", unicodedata.normalize("NFKC", numbered).strip()))


class HeaderVocabulary:
    """The header texts of one layout."""

    def __init__(self, layout: Layout) -> None:
        """Index the layout's texts."""
        self.layout = layout
        self._known: dict[str, Likeness] = {}
        for field, texts in layout.fields.items():
            for rank, text in enumerate(texts):
                self._known.setdefault(plain(text), Likeness(field, 1.0, rank))
        self._others = {plain(text) for text in table_words().others} - self._known.keys()
        self._alike = self._known.keys() - set(map(plain, layout.as_written))
        self._exact: dict[str, Likeness | None] = {}
        self._near: dict[str, Likeness] = {}
        self._sounds: dict[str, list[str]] = {}

    def exact(self, text: str) -> Likeness | None:
        """What the text names as written or without what stands in brackets; None when it is not known."""
        return _remembered(self._exact, text, self._find)

    def has(self, text: str) -> bool:
        """True when the text stands in the vocabulary as it is, what stands in brackets included."""
        return plain(text) in self._known or self._attribute(plain(text)) is not None

    def is_person(self, text: str) -> bool:
        """True for 群众 and 来访人 alone, which may as well stand where a name would."""
        return plain(text) in self.layout.persons

    def _find(self, text: str) -> Likeness | None:
        if len(text) > _LONGEST_WRITTEN:
            return None
        for form in (plain(text), plain(_BRACKETS.sub("", unicodedata.normalize("NFKC", text)))):
            if form in self._known:
                return self._known[form]
            if form in self._others:
                return _OTHER
            if (attribute := self._attribute(form)) is not None:
                return attribute
            if (asked := self._known.get(table_words().answered(form))) is not None:
                return asked
        return self._below_group(plain(text))

    def _below_group(self, form: str) -> Likeness | None:
        """What 监测信息监测对象类别 names: what stands behind a word for a group of columns."""
        layout = self.layout
        for group in (*layout.groups, *layout.matter_groups):
            known = self._known.get(form.removeprefix(group)) if form.startswith(group) else None
            if known is not None and (group in layout.groups or known.field not in PERSONAL):
                return Likeness(known.field, 1.0, known.rank + _BEHIND_WRITTEN)
        return None

    def _attribute(self, form: str) -> Likeness | None:
        """What 投递人手机 names: a person that the layout is about, and a header that says something of a person.

        投递人姓名及手机 and 投递人及手机 are the name, with which its cells begin.
        """
        for place, person in enumerate(self.layout.persons, start=_BEHIND_WRITTEN):
            rest = _INFORMATION.sub("", form.removeprefix(person))
            if form.startswith(person) and (known := self._of_person(rest)) is not None:
                return Likeness(known, 1.0, place)
        return None

    def _of_person(self, attribute: str) -> str | None:
        beside_name = _BESIDE_NAME.match(attribute)
        for rest, name in ((attribute, False), (beside_name["more"] if beside_name else "", True)):
            known = self._known.get(rest)
            if known is not None and known.field in PERSONAL:
                return "name" if name else known.field
        return None if attribute else "name"

    def nearest(self, text: str) -> Likeness:
        """What the text is most like; confidence 0 when it is like nothing."""
        form = plain(text)
        if not 1 < len(form) <= _LONGEST:
            return _NOTHING
        return _remembered(self._near, form, self._nearest)

    def _nearest(self, form: str) -> Likeness:
        self._sounds = self._sounds or {text: _sound(text) for text in self._known}
        sound = _sound(form)
        best, likeness = max(
            ((self._likeness(form, sound, known), self._known[known]) for known in self._known if known in self._alike),
            key=lambda found: found[0],
            default=(0.0, _NOTHING),
        )
        if any(OSA.normalized_similarity(form, other) >= best for other in self._others):
            return _NOTHING
        return Likeness(likeness.field, round(best, 2), likeness.rank)

    def _likeness(self, form: str, sound: list[str], known: str) -> float:
        if len(known) > 1 and sound == self._sounds[known]:
            return _SAME_SOUND
        inside = len(known) / len(form) if len(known) >= _SHORTEST and known in form else 0.0
        return max(float(OSA.normalized_similarity(form, known)), inside * _INSIDE)


def _remembered(memory: dict[str, _Found], text: str, find: Callable[[str], _Found]) -> _Found:
    """What was found for the text before, or is found now; a full memory begins anew."""
    if text not in memory:
        if len(memory) >= _REMEMBERED:
            memory.clear()
        memory[text] = find(text)
    return memory[text]


def _sound(text: str) -> list[str]:
    # Imported where it is used: its dictionary takes a third of a second, and most headers are as written.
    from pypinyin import lazy_pinyin

    return lazy_pinyin(text)


def header_vocabulary(name: str, layout: Layout) -> HeaderVocabulary:
    """The vocabulary of a layout; those of the shipped layouts are made once."""
    return _shipped(name) if load_layouts().get(name) is layout else HeaderVocabulary(layout)


@cache
def _shipped(name: str) -> HeaderVocabulary:
    return HeaderVocabulary(load_layouts()[name])
