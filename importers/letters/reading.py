"""Free texts as petitions: one document for each letter, the petitioner and the day from labels or from its end."""

import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import accumulate, takewhile

from domain.document import CONTENT_KEY, Petitioner, RawDocument, document_id
from domain.vocabulary import Channel
from importers.entries import Accepted, Entry, PetitionRecord, Rejected, Warned
from importers.formats.parts import Letter
from importers.letters.between import UNCLEAR
from importers.letters.blanks_to_fill import filled_in
from importers.letters.kinds import header_among, mail_heads, of_several
from importers.letters.labels import OFFICE_DAY, labelled_fields
from importers.letters.mail_signatures import without_senders_block
from importers.letters.mail_threads import mail_words
from importers.letters.official_notes import OF_OFFICIAL, without_official_note
from importers.letters.parting import is_signed_twice, parted_letters
from importers.letters.passing_notes import without_note
from importers.letters.recognised import ADDRESS, DAY, ID_NUMBER, NAME, PHONE, remarks_on
from importers.letters.signatures import day_above_salutation, day_without_year, is_strokes
from importers.letters.statements import OF_A_BODY, statement_in
from importers.letters.writer import Writer, writer_of
from importers.rows.values import mark_of, normal_text
from importers.table_place import TablePlace
from importers.values.dates import DateProblem, is_ahead, read_date
from importers.values.identifiers import id_number_doubt, id_number_of, phone_of
from importers.values.simplified import as_written, simplified_lines
from importers.values.ticked_options import WITH_OPTIONS, begins_with_box, chosen_of, has_box

SOURCE = "letter"
"""What letters are filed under; part of a record's identity."""
_NO_WRITER = (
    "信里没有找到写信人的姓名和电话, 已按内容接收; 原件上有的请在回执Excel的「信访人」「联系电话」两栏补填后再交"
)
_NO_NAME = "信里没有找到写信人的姓名, 只找到电话, 已按内容接收; 原件上有姓名的请在回执Excel的「信访人」一栏补填后再交"
_OF_ANOTHER = "这个号码写在别人的后面, 没有当作写信人的; 是写信人的请在回执Excel的「联系电话」一栏补填后再交"
_NO_DAY = "信里没有看出写信的日期, 已按收到的日子接收; 信上有日期的请在回执Excel的「信访日期」一栏补填后再交"
_OFFICE_DAY = "收文日期没有当作信的日期, 已按信上的日期接收; 信上的日期不对的请在回执Excel的「信访日期」一栏改正后再交"
_PERHAPS_SEVERAL = "落款后面还有内容和另一个落款, 可能不止一封信, 按一件接收; 是几封的请分开后重新提交"
_NO_COLUMNS = (
    "这里像是一个没有表格线的表, 看不出每一格属于哪一列, 没有导入; 请从原系统导出xlsx或csv, 或加上表格线后重新提交"
)
_COLUMNS = {"purpose": "信访目的", "category": "内容分类"}
_NEXT_LABEL = re.compile(r"\s[\u4e00-\u9fff]{2,10}\s*[:\uff1a]")
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
    mail = without_note(without_senders_block(mail_words(name, *mail_heads(text.split("\n")))))
    if mail.remark:
        yield Warned(place.problem(1, None, mail.remark, ""))
    original = filled_in(mail.lines)
    letters = parted_letters(simplified_lines(original, from_image=letter.doubted is not None))
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
        reader = _LetterReader(place, row, received_at, titled=letter.titled, doubted=letter.doubted)
        lines = parted.lines[: len(parted.lines) - parted.unclear]
        yield from reader.read(name, whole, lines, original[ends[row - 1] : end], mail.heads)


