import pytest

from pipeline.linking.names import agreement, is_full, is_partial, shown_characters


@pytest.mark.parametrize("name", ["庞建国", "李强", "欧阳建国", "阿里·买买提"])
def test_whole_names_can_be_looked_up(name: str) -> None:
    assert is_full(name)
    assert not is_partial(name)


@pytest.mark.parametrize("name", ["庞某某", "庞某", "李*华", "李××", "薛大爷", "老张", "王女士", ""])
def test_names_with_a_hidden_part_cannot(name: str) -> None:
    assert not is_full(name)


@pytest.mark.parametrize(
    ("partial", "full", "expected"),
    [
        ("庞某某", "庞建国", True),
        ("庞某某", "庞强", True),
        ("庞某", "庞建国", True),
        ("庞某某", "薛改花", False),
        ("李*华", "李秀华", True),
        ("李*华", "李秀英", False),
        ("李*", "李强", True),
        ("金某花", "金桂花", True),
        ("薛大爷", "薛守田", True),
        ("薛大爷", "庞建国", False),
        ("老张", "张栓柱", True),
        ("小魏", "庞建国", False),
        ("欧阳某", "欧阳建国", True),
        ("罗小某", "罗小军", True),
    ],
)
def test_a_partial_name_agrees_with_what_it_may_stand_for(partial: str, full: str, *, expected: bool) -> None:
    assert (agreement(partial, full) is not None) is expected


@pytest.mark.parametrize(("partial", "shown"), [("庞某某", 1), ("李*华", 2), ("薛大爷", 1), ("老张", 1), ("金某花", 2)])
def test_shown_characters_are_counted(partial: str, shown: int) -> None:
    assert shown_characters(partial) == shown
