"""Phones, ID numbers and petition numbers as table programs leave them.

ID numbers that are right are made here at run time; who the others belong to was born on a 30th of February.
"""

from domain.register.id_number import check_character
from tests.importers.nasty import reasons
from tests.importers.nasty.builders import HEADER, OTHER_TEXT, TEXT, line, text_table, xlsx
from tests.importers.nasty.cases import Nasty


def _whole(digits: str) -> str:
    return digits + check_character(digits)


_ID = _whole("14112419990203001")
_OTHER_ID = _whole("14112419990204002")
_ENDS_WITH_X = next(number for place in range(11) if (number := _whole(f"14112419990203{place:03d}")).endswith("X"))
_ROUNDED_BY_CHANCE = next(
    number for day in range(10, 28) if (number := _whole(f"141124199902{day}100")).endswith("000")
)
_FULL_WIDTH = {ord("0") + digit: ord("\uff10") + digit for digit in range(10)}
_PHONES: dict[str, tuple[object, str]] = {
    "a number cell": (13800000000, "13800000000"),
    "spaces between": ("138 0000 0000", "13800000000"),
    "hyphens between": ("138-0000-0000", "13800000000"),
    "full-width digits": ("１３８００００００００", "13800000000"),
    "the country before": ("+86 13800000000", "13800000000"),
    "two in one cell": ("13800000000/13900000000", "13800000000"),
    "two on two lines": ("13800000000\n13900000000", "13800000000"),
    "a person behind": ("13800000000（儿子）", "13800000000"),
    "a person before": ("儿子：13800000000", "13800000000"),
    "a decimal point of a program": ("13800000000.0", "13800000000"),
    "a quote before": ("'13800000000", "13800000000"),
    "a landline": ("0358-0000000", "03580000000"),
    "an area in brackets": ("（0358）0000000", "03580000000"),
    "the country without a sign": ("8613800000000", "13800000000"),
    "the country with zeros": ("0086-13800000000", "13800000000"),
    "a zero before a mobile number": ("013800000000", "13800000000"),
    "two with a space between": ("13800000000 13900000000", "13800000000"),
    "scientific notation that kept every digit": ("1.3800000001E+10", "13800000001"),
}
_ID_NUMBERS: dict[str, tuple[str, str]] = {
    "as it is": (_ID, _ID),
    "a quote before": (f"'{_ID}", _ID),
    "a curly quote before": (f"‘{_ID}", _ID),
    "a small x": (_ENDS_WITH_X.lower(), _ENDS_WITH_X),
    "full-width digits": (_ID.translate(_FULL_WIDTH), _ID),
    "spaces between": (f"{_ID[:6]} {_ID[6:14]} {_ID[14:]}", _ID),
    "a card of the disabled": (f"{_ID}44", _ID),
    "a label before": (f"身份证：{_ID}", _ID),
    "a person behind": (f"{_ID}（本人）", _ID),
    "a decimal point of a program": (f"{_ID}.0", _ID),
    "asterisks of a masked export": ("141124********0019", ""),
}


def _phone(name: str, written: object, read: str) -> Nasty:
    return Nasty(f"phone: {name}", xlsx([HEADER, line(phone=written)]), says={2: {"phone": read}})


def _id_number(name: str, written: str, read: str) -> Nasty:
    return Nasty(f"ID number: {name}", xlsx([HEADER, line(id_number=written)]), says={2: {"id_number": read}})


