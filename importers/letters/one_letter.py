"""One letter of a text as a petition: the petitioner and the day from labels or from its end."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.texts.document import CONTENT_KEY, Petitioner, RawDocument, document_id
from domain.words.vocabulary import Channel
from importers.entries import Accepted, Entry, PetitionRecord, Warned
from importers.formats.parts import Letter
from importers.letters.kinds import of_several
from importers.letters.labels import OFFICE_DAY, labelled_fields
from importers.letters.official_notes import OF_OFFICIAL, without_official_note
from importers.letters.recognised import ADDRESS, DAY, ID_NUMBER, NAME, PHONE, remarks_on
from importers.letters.signatures import day_above_salutation, day_without_year
from importers.letters.stated_purposes import stated_purposes
from importers.letters.statements import OF_A_BODY, statement_in
from importers.letters.two_signatures import is_told_above, second_letter_in
from importers.letters.writer import Writer, writer_of
from importers.rows.petitioner_names import is_group
from importers.rows.values import mark_of, normal_text
from importers.table_place import TablePlace
from importers.values.dates import DateProblem, is_ahead, read_date
from importers.values.identifiers import id_number_doubt, id_number_of, phone_of
from importers.values.simplified import as_written
from importers.values.stated_purposes import stated_in, with_purposes
from importers.values.ticked_options import WITH_OPTIONS, chosen_of, has_box, with_lines_below

SOURCE = "letter"
"""What letters are filed under; part of a record's identity."""
_NO_WRITER = (
    "信里没有找到写信人的姓名和电话, 已按内容接收; 原件上有的请在回执Excel的「信访人」「联系电话」两栏补填后再交"
)
_NO_NAME = "信里没有找到写信人的姓名, 只找到电话, 已按内容接收; 原件上有姓名的请在回执Excel的「信访人」一栏补填后再交"
_OF_ANOTHER = "这个号码写在别人的后面, 没有当作写信人的; 是写信人的请在回执Excel的「联系电话」一栏补填后再交"
_NO_DAY = "信里没有看出写信的日期, 已按收到的日子接收; 信上有日期的请在回执Excel的「信访日期」一栏补填后再交"
DAY_OF_MAIL = "信里没有看出写信的日期, 已按邮件发出的日子接收; 信上有日期的请在回执Excel的「信访日期」一栏补填后再交"
_OFFICE_DAY = "收文日期没有当作信的日期, 已按信上的日期接收; 信上的日期不对的请在回执Excel的「信访日期」一栏改正后再交"
_PERHAPS_SEVERAL = (
    "落款后面还有内容和另一个落款, 可能不止一封信, 按一件接收, 信访人和电话用的是这里写出的; 是几封的请分开后重新提交"
)
_OF_THE_FIRST = (
    "落款后面还有内容和另一个落款, 可能不止一封信, 按一件接收, 姓名、电话和日期只取了第一个落款的; "
    "是几封的请分开后重新提交"
)
_COLUMNS = {"purpose": "信访目的", "category": "内容分类"}


@dataclass(frozen=True, slots=True)
class LetterText:
    """One letter of a text."""

    whole: str
    """What is kept of it."""
    lines: Sequence[str]
    """What its writer says, in simplified characters."""
    original: Sequence[str]
    """The same as written."""
    heads: Sequence[str] = ()
    """Lines such as a mail's head that say when it was sent."""
    day: str = ""
    """When it was written, where what stands around says so; it goes before what the letter says."""
    number: str = ""
    """The office's number where no label of letters says one."""
    known_by: str = ""
    """By which words it is known where it has no number: "" for all of them."""
    writer: Writer | None = None
    """Who speaks, where it is known from what stands around."""


