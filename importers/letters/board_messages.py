"""Each message on a board's page as one petition, the office's answer below it marked as what it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from importers.entries import Entry, Rejected, Warned
from importers.formats.parts import Letter
from importers.letters.board_pages import ANSWER, MESSAGE, BoardMessage, BoardPage
from importers.letters.mail_threads import MailWords
from importers.letters.one_letter import LetterReader, LetterText
from importers.table_place import TablePlace
from importers.values.simplified import simplified_lines

ANSWERED = (
    "下面是官方的答复, 已和留言分开保存, 其中的姓名、电话和日期没有当作留言人的; 分得不对的请在回执Excel里改正后再交"
)
SPOKEN_AGAIN = (
    "答复的后面像是还有留言人自己的话, 也和答复放在一起, 其中的姓名、电话和日期没有采用; "
    "请对照原网页, 需要的在回执Excel里补填后再交"
)
SEVERAL_MESSAGES = "这一页有{count}条留言, 按{count}件接收; 分得不对的请每条留言存成一个文件后重新提交"
UNPARTED = "这一页有{count}条官方答复, 看不出各是答复哪一条留言的, 没有导入; 请每条留言连同答复存成一个文件后重新提交"


@dataclass(frozen=True, slots=True)
class BoardText:
    """A page and the words that it consists of."""

    letter: Letter
    page: BoardPage
    mail: MailWords
    """As written."""
    original: Sequence[str]
    """The same lines with blanks for underscores."""


def read_board(board: BoardText, beneath: str, *, received_at: datetime) -> Iterator[Entry]:
    """Each message in rows 1, 2, …; a rejection where nobody can tell which answer belongs to which."""
    page, place = board.page, TablePlace(board.letter.part, "")
    if page.unparted:
        yield Rejected(place.problem(1, None, UNPARTED.format(count=page.unparted), board.letter.title))
        return
    count = len(page.messages)
    if count > 1:
        yield Warned(place.problem(1, None, SEVERAL_MESSAGES.format(count=count), board.letter.title))
    for row, message in enumerate(page.messages, start=1):
        if message.answer < message.end:
            yield Warned(place.problem(row, None, SPOKEN_AGAIN if message.is_doubtful else ANSWERED, ""))
        before = board.mail.above if row == 1 else ()
        behind = [*board.mail.below, *filter(None, [beneath])] if row == count else []
        yield from LetterReader(board.letter, row, received_at).read(_text(board, message, before, behind))


def _text(board: BoardText, message: BoardMessage, before: Sequence[str], behind: Sequence[str]) -> LetterText:
    own = "\n".join(board.mail.lines[message.start : message.answer]).strip()
    said = "\n".join(board.mail.lines[message.answer : message.end]).strip()
    original = board.original[message.start : message.answer]
    whole = [*before, own if own.startswith(MESSAGE) else f"{MESSAGE}\n{own}"]
    if said:
        whole.append(said if said.startswith(ANSWER) else f"{ANSWER}{message.about}\n{said}")
    return LetterText(
        "\n".join([*whole, *behind]),
        simplified_lines(original),
        original,
        heads=board.mail.heads,
        day=message.day,
        number=f"{message.number} {message.day}" if message.day and message.number else "",
        known_by=own,
    )