CASES = [
    *(_phone(name, written, read) for name, (written, read) in _PHONES.items()),
    *(_id_number(name, written, read) for name, (written, read) in _ID_NUMBERS.items()),
    Nasty(
        "phone: a digit short",
        text_table([HEADER, line(phone="1380000000")]),
        warnings=[("", 2, "联系电话", reasons.PHONE, "1380000000")],
        says={2: {"phone": "", "联系电话": "1380000000"}},
    ),
    Nasty(
        "phone: scientific notation",
        text_table([HEADER, line(phone="1.38E+10")]),
        warnings=[("", 2, "联系电话", reasons.PHONE_SCIENTIFIC, "1.38E+10")],
        says={2: {"phone": ""}},
    ),
    Nasty(
        "phone: a word",
        text_table([HEADER, line(phone="问村里")]),
        warnings=[("", 2, "联系电话", reasons.NO_PHONE, "问村里")],
    ),
    Nasty(
        "phone: in the column of the name",
        text_table(
            [("编号", "信访人姓名及电话", "信访日期", "反映问题"), ("X001", "张三 13800000000", "2026-09-03", TEXT)]
        ),
        says={2: {"name": "张三", "phone": "13800000000", "信访人姓名及电话": "张三 13800000000"}},
    ),
    Nasty(
        "phone: a landline beside a mobile number",
        text_table(
            [
                ("编号", "姓名", "固定电话", "手机", "信访日期", "反映问题"),
                ("X001", "张三", "03580000000", "13800000000", "2026-09-03", TEXT),
                ("X002", "李四", "03580000001", "", "2026-09-03", OTHER_TEXT),
            ]
        ),
        accepted=2,
        says={2: {"phone": "13800000000"}, 3: {"phone": "03580000001"}},
    ),
    Nasty(
        "ID number: a digit that is wrong",
        text_table([HEADER, line(id_number="141124199902030018")]),
        warnings=[("", 2, "证件号码", reasons.ID_CHECK, "141124********0018")],
        says={2: {"id_number": "141124199902030018"}},
    ),
    Nasty(
        "ID number: a day that does not exist",
        text_table([HEADER, line(id_number="141124199902300019")]),
        warnings=[("", 2, "证件号码", reasons.ID_BIRTH, "141124********0019")],
        says={2: {"id_number": "141124199902300019"}},
    ),
    Nasty(
        "ID number: rounded, and right by chance",
        text_table([HEADER, line(id_number=_ROUNDED_BY_CHANCE)]),
        warnings=[("", 2, "证件号码", reasons.ID_ZEROS, f"{_ROUNDED_BY_CHANCE[:6]}********{_ROUNDED_BY_CHANCE[14:]}")],
        says={2: {"id_number": ""}},
    ),
    Nasty(
        "ID number: of two persons",
        text_table([HEADER, line(id_number=f"{_ID}/{_OTHER_ID}")]),
        warnings=[
            ("", 2, "证件号码", reasons.TWO_IDS, f"{_ID[:6]}********{_ID[14:]}/{_OTHER_ID[:6]}********{_OTHER_ID[14:]}")
        ],
        says={2: {"id_number": _ID}},
    ),
    Nasty(
        "ID number: scientific notation in a text table",
        text_table([HEADER, line(id_number="1.41124E+17")]),
        warnings=[("", 2, "证件号码", reasons.ID_SCIENTIFIC, "1.41124E+17")],
        says={2: {"id_number": ""}},
    ),
    Nasty(
        "ID number: a number cell",
        xlsx([HEADER, line(id_number=141124199902300019)]),
        warnings=[("台账", 2, "证件号码", reasons.ID_SCIENTIFIC, "1.411241999023e+17")],
        says={2: {"id_number": ""}},
    ),
    Nasty(
        "ID number: rounded to fifteen digits",
        text_table([HEADER, line(id_number="141124199902300000")]),
        warnings=[("", 2, "证件号码", reasons.ID_ROUNDED, "141124********0000")],
        says={2: {"id_number": ""}},
    ),
    Nasty(
        "ID number: a digit short",
        text_table([HEADER, line(id_number="14112419990230001")]),
        warnings=[("", 2, "证件号码", reasons.ID_LENGTH, "141124********001")],
        says={2: {"id_number": ""}},
    ),
    Nasty(
        "number: scientific notation twice is no correction",
        text_table([HEADER, line("2.0241E+17"), line("2.0241E+17", OTHER_TEXT)]),
        accepted=2,
        warnings=[
            ("", 2, "信访件编号", reasons.NUMBER_SCIENTIFIC, "2.0241E+17"),
            ("", 3, "信访件编号", reasons.NUMBER_SCIENTIFIC, "2.0241E+17"),
        ],
    ),
    Nasty("number: a number cell", xlsx([HEADER, line(20240017)]), says={2: {"number": "20240017"}}),
    Nasty("number: leading zeros", text_table([HEADER, line("00017")]), says={2: {"number": "00017"}}),
    Nasty(
        "number: the same in full width",
        text_table([HEADER, line("X001"), line("Ｘ００１")]),
        duplicates=1,
        says={2: {"number": "X001"}},
    ),
    Nasty(
        "number: forgotten in one row",
        text_table([HEADER, line("X001"), line("", OTHER_TEXT)]),
        accepted=2,
        warnings=[("", 3, "信访件编号", reasons.NO_NUMBER, "")],
    ),
]
