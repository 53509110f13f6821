"""What kind of text stands outside tables: letters, covering notes, heads of forms, chats, summaries, lost tables."""

import re
from collections.abc import Sequence
from itertools import pairwise

from importers.formats.parts import Letter
from importers.letters.counting_notes import only_counts_letters
from importers.letters.labels import labelled_fields
from importers.letters.vocabulary import are_headers
from importers.values.identifiers import mobile_in
from importers.words.letter_words import letter_words
from importers.words.table_words import table_words

_FEWEST_OF_A_HEADER = 4
_LONGEST_HEADER = 120
_LISTED = (
    "像是{count}件信访的汇总(逐条写了不同的电话), 按一件接收, 没有采用其中的姓名和电话; "
    "请做成一行一件的表格, 或分成几个文件后重新提交"
)
_CHAT = (
    "像是聊天记录, 有{count}个人说话, 按一件接收, 没有把谁当作信访人; "
    "各人的事请分开, 每件一个文件或在网页「登记一件」里录入"
)
_SPOKEN = re.compile(r"(?P<who>\S.{0,19}?)\s+\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s+\d{1,2}:\d{2}(?::\d{2})?")
_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_ITEM = re.compile(rf"\s*(?:[(\uff08]{_NUMBER}[)\uff09]|{_NUMBER}\s*[、.\uff0e)\uff09]|第{_NUMBER}[件、])")
_TITLE = re.compile(r"[\w\s()\uff08\uff09《》]{2,30}(?:表|单|卡|登记册|登记簿)")
_CLAUSE = re.compile(
    "[^\u3002!\uff01?\uff1f;\uff1b,\uff0c]*[\u3002!\uff01?\uff1f;\uff1b,\uff0c]|[^\u3002!\uff01?\uff1f;\uff1b,\uff0c]+$"
)
_CHARACTER = re.compile("[\u4e00-\u9fff]")
_REGISTERED = "登记"
_OF_A_HEAD = frozenset({"number", "occurred_on"})


def header_among(lines: Sequence[str]) -> str | None:
    """The line that is the header of a table whose columns are lost, as a page shows it without rulings."""
    for line, below in pairwise(lines):
        words = line.split() if len(line) <= _LONGEST_HEADER else []
        is_row = len(below.split()) >= len(words) - 1
        if len(words) >= _FEWEST_OF_A_HEADER and is_row and are_headers(words):
            return line
    return None


def of_several(lines: Sequence[str]) -> str:
    """What is to be said of a text by several people, a chat or a summary; "" for any other."""
    if (count := len(_speakers(lines))) > 1:
        return _CHAT.format(count=count)
    count = _listed_petitions(lines)
    return _LISTED.format(count=count) if count > 1 else ""


def _listed_petitions(lines: Sequence[str]) -> int:
    """How many numbered lines name a mobile number that no other does: one for each petition of a summary."""
    return len({mobile for line in lines if _ITEM.match(line) and (mobile := mobile_in(line))})


def _speakers(lines: Sequence[str]) -> set[str]:
    """Who speaks in a chat as programs export it, a name and a time above what was said."""
    return {found["who"] for line in lines if (found := _SPOKEN.fullmatch(line.strip()))}


def words_of(letter: Letter) -> str:
    """The letter's own words on one line, without the head of a mail and what a system adds to it."""
    _, body = mail_heads(letter.text.split("\n"))
    said, whole = (" ".join(" ".join(lines).split()) for lines in (map(_without_machine_words, body), body))
    # What is nothing but a system's words is shown to the clerk all the same.
    return said if any(map(_CHARACTER.search, said)) else whole


def _without_machine_words(line: str) -> str:
    """The line without what a system adds; never without a clause that asks for something."""
    by_machine = letter_words().machine_lines
    if not any(word in line for word in by_machine):
        return line
    clauses = _CLAUSE.findall(line)
    return "".join(one for one in clauses if asks(one) or not any(word in one for word in by_machine))


def is_covering_note(words: str) -> bool:
    """True for a short text that beside a register only says what comes with it; nobody speaks of himself in it."""
    known = letter_words()
    if len("".join(words.split())) > known.covering_note or any(word in words for word in known.personal):
        return False
    if any(word in words for word in known.covering) or only_counts_letters(words):
        return True
    return not (any(word in words for word in (*known.pleas, *known.salutations)) or mobile_in(words))


def announces(words: str) -> bool:
    """True for a covering note that says that something comes with it: 报送台账，请查收."""
    return is_covering_note(words) and any(word in words for word in letter_words().covering)


def counts_letters(words: str) -> bool:
    """True for a covering note that counts the letters that it stands beside: 各村收集的来信，共2件."""
    return is_covering_note(words) and only_counts_letters(words)


def asks(words: str) -> bool:
    """True where somebody speaks of himself, or asks for something and is no register's title (困难群众登记表)."""
    of_himself, pleas = letter_words().personal, letter_words().pleas
    return any(word in words for word in (*of_himself, *(() if _REGISTERED in words else pleas)))


def is_head_of_a_form(letter: Letter) -> bool:
    """True for the title, the number with its day and the notes printed around a form; its record has the number."""
    lines = [line for text in letter.text.split("\n") if (line := text.strip())]
    said = [
        labelled_fields(line).fields.keys()
        for line in lines
        if not (_TITLE.fullmatch(line) or table_words().note.match(line))
    ]
    is_numbered = any("number" in fields for fields in said)
    return all(fields == {"number"} or (is_numbered and fields and fields <= _OF_A_HEAD) for fields in said)


def mail_heads(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The head of a mail and the lines below it; a head as other programs copy it has 发送时间 for 日期."""
    known = letter_words()
    heads = tuple(f"{head}:" for head in known.mail_heads)
    copied = tuple(f"{head}{colon}" for head in known.sent_heads for colon in ":\uff1a")
    begun = heads if not (lines and lines[0].startswith(heads)) else (*heads, *copied)
    count = next((place for place, line in enumerate(lines) if not line.startswith(begun)), len(lines))
    return [_as_dated(line, copied) for line in lines[:count]], list(lines[count:])


def _as_dated(line: str, copied: tuple[str, ...]) -> str:
    label = next((one for one in copied if line.startswith(one)), "")
    return f"日期: {line.removeprefix(label).strip()}" if label else line
