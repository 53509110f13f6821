"""Numbers that look like a person's and cannot be anybody's ID number: the checksum is always wrong (GB 11643-1999)."""

from random import Random

from domain.register.household import Sex

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_PREFIXES = ("134", "135", "136", "138", "139", "150", "151", "152", "155", "157", "159", "182", "183", "187", "188")


def checksum(digits: str) -> str:
    """The right last character for the first seventeen digits of an ID number."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11]


def wrong_id_number(dice: Random, county: str, birth_year: int, sex: Sex) -> str:
    """An ID number of the county with this year and sex whose last character is not the right one."""
    order = int(dice.random() * 499) * 2 + (1 if sex is Sex.MALE else 2)
    day = f"{1 + int(dice.random() * 12):02d}{1 + int(dice.random() * 28):02d}"
    digits = f"{county}{birth_year}{day}{order:03d}"
    right = _CHECKS.index(checksum(digits))
    return digits + _CHECKS[(right + 1 + int(dice.random() * 10)) % 11]


def invented_phone(dice: Random) -> str:
    """A mobile number of eleven digits."""
    return f"{_PREFIXES[int(dice.random() * len(_PREFIXES))]}{int(dice.random() * 1e8):08d}"
