"""Whose a phone is by what stands beside it."""

import pytest

from importers.rows.phone_owners import is_of_another

_PHONE, _OTHER = "13800000000", "13900000000"


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        (f"{_PHONE}（邻居家）", _PHONE),
        ("邻居：138-0000-0000", _PHONE),
        ("村委会 4420000", "4420000"),
        (f"{_PHONE}（邻居） {_OTHER}", _PHONE),
        (f"{_PHONE}（儿子，在外打工的工友代接）", _PHONE),
        ("0358-4420000 邻居", "0358-4420000"),
        ("邻居0358-4420000", "03584420000"),
    ],
)
def test_a_word_for_somebody_else_touches_the_number(text: str, phone: str):
    assert is_of_another(text, phone)


@pytest.mark.parametrize(
    "text",
    [
        _PHONE,
        f"{_PHONE} 本人；{_OTHER} 朋友",
        f"{_PHONE}（商店自用）",
        f"{_PHONE}、{_OTHER}（邻居）",
        f"{_PHONE} {_OTHER}（村干部）",
        f"{_PHONE}（儿子）",
    ],
)
def test_a_word_beside_another_number_says_nothing(text: str):
    assert not is_of_another(text, _PHONE)
