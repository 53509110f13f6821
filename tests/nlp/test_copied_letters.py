"""One letter that several households sent in is several petitions; what one household sent in again is one."""

from dataclasses import replace

from domain.document import Document, Petitioner
from domain.vocabulary import Channel
from nlp.copied_letters import first_of_each_household
from tests.factories import document

LETTER = "我叫{name}，去年查出重病，每周去县城三次，花去医药费十二万元，家中只有老伴种着八亩枣树，恳请派人来看一看。"


def letter(key: str, name: str, *, known: bool = True) -> Document:
    return document(key, LETTER.format(name=name), petitioner=Petitioner(name=name if known else ""))


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


def test_two_media_with_reporters_of_their_own_print_one_letter():
    printed = [
        replace(document(key, f"本报讯（记者 {reporter}）{LETTER.format(name='庞建国')}", petitioner=Petitioner()))
        for key, reporter in (("A", "蔡玉明"), ("B", "高改柱"))
    ]

    assert firsts(*printed) == [0, 0]
