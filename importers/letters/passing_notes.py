"""The note by which an office passes a letter on, above that letter in one text: nobody in it is the petitioner."""

import re
from collections.abc import Sequence
from dataclasses import replace

from importers.letters.labels import contact_in, labelled_fields
from importers.letters.mail_threads import MailWords, hands_on, is_signed_by_office, name_in, says_something
from importers.letters.office_letters import office_letter_in
from importers.letters.signatures import is_end, is_salutation, signature_of, signed_by
from importers.values.identifiers import mobile_in
from importers.words.letter_words import letter_words

PASSED_ON = (
    "信的上面是转交这封信的话, 不是写信人的, 其中的姓名、电话和日期没有采用; "
    "是写信人的请在回执Excel的「信访人」「联系电话」两栏补填后再交"
)
_HEAD_LINES = 12
_ADDRESSEE = re.compile(r"[^:\uff1a,\uff0c\u3002]{1,12}[:\uff1a]\s*")
_SENTENCE = re.compile("[\u3002!\uff01;\uff1b,\uff0c]")
_READ = re.compile("(?:[请呈望送].{0,12})?阅[处示办批知研]")
_PASSED = re.compile(
    "(?:现|兹|特|随信)?将.{0,20}(?:来信|信件|来访|信访|反映|材料|邮件|诉求).{0,6}转[上去来交呈给送办发请达报].{0,12}"
    "|[现已]?转[你贵].{0,8}"
)
_PASSED_LONG = re.compile("现将.{1,40}(?:来信|信件|信访|反映).{0,40}转[去来交呈给送办发]")
_LONGEST_COVER = 600
_LAST_LINES = 3
"""Written lines among which the office signs."""
_OF_A_PERSON = re.compile(r"(?<!\d)(?:1[3-9](?:[ -]?\d){9}|\d{15}|\d{17}[\dXx])(?!\d)")
_NUMBER = re.compile(r"[\d\s-]*")
_ASKED = re.compile("[请望].{0,12}")


def without_note(mail: MailWords) -> MailWords:
    """The mail without a short note above its salutation that passes the letter on; said, and kept above.

    Unchanged where the words above may be the writer's own: they say anything else, or name nobody but whoever the
    letter does.
    """
    greets = [at for at, line in enumerate(mail.lines[:_HEAD_LINES]) if at and is_salutation(line)]
    place = next((at for at in reversed(greets) if _is_note(mail.lines[:at]) and _is_anothers(mail.lines, at)), None)
    if place is None or office_letter_in(mail.lines) is not None:
        return mail
    remark = "; ".join(filter(None, (mail.remark, PASSED_ON)))
    return replace(mail, lines=mail.lines[place:], above=[*mail.above, *mail.lines[:place]], remark=remark)


def is_cover_of(note: Sequence[str], letter: Sequence[str]) -> bool:
    """True for an office's letter that passes on the one below it, whose writer it names: 现将张三来信…转去."""
    text, name = "\n".join(note), name_in(letter)
    is_passing = office_letter_in(note) is not None or _PASSED_LONG.search(text) is not None
    # A villager who writes to an office names it above, and signs himself.
    end = [line.strip() for line in note if line.strip()][-_LAST_LINES:]
    is_signed = any(line.endswith(letter_words().signing_offices) for line in end) and not signature_of(note).name
    is_offices = is_passing and is_signed
    is_personal = letter_words().speaking_of_himself.search(text) is not None
    return bool(name) and name in text and is_offices and not is_personal and len(text) <= _LONGEST_COVER


def _is_note(lines: Sequence[str]) -> bool:
    """True for a few lines that pass something on, ask to see to it, and say nothing else but who does."""
    text, known = "\n".join(lines), letter_words()
    is_short = len("".join(text.split())) <= known.covering_note
    of_persons = (*known.speaking_for_many, *known.relatives)
    if not is_short or not hands_on(lines) or any(word in text for word in of_persons):
        return False
    said = [piece for line in lines if not _is_beside(line) for piece in _pieces(line)]
    is_passing = any(_READ.fullmatch(piece) or _PASSED.fullmatch(piece) for piece in said)
    return is_passing and all(map(_may_be_said, said)) and (_is_read(said) or not _may_be_a_persons(lines))


def _is_read(said: Sequence[str]) -> bool:
    """True where somebody is asked to read it, as officials write."""
    return any(map(_READ.fullmatch, said))


def _may_be_a_persons(lines: Sequence[str]) -> bool:
    """True for the number of a mobile or of an identity card and no office: a son or a neighbour who can be reached."""
    return any(map(_OF_A_PERSON.search, lines)) and not is_signed_by_office(lines)


def _is_beside(line: str) -> bool:
    """True for whom the note addresses, who signs it, his office, his phone."""
    is_contact = bool(contact_in(line).name) or labelled_fields(line).fields.keys() == {"phone"}
    is_office = letter_words().signing_office.fullmatch(line.strip()) is not None
    return bool(_NUMBER.fullmatch(line)) or is_salutation(line) or _signs(line) or is_contact or is_office


def _pieces(line: str) -> list[str]:
    said = _ADDRESSEE.sub("", line.strip(), count=1)
    return [piece for part in _SENTENCE.split(said) if (piece := part.strip()) and not _signs(piece)]


def _may_be_said(piece: str) -> bool:
    is_plea = _ASKED.fullmatch(piece) and any(piece.endswith(word) for word in letter_words().seeing_to)
    return bool(_READ.fullmatch(piece) or _PASSED.fullmatch(piece) or is_plea)


def _signs(line: str) -> bool:
    return is_end(line) or bool(signed_by(line))


def _is_anothers(lines: Sequence[str], place: int) -> bool:
    """True where the letter says who wrote it, and whoever signs or dates the note is somebody else."""
    note, letter = lines[:place], lines[place:]
    if not name_in(letter) or not says_something(letter):
        return False
    name, phones = name_in(note) or contact_in("\n".join(note)).name, [*filter(None, map(mobile_in, note))]
    if any(word in line for word in filter(None, (name, *phones)) for line in letter):
        return False
    return bool(name) or (not phones and any(map(is_end, note)))
