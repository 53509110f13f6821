"""Names that sound alike where they are spoken have the same key."""

import pytest

from pipeline.linking.sounds import sound_of


@pytest.mark.parametrize(
    ("one", "other"), [("庞建国", "庞健国"), ("李林", "李灵"), ("张珍", "张贞"), ("孙志", "孙自"), ("任正", "任真")]
)
def test_what_sounds_alike_has_one_key(one: str, other: str) -> None:
    assert sound_of(one) == sound_of(other)


@pytest.mark.parametrize(("one", "other"), [("庞建国", "庞卫国"), ("李刚", "李干"), ("王军", "王俊杰")])
def test_what_sounds_otherwise_has_another(one: str, other: str) -> None:
    assert sound_of(one) != sound_of(other)


def test_what_has_no_sound_stays() -> None:
    assert sound_of("A·") == "A ·"
