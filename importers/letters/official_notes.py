"""What an official writes below a letter (批示：…, 请民政办阅处), whose name and day are not the letter's."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import islice

from importers.letters.labels import labelled_fields
from importers.letters.mail_threads import says_something
from importers.letters.signatures import is_end, signature_of, signed_by
from importers.values.identifiers import mobile_in
from importers.words.letter_words import letter_words
from importers.words.word_patterns import any_of

OF_OFFICIAL = (
    "信的下面是机关的批示, 不是写信人的, 其中的姓名、电话和日期没有采用; "
    "是写信人的请在回执Excel的「信访人」「联系电话」两栏补填后再交"
)
_MOST_LINES = 4
"""Written lines of a note."""
_LINES_OF_SIGNATURE = 4
_ENDS = ("\u3002", "!", "\uff01", "?", "\uff1f")
_HEADS_A_LIST = (":", "\uff1a", "是", "为", "有", "名单", "如下")


def without_official_note(lines: Sequence[str]) -> Sequence[str]:
    """The lines above an official's note that stands directly below the end of the letter; all of them without one.

    Whoever signed the letter signs no such note: his own words below his name stay, and a plea above the only name.
    """
    start = max(0, len(lines) - 3 * _MOST_LINES)
    places = (at for at in range(start, len(lines)) if _label().match(lines[at]) or _asked().search(lines[at]))
    return next((lines[:at] for at in places if _is_note(lines[:at], lines[at:])), lines)


def _is_note(own: Sequence[str], note: Sequence[str]) -> bool:
    is_short = len([line for line in note if line.strip()]) <= _MOST_LINES
    return is_short and _is_ended(own) and not _may_be_writers(note) and _is_of_another(own, note)


def _is_ended(lines: Sequence[str]) -> bool:
    """True where one person signs a letter with a matter at its end: a list of people is none."""
    end = [*islice((line.strip() for line in reversed(lines) if line.strip()), _LINES_OF_SIGNATURE)]
    signed = [*filter(None, map(signed_by, end))]
    is_end_of_letter = bool(end) and (is_end(end[0]) or (bool(mobile_in(end[0])) and bool(signature_of(lines).name)))
    return is_end_of_letter and len(set(signed)) <= 1 and not _is_listed(end) and says_something(lines)


def _is_listed(end: Sequence[str]) -> bool:
    """True where a heading such as 受灾户： or 责任人是 stands above the name, which then signs nothing."""
    place = max((at for at, line in enumerate(end) if signed_by(line)), default=-1)
    above = end[place + 1] if 0 <= place < len(end) - 1 else ""
    is_labelled = place >= 0 and letter_words().sign.match(end[place]) is not None
    return not is_labelled and above.endswith(_HEADS_A_LIST)


def _may_be_writers(note: Sequence[str]) -> bool:
    """True for words of a petitioner: he speaks of himself, signs with a label, or says who or where he is."""
    words, text = letter_words(), "\n".join(note)
    is_own = words.speaking_of_himself.search(text) is not None or any(word in text for word in words.personal)
    is_signed = any(words.sign.match(line.strip()) or words.representative.match(line.strip()) for line in note)
    fields = labelled_fields(text).fields
    return is_own or is_signed or any(fields.get(field) for field in ("name", "phone", "id_number", "address"))


def _is_of_another(own: Sequence[str], note: Sequence[str]) -> bool:
    """True where somebody else signs the note, not with a mobile number as petitioners do, or a label says what it is.

    Below a letter that nobody signed only a label says so.
    """
    writer, signer = signature_of(own), signature_of(note)
    is_labelled = _label().match(note[0]) is not None
    if (signer.name and signer.name in writer.name) or not (writer.name or (is_labelled and writer.day)):
        return False
    told = labelled_fields("\n".join(note)).fields
    if told.get("number") or (told.get("occurred_on") and not writer.day):
        # Of the letter, on a form.
        return False
    if any(map(mobile_in, note)):
        return is_labelled and bool(signer.name)
    return bool(signer.name or signer.day) if is_labelled else bool(signer.name) and _is_signed_plainly(own)


def _is_signed_plainly(own: Sequence[str]) -> bool:
    """True where a sentence or a closing ends above the name, with a label of signers, a place or nothing before it.

    A witness, a patient, an accused, or who says 情况属实, signs no letter.
    """
    written = [line.strip() for line in own if line.strip()]
    place = next((at for at in range(len(written) - 1, 0, -1) if signed_by(written[at])), 0)
    name, label = signed_by(written[place]), letter_words().sign.match(written[place])
    above = written[place - 1] if place else ""
    if label is not None:
        return True
    is_alone = letter_words().place.sub("", _beside_name(written[place])) in (name, "")
    is_ended = above.endswith(_ENDS) or is_end(above)
    return is_alone and is_ended and not any(word in above for word in letter_words().confirming)


def _beside_name(line: str) -> str:
    """The line without what may stand behind the name: brackets, a day, numbers."""
    return "".join(re.split(r"[(\uff08\d]", line, maxsplit=1)[0].split())


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:领导)?(?:{any_of(letter_words().note_labels)})(?:意见|内容)?\s*[:\uff1a]")


@cache
def _asked() -> re.Pattern[str]:
    """Matches 请民政办樊丽同志阅处, 请信访办核实: whom the official asks, and nothing about what."""
    whom, what = any_of(letter_words().asked_offices), any_of(letter_words().seeing_to)
    return re.compile(
        rf"^\s*[请由][^\u3002\uff0c,]{{0,12}}(?:同志|{whom})[^\u3002\uff0c,]{{0,6}}(?:{what})\s*(?:$|[\u3002\s])"
    )
