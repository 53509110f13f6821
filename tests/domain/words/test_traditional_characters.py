"""Characters that only traditional texts use."""

import pytest

from domain.words.traditional_characters import share_of_traditional, simplified_forms


def test_a_character_of_both_writings_is_not_among_them() -> None:
    assert simplified_forms()["禮"] == "礼"
    assert "后" not in simplified_forms()


@pytest.mark.parametrize(("text", "share"), [("敬禮", 0.5), ("敬礼", 0.0), ("敬禮ABC 12", 0.5), ("ABC", 0.0)])
def test_only_chinese_characters_count(text: str, share: float) -> None:
    assert share_of_traditional(text) == share
