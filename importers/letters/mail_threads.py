"""Whose words a mail holds that forwards or answers another: the forwarder's, the writer's, what he only quotes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from itertools import takewhile

from importers.letters.labels import labelled_fields
from importers.letters.mail_heads import (
    MOST_HEADS,
    bare_head_in,
    day_of,
    end_of_head,
    is_head,
    is_sender,
    sender_in,
    subject_of,
)
from importers.letters.signatures import introduced_in, is_end, signature_of
from importers.values.identifiers import mobile_in
from importers.words.letter_words import letter_words
from importers.words.word_patterns import any_of

FORWARDED = "这是转发的邮件, 转发人写在上面的话没有当作信访人的; 转发人自己也反映了事情的请单独提交"
QUOTED = "邮件下面引用的原邮件没有当作这封信的, 其中的姓名、电话和日期没有采用; 原邮件是信访件的请单独提交"
_STROKES = "-\u2010-\u2015\u2500_=*\uff0d\\s"
_MARK = re.compile(rf"(?P<left>[{_STROKES}]*)(?P<words>.*?)[{_STROKES}:\uff1a]*")
_FEWEST_STROKES = 2
_LONGEST_MARK = 450
"""Characters of a line between two mails; a longer one is text, and costly to search."""
_WROTE = re.compile(r"\s*(?:在|于|On\s|At\s).{0,200}\d.{0,200}(?:写道|wrote)\s*[:\uff1a]\s*")
_ADDRESS = re.compile("[<@]")
_FEWEST_OWN = 20
"""Characters above the original, no closing or signature, that are a matter and not only 请看下面."""
_OF_A_VILLAGE = re.compile("我是[^\u3002,\uff0c\n]{0,12}村")
_DEEPEST = 5
"""Mails forwarded within each other."""


class _Mark(Enum):
    """What a line between two mails says."""

    FORWARDED = auto()
    ORIGINAL = auto()
    WROTE = auto()


@dataclass(frozen=True, slots=True)
class MailWords:
    """A mail by who wrote it."""

    heads: Sequence[str]
    """The head of the mail that the writer sent."""
    lines: Sequence[str]
    """What the writer says."""
    above: Sequence[str] = ()
    """What forwarders say before that."""
    below: Sequence[str] = ()
    """What the writer quotes."""
    remark: str = ""


def mail_words(subject: str, heads: Sequence[str], lines: Sequence[str], depth: int = 0) -> MailWords:
    """The lines below `heads` by whose they are; where that is not plain all of them are the writer's."""
    whole = MailWords(heads, lines)
    if not heads or depth > _DEEPEST:
        return whole
    marks = ((place, said) for place in range(len(lines)) if (said := _mark_at(lines, place)) is not None)
    place, mark = next(marks, (len(lines), None))
    bare = bare_head_in(lines[:place])
    if bare is not None and (found := _handed_on(subject, whole, bare, depth)) is not None:
        return found
    if mark is None:
        return _without_arrows(whole)
    above, below = lines[:place], lines[place + 1 :]
    if _is_forward(mark, subject, above, below):
        return _forwarded(whole, place + 1, depth) or whole
    if mark is _Mark.WROTE and any(line.lstrip().startswith(">") for line in below):
        return _without_arrows(whole)
    is_answer = _begins_with(subject, letter_words().mail_answers) or _writes_for_himself(above, below)
    is_answer = (is_answer or mark is _Mark.WROTE) and says_something(above)
    return (
        MailWords(heads, above, below=lines[place:], remark=QUOTED) if is_answer and _is_parted(above, below) else whole
    )


def _handed_on(subject: str, whole: MailWords, place: int, depth: int) -> MailWords | None:
    """The mail whose original begins at a bare head; None where all may be the writer's, who may quote one himself."""
    above, below = whole.lines[:place], whole.lines[place:]
    is_passed_on = _is_passed_on(subject) and hands_on(above) and not _is_by_the_same(above, below)
    is_petition = not _is_of_an_office(below) and _says_who_petitions(below)
    is_handed_on = is_passed_on and is_petition and not _adds_what_is_missing(above, below)
    return _forwarded(whole, place, depth) if is_handed_on else None


