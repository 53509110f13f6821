import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.near_duplicates import signature, similarity

PETITION = (
    "庞家庄村民庞建国来访反映：其本人今年六十一岁，去年查出尿毒症，每周透析三次，花去医药费十二万元，"
    "报销之后自己还要负担五万多元，家中只有老伴一人种着八亩枣树，今年的枣卖不出去，请求给予救助。"
)
OTHER = (
    "高家湾村的自来水已经停了两个月，村民每天要到沟底去挑水，老人挑不动，请求尽快修好水泵和管道，"
    "或者在修好之前安排水车每两天送一次水，费用大家可以分摊。"
)


def test_spaces_and_punctuation_do_not_change_the_signature() -> None:
    spaced = PETITION.replace("，", ", ").replace("：", "\n")

    assert signature(spaced) == signature(PETITION)


def test_a_text_with_a_few_changed_characters_shares_a_band_and_is_similar() -> None:
    edited = PETITION.replace("十二万", "十三万").replace("请求给予救助", "希望政府给予救助")

    first, second = signature(PETITION), signature(edited)

    assert set(first.bands) & set(second.bands)
    assert similarity(first.values, second.values) > 0.7


def test_two_matters_are_not_similar() -> None:
    assert similarity(signature(PETITION).values, signature(OTHER).values) < 0.2


def test_a_very_short_text_meets_only_its_exact_copies() -> None:
    first, copy, near = signature("没有水吃!"), signature("没有水吃"), signature("没有水喝")

    assert len(first.bands) == 1
    assert first == copy
    assert similarity(first.values, copy.values) == 1.0
    assert similarity(first.values, near.values) == 0.0
    assert similarity(first.values, signature(PETITION).values) == 0.0


def test_the_same_rows_in_another_band_make_another_key() -> None:
    repeated = signature("灾" * 40)

    assert len(set(repeated.bands)) == len(repeated.bands)


@given(st.text(max_size=60))
def test_every_text_has_a_signature_equal_to_itself(content: str) -> None:
    made = signature(content)

    assert similarity(made.values, made.values) == 1.0
    assert all(0 <= band < 2**63 for band in made.bands)


@pytest.mark.parametrize("rate", [0.02, 0.05, 0.10])
def test_edited_copies_are_found_and_nothing_else(rate: float) -> None:
    dice = random.Random(7)
    originals = ["".join(dice.sample(PETITION + OTHER, 90)) for _ in range(60)]
    signatures = [signature(text) for text in originals]

    found = []
    for number, text in enumerate(originals):
        copy = signature(_edit(text, rate, dice))
        near = [
            other
            for other, candidate in enumerate(signatures)
            if set(copy.bands) & set(candidate.bands) and similarity(copy.values, candidate.values) >= 0.5
        ]
        found.append(near == [number])

    assert sum(found) / len(found) > 0.95


def test_signatures_are_made_fast_enough_for_an_archive() -> None:
    texts = [f"{PETITION}{number}" for number in range(300)]
    started = time.perf_counter()

    for text in texts:
        signature(text)

    # A fifth of the floor in benchmarks/, because test machines are shared.
    assert len(texts) / (time.perf_counter() - started) > 600


def _edit(text: str, rate: float, dice: random.Random) -> str:
    characters = list(text)
    for _ in range(max(1, round(len(characters) * rate))):
        characters[dice.randrange(len(characters))] = dice.choice("某甲乙丙丁")
    return "".join(characters)
