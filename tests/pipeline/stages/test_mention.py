"""Whom and what a document names, with what its register knows beside the text."""

import pytest

from domain.places.place import Place
from domain.places.region import RegionCode
from domain.texts.document import Document, Petitioner
from domain.words.vocabulary import Channel
from nlp.mentions import MentionFinder
from nlp.places.gazetteer import Gazetteer
from pipeline.stages.mention import Mention
from storage.store import Store
from tests.factories import COUNTY, document, raw
from tests.fakes import NOON

NORTH, SOUTH = RegionCode("141124101231"), RegionCode("141124105231")
PLACES = (
    Place(code=RegionCode("141124101"), name="白文镇"),
    Place(code=RegionCode("141124105"), name="三交镇"),
    Place(code=NORTH, name="中庄村委会"),
    Place(code=SOUTH, name="中庄村委会"),
)


@pytest.fixture(scope="module")
def stage() -> Mention:
    return Mention(MentionFinder(Gazetteer(PLACES, COUNTY)))


def named(store: Store, stage: Mention, item: Document) -> tuple[set[RegionCode], int]:
    with store.unit_of_work() as work:
        work.raw.add(raw(text=item.text))
        stage.process(work, item, NOON)
        found = work.mentions.latest(item.id)
    assert found is not None
    return {place.code for place in found.mentions.places}, len(found.mentions.ambiguous_places)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"petitioner": Petitioner(address="白文镇中庄村")}, ({NORTH}, 0)),
        ({"region": RegionCode("141124105")}, ({SOUTH}, 0)),
        ({"region": RegionCode("141124105"), "channel": Channel.NEWS}, (set(), 1)),
        ({"petitioner": Petitioner(address="白文镇"), "region": RegionCode("141124105")}, (set(), 1)),
        ({}, (set(), 1)),
    ],
    ids=["address", "office", "medium", "address and office disagree", "nothing known"],
)
def test_the_address_and_the_office_tell_villages_of_one_name_apart(
    sqlite_store: Store, stage: Mention, changes: dict[str, object], expected: tuple[set[RegionCode], int]
) -> None:
    assert named(sqlite_store, stage, document(text="中庄村没有水", **changes)) == expected
