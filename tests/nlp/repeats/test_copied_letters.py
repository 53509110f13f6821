"""One letter that several households sent in is several petitions; what one household sent in again is one."""

import time
from dataclasses import replace

import pytest

from domain.texts.document import Document, Petitioner
from domain.words.vocabulary import Channel
from nlp.repeats.copied_letters import first_of_each_household
from tests.factories import document

LETTER = "我叫{name}，去年查出重病，每周去县城三次，花去医药费十二万元，家中只有老伴种着八亩枣树，恳请派人来看一看。"
FIRST, SECOND = "建玉改来云俊桂海瑞补月双虎明存", "国明柱生飞平香全芳林娥喜堂亮娃"
NAMES = [f"{family}{one}{two}" for family in "庞蔡薛贺" for one in FIRST for two in SECOND]


def letter(key: str, name: str, *, known: bool = True) -> Document:
    return document(key, LETTER.format(name=name), petitioner=Petitioner(name=name if known else ""))


def press(key: str, text: str) -> Document:
    return document(key, text, petitioner=Petitioner(), channel=Channel.NEWS)


def firsts(*cluster: Document) -> list[int]:
    """For each document the position of the first one of its household."""
    places = {one.id: place for place, one in enumerate(cluster)}
    found = first_of_each_household(cluster)
    return [places[found[one.id]] for one in cluster]


def test_the_register_tells_who_copied_a_letter():
    assert firsts(letter("A", "庞建国"), letter("B", "蔡玉明"), letter("C", "庞建国")) == [0, 1, 0]


def test_where_the_register_says_nothing_the_signature_does():
    unsigned = [letter(key, name, known=False) for key, name in (("A", "庞建国"), ("B", "蔡玉明"), ("C", "蔡玉明"))]

    assert firsts(*unsigned) == [0, 1, 1]


def test_a_letter_that_names_nobody_goes_with_the_first_and_unites_no_others():
    nameless = document("B", LETTER.replace("我叫{name}，", ""), petitioner=Petitioner())

    assert firsts(letter("A", "庞建国"), nameless, letter("C", "蔡玉明", known=False)) == [0, 0, 2]


def test_a_masked_name_in_print_is_no_other_household():
    printed = replace(letter("B", "庞某某", known=False), channel=Channel.NEWS)

    assert firsts(letter("A", "庞建国"), printed) == [0, 0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("（记者 蔡玉明）", "（记者 高改柱）"),
        ("（蔡玉明 高改柱）", "（李文斌）"),
        ("记者 蔡玉明 高改柱", "记者 李文斌"),
        ("文/蔡玉明", "文/李文斌 图/高改柱"),
        ("通讯员 蔡玉明、高改柱 记者 薛来生", "通讯员 李文斌"),
    ],
)
def test_two_media_with_people_of_their_own_print_one_letter(one: str, other: str):
    printed = [press(key, f"{LETTER.format(name='庞建国')}\n{byline}") for key, byline in (("A", one), ("B", other))]

    assert firsts(*printed) == [0, 0]
    assert firsts(letter("C", "庞建国"), *printed) == [0, 0, 0]


def test_who_took_a_petition_down_is_nobody_and_who_comes_after_him_is_the_petitioner():
    story = LETTER.replace("我叫{name}，", "")
    taken = [
        document(key, f"接访人：{clerk}\n{name}来访反映，{story}", petitioner=Petitioner())
        for key, clerk, name in (("A", "李文斌", "庞建国"), ("B", "薛来生", "庞建国"), ("C", "李文斌", "蔡玉明"))
    ]

    assert firsts(*taken) == [0, 0, 2]


def test_two_media_that_name_different_people_tell_of_one_matter():
    printed = [
        press(key, LETTER.format(name="庞建国") + more)
        for key, more in (("A", "邻居蔡玉明说。"), ("B", "支书李文斌说。"))
    ]

    assert firsts(*printed) == [0, 0]


def test_a_printed_letter_goes_with_the_household_that_it_names():
    written = [letter(key, name, known=False) for key, name in (("A", "庞建国"), ("B", "蔡玉明"))]
    printed = press("C", LETTER.format(name="蔡玉明") + "（李文斌）")

    assert firsts(*written, printed) == [0, 1, 1]


@pytest.mark.parametrize("names", [("郝建", "郝建国"), ("郝建国", "郝建"), ("糜拴翠", "仝二女"), ("庞建国", "东日布")])
def test_a_name_that_stands_in_a_longer_one_or_that_nobody_knows_is_a_name(names: tuple[str, str]):
    assert firsts(*(letter(key, name, known=False) for key, name in zip("AB", names, strict=True))) == [0, 1]


def test_a_name_that_is_read_in_one_copy_only_stands_in_both():
    again = letter("B", "庞建国", known=False)
    more = "邻居蔡玉明作证。"

    assert firsts(letter("A", "庞建国"), replace(again, text=again.text + more)) == [0, 0]


def test_eight_times_as_many_copies_take_little_more_than_eight_times_as_long():
    def seconds(number: int) -> float:
        cluster = [letter(f"{number}-{one}", NAMES[one], known=bool(one % 2)) for one in range(number)]
        first_of_each_household(cluster)
        started = time.process_time()
        assert len(set(firsts(*cluster))) == number
        return time.process_time() - started

    few = min(seconds(100) for _ in range(3))
    assert seconds(800) < 24 * few
