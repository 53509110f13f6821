"""A chat of one citizen with officials as his petition; any other chat of several is refused."""

from collections.abc import Iterator
from datetime import datetime

from importers.entries import Entry, Rejected, Warned
from importers.formats.parts import Letter
from importers.letters.board_pages import ANSWER, MESSAGE
from importers.letters.chats import Chat, without_pictures
from importers.letters.mail_threads import MailWords
from importers.letters.one_letter import LetterReader, LetterText
from importers.table_place import TablePlace
from importers.values.simplified import simplified_lines

OF_ONE = (
    "像是聊天记录, 只有一个人反映情况, 他的话按留言接收, 其余的看称呼是干部, 当作答复; "
    "不对的请把他的话单独存成一个文件后重新提交"
)
OF_MANY = (
    "像是聊天记录, 有{count}个人说话, 看不出是谁的事、谁是干部, 没有导入; "
    "请把每个反映困难的人的话分开, 每件存成一个文件后重新提交, 或在网页「登记一件」里录入"
)


def read_chat(letter: Letter, chat: Chat, mail: MailWords, beneath: str, *, received_at: datetime) -> Iterator[Entry]:
    """The words of the only citizen as one petition, what officials say below them; a rejection for other chats."""
    place, citizen = TablePlace(letter.part, ""), chat.citizen
    if not citizen:
        yield Rejected(place.problem(1, None, OF_MANY.format(count=len(chat.speakers)), letter.title))
        return
    yield Warned(place.problem(1, None, OF_ONE, ""))
    own = [turn for turn in chat.turns if turn.who == citizen]
    message = "\n".join(line for turn in own for line in turn.lines).strip()
    answer = "\n".join(line for turn in chat.turns if turn.who != citizen for line in turn.lines).strip()
    said = without_pictures([line for turn in own for line in turn.said])
    around = [*mail.above, *chat.above]
    whole = [*around, MESSAGE, message, ANSWER, answer, *mail.below, *filter(None, [beneath])]
    text = LetterText("\n".join(whole), simplified_lines(said), said, day=own[0].day, known_by=message)
    yield from LetterReader(letter, 1, received_at).read(text)
