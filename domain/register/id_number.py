"""What a resident's ID number says by itself (GB 11643-1999): check character, day of birth, sex."""

from datetime import date

from domain.register.household import Sex

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_EARLIEST_BIRTH = date(1880, 1, 1)
"""Nobody who petitions was born before."""


def check_character(first_digits: str) -> str:
    """The eighteenth character that belongs to the first seventeen digits."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_digits[:17], strict=True))
    return _CHECKS[total % 11]


def is_old(number: str) -> bool:
    """True for the fifteen digits that were issued until 1999."""
    return len(number) == 15 and _is_digits(number)


def is_whole(number: str) -> bool:
    """True for seventeen digits with a check character, right or not, and for the old fifteen digits."""
    return is_old(number) or (len(number) == 18 and _is_digits(number[:17]) and number[17] in "0123456789X")


def has_right_check(number: str) -> bool:
    """True when the check character of eighteen is right; the old numbers have none."""
    return len(number) == 18 and is_whole(number) and check_character(number) == number[17]


def eighteen(number: str) -> str:
    """The number as it has been written since 1999: an old one with the century and its check character."""
    if not is_old(number):
        return number
    digits = f"{number[:6]}19{number[6:]}"
    return digits + check_character(digits)


def born_on(number: str) -> date | None:
    """The day of birth; None when the number is not whole or there is no such day."""
    if not is_whole(number):
        return None
    digits = eighteen(number)[6:14]
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def id_number_problem(number: str, *, today: date) -> str | None:
    """What is wrong with an ID number of eighteen in capitals, as a Chinese sentence; None when nothing is."""
    if len(number) != 18 or not is_whole(number):
        return f"身份证号应是17位数字加1位数字或X, 现有{len(number)}位, 请核对"
    born = born_on(number)
    if born is None or not _EARLIEST_BIRTH <= born <= today:
        return "身份证号里的出生日期不对, 请核对第7至14位"
    if not has_right_check(number):
        return "身份证号的最后一位(校验位)对不上, 多为有一位抄错或认错, 请对照证件核对"
    return None


def sex_of(number: str) -> Sex:
    """Odd seventeenth digit: male; even: female."""
    if not is_whole(number):
        return Sex.UNKNOWN
    return Sex.MALE if int(eighteen(number)[16]) % 2 else Sex.FEMALE


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdecimal()
