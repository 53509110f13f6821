"""What a writer adds below his signature (又及: …): it hides neither the name and day above nor his own phone in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from importers.letters.signatures import Signature, is_end, signature_of, signed_by
from importers.values.identifiers import mobile_in
from importers.words.letter_words import letter_words
from importers.words.word_patterns import any_of

_LONGEST_OF_PHONE = 30
"""Characters of a line with a phone that may stand between the signature and the postscript."""
_LINES_OF_SIGNATURE = 4
_BEHIND_MARK = ":\uff1a,\uff0c \t\u3000\n"
_PIECE = re.compile(r"[\u3002!\uff01?\uff1f,\uff0c;\uff1b\s]")


@dataclass(frozen=True, slots=True)
class Postscript:
    """Where the postscript of a letter begins, and how far its first word reaches."""

    line: int
    mark: int
    is_tail: bool = False
    """True for what comes with the letter or who else gets it (附：, 抄送：): no words of the writer about himself."""


def postscript_in(lines: Sequence[str]) -> Postscript | None:
    """The first line that begins with a word of postscripts directly below a signature or a day; None without one."""
    mark = re.compile(rf"\s*(?:{any_of(letter_words().postscripts)})[:\uff1a,\uff0c\s]\s*", re.IGNORECASE)
    above = ""
    for place, line in enumerate(lines):
        if above and (found := mark.match(line)) and _is_signed(above):
            return Postscript(place, found.end(), found[0].strip(_BEHIND_MARK) in letter_words().tails)
        is_phone = bool(mobile_in(line)) and len(line) <= _LONGEST_OF_PHONE
        above = line if line.strip() and not is_phone else above
    return None


def without_mark(text: str) -> tuple[str, int, bool]:
    """The text with blanks for the word that its postscript begins with, where that begins, and whether it is a tail.

    The text itself and its end without one.
    """
    lines = text.split("\n")
    found = postscript_in(lines)
    if found is None:
        return text, len(text), False
    start = sum(len(line) + 1 for line in lines[: found.line])
    return text[:start] + " " * found.mark + text[start + found.mark :], start, found.is_tail


def is_anothers(before: str, *, tail: bool) -> bool:
    """True where a phone in a postscript follows, without a mark between, somebody of the family or a friend.

    In a tail also within a line that begins with other words than its label.
    """
    line = before.rsplit("\n", 1)[-1].strip()
    within = tail and bool(line) and not any(word in line for word in letter_words().own)
    return within or any(word in _PIECE.split(before)[-1] for word in letter_words().relatives)


def signature_above(lines: Sequence[str], *, representatives: bool = True) -> Signature:
    """The signature of the last lines, or of those above a postscript where a name stands there."""
    below = signature_of(lines, representatives=representatives)
    found = postscript_in(lines)
    if found is None:
        return below
    end = lines[: found.line]
    above = signature_of(end, representatives=representatives)
    if found.is_tail and (above.name or above.day):
        phone = below.phone if above.name and below.name in ("", above.name) else ""
        return Signature(above.name or below.name, above.day or below.day, above.phone or phone)
    is_dated = bool(signature_of(lines[found.line :]).day)
    if above.name and below.name not in ("", above.name) and (is_dated or not _is_complete(end, above)):
        # A second letter, or a bare name that was only listed above.
        return below
    if not above.name:
        return Signature(below.name, below.day or above.day, below.phone or above.phone)
    # Whoever else is named below brings his own phone.
    phone = below.phone if below.name in ("", above.name) else ""
    return Signature(above.name, above.day or below.day, above.phone or phone)


def before_another(lines: Sequence[str]) -> Sequence[str]:
    """The lines up to a postscript that names somebody else than the signature above it; all of them otherwise."""
    found = postscript_in(lines)
    if found is None:
        return lines
    below, signer = signature_of(lines[found.line :]).name, signature_above(lines).name
    return lines[: found.line] if signer and below not in ("", signer) else lines


def _is_complete(lines: Sequence[str], signature: Signature) -> bool:
    """True for a signature with a day, a phone, a label or a closing: a bare name may end a list of others."""
    written = [line for line in lines if line.strip()][-_LINES_OF_SIGNATURE:]
    return bool(signature.day or signature.phone) or any(is_end(line) for line in written)


def _is_signed(line: str) -> bool:
    closing = "".join(line.split()).rstrip("!\uff01\u3002") in letter_words().closings
    return not closing and (is_end(line) or bool(signed_by(line)))
