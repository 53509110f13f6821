"""Phones, ID numbers and amounts of money in a text, each normalised."""

import re
from collections.abc import Iterator

from domain.mention import ValueMention
from nlp.chinese_numbers import NUMERAL, lower_bound

# Groups of 3-4-4 digits may be set apart; a mask of asterisks keeps the first three and the last four.
_PHONE = re.compile(
    r"(?<![\d*])(?:\+?86[- ]?)?(1[3-9]\d(?:[- ]?\d{4}[- ]?\d{4}|[*＊×xX]{4}\d{4}))(?![\d*])"
    r"|(?<![\d*\-.])(0\d{2,3}[-－— ]?\d{7,8})(?![\d*\-])"
    r"|(?:电话|座机|联系方式)[是为:： ]{0,2}(\d{7,8})(?!\d)"
)
_DATE = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
# A disability certificate is the ID number, then one digit of kind and one of grade.
_ID_NUMBER = re.compile(
    rf"(?<![\d*])([1-9]\d{{5}}(?:18|19|20)\d{{2}}{_DATE}\d{{3}}[\dXx])(?:[1-7][1-4])?(?![\d*])"
    rf"|(?<![\d*])([1-9]\d{{5}}\d{{2}}{_DATE}\d{{3}})(?![\d*])"
    r"|(?<![\d*])([1-9]\d{2,5}[*＊×xX]{6,14}\d{2,3}[\dXx])(?![\d*])"
)
_HIDDEN = str.maketrans("＊×xX", "****")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")

# The unit of money: 块, 元, 万元; a bare 万 counts only where the clause speaks of money.
_AMOUNT = re.compile(
    rf"({NUMERAL})\s?(?:(多|余|来|几)?\s?(万|亿|千|百)?\s?(多|余|来)?\s?(?:元|块钱|块|圆|人民币)(?![素旦月件板首状])"
    rf"|(多|余|来|几)?(万|亿)(多|余)?(?![\d元块人斤亩公吨户头只株棵平米字次名册辆里千百]))"
)
_MONEY = re.compile(
    r"[花欠借贷赔款费钱债价付交补捐挣亏损罚]|收入|工资|报销|支出|定金|押金|存折|利息|赚|攒|凑|治病|手术|住院|外债|饥荒"
)
_CLAUSE_REACH = 24
_SCALES = {"百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}


def find_phones(content: str) -> tuple[ValueMention, ...]:
    """Mobile and landline numbers; the value is their digits, with asterisks where the text hides some."""
    found = []
    for match in _PHONE.finditer(content.translate(_HALF_WIDTH)):
        group = next(number for number in (1, 2, 3) if match[number])
        value = "".join(sign for sign in match[group] if sign not in " -－—").translate(_HIDDEN)
        found.append(_mention(content, match.start(group), match.end(group), value))
    return tuple(found)


def find_id_numbers(content: str) -> tuple[ValueMention, ...]:
    """Resident ID numbers of 18 or 15 digits, also masked ones; of a disability certificate the ID number in it."""
    found = []
    for match in _ID_NUMBER.finditer(content.translate(_HALF_WIDTH)):
        number = next(group for group in match.groups() if group)
        value = number[:-1].translate(_HIDDEN) + number[-1].upper()
        found.append(_mention(content, match.start(), match.end(), value))
    return tuple(found)


def find_amounts(content: str) -> tuple[ValueMention, ...]:
    """Amounts of money in yuan; an indefinite one gives its lower bound: 十几万 is 100000, 5000多块 is 5000."""
    return tuple(_amounts(content))


def _amounts(content: str) -> Iterator[ValueMention]:
    for match in _AMOUNT.finditer(content.translate(_HALF_WIDTH)):
        bare = match[6] is not None
        if bare and not _MONEY.search(content, max(match.start() - _CLAUSE_REACH, 0), match.end() + 4):
            continue
        scale = _SCALES.get(match[6] or match[3] or "", 1)
        yuan = lower_bound(match[1])
        if yuan is not None:
            yield _mention(content, match.start(), match.end(), _plain(yuan * scale))


def _mention(content: str, start: int, end: int, value: str) -> ValueMention:
    return ValueMention(text=content[start:end], value=value, start=start, end=end)


def _plain(yuan: float) -> str:
    return str(round(yuan)) if abs(yuan - round(yuan)) < 1e-6 else f"{yuan:.2f}".rstrip("0")
