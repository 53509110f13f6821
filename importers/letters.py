"""Free texts as petitions: one document for each letter, the petitioner and the day from labels or from its end."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import accumulate, pairwise, takewhile

from domain.document import CONTENT_KEY, Petitioner, RawDocument, document_id
from domain.vocabulary import Channel
from importers.dates import DateProblem, is_ahead, read_date
from importers.entries import Accepted, Entry, PetitionRecord, Rejected, Warned
from importers.formats.parts import Letter
from importers.identifiers import id_number_doubt, id_number_of, mobile_in, phone_of
from importers.letter_labels import OFFICE_DAY, Contact, are_headers, contact_in, labelled_fields
from importers.letter_parting import is_signed_twice, letters_in
from importers.letter_words import letter_words
from importers.mail_threads import mail_words
from importers.office_letters import office_letter_in
from importers.petitioner_names import sole_name
from importers.phone_at_end import phone_at_end
from importers.postscripts import before_another, signature_above
from importers.row_values import mark_of, normal_text
from importers.signatures import day_above_salutation, introduced_in, is_strokes, signed_by
from importers.simplified import as_written, simplified_lines
from importers.table_place import TablePlace
from importers.table_words import table_words
from importers.ticked_options import WITH_OPTIONS, begins_with_box, chosen_of, has_box

SOURCE = "letter"
"""What letters are filed under; part of a record's identity."""
_NO_WRITER = "信里没有找到写信人的姓名和电话, 已按内容接收, 请对照原件核对"
_NO_NAME = "信里没有找到写信人的姓名, 只找到电话, 已按内容接收, 请对照原件核对"
_BY_CONTACT = "信里没有署名, 写的联系人已当作写信人, 请对照原件核对"
_OF_ANOTHER = "这个号码写在别人的后面, 没有当作写信人的, 请对照原件核对"
_OFFICE_DAY = "收文日期没有当作信的日期, 已按信上的日期接收, 请核对"
_OF_OFFICE = "这是机关的文书, 姓名、日期和编号取自其中写到的信访人, 请对照原件核对"
_OF_OFFICE_ALONE = "这是机关的文书, 日期是机关的, 没有找到信访人是谁, 请对照原件核对"
_PERHAPS_SEVERAL = "落款后面还有内容和另一个落款, 可能不止一封信, 按一件接收; 是几封的请分开后重新提交"
_NO_COLUMNS = (
    "这里像是一个没有表格线的表, 看不出每一格属于哪一列, 没有导入; 请从原系统导出xlsx或csv, 或加上表格线后重新提交"
)
_FEWEST_OF_A_HEADER = 4
_LONGEST_HEADER = 120
_LISTED = (
    "像是{count}件信访的汇总(逐条写了不同的电话), 按一件接收, 没有采用其中的姓名和电话; "
    "请做成一行一件的表格, 或分成几个文件后重新提交"
)
_CHAT = (
    "像是聊天记录, 有{count}个人说话, 按一件接收, 没有把谁当作信访人; "
    "各人的事请分开, 每件一个文件或用网页的单件登记录入"
)
_SPOKEN = re.compile(r"(?P<who>\S.{0,19}?)\s+\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s+\d{1,2}:\d{2}(?::\d{2})?")
_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_ITEM = re.compile(rf"\s*(?:[(\uff08]{_NUMBER}[)\uff09]|{_NUMBER}\s*[、.\uff0e)\uff09]|第{_NUMBER}[件、])")
_TITLE = re.compile(r"[\w\s()\uff08\uff09《》]{2,30}(?:表|单|卡|登记册|登记簿)")
_OF_A_PERSON = ("phone", "id_number", "address")
_COLUMNS = {"purpose": "信访目的", "category": "内容分类"}
_NEXT_LABEL = re.compile(r"\s[\u4e00-\u9fff]{2,10}\s*[:\uff1a]")
_REGISTERED = "登记"
_SEVERAL = "这个文件里有{count}封信, 按{count}件接收, 请核对"


