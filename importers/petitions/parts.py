"""The parts of a delivered file in their order: what each says, and what of a member nobody understands."""

from collections.abc import Iterator
from datetime import datetime

from importers.entries import Accepted, Delivered, Entry, Headed, Rejected, Warned
from importers.formats.parts import Form, Letter, Part, RefusedPart, Table
from importers.headers.register_layouts import IS_REGISTER
from importers.letters.kinds import announces, asks, counts_letters, is_covering_note, is_head_of_a_form, words_of
from importers.letters.reading import read_letter
from importers.petitions.annexes import annex_of, announces_names, lists_wages_of, signers_for_wages
from importers.petitions.continued_letters import continued
from importers.petitions.filled_forms import DAY_BESIDE, petitioner_of, read_form
from importers.petitions.form_surroundings import NO_DAY, day_beside, without_line_of
from importers.petitions.tables import DeliveredTables, Stranger
from importers.profiles import Profiles
from importers.table_place import TablePlace, told_headers

_NO_REGISTER = "这个表里没有信访登记的表头, 没有导入; 是登记表的请补上表头后重新提交, 不是的不需要处理"
_PERSONS = (
    "这个表有人员的信息, 没有找到写反映内容的那一列, 整个表没有导入; "
    "是信访登记表的请把那一列的表头改成「反映内容」后重新提交, 不是的不需要处理"
)
_OF_LETTER = "这个表不是登记表, 已接在信的后面一并接收; 是登记表的请单独提交"
_NO_MEMBER = (
    "没有找到写反映内容的那一列, 这个文件没有导入; "
    "是信访登记表的请把那一列的表头改成「反映内容」后重新提交, 不是的不需要处理"
)
_UNPARTED = "看不出各列是用什么符号分开的; 请用WPS打开, 另存为xlsx后再提交"
_NO_MATTER = "没有找到写反映内容的那一列{seen}; 请把那一列的表头改成「反映内容」后重新提交, 或在网页上传, 逐列确认一次"
_CARDS = (
    "这个表每一格是一个人的登记卡, 没有列, 没有导入; 请做成一行一件、带表头的表格后重新提交, 或每张卡存成一个文件后提交"
)
_MATTER_ALONE = (
    "只认出写反映内容的一列, 还要有编号、姓名、日期等列中的一列{seen}; "
    "请给它们补上表头后重新提交, 或在网页上传, 逐列确认一次"
)
_COVERING_NOTE = "这段文字当作随附说明, 没有导入; 如果它是一件信访, 请单独提交"
_NOTHING = "没有任何内容, 请检查是否导出了空表"


