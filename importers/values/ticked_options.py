"""Which of several printed options is ticked: □申诉 ☑求决 □意见建议 says 求决, and nothing of the others."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import takewhile
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from domain.words.lexicon_file import read_lexicon

NONE_TICKED = "这一栏印了选项, 没有一项打勾, 按没有填接收; 原件上勾了的请补填后重新提交"
UNCLEAR = "看不出这一栏勾的是哪一项, 已照原样接收, 请改成勾选的那一项后重新提交"
TICK_LOST = "这一栏的勾没有读出来, 已按前面没有方框的那一项接收; 不对的请改成勾选的那一项后重新提交"

WITH_OPTIONS = ("purpose", "category")
"""Fields that forms print as options."""
_WORDS = Path(__file__).parents[1] / "words" / "option_words.yml"
_OPEN, _TICK = "□", "☑"
_PIECES = re.compile(f"[{_OPEN}{_TICK}]|[^{_OPEN}{_TICK}]+")
_BETWEEN = " \t\u3000\xa0\r\n、,\uff0c;\uff1b/|.\uff0e。"
_CIRCLED = re.compile("[①-⑩]")
_COUNTER = re.compile(r"[\s(\uff08]*\d{1,2}\s*[.、\uff0e)\uff09]?\s*$")
"""The number of the next option, which stands behind this one."""
_OWN_COUNTER = re.compile(r"[(\uff08]?\d{1,2}\s*[.、\uff0e)\uff09]\s*")
_PERHAPS_TICK = re.compile("[VvXxRr×✗✕●○].*|.*[VvXxRr×✗✕●○]", re.DOTALL)
"""What typists and programs that read pictures put where a tick was."""
_NEXT_LABEL = re.compile(r"\s[\u4e00-\u9fff]{2,10}\s*[:\uff1a]")


class OptionWords(BaseModel):
    """What `option_words.yml` says."""

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))

    open: str
    marked: str
    hints: str
    known: frozenset[str]

    @cached_property
    def hint(self) -> re.Pattern[str]:
        """Finds what is printed about filling in."""
        return re.compile(self.hints)

    @cached_property
    def brackets(self) -> re.Pattern[str]:
        """Finds brackets that are a box: empty ones, or with a tick in them."""
        sign = re.escape(self.open + self.marked)
        return re.compile(rf"[(\uff08\[【]\s*(?P<sign>[{sign}]?)\s*[)\uff09\]】]")

    @cached_property
    def likely(self) -> re.Pattern[str]:
        """Finds what may be a box; most cells hold none."""
        return re.compile(f"[{re.escape(self.open + self.marked)}(\uff08\\[【]")

    @cached_property
    def misread(self) -> re.Pattern[str]:
        """Finds the character that is read for an empty box, right before a known option."""
        return re.compile(f"(?<![\u4e00-\u9fff])口(?=(?:{'|'.join(map(re.escape, sorted(self.known)))}))")

    @cached_property
    def signs(self) -> dict[int, str]:
        """Every sign to one of two."""
        return str.maketrans(dict.fromkeys(self.open, _OPEN) | dict.fromkeys(self.marked, _TICK))

    @cached_property
    def blanks(self) -> dict[int, str]:
        """Every sign to a blank."""
        return str.maketrans(dict.fromkeys(self.open + self.marked + "()（）[]", " "))


@cache
def option_words() -> OptionWords:
    """The words as they are shipped."""
    return OptionWords.model_validate(read_lexicon(_WORDS.read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a cell with options says."""

    text: str
    remark: str = ""
    """Chinese: what is not certain about it; empty where the ticks are plain."""


@dataclass(slots=True)
class _Option:
    text: str
    has_box: bool
    is_ticked: bool = False


def has_box(text: str) -> bool:
    """True where a box stands in the text, ticked or not."""
    return any(map(_is_box, _unified(text)))


def chosen_of(text: str) -> Chosen:
    """The ticked options alone; the text as it is where no options are printed in it, or nobody can tell.

    Boxes stand before their options or behind them. What cannot be told stays whole: it may be an accusation.
    """
    if option_words().likely.search(text) is None:
        return Chosen(text)
    pieces = _PIECES.findall(_unified(text))
    if all(map(_is_box, pieces)) or not any(map(_is_box, pieces)):
        return Chosen(text)
    is_before = _stand_before(pieces)
    options = None if is_before is None else _boxes_before(pieces) if is_before else _boxes_behind(pieces)
    if options is None:
        return Chosen(text, UNCLEAR)
    has_open = any(piece == _OPEN for piece in pieces)
    ticked = [_said(option, bool(is_before), has_open) for option in options if option.is_ticked]
    if ticked:
        return Chosen("、".join(dict.fromkeys(ticked)))
    bare = [word for option in options for word in _without_box(option, bool(is_before))]
    if len(bare) == 1:
        return Chosen(bare[0], TICK_LOST)
    return Chosen("", NONE_TICKED) if _are_all_open(options) else Chosen(text, UNCLEAR)


def begins_with_box(text: str) -> bool:
    """True where a box stands first."""
    return _is_box(_unified(text)[:1])


