"""Who brings a matter in again."""

from datetime import UTC, datetime

import pytest

from domain.texts.document import Document, Petitioner
from domain.words.vocabulary import Channel
from nlp.repeats.series import same_person, series_among, voices
from tests.factories import document

ID = "141124196101010000"


def petition(key: str, day: int, month: int = 3, **petitioner: str) -> Document:
    return document(
        key, f"{key}说的事", published_at=datetime(2026, month, day, tzinfo=UTC), petitioner=Petitioner(**petitioner)
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"id_number": ID}, {"id_number": ID.lower(), "name": "别的写法"}, True),
        ({"id_number": ID, "name": "张三三"}, {"id_number": ID[:-1] + "1", "name": "张三三"}, False),
        ({"name": "张三三"}, {"name": "张三三", "phone": "13800000000"}, True),
        ({"name": "张三三", "phone": "13800000000"}, {"name": "李四四", "phone": "13800000000"}, False),
        ({"phone": "13800000000"}, {"name": "张三三", "phone": "13800000000"}, True),
        ({}, {}, False),
    ],
)
def test_who_is_one_person(one: dict[str, str], other: dict[str, str], same: bool):
    assert same_person(Petitioner(**one), Petitioner(**other)) is same


def test_petitions_of_one_person_over_months_are_a_series_oldest_first():
    third, first, second = (
        petition("C", 9, 5, name="张三三"),
        petition("A", 1, name="张三三"),
        petition("B", 2, 4, name="张三三", phone="13800000000"),
    )

    [series] = series_among([third, first, second, petition("D", 3, name="李四四")])

    assert series.documents == (first.id, second.id, third.id)
    assert series.length == 3


def test_texts_elsewhere_count_for_the_petitioners_of_the_matter_and_for_nobody_else():
    own = petition("A", 1, name="张三三", phone="13800000000")
    again = petition("B", 2, name="张三三", phone="13800000000")
    others = [petition(key, day, name="李四四", phone="13800000000") for key, day in (("C", 3), ("D", 4))]

    [series] = series_among([own], [again, *others])

    assert series.documents == (own.id, again.id)


def test_what_several_desks_wrote_down_on_one_day_is_one_time():
    assert series_among([petition("A", 1, name="张三三"), petition("B", 1, name="张三三")]) == []


def test_reports_are_no_petitions():
    news = document("N", "报道", channel=Channel.NEWS, petitioner=Petitioner(name="张三三"))

    assert series_among([news, petition("A", 1, name="张三三")]) == []


def test_reprints_are_one_voice_and_so_is_one_person_however_often():
    report, reprint = (document(key, "一篇报道", channel=Channel.NEWS) for key in "XY")
    own = [petition("A", 1, name="张三三"), petition("B", 2, name="张三三")]
    other = petition("C", 3, name="李四四")

    assert voices([report, reprint, *own, other], {reprint.id: report.id}) == 3