class DeliveredParts:
    """Reads the parts of one file."""

    def __init__(self, *, received_at: datetime, profiles: Profiles) -> None:
        """For a file that came in at `received_at`."""
        self._received_at = received_at
        self._tables = DeliveredTables(received_at=received_at, profiles=profiles)
        self._member = ""
        self._member_understood = False
        self._letters: list[Letter] = []
        self._accepted_in: set[str] = set()
        self._letters_in: set[str] = set()
        self._said_in: set[str] = set()
        self._forms_in: set[str] = set()
        self._dated_in: dict[str, str] = {}
        """By part the day that its form has from the words beside it."""
        self._form: Form | None = None
        """The only form of its part so far; whether words beside it belong to it is known once they have come."""
        self._refused_in: set[str] = set()
        """Parts with a table that cannot be read."""
        self.understood = False
        """True once a part was one of petitions, or could be named as one to be mended."""
        self.problem = _NOTHING
        """Why nothing was understood."""

    def read(self, part: Part) -> Iterator[Delivered]:
        """Every entry of the part, and of those before it that had to wait for it."""
        is_beside = isinstance(part, Letter) and self._form is not None and self._form.part == part.part
        if not is_beside or self._letters:
            yield from self._flush(part.part)
        if part.part != self._member:
            yield from self._end_member()
            self._member, self._member_understood = part.part, False
        if not isinstance(part, Letter):
            self._said_in.add(part.part)
        for entry in self._entries(part):
            if isinstance(entry, Accepted):
                self._accepted_in.add(part.part)
            if not isinstance(entry, Warned | Headed):
                self._member_understood = True
            yield entry
        self._member_understood = self._member_understood or self._tables.understood
        self.understood = self.understood or self._member_understood

    def end(self) -> Iterator[Entry]:
        """What had to wait for the end of the file."""
        yield from self._flush(None)
        yield from self._end_member()

    def _entries(self, part: Part) -> Iterator[Delivered]:
        match part:
            case Table():
                yield from self._tables.read(part)
            case Letter():
                joined = continued(self._letters[-1], part) if self._letters else None
                self._letters[-1:] = [joined] if joined is not None else [*self._letters[-1:], part]
            case Form():
                # The first one waits for the words beside it, which may be its petitioner's letter.
                if part.part in self._forms_in:
                    yield from read_form(part, received_at=self._received_at)
                else:
                    self._form = part
                self._forms_in.add(part.part)
            case RefusedPart():
                place = TablePlace(part.part, part.sheet)
                if part.sheet and not part.harmless:
                    self._refused_in.add(part.part)
                problem = place.problem(part.row or 1, None, part.reason, "")
                yield Warned(problem) if part.harmless else Rejected(problem)

    def _flush(self, following: str | None) -> Iterator[Entry]:
        """The letters beside which nothing more can come: whether they are covering notes is known now."""
        yield from self._form_alone_or_with_letter()
        # What lies within comes first: whether words around it are a covering note depends on it.
        waiting, self._letters = sorted(self._letters, key=_depth, reverse=True), []
        for letter in waiting:
            words = words_of(letter)
            is_count = bool(letter.part) and counts_letters(words)
            goes_with_others = is_count or (bool(letter.part) and announces(words))
            if following is not None and (goes_with_others or _within(following, letter.part)):
                self._letters.append(letter)
                continue
            beside = any(_within(part, letter.part) for part in self._said_in)
            if beside and not words:
                continue
            if self._is_title_of_a_table(letter, words):
                continue
            self.understood = self._member_understood = True
            without_day = without_line_of(letter, self._dated_in.get(letter.part, ""))
            if letter.part in self._forms_in and is_head_of_a_form(without_day):
                continue
            around = any(_within(part, letter.part) for part in self._accepted_in) or any(
                part != letter.part and _within(part, letter.part) for part in self._letters_in
            )
            around = around or (goes_with_others and bool(self._accepted_in)) or (is_count and bool(self._letters_in))
            if around and is_covering_note(words):
                yield Warned(TablePlace(letter.part, "").problem(1, None, _COVERING_NOTE, words))
            else:
                self._letters_in.add(letter.part)
                belonging = self._tables_of(letter)
                yield from (Warned(one.problem(_OF_LETTER)) for one in belonging)
                beneath = "\n".join(one.words for one in belonging)
                yield from read_letter(letter, beneath, received_at=self._received_at)

    def _form_alone_or_with_letter(self) -> Iterator[Entry]:
        """The form that waited, with its petitioner's letter where one stands beside it."""
        form, self._form = self._form, None
        if form is None:
            return
        letter = next((one for one in self._letters if one.part == form.part), None)
        petitioner = petitioner_of(form) if letter is not None else None
        annex = annex_of(letter, form, petitioner) if letter is not None and petitioner is not None else ""
        if annex and letter is not None:
            self._letters.remove(letter)
            if letter.note:
                yield Warned(TablePlace(form.part, form.sheet).problem(1, None, letter.note, ""))
        self.understood = self._member_understood = True
        beside = NO_DAY if letter is None or annex else day_beside(letter, received_at=self._received_at)
        for entry in read_form(form, annex, beside, received_at=self._received_at):
            if isinstance(entry, Accepted):
                self._accepted_in.add(form.part)
                if entry.record.raw.fields.get(DAY_BESIDE, "") == beside.day != "":
                    self._dated_in[form.part] = beside.day
            yield entry

    def _is_title_of_a_table(self, letter: Letter, words: str) -> bool:
        """True for nothing but the title beside a table that is refused or not understood: of it all is said there."""
        beside = letter.part in self._refused_in or (letter.part == self._member and bool(self._tables.strangers))
        return beside and letter.part not in self._accepted_in and is_head_of_a_form(letter) and not asks(words)

    def _tables_of(self, letter: Letter) -> list[Stranger]:
        """The tables that are part of what the letter says, such as one of costs; they are no strangers any more."""
        if letter.part != self._member or letter.part in self._accepted_in:
            return []
        lists_names, signers = announces_names(letter), signers_for_wages(letter)
        belonging = [
            one
            for one in self._tables.strangers
            if one.rows and _goes_with(one, lists_persons=lists_names or lists_wages_of(signers, one))
        ]
        self._tables.strangers = [one for one in self._tables.strangers if one not in belonging]
        return belonging

    def _end_member(self) -> Iterator[Entry]:
        """What is to be said about tables that are none of petitions."""
        strangers, self._tables.strangers = self._tables.strangers, []
        for one in list(strangers):
            if (zero := self._tables.zero_report(one)) is not None:
                strangers.remove(one)
                self.understood = True
                yield zero
        if self._member_understood:
            yield from map(_beside_petitions, strangers)
        elif strangers and self._member:
            self.understood = True
            first = strangers[0]
            yield Rejected(first.problem(_why_member(first)))
        elif strangers:
            first = strangers[0]
            where = f"工作表 {first.place.sheet} " if first.place.sheet else ""
            place = f"{where}第{first.row}行起" if first.row else "这个JSON文件"
            self.problem = f"{place}: {_why(first)}"


def _beside_petitions(table: Stranger) -> Entry:
    """What is said of a table that is none of petitions beside others that are."""
    if table.is_register:
        return Rejected(table.problem(IS_REGISTER))
    if table.is_of_cards:
        return Rejected(table.problem(_CARDS))
    if table.names_persons and table.missing:
        return Rejected(table.problem(_PERSONS))
    return Warned(table.problem(_NO_REGISTER))


def _goes_with(table: Stranger, *, lists_persons: bool) -> bool:
    """True for a table of costs and the like, and for one of persons that a letter `lists_persons` with."""
    return not (table.names_persons and table.missing) or (lists_persons and not table.is_register)


def _depth(letter: Letter) -> int:
    return letter.part.count("/") + 1 if letter.part else 0


def _why(table: Stranger) -> str:
    """Why the only table of a file is none of petitions, and what to do."""
    if table.is_register:
        return IS_REGISTER
    if table.is_unparted:
        return _UNPARTED
    if table.is_of_cards:
        return _CARDS
    return (_NO_MATTER if table.missing else _MATTER_ALONE).format(seen=told_headers(table.found))


def _why_member(table: Stranger) -> str:
    """The same of a member of an archive, which may be none of petitions by right."""
    is_plain = table.missing and not (table.is_register or table.is_unparted or table.is_of_cards)
    return _NO_MEMBER if is_plain else _why(table)


def _within(part: str, container: str) -> bool:
    return not container or part == container or part.startswith(f"{container}/")
