"""What the database keeps as JSON."""

from domain.mention import AmbiguousPlace, ForeignPlace, Mentions, PlaceMention
from domain.region import Level
from storage.codec import mentions_from, mentions_to
from tests.factories import COUNTY, OTHER_VILLAGE, TOWN, VILLAGE

PLACE = PlaceMention(code=TOWN, level=Level.TOWN, name="旁家庄村", start=0, end=4, meant="庞家庄村", former=True)
AMBIGUOUS = AmbiguousPlace(codes=(VILLAGE, OTHER_VILLAGE), level=Level.VILLAGE, name="中庄村", start=5, end=8)
FOREIGN = (
    ForeignPlace(code=COUNTY, name="柳林县", start=9, end=12),
    ForeignPlace(code=None, name="明水镇", start=12, end=15),
)


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
