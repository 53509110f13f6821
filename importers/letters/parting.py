"""Where one letter of a text ends and the next begins: salutations, labels that begin anew, and lines of strokes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from importers.letters.between import belonging_above
from importers.letters.labels import is_labelled, labelled_fields
from importers.letters.records import records_in
from importers.letters.signatures import (
    is_broken_day,
    is_end,
    is_salutation,
    is_strokes,
    signature_of,
    signed_by,
    tells_of_signer,
)
from importers.letters.titled_letters import titled_letters
from importers.words.letter_words import letter_words

_SHORTEST_MATTER = 5
"""Characters below a salutation that make a letter; 此致 may stand before an office and a signature."""
_SHORTEST_BETWEEN = 20
"""Characters between two signatures that tell another matter."""
_FARTHEST = 3
"""Lines, such as a title, that may stand between the end of a letter and the salutation of the next."""
_LONGEST_HEADING = 14
_HEAD_LINES, _TAIL_LINES = 3, 4
"""Written lines among which a letter between strokes greets or is entitled, and is signed or dated."""
_LAST_LINES = 12
"""Written lines among which a letter ends."""
_MOST_LABELS = 60
"""Lines that may head a letter; more of them are a text of their own."""
_MOST_BESIDE = 12
"""Lines beside a signature; to look further for each salutation is costly."""
_MOST_OF_A_COVER = 10
_LONGEST_OF_A_COVER = 40
"""Written lines of a title page, and characters of one that is no label."""
_LONGEST_OF_PAPERS = 8
"""Characters of a line of a title page that says what kind of papers these are."""
_FULL_DAY = re.compile(r"[月].{1,4}[日号]|\d[./-]\d{1,2}[./-]\d")
_MOST_STROKES = 200
"""Lines of strokes behind which a letter is looked for; a text with more is no file of letters."""
_MARKS = re.compile(r"[\u3002!\uff01?\uff1f,\uff0c;\uff1b]")
_NAME = re.compile("^[\u4e00-\u9fff·]{2,4}")
_SENTENCE = re.compile("[\u3002!\uff01?\uff1f]")
_PIECES = re.compile(r"[\d\s:\uff1a()\uff08\uff09\u3002]+")
_TITLE = re.compile(r"\s*(?:关于.{2,40}|.{0,10}(?:信|书|申请|报告|请求|诉求|反映|求助))\s*")


@dataclass(frozen=True, slots=True)
class PartedLetter:
    """One letter of a text."""

    lines: list[str]
    unclear: int = 0
    """How many of its last lines may be of the next letter as well."""


def letters_in(lines: Sequence[str]) -> list[list[str]]:
    """The lines by letter, see `parted_letters`."""
    return [letter.lines for letter in parted_letters(lines)]


def parted_letters(lines: Sequence[str]) -> list[PartedLetter]:
    """The lines by letter: a new one begins where a salutation follows close behind the end of another.

    Or below a line of strokes that parts two letters, or where the labels of a record begin anew: 来电人: …, 内容: …,
    or those of whoever writes the text below them, or where another signs below another title.
    """
    starts, strokes, unclear = [0], 0, [0]
    for index, line in enumerate(lines):
        if is_strokes(line):
            strokes += 1
            if strokes <= _MOST_STROKES and _is_letter(lines, index + 1) and _ends_at(lines, starts[-1], index):
                starts.append(index + 1)
                unclear.append(0)
        elif index and is_salutation(line) and _has_matter(lines[at] for at in range(index + 1, len(lines))):
            ended = _end_before(lines, index, starts[-1])
            is_cover = ended is not None and _is_cover(lines, starts[-1], ended + 1, index)
            is_own = ended is not None and not is_cover and _is_more_than_labels(lines, starts[-1], ended + 1)
            if ended is not None and is_own and not _is_told_of_signer(lines, starts[-1], ended, index):
                above = belonging_above(lines, starts[-1], ended, index)
                starts.append(above.end + 1)
                unclear[-1:] = [above.unclear, 0]
    if len(starts) == 1:
        starts = [0, *(records_in(lines)[1:] or titled_letters(lines)[1:])]
        unclear = [0] * len(starts)
    ends = [*starts[1:], len(lines)]
    return [PartedLetter(list(lines[a:b]), of_nobody) for a, b, of_nobody in zip(starts, ends, unclear, strict=True)]


def _end_before(lines: Sequence[str], index: int, first: int) -> int | None:
    """The line close before `index` that ends a letter, if there is one behind `first`."""
    between = 0
    for at in range(index - 1, first, -1):
        if is_broken_day(lines[at - 1], lines[at]):
            return at
        if is_end(lines[at]):
            return _above_labels(lines, at, first, index)
        between += bool(lines[at].strip())
        if between > _FARTHEST:
            return None
    return None


def _above_labels(lines: Sequence[str], ended: int, first: int, index: int) -> int:
    """`ended`, or the end above it where that line is a label of who wrote what follows: the letter above is signed."""
    at = ended
    while at > max(first, ended - _MOST_LABELS) and (is_labelled(lines[at]) or _is_heading(lines[at])):
        at -= 1
    above = signature_of(_last_written(lines, first, at + 1)).name
    is_signed = at < ended and above not in ("", signed_by(lines[ended])) and _ends_at(lines, first, at + 1)
    return at if is_signed and _is_of_below(lines, at + 1, ended, index) else ended


def _is_of_below(lines: Sequence[str], start: int, ended: int, index: int) -> bool:
    """True where a heading begins the block, or whoever it names signs below the salutation, or nobody else does."""
    block = [*_written(lines, range(start, ended + 1))]
    if block and not is_labelled(block[0]):
        return True
    below = _written(lines, range(index + 1, min(len(lines), index + _MOST_LABELS)))
    signer = next((name for line in below if (name := signed_by(line)) and (is_end(line) or line == name)), "")
    return not signer or any(signer == signed_by(line) for line in block)


def _is_heading(line: str) -> bool:
    return len(line.strip()) <= _LONGEST_HEADING and not (_MARKS.search(line) or is_end(line) or signed_by(line))


def _has_matter(lines: Iterator[str]) -> bool:
    """True when enough is written up to the next line that ends a letter."""
    length, beside, is_told = 0, 0, False
    for line in takewhile(lambda line: tells_of_signer(line) or not is_end(line), lines):
        # Below 此致 somebody may sign with his sex, age and phone.
        is_told = is_told or tells_of_signer(line)
        is_beside = is_told and (is_labelled(line) or not (_SENTENCE.search(line) or _pleads(line)))
        beside += is_beside
        if beside > _MOST_BESIDE:
            return False
        length += 0 if is_beside else len(line.strip())
        if length >= _SHORTEST_MATTER:
            return True
    return False


def _is_told_of_signer(lines: Sequence[str], first: int, ended: int, index: int) -> bool:
    """True where 申请人某某，男 right below a salutation is who petitions above it, or nobody has signed there yet."""
    below = next(_written(lines, range(index + 1, len(lines))), "")
    if not tells_of_signer(below):
        return False
    name = next(iter(_NAME.findall(letter_words().sign.sub("", below, count=1))), "")
    is_above = bool(name) and any(name in lines[at] for at in range(first, index))
    return is_above or not _ends_at(lines, first, ended + 1)


def _pleads(line: str) -> bool:
    return any(word in line for word in letter_words().pleas)


def _is_more_than_labels(lines: Sequence[str], first: int, end: int) -> bool:
    """False for a heading with labels below it that say who writes: they belong to the letter that follows."""
    has_labels = is_greeted = False
    for place, line in enumerate(_written(lines, range(first, end))):
        if place >= _MOST_LABELS:
            return True
        is_greeted = is_greeted or is_salutation(line)
        is_text = bool(_MARKS.search(line)) or len(line) > _LONGEST_HEADING
        if is_labelled(line):
            if _says_a_matter(line):
                return True
            has_labels = True
        elif is_text or not (is_end(line) or signed_by(line) == line):
            is_plea = _pleads(line) and not _TITLE.fullmatch(line)
            if is_text or is_plea or is_greeted:
                return True
    return not has_labels


def _is_cover(lines: Sequence[str], first: int, end: int, index: int) -> bool:
    """True for a title page: labels, one perhaps with the title of the matter, that name who signs the letter below."""
    block = [*islice(_written(lines, range(first, end)), _MOST_OF_A_COVER + 1)]
    if len(block) > _MOST_OF_A_COVER or not all(map(_may_stand_on_cover, block)):
        return False
    if any(map(_FULL_DAY.search, block)) and any(map(_tells_a_matter, block)):
        return False
    name = labelled_fields("\n".join(block)).fields.get("name", "")
    below = _written(lines, range(index + 1, min(len(lines), index + _MOST_LABELS)))
    signer = next((found for line in below if (found := signed_by(line)) and (is_end(line) or line == found)), "")
    return bool(name) and name == signer


def _tells_a_matter(line: str) -> bool:
    """True for a label that asks for something, and for bare words longer than 信访材料 that are no title."""
    is_bare = not (is_labelled(line) or is_end(line) or signed_by(line) or _TITLE.fullmatch(line))
    return _says_a_matter(line) or (is_bare and len("".join(line.split())) > _LONGEST_OF_PAPERS)


def _may_stand_on_cover(line: str) -> bool:
    is_title = len(line) <= _LONGEST_OF_A_COVER and not _MARKS.search(line.replace(":", "").replace("\uff1a", ""))
    return is_labelled(line) or is_end(line) or is_title


def _says_a_matter(line: str) -> bool:
    """True for a label that asks for something: 请求：给办低保; 反映人：张三 does not."""
    value = re.split("[:\uff1a]", line, maxsplit=1)[-1]
    words = letter_words()
    return any(word in line for word in words.matters) or any(word in value for word in words.pleas)


def _ends_at(lines: Sequence[str], first: int, end: int) -> bool:
    """True where the last of the lines, a phone left aside, is a day or a signature of a letter with a matter."""
    written = _last_written(lines, first, end)
    while written and labelled_fields(written[-1]).fields.keys() == {"phone"} and not signed_by(written[-1]):
        written.pop()
    if not written or not (is_end(written[-1]) or signed_by(written[-1])):
        return False
    closing = "".join(written[-1].split()).rstrip("!\uff01\u3002") in letter_words().closings
    return not closing and _has_length(lines, first, end) and _is_more_than_labels(lines, first, end)


def _has_length(lines: Sequence[str], first: int, end: int) -> bool:
    """True when enough is written that is no end of a letter."""
    length = 0
    for line in _written(lines, range(first, end)):
        length += 0 if is_end(line) else len(line)
        if length >= _SHORTEST_MATTER:
            return True
    return False


def _is_edged(lines: Iterable[str], words: Iterable[str]) -> bool:
    """True where a word begins or ends one of the lines, or what stands before a colon, a day or a bracket."""
    pieces = [piece for line in lines for piece in _PIECES.split(line) if piece]
    return any(piece.startswith(word) or piece.endswith(word) for piece in pieces for word in words)


def _written(lines: Sequence[str], places: Iterable[int]) -> Iterator[str]:
    return (line for place in places if (line := lines[place].strip()))


def _last_written(lines: Sequence[str], first: int, end: int) -> list[str]:
    return [*islice(_written(lines, range(end - 1, first - 1, -1)), _LAST_LINES)][::-1]


def _is_letter(lines: Sequence[str], first: int) -> bool:
    """True for what up to the next strokes greets or is entitled as letters are, and ends so, and is no office's."""
    below = takewhile(lambda line: not is_strokes(line), (lines[place] for place in range(first, len(lines))))
    written = [line.strip() for line in below if line.strip()]
    head, tail = written[:_HEAD_LINES], written[-_TAIL_LINES:]
    words = letter_words()
    if _is_edged(head[:2], words.handling) or _is_edged(tail, words.offices):
        return False
    if len("".join(written)) < _SHORTEST_BETWEEN or not any(map(is_end, tail)):
        return False
    is_greeting = any(map(is_salutation, head))
    return is_greeting or bool(_TITLE.fullmatch(head[0]) and signature_of(written).name)
