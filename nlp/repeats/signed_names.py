"""The people that a text may be about or from: its full names, without those who wrote it down or printed it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from domain.texts.document import Document
from domain.words.lexicon_file import read_lexicon
from domain.words.vocabulary import Channel
from nlp.persons.lexicon import load_person_lexicon
from nlp.persons.text_names import full_names
from nlp.persons.written_name import Name, is_written_out
from nlp.repeats.overlap import body_of

_LEXICON = Path(__file__).parents[1] / "lexicons" / "signatures.yml"
_NAME = "[一-鿿]{2,4}"
_REMEMBERED = 4096
"""Texts whose names are remembered; a cluster of copies is read again with every copy that comes in."""
_TITLE_REACH = 40
"""Characters from a byline's title to the last of its names."""


@dataclass(frozen=True, slots=True)
class SignedText:
    """What a text says of people."""

    content: str
    """Title and text without the lines that a medium puts around it and without the names of its bylines."""
    names: frozenset[str]
    """The names that were read in `content`."""
    introduced: frozenset[str]
    """Those of them that the text itself says to be the writer's."""


def signed_text(document: Document) -> SignedText:
    """What the document says of people; names as written, masked ones left out."""
    return _signed(document.content, document.channel is Channel.NEWS)


@lru_cache(maxsize=_REMEMBERED)
def _signed(content: str, is_press: bool) -> SignedText:
    patterns, body = _patterns(), body_of(content)
    if is_press:
        body = patterns.bracketed.sub("\n", body.rstrip())
    names = full_names(body)
    bylines = list(_bylines(body, names, is_press=is_press))
    told = {name.text for name in names if name not in bylines}
    # Where the finder has read 庞建国 the pattern need not guess where the name ends.
    introduced = {match[1] for match in patterns.introduced.finditer(body) if is_written_out(match[1])}
    guessed = {one for one in introduced if not any(read in one or one in read for read in told)}
    surnames = load_person_lexicon().surnames
    writers = introduced & told | {one for one in guessed if one[0] in surnames}
    return SignedText(_without(body, bylines), frozenset(told | guessed), frozenset(writers))


def _bylines(body: str, names: Sequence[Name], *, is_press: bool) -> Iterator[Name]:
    """The names right after a title; in print also those that follow them with nothing but a space or a 、 in between.

    After the clerk who took a petition down comes the petitioner.
    """
    patterns, end = _patterns(), -1
    titled = patterns.titled_in_print if is_press else patterns.titled
    for name in names:
        follows = is_press and end >= 0 and patterns.between.fullmatch(body, end, name.start)
        if follows or titled.search(body, max(0, name.start - _TITLE_REACH), name.start):
            end = name.end
            yield name


def _without(body: str, names: Sequence[Name]) -> str:
    kept, before = list[str](), 0
    for name in names:
        kept.append(body[before : name.start])
        before = name.end
    return "\n".join((*kept, body[before:]))


@dataclass(frozen=True, slots=True)
class _Patterns:
    titled: re.Pattern[str]
    """Ends where the name after a title begins."""
    titled_in_print: re.Pattern[str]
    """The same, also after words of the length of a name, set apart by spaces."""
    between: re.Pattern[str]
    bracketed: re.Pattern[str]
    """A report's end that holds nothing but names: （蔡玉明 高改柱）. In a letter it would be who signs it."""
    introduced: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    terms: dict[str, Any] = read_lexicon(_LEXICON.read_text(encoding="utf-8"))
    # Never a new line: it says something else.
    apart = rf"[ \t\u3000{re.escape(terms['between_names'])}]"
    marks = rf"(?<![一-鿿])[{terms['byline_marks']}]"
    title = rf"(?:{'|'.join(terms['byline_titles'])}|{marks}(?={apart}))"
    field = rf"(?:{'|'.join(terms['introducing_fields'])})\s*[:：]"
    ends = rf"(?=[\s，,。.、；;（(）)]|{'|'.join(terms['after_names'])}|$)"
    return _Patterns(
        titled=re.compile(rf"{title}{apart}*\Z"),
        titled_in_print=re.compile(rf"{title}{apart}*(?:{_NAME}[ \t\u3000]+)*\Z"),
        between=re.compile(rf"{apart}+"),
        bracketed=re.compile(rf"[（(【\[]\s*{_NAME}(?:{apart}+{_NAME}){{0,5}}\s*[）)】\]]\s*\Z"),
        introduced=re.compile(rf"(?:{'|'.join(terms['introductions'])}|{field})\s*({_NAME}?){ends}"),
    )
