"""A statement that a village committee signs as a body: whoever is its contact is no petitioner."""

import re
from collections.abc import Sequence
from functools import cache

from importers.letters.labels import labelled_fields
from importers.letters.signatures import introduced_in, is_end, signature_of, signed_by
from importers.values.identifiers import mobile_in
from importers.words.letter_words import letter_words
from importers.words.word_patterns import any_of

OF_A_BODY = (
    "落款是村委会一类的组织, 没有把联系人、经办人当作信访人; 是替谁反映的请在回执Excel的「信访人」一栏补填后再交"
)
_END_LINES = 5
_SEAL = re.compile("[(\uff08].?章[)\uff09]")
_LABEL = re.compile("[:\uff1a]")


def statement_in(lines: Sequence[str]) -> Sequence[str] | None:
    """What such a body states that signs at the end, with its contact or as a statement; None where others may write.

    Below 此致 it is whom a petitioner addresses; where he speaks of himself or signs above, it confirms what he says.
    """
    written = [line.strip() for line in lines if line.strip()]
    first = max(0, len(written) - _END_LINES)
    place = next((at for at in range(first, len(written)) if _body().fullmatch(written[at])), 0)
    if not place or any(line.startswith(letter_words().addressing) for line in written[first:]):
        return None
    is_stated = _is_of_body(written, place) and not _may_be_a_persons(written, place)
    return written[:place] if is_stated else None


def _is_of_body(written: Sequence[str], place: int) -> bool:
    """True where the body speaks as one and states something, or its contact or head stands below."""
    words, text, below = letter_words(), "\n".join(written), "\n".join(written[place + 1 :])
    is_stated = any(word in text for word in words.statements)
    is_contact = any(word in below for word in words.contacts_of_bodies)
    speaks = any(word in text for word in words.own_bodies) or _SEAL.search(written[place]) is not None
    return (is_contact and (is_stated or speaks)) or (is_stated and speaks)


def _may_be_a_persons(written: Sequence[str], place: int) -> bool:
    """True where somebody speaks of himself, is named as who petitions, or more than a signature stands below."""
    words, text, above, below = letter_words(), "\n".join(written), written[:place], written[place + 1 :]
    signs = any(words.representative.match(line) or words.sign.match(line) for line in below) or _signs_beside(below)
    signer = signature_of(below).name
    signs = signs or bool(signer and signer in "\n".join(above)) or any(word in text for word in words.accusing)
    told = labelled_fields("\n".join(below)).fields
    is_told = any(told.get(field) for field in ("id_number", "address")) or not all(map(_may_sign, below))
    is_named = bool(labelled_fields(text).fields.get("name") or introduced_in(text) or signature_of(above).name)
    return signs or is_told or is_named or words.speaking_beside_bodies.search(text) is not None


def _signs_beside(below: Sequence[str]) -> bool:
    """True where one of the lines is signed with a name that is no contact's, or by a villager or a daughter."""
    contacts = [line for line in below if any(word in line for word in letter_words().contacts_of_bodies)]
    signed = {line: name for line in below if line not in contacts and (name := signed_by(line))}
    return any(contacts or not _is_alone(name, line) for line, name in signed.items())


def _is_alone(name: str, line: str) -> bool:
    """True for a name with nothing before it, and behind it at most numbers."""
    return "".join(re.sub(r"[(\uff08\d].*", "", line).split()) == name


def _may_sign(line: str) -> bool:
    """True for what may stand below such a signature: a name, a phone, a day, a contact."""
    return is_end(line) or bool(signed_by(line) or mobile_in(line) or _LABEL.search(line))


@cache
def _body() -> re.Pattern[str]:
    bodies = any_of(letter_words().bodies)
    return re.compile(
        rf"[\u4e00-\u9fff]{{0,16}}(?:{bodies})\s*(?:[(\uff08].{{0,4}}[)\uff09])?\s*(?:\d{{4}}.{{0,12}}[日号]?)?\s*"
    )