class LetterReader:
    """Reads one letter of a text."""

    def __init__(self, letter: Letter, row: int, received_at: datetime) -> None:
        """For the letter in this row of the delivered text."""
        self._place = TablePlace(letter.part, "")
        self._row = row
        self._received_at = received_at
        self._titled = letter.titled
        self._title = normal_text("title", letter.title)
        self._sent = letter.sent
        self._doubted = letter.doubted

    def read(self, text: LetterText) -> Iterator[Entry]:
        """The letter's petition with its warnings before it."""
        lines, original = text.lines, text.original
        own = without_official_note(lines)
        if len(own) < len(lines):
            lines, original = own, original[: len(own)]
            yield self._warned(None, OF_OFFICIAL, "")
        second = second_letter_in(lines)
        is_cut = second is not None and text.writer is None and is_told_above(lines, second)
        if is_cut:
            # Nobody's name with the day or the phone of another.
            lines, original = lines[:second], original[:second]
        writer = text.writer or writer_of(lines)
        yield from (self._warned(*remark) for remark in writer.remarks)
        found = writer.fields
        id_number, id_problem = id_number_of(found.get("id_number", ""))
        id_problem = id_problem or id_number_doubt(id_number, today=self._received_at.date())
        if id_problem:
            yield self._warned("证件号码", id_problem, found["id_number"])
        phone, phone_problem = phone_of(writer.phone)
        if phone_problem:
            yield self._warned("联系电话", phone_problem, writer.phone)
        several = of_several(lines)
        # Of a summary no phone is taken, which is said as a whole.
        of_others = () if several else writer.of_others
        others = [(label, value) for label, value in of_others if not phone or phone_of(value)[0] != phone]
        yield from (self._warned(label, _OF_ANOTHER, value) for label, value in others)
        moment = yield from self._day(text, lines, writer)
        name, stated = writer.name, statement_in(lines)
        if several:
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
        if second is not None:
            of_whom = f"{name} {phone}".strip() or "没有写信访人"
            yield self._warned(None, _OF_THE_FIRST if is_cut else _PERHAPS_SEVERAL, of_whom)
        options = yield from self._options(lines, found)
        name, address = (as_written(one, lines, original) for one in (name, found.get("address", "")))
        petitioner = Petitioner(name=name, phone=phone, id_number=id_number, address=address)
        if self._doubted is not None:
            values = {NAME: name, PHONE: phone, ID_NUMBER: id_number, ADDRESS: address, DAY: writer.day}
            named = {phone_of(value)[0] for _, value in others}
            yield from (self._warned(*remark) for remark in remarks_on(self._doubted, lines, values, named))
        is_signed = stated is not None or is_group(found.get("name", ""))
        raw = self._raw(text, found.get("number", "") or text.number, moment, petitioner, is_signed=is_signed)
        raw = replace(raw, category=options["category"], purpose=options["purpose"])
        yield Accepted(PetitionRecord(sheet=self._place.label, row=self._row, raw=raw, part=self._place.part))

    def _day(self, text: LetterText, lines: Sequence[str], writer: Writer) -> Generator[Warned, None, datetime | None]:
        day = text.day or writer.day or day_above_salutation(lines)
        day = day or labelled_fields("\n".join(text.heads)).fields.get("occurred_on", "")
        if day and OFFICE_DAY in writer.fields:
            yield self._warned("收文日期", _OFFICE_DAY, writer.fields[OFFICE_DAY])
        day = day or writer.fields.get(OFFICE_DAY, "") or day_without_year(lines)
        moment, problem = _day(day or self._sent, self._received_at)
        problem = problem or (DAY_OF_MAIL if self._sent and not day else None)
        if problem:
            yield self._warned("日期", problem, day or self._sent)
        return moment

    def _options(self, lines: Sequence[str], found: Mapping[str, str]) -> Generator[Warned, None, dict[str, str]]:
        written = "\n".join(lines)
        options = {field: chosen_of(_whole_line(written, found.get(field, ""))) for field in WITH_OPTIONS}
        for field, chosen in options.items():
            if chosen.remark:
                yield self._warned(_COLUMNS[field], chosen.remark, found[field])
        texts = {field: chosen.text for field, chosen in options.items()}
        said = {chosen.remark for chosen in options.values()}
        stated = stated_purposes(lines)
        yield from (self._warned(one.label, one.remark, one.value) for one in stated if one.remark not in {"", *said})
        purposes = [purpose for one in stated for purpose in one.purposes]
        category = texts["category"]
        if purposes and (told := stated_in(category)).purposes:
            category = "、".join(told.others)
        return {"purpose": with_purposes(texts["purpose"], purposes), "category": category}

    def _raw(
        self, said: LetterText, number: str, moment: datetime | None, petitioner: Petitioner, *, is_signed: bool
    ) -> RawDocument:
        # A letter is known again under another file's name, but of a copied text that names nobody only the file's name
        # may say whose it is; a body signs its statement.
        by_file = not self._titled and bool(is_signed or petitioner.name or petitioner.phone or petitioner.id_number)
        title, text, known_by = self._title, said.whole, said.known_by or said.whole
        own_title = "" if by_file else title
        key = number or _content_key(own_title, known_by)
        return RawDocument(
            id=document_id(SOURCE, key, own_title, text),
            channel=Channel.PETITION,
            source=SOURCE,
            external_key=key,
            former_key=_content_key(title, known_by) if by_file and not number else "",
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
    return with_lines_below(lines[place][lines[place].index(value) :], lines[place + 1 :])


def _day(written: str, received_at: datetime) -> tuple[datetime | None, str | None]:
    """The day, or why there is none; a letter is taken in all the same."""
    try:
        found = read_date(written)
    except DateProblem as exc:
        return None, f"{exc}; 已按收到的日子接收"
    if is_ahead(found.moment, received_at):
        return None, "日期在今天之后, 已按收到的日子接收; 请对照原件, 在回执Excel的「信访日期」一栏改正后再交"
    return found.moment, found.remark if found.moment is not None else _NO_DAY
