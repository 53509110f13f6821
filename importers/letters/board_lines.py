"""What a line on the page of a message board says: a label of the citizen's message, or of an office's answer."""

import re
from functools import cache

from importers.words.board_words import board_words
from importers.words.word_patterns import any_of

_LABEL = re.compile(
    r"\s*(?:[【\[(\uff08]\s*(?P<framed>[\u4e00-\u9fff]{1,10})\s*[】\])\uff09]|(?P<label>[\u4e00-\u9fff]{1,10}(?:ID)?)\s*[:\uff1a])"
)
_DAY = r"\d{4} ?[年./-] ?\d{1,2} ?[月./-] ?\d{1,2} ?日?(?:[ \t\u3000]*\d{1,2}[:\uff1a]\d{2}(?:[:\uff1a]\d{2})?)?"
_OFFICE = r"(?![请望盼等求]|希望|要求|没有|未)[\u4e00-\u9fff]{1,14}(?:政府|局|办|委|中心|站|所|镇|乡|街道|公司)"
_LONGEST_TITLE = 20
_LONGEST_WEAK = 2
_COUNT = re.compile(r"(?:\d{1,6}(?![\d年./-])|$)")
_LONGEST_HEAD = 60


def label_of(line: str) -> str:
    """The label at the beginning of the line, 网友 of a line such as 网友 2026-09-03; "" without one."""
    found = _LABEL.match(line)
    if found is not None:
        return found["framed"] or found["label"] or ""
    said = _writer().match(line)
    return said["who"] if said is not None else ""


def is_of_message(label: str) -> bool:
    """True for a label that stands in the head of a citizen's message."""
    words = board_words()
    return label in (*words.headings, *words.asked, *words.messages, *words.numbers) or label.startswith(
        (*words.boards, *words.mailboxes)
    )


def begins_message(line: str) -> bool:
    """True where the citizen's words begin in or below this line: 留言内容：, 【留言】."""
    return label_of(line) in board_words().messages


def is_of_board(line: str) -> bool:
    """True for what only stands on a board: 留言时间：…, 网友：…."""
    return label_of(line).startswith(board_words().boards)


def is_title_of_board(line: str) -> bool:
    """True for 县长信箱 and the like alone, which may be whom a letter addresses."""
    bare = line.strip()
    return len(bare) <= _LONGEST_TITLE and any(word in bare for word in board_words().titles)


def is_of_mailbox(line: str) -> bool:
    """True for what stands on the page of a mailbox, and on a clerk's form: 来信内容：…."""
    return label_of(line).startswith(board_words().mailboxes)


def answer_head(line: str) -> str:
    """The words by which an office's answer begins: 官方回复, 答复内容; "" for any other line."""
    found = _answer().match(line) if len(line.strip()) <= _LONGEST_HEAD or _LABEL.match(line) else None
    found = found or _answer_of_office().match(line)
    return found["head"] if found is not None else ""


def behind_answer_head(line: str) -> str:
    """What the line says behind those words."""
    found = _answer().match(line) or _answer_of_office().match(line)
    return line[found.end() :].strip() if found is not None else line.strip()


def is_weak_head(line: str) -> bool:
    """True for 回复 alone, which is a button as well, and for 回复：3, which counts."""
    return len(answer_head(line)) <= _LONGEST_WEAK and _COUNT.match(behind_answer_head(line)) is not None


def is_done(head: str) -> bool:
    """True for words that stand on a clerk's form too: 办理结果."""
    return head in board_words().done


def is_about_answer(line: str) -> bool:
    """True for a line that says who answered, or when."""
    return label_of(line) in (*board_words().answered_by, *board_words().answered_on)


def told_of_answer(text: str) -> str:
    """Who answered and when, as far as labels say so: 某县水利局 2026-09-10."""
    by, on = (
        _behind(board_words().answered_by, r"[^\s,\uff0c;\uff1b\u3002]{1,30}"),
        _behind(board_words().answered_on, _DAY),
    )
    return " ".join(found[1] for pattern in (by, on) if (found := pattern.search(text)) is not None)


def asked_on(text: str) -> str:
    """When the message was written, as the page says; "" where it does not."""
    found = _behind(board_words().asked, _DAY).search(text)
    said = next((one for line in text.split("\n") if (one := _writer().match(line))), None)
    return found[1] if found is not None else said["day"] if said is not None else ""


def number_in(text: str) -> str:
    """The board's number of the message."""
    found = _behind(board_words().numbers, r"[0-9A-Za-z-]{4,30}").search(text)
    return found[1] if found is not None else ""


@cache
def _writer() -> re.Pattern[str]:
    """Matches 网友 红枣树 2026-09-03 10:11, and nothing that goes on behind the day."""
    return re.compile(rf"\s*(?P<who>{any_of(board_words().boards)})[^:\uff1a\u3002]{{0,24}}?(?P<day>{_DAY})\s*")


@cache
def _answer() -> re.Pattern[str]:
    """Matches 官方回复, 【答复】, 办理结果：, 官方回复 某县水利局 2026-09-10."""
    words = board_words()
    heads = any_of((*words.answers, *words.done))
    behind = rf"\s*[】\])\uff09]\s*[:\uff1a]?|\s*[:\uff1a]|\s*$|(?=\s+(?:{_OFFICE}|{_DAY})[^\u3002\uff0c,]{{0,30}}$)"
    return re.compile(rf"\s*+[【\[(\uff08]?+\s*+(?P<head>{heads})(?:如下)?(?:{behind})")


@cache
def _answer_of_office() -> re.Pattern[str]:
    """Matches 某县水利局答复：."""
    heads = any_of(board_words().answers)
    return re.compile(
        rf"\s*+[【\[(\uff08]?+\s*+{_OFFICE}的?(?P<head>{heads})(?:如下)?\s*(?:[】\])\uff09]\s*[:\uff1a]?|[:\uff1a])"
    )


@cache
def _behind(labels: tuple[str, ...], value: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(labels)})\s*+[:\uff1a]?+\s*+({value})")
