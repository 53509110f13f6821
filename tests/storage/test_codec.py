"""What the database keeps as JSON."""

from dataclasses import fields, replace

from domain.links.mention import AmbiguousPlace, ForeignPlace, Mentions, PlaceMention
from domain.places.region import Level
from domain.risk import Risk
from domain.words.vocabulary import VulnerableGroup
from storage.codec import dump, load, mentions_from, mentions_to, reading_from, reading_to
from tests.factories import COUNTY, OTHER_VILLAGE, TOWN, VILLAGE
from tests.fakes import reading

PLACE = PlaceMention(code=TOWN, level=Level.TOWN, name="旁家庄村", start=0, end=4, meant="庞家庄村", former=True)
AMBIGUOUS = AmbiguousPlace(codes=(VILLAGE, OTHER_VILLAGE), level=Level.VILLAGE, name="中庄村", start=5, end=8)
FOREIGN = (
    ForeignPlace(code=COUNTY, name="柳林县", start=9, end=12),
    ForeignPlace(code=None, name="明水镇", start=12, end=15),
)


def test_a_reading_comes_back_whole() -> None:
    tagged = replace(reading(Risk.ILLNESS, urgent=True), groups=(VulnerableGroup.CHRONIC_ILLNESS,), relocation=True)

    for one in (tagged, reading()):
        assert set(reading_to(one)) == {field.name for field in fields(one)}
        assert reading_from(load(dump(reading_to(one)))) == one


def test_mentions_come_back_whole() -> None:
    mentions = Mentions(places=(PLACE,), ambiguous_places=(AMBIGUOUS,), foreign_places=FOREIGN)

    assert mentions_from(mentions_to(mentions)) == mentions


def test_a_record_of_the_first_version_is_read() -> None:
    record = {
        "persons": [],
        "places": [{"code": VILLAGE.digits, "level": "village", "name": "庞家庄", "start": 0, "end": 3}],
        "phones": [],
        "id_numbers": [],
        "amounts": [],
    }

    place = PlaceMention(code=VILLAGE, level=Level.VILLAGE, name="庞家庄", start=0, end=3)
    assert mentions_from(record) == Mentions(places=(place,))
