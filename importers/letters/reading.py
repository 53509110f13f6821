"""Free texts as petitions: one document for each letter."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import accumulate

from importers.entries import Entry, Rejected, Warned
from importers.formats.parts import Letter
from importers.letters.bare_chats import bare_chat_in
from importers.letters.between import UNCLEAR
from importers.letters.blanks_to_fill import filled_in
from importers.letters.board_messages import BoardText, read_board
from importers.letters.board_pages import board_page_in
from importers.letters.chat_records import read_chat
from importers.letters.chats import chat_in
from importers.letters.kinds import header_among, mail_heads
from importers.letters.mail_signatures import without_senders_block
from importers.letters.mail_threads import mail_words
from importers.letters.minutes import OF_MANY, people_in_minutes
from importers.letters.one_letter import LetterReader, LetterText
from importers.letters.parting import parted_letters
from importers.letters.passing_notes import PASSED_ON, is_cover_of, without_note
from importers.letters.printed_pages import without_page_edges
from importers.letters.signatures import is_strokes
from importers.rows.values import normal_text
from importers.table_place import TablePlace
from importers.values.simplified import simplified_lines

_NO_COLUMNS = (
    "这里像是一个没有表格线的表, 看不出每一格属于哪一列, 没有导入; 请从原系统导出xlsx或csv, 或加上表格线后重新提交"
)
_WITH_COVER = 2
"""Letters of a text of which the first passes the other on."""
_SEVERAL = "这个文件里有{count}封信, 按{count}件接收; 分得不对的请每封信存成一个文件后重新提交"


def read_letter(letter: Letter, beneath: str = "", *, received_at: datetime) -> Iterator[Entry]:
    """Each letter of the text as one petition, in rows 1, 2, …; a warning for what could not be read.

    `beneath` is what tables of the letter say; it goes with the last one. A text without a word is rejected.
    """
    place = TablePlace(letter.part, "")
    text, name = normal_text("summary", letter.text), normal_text("title", letter.title)
    if not text:
        yield Rejected(place.problem(1, None, "里面没有文字, 请换成能选中文字的文件, 或按扫描件重新提交", name))
        return
    if (header := header_among(text.split("\n"))) is not None:
        yield Rejected(place.problem(1, None, _NO_COLUMNS, header))
        return
    if letter.note:
        yield Warned(place.problem(1, "内容", letter.note, ""))
    words = without_page_edges(mail_words(name, *mail_heads(text.split("\n"))))
    mail = without_note(without_senders_block(words))
    if mail.remark:
        yield Warned(place.problem(1, None, mail.remark, ""))
    # What is kept of a page or a chat has the head of its mail above it.
    headed = replace(mail, above=[*mail_heads(text.split("\n"))[0], *mail.above])
    original = filled_in(mail.lines)
    simplified = simplified_lines(original, from_image=letter.doubted is not None)
    if (page := board_page_in(simplified)) is not None:
        board = BoardText(letter, page, headed, original)
        yield from read_board(board, normal_text("summary", beneath), received_at=received_at)
        return
    if (chat := chat_in(mail.lines) or bare_chat_in(mail.lines)) is not None:
        yield from read_chat(letter, chat, headed, normal_text("summary", beneath), received_at=received_at)
        return
    if people := people_in_minutes(simplified):
        yield Rejected(place.problem(1, None, OF_MANY.format(count=people), name))
        return
    letters = parted_letters(simplified)
    if len(letters) == _WITH_COVER and is_cover_of(letters[0].lines, letters[1].lines):
        # The office that passes it on brings no second petition.
        above, letters = len(letters[0].lines), letters[1:]
        mail, original = replace(mail, lines=mail.lines[above:]), original[above:]
        yield Warned(place.problem(1, None, PASSED_ON, ""))
    if len(letters) > 1:
        yield Warned(place.problem(1, None, _SEVERAL.format(count=len(letters)), name))
    ends = [0, *accumulate(len(letter.lines) for letter in letters)]
    for row, parted in enumerate(letters, start=1):
        written = mail.lines[ends[row - 1] : ends[row]]
        # The only letter is kept as it came, the head of its mail included.
        whole = text if len(letters) == 1 else _without_strokes(written)
        if len(letters) > 1:
            # What forwarders say goes with the first, what is quoted with the last.
            before, behind = mail.above if row == 1 else (), mail.below if row == len(letters) else ()
            whole = "\n".join([*before, whole, *behind])
        if beneath and row == len(letters):
            whole = f"{whole}\n{normal_text('summary', beneath)}"
        end = ends[row] - parted.unclear
        if parted.unclear:
            yield Warned(place.problem(row, None, UNCLEAR, " ".join("\n".join(written[-parted.unclear :]).split())))
        lines = parted.lines[: len(parted.lines) - parted.unclear]
        read = LetterText(whole, lines, original[ends[row - 1] : end], mail.heads)
        yield from LetterReader(letter, row, received_at).read(read)


def _without_strokes(lines: Sequence[str]) -> str:
    """What a letter among others says, without the strokes that part it from the next."""
    written = [line for line in lines if line.strip()]
    last = next((line for line in reversed(written)), "")
    kept = lines[: len(lines) - 1 - lines[::-1].index(last)] if last and is_strokes(last) else lines
    return "\n".join(kept).strip()