def read_letter(letter: Letter, beneath: str = "", *, received_at: datetime) -> Iterator[Entry]:
    """Each letter of the text as one petition, in rows 1, 2, …; a warning for what could not be read.

    `beneath` is what tables of the letter say; it goes with the last one. A text without a word is rejected.
    """
    place = TablePlace(letter.part, "")
    text, name = normal_text("summary", letter.text), normal_text("title", letter.title)
    if not text:
        yield Rejected(place.problem(1, None, "里面没有文字, 请换成能选中文字的文件, 或按扫描件重新提交", name))
        return
    if (header := _header_among(text.split("\n"))) is not None:
        yield Rejected(place.problem(1, None, _NO_COLUMNS, header))
        return
    if letter.note:
        yield Warned(place.problem(1, "内容", letter.note, ""))
    mail = mail_words(name, *_mail_heads(text.split("\n")))
    if mail.remark:
        yield Warned(place.problem(1, None, mail.remark, ""))
    letters = letters_in(simplified_lines(mail.lines))
    if len(letters) > 1:
        yield Warned(place.problem(1, None, _SEVERAL.format(count=len(letters)), name))
    ends = [0, *accumulate(map(len, letters))]
    for row, lines in enumerate(letters, start=1):
        written = mail.lines[ends[row - 1] : ends[row]]
        # The only letter is kept as it came, the head of its mail included.
        whole = text if len(letters) == 1 else _without_strokes(written)
        if len(letters) > 1:
            # What forwarders say goes with the first, what is quoted with the last.
            before, behind = mail.above if row == 1 else (), mail.below if row == len(letters) else ()
            whole = "\n".join([*before, whole, *behind])
        if beneath and row == len(letters):
            whole = f"{whole}\n{normal_text('summary', beneath)}"
        reader = _LetterReader(place, row, received_at, titled=letter.titled)
        yield from reader.read(name, whole, lines, written, mail.heads)


class _LetterReader:
    """Reads one letter of a text."""

    def __init__(self, place: TablePlace, row: int, received_at: datetime, *, titled: bool) -> None:
        self._place = place
        self._row = row
        self._received_at = received_at
        self._titled = titled

    def read(
        self, title: str, text: str, lines: Sequence[str], original: Sequence[str], heads: Sequence[str]
    ) -> Iterator[Entry]:
        """The letter's petition with its warnings before it; `lines` are the original ones in simplified characters."""
        written, signed = "\n".join(lines), signature_above(lines, representatives=False)
        labelled = labelled_fields(written)
        name = sole_name(labelled.fields.get("name") or signed.name or introduced_in(written))
        if not name:
            # 村民代表: may name anybody where another is known to write.
            signed = signature_above(lines)
            name = sole_name(signed.name)
        contact = contact_in(written)
        if not name and any(word in written for word in letter_words().first_person):
            labelled = labelled_fields(written, contact=True)
            if name := sole_name(contact.name if contact.phone else labelled.fields.get("name", "")):
                yield self._warned("联系人", _BY_CONTACT, name)
        elif contact.is_of(name):
            labelled = labelled_fields(written, contact=True)
        found, of_postscript = labelled.fields, ""
        if (own := before_another(lines)) is not lines:
            of_postscript = found.get("phone", "")
            found = {**found, "phone": labelled_fields("\n".join(own)).fields.get("phone", "")}
        of_name_above = _phone_below_another(lines, found.get("phone", ""), name)
        found = {**found, "phone": ""} if of_name_above else found
        if table_words().names_nobody(name):
            name = ""
        if at_end := phone_at_end(lines, found.get("phone", ""), name):
            of_postscript, found = found["phone"], {**found, "phone": at_end}
        office = office_letter_in(lines)
        if office is not None:
            yield self._warned(None, _OF_OFFICE if office.name else _OF_OFFICE_ALONE, office.name)
            told = {field: labelled_fields(office.told).fields.get(field, "") for field in _OF_A_PERSON}
            of_postscript = "" if told["phone"] else found.get("phone", "")
            found = found | told | {"number": found.get("number") or office.number}
            found |= {"occurred_on": office.day} if office.day else {}
            name, contact = office.name, Contact()
        id_number, id_problem = id_number_of(found.get("id_number", ""))
        id_problem = id_problem or id_number_doubt(id_number, today=self._received_at.date())
        if id_problem:
            yield self._warned("证件号码", id_problem, found["id_number"])
        of_contact = contact.phone if contact.is_of(name) else ""
        phone, phone_problem = phone_of(found.get("phone", "") or signed.phone or of_contact)
        if phone_problem:
            yield self._warned("联系电话", phone_problem, found["phone"])
        of_others = [*labelled.of_others, *([("联系人", contact.phone)] if contact.phone else [])]
        of_others += [("电话", number) for number in (of_postscript, of_name_above) if number]
        others = [(label, value) for label, value in of_others if not phone or phone_of(value)[0] != phone]
        yield from (self._warned(label, _OF_ANOTHER, value) for label, value in others)
        day = found.get("occurred_on") or signed.day or day_above_salutation(lines)
        day = day or labelled_fields("\n".join(heads)).fields.get("occurred_on", "")
        if day and OFFICE_DAY in found:
            yield self._warned("收文日期", _OFFICE_DAY, found[OFFICE_DAY])
        day = day or found.get(OFFICE_DAY, "")
        moment, problem = _day(day, self._received_at)
        if problem:
            yield self._warned("日期", problem, day)
        if several := _of_several(lines):
            # Whoever is named first is not the petitioner of all.
            name = phone = id_number = ""
            yield self._warned(None, several, "")
        elif not name:
            yield self._warned("姓名", _NO_NAME if phone else _NO_WRITER, "")
        if is_signed_twice(lines):
            yield self._warned(None, _PERHAPS_SEVERAL, name)
        options = {field: chosen_of(_whole_line(written, found.get(field, ""))) for field in WITH_OPTIONS}
        for field, chosen in options.items():
            if chosen.remark:
                yield self._warned(_COLUMNS[field], chosen.remark, found[field])
        # A letter is known again under another file's name, but of a copied text that names nobody only the file's name
        # may say whose it is.
        by_file = not self._titled and bool(name or phone or id_number)
        own_title = "" if by_file else title
        key = found.get("number") or _content_key(own_title, text)
        former = _content_key(title, text) if by_file and not found.get("number") else ""
        name, address = (as_written(one, lines, original) for one in (name, found.get("address", "")))
        raw = RawDocument(
            id=document_id(SOURCE, key, own_title, text),
            channel=Channel.PETITION,
            source=SOURCE,
            external_key=key,
            former_key=former,
            title=title,
            titled_by_file=by_file,
            text=text,
            published_at=moment,
            received_at=self._received_at,
            petitioner=Petitioner(name=name, phone=phone, id_number=id_number, address=address),
            category=options["category"].text,
            purpose=options["purpose"].text,
        )
        record = PetitionRecord(sheet=self._place.label, row=self._row, raw=raw, part=self._place.part)
        yield Accepted(record)

    def _warned(self, column: str | None, reason: str, value: str) -> Warned:
        return Warned(self._place.problem(self._row, column, reason, value))