def _forwarded(whole: MailWords, start: int, depth: int) -> MailWords | None:
    """The mail whose writer speaks below the head at `start`; None where nothing is said there."""
    lines, below = whole.lines, whole.lines[start:]
    inner = end_of_head(below)
    if not says_something(below[inner:]):
        return None
    told = below[:inner]
    day = next(filter(None, map(day_of, told)), "")
    found = mail_words(subject_of(told), [day] if day else whole.heads, below[inner:], depth + 1)
    above = [*lines[:start], *told, *found.above]
    return MailWords(found.heads, found.lines, above, found.below, found.remark or FORWARDED)


def _is_forward(mark: _Mark, subject: str, above: Sequence[str], below: Sequence[str]) -> bool:
    """True where somebody hands on another's mail; whoever speaks of his own family above writes for himself."""
    if mark is _Mark.WROTE or _writes_for_himself(above, below):
        return False
    if mark is _Mark.FORWARDED or _is_passed_on(subject):
        return True
    return not _begins_with(subject, letter_words().mail_answers) and _speaks_of_himself(below)


def _mark_at(lines: Sequence[str], place: int) -> _Mark | None:
    """What the line says between two mails; None for any other line."""
    line = lines[place]
    if len(line) > _LONGEST_MARK:
        return None
    found = _MARK.fullmatch(line)
    words = found["words"].lower() if found is not None else ""
    known = _marks().get(words)
    if found is not None and known is not None:
        return known if _is_headed(lines, place) or _is_drawn_forward(known, found["left"]) else None
    if _WROTE.fullmatch(line) and (_ADDRESS.search(line) or _next_written(lines, place).startswith(">")):
        return _Mark.WROTE
    return None


def _is_drawn_forward(mark: _Mark, left: str) -> bool:
    return mark is _Mark.FORWARDED and len(left.strip()) >= _FEWEST_STROKES


def _is_headed(lines: Sequence[str], place: int) -> bool:
    """True where a head follows that says who sent the mail: 时间：… alone may stand in any text."""
    below = [line for line in lines[place + 1 : place + 1 + MOST_HEADS] if line.strip()]
    return any(is_sender(line) for line in takewhile(is_head, below))


def _without_arrows(whole: MailWords) -> MailWords:
    """The lines without those that a mail program quotes behind an arrow, where more than these is said."""
    quoted = [
        line.lstrip().startswith(">") or _mark_at(whole.lines, place) is _Mark.WROTE
        for place, line in enumerate(whole.lines)
    ]
    own = [line for line, is_quoted in zip(whole.lines, quoted, strict=True) if not is_quoted]
    rest = [line for line, is_quoted in zip(whole.lines, quoted, strict=True) if is_quoted]
    if not any(quoted) or not says_something(own) or not _is_parted(own, rest):
        return whole
    return MailWords(whole.heads, own, below=rest, remark=QUOTED)


def _next_written(lines: Sequence[str], place: int) -> str:
    return next((line.strip() for line in lines[place + 1 : place + 1 + MOST_HEADS] if line.strip()), "")


def says_something(lines: Sequence[str]) -> bool:
    """True for a matter, however short; closings and signatures are none."""
    return sum(len(line.strip()) for line in lines if not is_end(line)) >= _FEWEST_OWN


def _speaks_of_himself(lines: Sequence[str]) -> bool:
    text = "\n".join(lines)
    return any(word in text for word in letter_words().own_family)


