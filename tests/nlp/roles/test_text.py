import pytest

from nlp.roles.text import text_for_roles


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("尊敬的县长：贺雨今年六十四", "尊敬的领导\n贺雨今年六十四"),
        ("题目\n敬爱的王书记，我家漏雨", "题目\n敬爱的王领导\n我家漏雨"),
        ("民政局的领导：你们工作忙", "民政局的领导\n你们工作忙"),
    ],
)
def test_a_greeting_ends_like_a_line_and_names_no_office(text: str, read: str) -> None:
    assert text_for_roles(text, ()) == read


@pytest.mark.parametrize("text", ["校长：李国华", "他说：县长来过", "村里的县长：不是真的"])
def test_other_colons_stay(text: str) -> None:
    assert text_for_roles(text, ()) == text


def test_a_village_that_is_called_like_an_office_is_read_as_a_village() -> None:
    assert text_for_roles("马山局的龙惠", [(0, 3)]) == "马山村的龙惠"
    assert text_for_roles("民政局的龙惠", []) == "民政局的龙惠"