def _phone_below_another(lines: Sequence[str], phone: str, name: str) -> str:
    """The labelled phone where right above its line stands another name than the writer's and nothing else; else ""."""
    written = [line for line in lines if line.strip()] if phone and name else []
    for above, line in pairwise(written):
        if labelled_fields(line).fields == {"phone": phone}:
            other = signed_by(above)
            return phone if other and other not in name and name not in other else ""
    return ""


def _header_among(lines: Sequence[str]) -> str | None:
    """The line that is the header of a table whose columns are lost, as a page shows it without rulings."""
    for line, below in pairwise(lines):
        words = line.split() if len(line) <= _LONGEST_HEADER else []
        is_row = len(below.split()) >= len(words) - 1
        if len(words) >= _FEWEST_OF_A_HEADER and is_row and are_headers(words):
            return line
    return None


def _of_several(lines: Sequence[str]) -> str:
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
    """The letter's own words on one line, without the head of a mail."""
    _, body = _mail_heads(letter.text.split("\n"))
    return " ".join(" ".join(body).split())


def is_covering_note(words: str) -> bool:
    """True for a short text that beside a register only says what comes with it; nobody speaks of himself in it."""
    known = letter_words()
    if len("".join(words.split())) > known.covering_note or any(word in words for word in known.personal):
        return False
    if any(word in words for word in known.covering):
        return True
    return not (any(word in words for word in (*known.pleas, *known.salutations)) or mobile_in(words))


def announces(words: str) -> bool:
    """True for a covering note that says that something comes with it: 报送台账，请查收."""
    return is_covering_note(words) and any(word in words for word in letter_words().covering)


def asks(words: str) -> bool:
    """True where somebody speaks of himself, or asks for something and is no register's title (困难群众登记表)."""
    of_himself, pleas = letter_words().personal, letter_words().pleas
    return any(word in words for word in (*of_himself, *(() if _REGISTERED in words else pleas)))


def is_head_of_a_form(letter: Letter) -> bool:
    """True for the title, the number and the notes that are printed around a form; the form's record has the number."""
    return all(
        _TITLE.fullmatch(line) or table_words().note.match(line) or labelled_fields(line).fields.keys() == {"number"}
        for line in filter(None, map(str.strip, letter.text.split("\n")))
    )


def _mail_heads(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The head of a mail and the lines below it."""
    heads = tuple(f"{head}:" for head in letter_words().mail_heads)
    count = next((place for place, line in enumerate(lines) if not line.startswith(heads)), len(lines))
    return list(lines[:count]), list(lines[count:])


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
        return None, "日期在今天之后, 已按收到的日子接收, 请核对"
    return found.moment, found.remark
