"""Phones, ID numbers, amounts of money, areas and numbers of households in a text, each normalised."""

import re
from collections.abc import Iterator

from domain.links.mention import ValueMention
from nlp.values.chinese_numbers import NUMERAL, lower_bound
from nlp.values.sums_in_a_row import reads_as_sums

# Groups of 3-4-4 digits may be set apart; a mask of asterisks keeps the first three and the last four.
_PHONE = re.compile(
    r"(?<![\d*])(?:\+?86[- ]?)?(1[3-9]\d(?:[- ]?\d{4}[- ]?\d{4}|[*＊×xX]{4}\d{4}))(?![\d*])"
    r"|(?<![\d*\-.])(0\d{2,3}[-－— ]?\d{7,8})(?![\d*\-])"
    r"|(?:电话|座机|联系方式)[是为:： ]{0,2}(\d{7,8})(?!\d)"
    r"|(?:电话|手机)号?码?[^，。；\d]{0,4}(?:尾号|后四位)[是为:： ]{0,2}(\d{4})(?!\d)"
)
_MOBILE_DIGITS, _ID_DIGITS = 11, 18
_DATE = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
# A disability certificate is the ID number, then one digit of kind and one of grade.
_ID_NUMBER = re.compile(
    rf"(?<![\d*])([1-9]\d{{5}}(?:18|19|20)\d{{2}}{_DATE}\d{{3}}[\dXx])(?:[1-7][1-4])?(?![\d*])"
    rf"|(?<![\d*])([1-9]\d{{5}}\d{{2}}{_DATE}\d{{3}})(?![\d*])"
    r"|(?<![\d*])(?=[\d*＊×xX]{15,18}(?![\d*]))([1-9]\d{2,13}[*＊×xX]{3,14}\d{0,3}[\dXx])(?![\d*])"
    r"|(?:身份证|证件)号?码?[^，。；\d]{0,4}(?:尾号|后四位|后六位|末四位)[是为:： ]{0,2}((?:\d{2})?\d{3}[\dXx])(?!\d)"
)
_HIDDEN = str.maketrans("＊×xX", "****")
HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")