def _writes_for_himself(above: Sequence[str], below: Sequence[str]) -> bool:
    """True where the words above are a petitioner's: of his family, against an answer, from his village, or to him."""
    text, name = "\n".join(above), name_in(above)
    is_own = _speaks_of_himself(above) or any(word in text for word in letter_words().own_causes)
    is_own = is_own or _OF_A_VILLAGE.search(text) is not None
    return is_own or bool(name and any(name in line for line in below[end_of_head(below) :]))


def hands_on(lines: Sequence[str]) -> bool:
    """True for words of an office, or that only pass something on, in which nobody speaks of himself or petitions."""
    words, text = letter_words(), "\n".join(lines)
    if words.speaking_of_himself.search(text) or any(word in text for word in words.personal):
        return False
    is_passing = is_signed_by_office(lines) or any(word in text for word in words.passing)
    told = labelled_fields(text).fields
    return is_passing and not (told.get("name") or told.get("id_number"))


def is_signed_by_office(lines: Sequence[str]) -> bool:
    """True where one of the lines is an office."""
    return any(letter_words().signing_office.fullmatch(line.strip()) for line in lines)


def _adds_what_is_missing(above: Sequence[str], below: Sequence[str]) -> bool:
    """True for an address or a mobile number above that no office wrote, and none below of whoever petitions there."""
    told = labelled_fields("\n".join(above)).fields
    is_told = bool(told.get("address") or mobile_in(told.get("phone", ""))) and not is_signed_by_office(above)
    lines = below[end_of_head(below) :]
    name = name_in(lines)
    is_reached = bool(labelled_fields("\n".join(lines)).fields.get("phone"))
    is_reached = is_reached or any(name and name in line and mobile_in(line) for line in lines)
    return is_told and not is_reached


def _is_by_the_same(above: Sequence[str], below: Sequence[str]) -> bool:
    """True where the name or a phone above stands below too, be it as the sender: he sends his own mail again."""
    known = [word for word in (name_in(above), *map(mobile_in, above)) if word]
    return any(word in line for word in known for line in below)


def _says_who_petitions(below: Sequence[str]) -> bool:
    lines = below[end_of_head(below) :]
    text = "\n".join(lines)
    is_named = bool(labelled_fields(text).fields.get("name") or introduced_in(text))
    return is_named or _speaks_of_himself(lines)


def _is_parted(own: Sequence[str], quoted: Sequence[str]) -> bool:
    """True where the quotation says nothing of the writer that is lost: he names himself above, or it is an office's.

    Where the same person signs both, nothing is taken away.
    """
    name, bare = name_in(own), [line.lstrip("> \t") for line in quoted]
    if name and signature_of(bare).name == name:
        return False
    return bool(name) or any(map(mobile_in, own)) or _is_of_an_office(bare)


def _is_of_an_office(lines: Sequence[str]) -> bool:
    sender = sender_in(lines)
    return any(word in sender for word in letter_words().offices)


def name_in(lines: Sequence[str]) -> str:
    """Who wrote these lines: by label, signature or introduction; "" where they do not say."""
    text = "\n".join(lines)
    return labelled_fields(text).fields.get("name", "") or signature_of(lines).name or introduced_in(text)


def _begins_with(subject: str, words: Sequence[str]) -> bool:
    return re.match(rf"\s*(?:{any_of(words)})\s*[:\uff1a]", subject, re.IGNORECASE) is not None


def _is_passed_on(subject: str) -> bool:
    """True for Re: Fw: …, with a word of forwards anywhere before the subject's own."""
    words = letter_words()
    before = rf"\s*(?:(?:{any_of(words.mail_answers)})\s*[:\uff1a]\s*)*"
    return re.match(rf"{before}(?:{any_of(words.mail_forwards)})\s*[:\uff1a]", subject, re.IGNORECASE) is not None


@cache
def _marks() -> dict[str, _Mark]:
    words = letter_words()
    forwarded = {word.lower(): _Mark.FORWARDED for word in words.forwarded_marks}
    return forwarded | {word.lower(): _Mark.ORIGINAL for word in words.original_marks}
