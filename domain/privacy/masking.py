"""How identifying values look on screens and in logs."""

import re

_PHONE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")
_ID_NUMBER = re.compile(
    r"(?<!\d)(\d{6})(\d{8}(?=\d{3}[\dXxＸｘ×](?!\d))"
    r"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r"(?=\d{3}(?:\d{2,3})?(?!\d)|\d{3}[Xx]\d\d(?!\d)))"
)
"""Eighteen characters; with a day of birth also a digit too few or too many, and those of a disability card.

Fifteen and sixteen digits are the number of a household as often as an old or damaged ID number, and stay.
"""


def mask_phone(phone: str) -> str:
    """The phone with its middle four digits hidden: 138****0000; other numbers keep their last two digits."""
    if _PHONE.fullmatch(phone):
        return f"{phone[:3]}****{phone[-4:]}"
    return "*" * max(len(phone) - 2, 0) + phone[-2:]


def mask_id_number(number: str) -> str:
    """The ID number with the birth date hidden: 141124********0000."""
    return f"{number[:6]}{'*' * max(len(number) - 10, 0)}{number[-4:]}" if len(number) > 10 else "*" * len(number)


def mask_name(name: str) -> str:
    """The surname and one asterisk for each further character: 庞**."""
    return name[:1] + "*" * (len(name) - 1)


def mask_text(text: str) -> str:
    """The text with every phone and ID number in it masked; its length stays the same, so offsets stay true."""
    hidden = _ID_NUMBER.sub(lambda found: found[1] + "*" * len(found[2]), text)
    return _PHONE.sub(lambda found: f"{found[1]}****{found[2]}", hidden)
