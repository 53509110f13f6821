import pytest

from domain.register.petitioner_cell import each_name


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("庞建国", ("庞建国",)),
        ("庞建国、李秀英", ("庞建国", "李秀英")),
        ("庞建国 李秀英，薛改花", ("庞建国", "李秀英", "薛改花")),
        ("庞建国、李秀英等5人", ("庞建国", "李秀英")),
        ("庞 建 国", ("庞建国",)),
        ("庞建国女士", ("庞建国",)),
        ("庞建国、庞建国", ("庞建国",)),
        ("", ()),
    ],
)
def test_each_name_of_a_cell_is_told_apart(cell: str, expected: tuple[str, ...]) -> None:
    assert each_name(cell) == expected
