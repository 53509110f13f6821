"""Pages of message boards and leaders' mailboxes: the citizen's words, and the office's answer kept apart from them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from importers.letters.board_lines import (
    answer_head,
    asked_on,
    begins_message,
    behind_answer_head,
    is_about_answer,
    is_done,
    is_of_board,
    is_of_mailbox,
    is_of_message,
    is_title_of_board,
    is_weak_head,
    label_of,
    number_in,
    told_of_answer,
)
from importers.letters.mail_threads import name_in
from importers.letters.signatures import is_end, signature_of
from importers.letters.vocabulary import field_of
from importers.values.identifiers import mobile_in
from importers.words.board_words import board_words
from importers.words.letter_words import letter_words
from importers.words.word_patterns import any_of

MESSAGE, ANSWER = "【留言】", "【答复】"
"""What stands above the two, as in exports and in what is crawled."""
_SHORTEST_MESSAGE = 5
_SHORTEST_ANSWER = 2
_LONGEST_TITLE = 40
_LONGEST_PENDING = 20
_MARKS = re.compile("[\u3002!\uff01?\uff1f;\uff1b,\uff0c]")
_QUOTED = re.compile('[\u201c\u300c"][^\u201c\u300c\u201d\u300d"]{0,200}[\u201d\u300d"]')


@dataclass(frozen=True, slots=True)
class BoardMessage:
    """One message and what an office answered."""

    start: int
    answer: int
    """The line at which the answer begins; `end` where there is none."""
    end: int
    about: str = ""
    """Who answered, and when."""
    day: str = ""
    number: str = ""
    is_doubtful: bool = False
    """True where the citizen may speak again behind the answer."""


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The messages of a page."""

    messages: tuple[BoardMessage, ...]
    unparted: int = 0
    """How many answers it has where nobody can tell which message each belongs to; there are no messages then."""


