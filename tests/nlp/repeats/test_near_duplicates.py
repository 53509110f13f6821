import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.repeats.near_duplicates import (
    Compared,
    Signature,
    bands_of,
    hash_together,
    signature,
    signatures,
    similarities,
    similarity,
)

PETITION = (
    "庞家庄村民庞建国来访反映：其本人今年六十一岁，去年查出尿毒症，每周透析三次，花去医药费十二万元，"
    "报销之后自己还要负担五万多元，家中只有老伴一人种着八亩枣树，今年的枣卖不出去，请求给予救助。"
)
OTHER = (
    "高家湾村的自来水已经停了两个月，村民每天要到沟底去挑水，老人挑不动，请求尽快修好水泵和管道，"
    "或者在修好之前安排水车每两天送一次水，费用大家可以分摊。"
)


def signed(text: str) -> Signature:
    return signature(Compared.of(text))


def test_spaces_and_punctuation_do_not_change_the_signature() -> None:
    spaced = PETITION.replace("，", ", ").replace("：", "\n")

    assert signed(spaced) == signed(PETITION)


def test_a_text_with_a_few_changed_characters_shares_a_band_and_is_similar() -> None:
    edited = PETITION.replace("十二万", "十三万").replace("请求给予救助", "希望政府给予救助")

    first, second = signed(PETITION), signed(edited)

    assert set(first.bands) & set(second.bands)
    assert similarity(first.values, second.values) > 0.7


def test_two_matters_are_not_similar() -> None:
    assert similarity(signed(PETITION).values, signed(OTHER).values) < 0.2


def test_a_very_short_text_meets_only_its_exact_copies() -> None:
    first, copy, near = signed("没有水吃!"), signed("没有水吃"), signed("没有水喝")

    assert len(first.bands) == 1
    assert first == copy
    assert similarity(first.values, copy.values) == 1.0
    assert similarity(first.values, near.values) == 0.0
    assert similarity(first.values, signed(PETITION).values) == 0.0
    assert similarity(signed(PETITION).values, first.values) == 0.0


def test_the_same_rows_in_another_band_make_another_key() -> None:
    repeated = signed("灾" * 40)

    assert len(set(repeated.bands)) == len(repeated.bands)


def test_a_signature_is_what_it_was_when_the_archive_was_signed() -> None:
    # Stored signatures are compared with new ones: whoever changes how they are made changes VERSION.
    assert signed(PETITION).bands[:2] == (1869308247, 2841374720)


@given(st.text(max_size=60))
def test_every_text_has_a_signature_equal_to_itself_from_which_its_bands_are_told(content: str) -> None:
    made = signed(content)

    assert similarity(made.values, made.values) == 1.0
    assert all(0 <= band < 2**32 for band in made.bands)
    assert bands_of(made.values) == made.bands


@given(st.lists(st.text(max_size=60), max_size=8), st.integers(1, 40))
def test_texts_signed_together_have_the_signatures_that_each_has_alone(contents: list[str], at_once: int) -> None:
    alone = [signed(content) for content in contents]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("nlp.repeats.near_duplicates._AT_ONCE", at_once)
        assert signatures([Compared.of(content) for content in contents]) == alone


def test_what_reaches_from_one_text_into_the_next_is_no_part_of_either() -> None:
    alone = Compared.of(OTHER).grams
    texts = [Compared.of(PETITION), Compared.of("短"), Compared.of(OTHER)]

    hash_together(texts)

    assert texts[2].grams.tolist() == alone.tolist()
    assert not len(texts[1].grams)


@pytest.mark.parametrize("kept", [0.4, 0.6, 0.8, 1.0])
def test_the_estimate_is_near_the_true_similarity(kept: float) -> None:
    dice = random.Random(3)
    text = "".join(chr(0x4E00 + dice.randrange(3000)) for _ in range(2000))
    part = text[: int(len(text) * kept)]

    assert similarities(signed(text).values, [signed(part).values])[0] == pytest.approx(kept, abs=0.2)


def test_a_book_is_signed_in_pieces_and_as_a_whole_alike() -> None:
    dice = random.Random(5)
    book = "".join(chr(0x4E00 + dice.randrange(3000)) for _ in range(9000))

    assert similarity(signed(book).values, signed(book[:8000]).values) > 0.7


@pytest.mark.parametrize("rate", [0.02, 0.05, 0.10])
def test_edited_copies_are_found_and_nothing_else(rate: float) -> None:
    dice = random.Random(7)
    originals = ["".join(dice.choices(PETITION + OTHER, k=140)) for _ in range(60)]
    signatures = [signed(text) for text in originals]

    found = []
    for number, text in enumerate(originals):
        copy = signed(_edit(text, rate, dice))
        near = [other for other, candidate in enumerate(signatures) if set(copy.bands) & set(candidate.bands)]
        found.append(near == [number])

    assert sum(found) / len(found) > 0.9


def test_signatures_are_made_fast_enough_for_an_archive() -> None:
    texts = [f"{PETITION}{number}" for number in range(300)]
    started = time.process_time()

    for text in texts:
        signed(text)

    # A tenth of what an idle machine does, because test machines are shared.
    assert len(texts) / (time.process_time() - started) > 2000


def _edit(text: str, rate: float, dice: random.Random) -> str:
    characters = list(text)
    for _ in range(max(1, round(len(characters) * rate))):
        characters[dice.randrange(len(characters))] = dice.choice("某甲乙丙丁")
    return "".join(characters)