class _LetterReader:
    """Reads one letter of a text."""

    def __init__(
        self, place: TablePlace, row: int, received_at: datetime, *, titled: bool, doubted: Sequence[str] | None
    ) -> None:
        self._place = place
        self._row = row
        self._received_at = received_at
        self._titled = titled
        self._doubted = doubted

    def read(
        self, title: str, text: str, lines: Sequence[str], original: Sequence[str], heads: Sequence[str]
    ) -> Iterator[Entry]:
        """The letter's petition with its warnings before it; `lines` are the original ones in simplified characters."""
        own = without_official_note(lines)
        if len(own) < len(lines):
            lines, original = own, original[: len(own)]
            yield self._warned(None, OF_OFFICIAL, "")
        writer = writer_of(lines)
        yield from (self._warned(*remark) for remark in writer.remarks)
        found = writer.fields
        id_number, id_problem = id_number_of(found.get("id_number", ""))
        id_problem = id_problem or id_number_doubt(id_number, today=self._received_at.date())
        if id_problem:
            yield self._warned("证件号码", id_problem, found["id_number"])
        phone, phone_problem = phone_of(writer.phone)
        if phone_problem:
            yield self._warned("联系电话", phone_problem, writer.phone)
        others = [(label, value) for label, value in writer.of_others if not phone or phone_of(value)[0] != phone]
        yield from (self._warned(label, _OF_ANOTHER, value) for label, value in others)
        moment = yield from self._day(writer, lines, heads)
        name, stated = writer.name, statement_in(lines)
        if several := of_several(lines):
            # Whoever is named first is not the petitioner of all.
            name = phone = id_number = ""
            yield self._warned(None, several, "")
        elif stated is not None:
            # What stands above its name is told of the household.
            told = labelled_fields("\n".join(stated)).fields
            name, phone, id_number = "", phone_of(told.get("phone", ""))[0], id_number_of(told.get("id_number", ""))[0]
            yield self._warned(None, OF_A_BODY, "")
        elif not name:
            yield self._warned("姓名", _NO_NAME if phone else _NO_WRITER, "")
        if is_signed_twice(lines):
            yield self._warned(None, _PERHAPS_SEVERAL, name)
        options = yield from self._options("\n".join(lines), found)
        name, address = (as_written(one, lines, original) for one in (name, found.get("address", "")))
        petitioner = Petitioner(name=name, phone=phone, id_number=id_number, address=address)
        if self._doubted is not None:
            values = {NAME: name, PHONE: phone, ID_NUMBER: id_number, ADDRESS: address, DAY: writer.day}
            named = {phone_of(value)[0] for _, value in others}
            yield from (self._warned(*remark) for remark in remarks_on(self._doubted, lines, values, named))
        raw = self._raw(title, text, found.get("number", ""), moment, petitioner, is_signed=stated is not None)
        raw = replace(raw, category=options["category"], purpose=options["purpose"])
        yield Accepted(PetitionRecord(sheet=self._place.label, row=self._row, raw=raw, part=self._place.part))

    def _day(
        self, writer: Writer, lines: Sequence[str], heads: Sequence[str]
    ) -> Generator[Warned, None, datetime | None]:
        day = writer.day or day_above_salutation(lines)
        day = day or labelled_fields("\n".join(heads)).fields.get("occurred_on", "")
        if day and OFFICE_DAY in writer.fields:
            yield self._warned("收文日期", _OFFICE_DAY, writer.fields[OFFICE_DAY])
        day = day or writer.fields.get(OFFICE_DAY, "") or day_without_year(lines)
        moment, problem = _day(day, self._received_at)
        if problem:
            yield self._warned("日期", problem, day)
        return moment

    def _options(self, written: str, found: Mapping[str, str]) -> Generator[Warned, None, dict[str, str]]:
        options = {field: chosen_of(_whole_line(written, found.get(field, ""))) for field in WITH_OPTIONS}
        for field, chosen in options.items():
            if chosen.remark:
                yield self._warned(_COLUMNS[field], chosen.remark, found[field])
        return {field: chosen.text for field, chosen in options.items()}

    def _raw(
        self, title: str, text: str, number: str, moment: datetime | None, petitioner: Petitioner, *, is_signed: bool
    ) -> RawDocument:
        # A letter is known again under another file's name, but of a copied text that names nobody only the file's name
        # may say whose it is; a body signs its statement.
        by_file = not self._titled and bool(is_signed or petitioner.name or petitioner.phone or petitioner.id_number)
        own_title = "" if by_file else title
        key = number or _content_key(own_title, text)
        return RawDocument(
            id=document_id(SOURCE, key, own_title, text),
            channel=Channel.PETITION,
            source=SOURCE,
            external_key=key,
            former_key=_content_key(title, text) if by_file and not number else "",
            title=title,
            titled_by_file=by_file,
            text=text,
            published_at=moment,
            received_at=self._received_at,
            petitioner=petitioner,
        )

    def _warned(self, column: str | None, reason: str, value: str) -> Warned:
        return Warned(self._place.problem(self._row, column, reason, value))


def _content_key(title: str, text: str) -> str:
    return CONTENT_KEY + mark_of(title, "".join(text.split()))


def _whole_line(text: str, value: str) -> str:
    """The value with the options behind it and in lines below that begin with a box, up to the next label.

    Unchanged where it has no box.
    """
    lines = text.split("\n")
    place = next((place for place, line in enumerate(lines) if value in line), None) if has_box(value) else None
    if place is None:
        return value
    rest = lines[place][lines[place].index(value) :]
    belonging = "\n".join([rest, *takewhile(begins_with_box, lines[place + 1 :])])
    return _NEXT_LABEL.split(belonging, maxsplit=1)[0]


def _without_strokes(lines: Sequence[str]) -> str:
    """What a letter among others says, without the strokes that part it from the next."""
    written = [line for line in lines if line.strip()]
    last = next((line for line in reversed(written)), "")
    kept = lines[: len(lines) - 1 - lines[::-1].index(last)] if last and is_strokes(last) else lines
    return "\n".join(kept).strip()


def _day(written: str, received_at: datetime) -> tuple[datetime | None, str | None]:
    """The day, or why there is none; a letter is taken in all the same."""
    try:
        found = read_date(written)
    except DateProblem as exc:
        return None, f"{exc}; 已按收到的日子接收"
    if is_ahead(found.moment, received_at):
        return None, "日期在今天之后, 已按收到的日子接收; 请对照原件, 在回执Excel的「信访日期」一栏改正后再交"
    return found.moment, found.remark if found.moment is not None else _NO_DAY