# The unit of money: 块, 元, 万元; a bare 万 counts only where the clause speaks of money.
_AMOUNT = re.compile(
    rf"({NUMERAL})\s?(?:(多|余|来|几)?\s?(万|亿|千|百)?\s?(多|余|来)?\s?(?:元|块钱|块|圆|人民币)(?![素旦月件板首状])"
    rf"|(多|余|来|几)?(万|亿)(多|余|[一二三四五六七八九])?(?![\d十百千元块人斤亩公吨户头只株棵平米字次名册辆里千百]))"
)
# A number without a unit is money where the words before it deal in money and no other unit follows.
_BARE = re.compile(
    r"(?:欠|借|花|交|给|贴|补|挣|赚|卖|赔|捐|凑|报|垫|押金|学费|工资|彩礼|房租|药费|补助|费用|一天|每天|每月|个月|一年|只有|收入|罚|差"
    r"|税|利息|物业|水电|煤气|吃药|给了?我?|发|一[盒袋只头]|每户|一共|拢共|总共|吃住|移植|拖|给看|押)"
    r"(?:[了得到开满还有才只就能共一共是要报给我他她们的药费钱款税约大近高达至少]{0,4}?)"
    r"(?P<number>(?=[^，。]*[百千万])[一二两三四五六七八九十百千万几零半]{2,}(?:多|来|出头)?|\d{3,6})"
    r"(?![\d.年月日号/\-:：*]|多?个?(?:[斤亩人户株棵只头里米个年天月岁次袋吨方度名位分点遍趟家平公件套台辆本张条根片眼孔口群]|元|块|万|余|多))"
)
_MONEY = re.compile(
    r"[花欠借贷赔款费钱债价付交补捐挣亏损罚]|收入|工资|报销|支出|定金|押金|存折|利息|赚|攒|凑|治病|手术|住院|外债|饥荒"
)
_AREA = re.compile(rf"({NUMERAL})\s?(?:多|余|来|几)?(万|千|百)?(?:多|余)?(亩|公顷)(?:({NUMERAL})分(?!之))?")
_MU = {"亩": 1.0, "公顷": 15.0}
# 户口 and 户主 are no numbers of households, 每户 and 入户 neither.
_HOUSEHOLDS = re.compile(rf"(?<![第\d])({NUMERAL})\s?(?:多|余|来|几)?(万|千)?(?:多|余)?户(?![口主籍型名外部均])")
_CLAUSE_REACH = 24
_SCALES = {"百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}


def find_phones(content: str) -> tuple[ValueMention, ...]:
    """Mobile and landline numbers; the value is their digits, with asterisks where the text hides some."""
    found, plain = [], content.translate(HALF_WIDTH)
    for match in _PHONE.finditer(plain):
        if reads_as_sums(plain, *match.span()):
            continue
        group = next(number for number in (1, 2, 3, 4) if match[number])
        value = "".join(sign for sign in match[group] if sign not in " -－—").translate(_HIDDEN)
        hidden = "*" * (_MOBILE_DIGITS - len(value)) if group == 4 else ""
        found.append(_mention(content, match.start(group), match.end(group), hidden + value))
    return tuple(found)


def find_id_numbers(content: str) -> tuple[ValueMention, ...]:
    """Resident ID numbers of 18 or 15 digits, also masked ones; of a disability certificate the ID number in it."""
    found = []
    for match in _ID_NUMBER.finditer(content.translate(HALF_WIDTH)):
        group = next(group for group in (1, 2, 3, 4) if match[group])
        number = match[group]
        value = number[:-1].translate(_HIDDEN) + number[-1].upper()
        start, end = match.span(group if group == 4 else 0)
        hidden = "*" * (_ID_DIGITS - len(value)) if group == 4 else ""
        found.append(_mention(content, start, end, hidden + value))
    return tuple(found)


def find_amounts(content: str) -> tuple[ValueMention, ...]:
    """Amounts of money in yuan; an indefinite one gives its lower bound: 十几万 is 100000, 5000多块 is 5000."""
    found = list(_amounts(content))
    taken = {position for one in found for position in range(one.start, one.end)}
    for match in _BARE.finditer(content.translate(HALF_WIDTH)):
        start, end = match.span("number")
        yuan = lower_bound(match["number"].rstrip("多来出头"))
        if yuan is not None and taken.isdisjoint(range(start, end)):
            found.append(_mention(content, start, end, _plain(yuan)))
    return tuple(sorted(found, key=lambda one: one.start))


def find_areas(content: str) -> tuple[ValueMention, ...]:
    """Areas of land in mu; 两亩三分 is 2.3, 1.5公顷 is 22.5, an indefinite one gives its lower bound."""
    found = []
    for match in _AREA.finditer(content.translate(HALF_WIDTH)):
        size = lower_bound(match[1])
        if size is None:
            continue
        size *= _SCALES.get(match[2] or "", 1) * _MU[match[3]]
        tenths = lower_bound(match[4]) if match[4] else None
        found.append(_mention(content, match.start(), match.end(), _plain(size + (tenths or 0) / 10)))
    return tuple(found)


def find_households(content: str) -> tuple[ValueMention, ...]:
    """Numbers of households; 二十几户 is 20."""
    found = []
    for match in _HOUSEHOLDS.finditer(content.translate(HALF_WIDTH)):
        number = lower_bound(match[1])
        if number is not None:
            scale = _SCALES.get(match[2] or "", 1)
            found.append(_mention(content, match.start(), match.end(), _plain(number * scale)))
    return tuple(found)


def _amounts(content: str) -> Iterator[ValueMention]:
    for match in _AMOUNT.finditer(content.translate(HALF_WIDTH)):
        bare = match[6] is not None
        if bare and not _MONEY.search(content, max(match.start() - _CLAUSE_REACH, 0), match.end() + 4):
            continue
        scale = _SCALES.get(match[6] or match[3] or "", 1)
        yuan = lower_bound(match[0]) if bare and match[7] not in (None, "多", "余") else None
        if yuan is not None:
            scale = 1
        else:
            yuan = lower_bound(match[1])
        if yuan is not None:
            yield _mention(content, match.start(), match.end(), _plain(yuan * scale))


def _mention(content: str, start: int, end: int, value: str) -> ValueMention:
    return ValueMention(text=content[start:end], value=value, start=start, end=end)


def _plain(yuan: float) -> str:
    return str(round(yuan)) if abs(yuan - round(yuan)) < 1e-6 else f"{yuan:.2f}".rstrip("0")