def board_page_in(lines: Sequence[str]) -> BoardPage | None:
    """The messages of a board's page; None for every other text, such as a letter that tells of an office's answer."""
    starts = _starts(lines)
    messages = [_message(lines, start, end) for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    if len(messages) > 1 and not all(_is_whole(lines, one) for one in messages):
        messages = [_message(lines, 0, len(lines))]
    answered = [one for one in messages if one.answer < one.end]
    if not answered:
        are_dated = all(one.day and any(map(is_of_board, lines[one.start : one.end])) for one in messages)
        return BoardPage(tuple(messages)) if are_dated else None
    if not all(_is_whole(lines, one) and _is_answered(lines, one) for one in answered):
        return None
    if any(_has_more(lines, one) for one in answered):
        return BoardPage((), max(_answers(lines, one) for one in answered))
    return BoardPage(tuple(messages))


def _starts(lines: Sequence[str]) -> list[int]:
    """Where messages begin: at the first label of the page, wherever it comes again, and a title right above it."""
    first = _first(lines, 0)
    if first == len(lines):
        return [0]
    label = label_of(lines[first])
    again = [at for at in range(first + 1, len(lines)) if label_of(lines[at]) == label]
    again = [at for at, end in pairwise([*again, len(lines)]) if not _is_told(lines[at:end])]
    has_title = any(line.strip() for line in lines[:first])
    starts = [0, *(_title_above(lines, at) if has_title else at for at in again)]
    is_of_writers = label in board_words().boards
    ends = [*starts[1:], len(lines)]
    # 网友 … may stand above a remark of somebody else about the same matter.
    each = all(any(map(answer_head, lines[start:end])) for start, end in zip(starts, ends, strict=True))
    return starts if each or not is_of_writers else [0]


def _is_told(lines: Sequence[str]) -> bool:
    """True where an office speaks below the label, and no answer does: it heads the answer, not another message."""
    text = "\n".join(lines)
    return not any(map(answer_head, lines)) and any(word in text for word in board_words().of_answers)


def _first(lines: Sequence[str], start: int) -> int:
    """The first line from `start` on that heads a message by a label."""
    places = (at for at in range(start, len(lines)) if is_of_message(label_of(lines[at])))
    return next(places, len(lines))


def _title_above(lines: Sequence[str], at: int) -> int:
    """The line of a title above `at`, or `at` itself."""
    above = next((place for place in range(at - 1, -1, -1) if lines[place].strip()), at)
    line = lines[above].strip()
    is_text = len(line) > _LONGEST_TITLE or _MARKS.search(line) or is_end(line) or label_of(line) or answer_head(line)
    return at if is_text or letter_words().signing_office.fullmatch(line) else above


def _message(lines: Sequence[str], start: int, end: int) -> BoardMessage:
    begun = next((at for at in range(start, end) if begins_message(lines[at])), start)
    answer = _answer_from(lines, start, begun, end)
    if any(map(answer_head, lines[answer:end])) and not _is_pending(lines[answer:end]):
        head, said = "\n".join(lines[start:answer]), lines[answer:end]
        about = told_of_answer("\n".join(said)) or told_of_answer(head)
        return BoardMessage(start, answer, end, about, asked_on(head), number_in(head), _may_be_citizens(said))
    head = "\n".join(lines[start:end])
    return BoardMessage(start, end, end, day=asked_on(head), number=number_in(head))


def _answer_from(lines: Sequence[str], start: int, begun: int, end: int) -> int:
    """Where the answer begins, with the lines right above that say who gave it; never at a count or a button."""
    heads = [at for at in range(max(begun, start + 1), end) if answer_head(lines[at])]
    is_weak = len(heads) > 1 and is_weak_head(lines[heads[0]])
    if is_weak and any(map(asked_on, lines[heads[0] + 1 : heads[1]])):
        heads = heads[1:]
    if not heads:
        return end
    answer = heads[0]
    for at in range(answer - 1, max(begun, start), -1):
        if is_about_answer(lines[at]):
            answer = at
        elif lines[at].strip():
            break
    return answer


def _is_pending(answer: Sequence[str]) -> bool:
    """True where the page says that there is no answer yet: 官方回复：暂无."""
    said = "".join(behind_answer_head(line) for line in answer if not is_about_answer(line))
    is_short = len(said) <= _LONGEST_PENDING
    return len(said) < _SHORTEST_ANSWER or (is_short and said.startswith(board_words().none_yet))


def _is_whole(lines: Sequence[str], message: BoardMessage) -> bool:
    """True where the message says something beside its labels."""
    length = 0
    for line in lines[message.start : message.answer]:
        is_head = is_of_message(label_of(line)) and not begins_message(line)
        length += 0 if is_head else len(line.strip())
    return length >= _SHORTEST_MESSAGE


def _is_answered(lines: Sequence[str], message: BoardMessage) -> bool:
    """True where the page is a board's, or an office speaks in the answer, and nobody but it does."""
    own, said = lines[message.start : message.answer], lines[message.answer : message.end]
    if any(map(is_of_board, own)):
        return True
    heads = [head for line in said if (head := answer_head(line))]
    if all(map(is_done, heads)) or any(field_of(label_of(line)) == "name" for line in said):
        return False
    name = name_in(own)
    if name and signature_of(said).name == name:
        return False
    is_titled = any(map(is_title_of_board, own)) and not any(map(mobile_in, said))
    may_be_letter = is_titled or _is_of_office(said)
    # Whoever signs behind the answer encloses it in a letter of his own.
    is_letters = message.is_doubtful or bool(signature_of(said).name)
    return any(map(is_of_mailbox, own)) or (may_be_letter and not is_letters)


def _is_of_office(said: Sequence[str]) -> bool:
    """True where an office speaks to a citizen, and says which it is, or to a 网友."""
    text, words = "\n".join(said), board_words()
    is_named = any(map(is_about_answer, said)) or any(
        letter_words().signing_office.fullmatch(line.strip()) for line in said
    )
    speaks = any(word in text for word in words.to_citizens)
    return speaks and (is_named or any(word in text for word in words.to_citizens[:2]))


def _may_be_citizens(said: Sequence[str]) -> bool:
    """True where who wrote may speak again behind the answer: of his family, against it, or below 追问."""
    text = _QUOTED.sub("", "\n".join(said))
    is_again = any(_is_follow_up(line) or field_of(label_of(line)) == "name" for line in said)
    is_own = any(word in text for word in letter_words().own_family)
    return is_again or is_own or _against().search(text) is not None


def _is_follow_up(line: str) -> bool:
    return bool({label_of(line), line.strip()} & {*board_words().follow_ups})


def _has_more(lines: Sequence[str], message: BoardMessage) -> bool:
    return _answers(lines, message) > 1 and not any(map(_is_follow_up, lines[message.answer : message.end]))


def _answers(lines: Sequence[str], message: BoardMessage) -> int:
    """How often the words that head the answer stand there."""
    heads = Counter(head for line in lines[message.answer : message.end] if (head := answer_head(line)))
    return max(heads.values(), default=0)


@cache
def _against() -> re.Pattern[str]:
    """Matches 我不服, never an office's 如不服本答复."""
    words, ifs = any_of(letter_words().own_causes), any_of(board_words().if_against)
    begins = r"(?:^|[\u3002\uff0c,;\uff1b!\uff01\n])"
    return re.compile(rf"{begins}(?![ \t\u3000]*(?:{ifs}))[^\u3002\uff0c,;\uff1b\n]{{0,12}}?(?:{words})")