def with_lines_below(rest: str, below: Sequence[str]) -> str:
    """What stands behind a label, with the lines below that begin with a box, up to the next label."""
    return _NEXT_LABEL.split("\n".join([rest, *takewhile(begins_with_box, below)]), maxsplit=1)[0]


def _are_all_open(options: Sequence[_Option]) -> bool:
    """True where every option has an empty box of its own, and nothing at it that may be a tick."""
    if len(options) == 1 and options[0].text not in option_words().known:
        return False
    return all(
        option.has_box and len(words := _words_of(option.text)) == 1 and not _PERHAPS_TICK.fullmatch(words[0])
        for option in options
    )


def _words_of(text: str) -> list[str]:
    """The words, a known option of several as one, without the line to write on behind 其他."""
    if (whole := "".join(text.split())) in option_words().known:
        return [whole]
    return [word for word in text.split() if any(map(str.isalnum, word))] or [text]


def _unified(text: str) -> str:
    """The text with two signs for all boxes, and without hints."""
    words = option_words()
    plain = _CIRCLED.sub(" ", words.hint.sub("", text))
    brackets = [found["sign"] for found in words.brackets.finditer(plain)]
    if len(brackets) > 1 or any(brackets):
        plain = words.brackets.sub(lambda found: found["sign"] or _OPEN, plain)
    plain = plain.translate(words.signs)
    if _OPEN in plain or _TICK in plain:
        plain = words.misread.sub(_OPEN, plain)
    return plain.strip(_BETWEEN)


def _is_box(piece: str) -> bool:
    return piece in (_OPEN, _TICK)


def _stand_before(pieces: Sequence[str]) -> bool | None:
    """True where boxes stand before their options, False where behind; None where that cannot be told."""
    boxes = sum(map(_is_box, pieces))
    words = sum(not _is_box(piece) and bool(piece.strip(_BETWEEN)) for piece in pieces)
    if _is_box(pieces[0]):
        return True
    if _is_box(pieces[-1]) and boxes == words:
        return False
    places = [index for index, piece in enumerate(pieces) if _is_box(piece)]
    before = sum(_touches_next(pieces, index) for index in places)
    behind = sum(_touches_last(pieces, index) for index in places)
    return None if before == behind else before > behind


def _touches_next(pieces: Sequence[str], index: int) -> bool:
    following = pieces[index + 1] if index + 1 < len(pieces) else _OPEN
    return not _is_box(following) and following[0] not in _BETWEEN


def _touches_last(pieces: Sequence[str], index: int) -> bool:
    last = pieces[index - 1] if index else _OPEN
    return not _is_box(last) and last[-1] not in _BETWEEN


def _boxes_before(pieces: Sequence[str]) -> list[_Option] | None:
    """The options; typists put a tick into the box, before it or behind the option. None where it may be either's."""
    options: list[_Option] = []
    boxes: list[str] = []
    for index, piece in enumerate(pieces):
        if not _is_box(piece):
            if text := _bare(piece):
                options.append(_Option(text, bool(boxes), _TICK in boxes))
                boxes = []
        elif piece == _OPEN or boxes or not options:
            boxes.append(piece)
        elif index + 1 == len(pieces):
            options[-1].is_ticked = True
        else:
            owner = _owner(pieces, index)
            if owner is None:
                return None
            if owner:
                options[-1].is_ticked = True
            else:
                boxes.append(piece)
    if _TICK in boxes and options:
        options[-1].is_ticked = True
    return options


def _owner(pieces: Sequence[str], index: int) -> bool | None:
    """True where a tick between two options is of the one before, False of the next; None where it may be either's."""
    following, touches = pieces[index + 1], _touches_last(pieces, index)
    if _is_box(following):
        return None if touches else False
    if _touches_next(pieces, index) or following.strip(_BETWEEN):
        return touches and not _touches_next(pieces, index)
    return True if touches else None


def _boxes_behind(pieces: Sequence[str]) -> list[_Option] | None:
    """The options; None where two signs follow each other, or a tick stands at the next option."""
    options: list[_Option] = []
    for index, piece in enumerate(pieces):
        if not _is_box(piece):
            if text := _bare(piece):
                options.append(_Option(text, has_box=False))
        elif not options or options[-1].has_box or (_touches_next(pieces, index) > _touches_last(pieces, index)):
            return None
        else:
            options[-1].has_box, options[-1].is_ticked = True, piece == _TICK
    return options


def _bare(piece: str) -> str:
    bare = _COUNTER.sub("", piece.strip(_BETWEEN)).strip(_BETWEEN)
    return bare[own.end() :].strip(_BETWEEN) if (own := _OWN_COUNTER.match(bare)) else bare


def _said(option: _Option, is_before: bool, has_open: bool) -> str:
    """The option; of several without a box, as ticks are put among plain words, the one at the tick."""
    words = option.text.split()
    if has_open or not all(word in option_words().known for word in words):
        return option.text
    return words[0] if is_before else words[-1]


def _without_box(option: _Option, is_before: bool) -> list[str]:
    """The known words of the option that have no box of their own; its box is that of its first word, or its last."""
    words = option.text.split()
    if "".join(words) in option_words().known and option.has_box:
        return []
    own = words if not option.has_box else words[1:] if is_before else words[:-1]
    return [word for word in own if word in option_words().known]
