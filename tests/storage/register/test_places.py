"""The gazetteer's table."""

from domain.places.place import Alias, AliasKind, Place, Position
from storage.store import Store
from tests.factories import COUNTY, TOWN, VILLAGE

OLD_NAME = Alias("庞家庄", AliasKind.ALIAS)
MERGED = Alias("后庞家庄", AliasKind.FORMER_VILLAGE, "2021年并入", 2009, 2020)


def test_a_place_comes_back_with_its_names_in_their_order(store: Store):
    village = Place(code=VILLAGE, name="庞家庄村委会", urban_rural="220", aliases=(OLD_NAME, MERGED))

    with store.unit_of_work() as work:
        work.places.put([village, Place(code=TOWN, name="克虎镇")])

        assert work.places.all() == [Place(code=TOWN, name="克虎镇"), village]


def test_putting_a_place_again_replaces_its_names_and_leaves_the_others(store: Store):
    with store.unit_of_work() as work:
        work.places.put(
            [Place(code=VILLAGE, name="庞家庄村委会", aliases=(OLD_NAME,)), Place(code=TOWN, name="克虎镇")]
        )
        work.places.put([Place(code=VILLAGE, name="庞家庄村", aliases=(MERGED,))])

        assert [(one.name, one.aliases) for one in work.places.all()] == [("克虎镇", ()), ("庞家庄村", (MERGED,))]


def test_a_division_the_gazetteer_does_not_know_is_called_by_its_code(store: Store):
    with store.unit_of_work() as work:
        work.places.put([Place(code=TOWN, name="克虎镇")])

        assert (work.places.name_of(TOWN), work.places.name_of(VILLAGE)) == ("克虎镇", VILLAGE.digits)


def test_the_names_inside_a_division_are_its_own_and_those_of_its_parts(store: Store):
    with store.unit_of_work() as work:
        places = (Place(code=TOWN, name="克虎镇"), Place(code=VILLAGE, name="庞家庄村委会"))
        work.places.put([*places, Place(code=COUNTY, name="临县")])

        assert work.places.names_inside(TOWN) == {one.code: one.name for one in places}


def test_the_villages_of_a_division_come_as_they_are_now(store: Store):
    with store.unit_of_work() as work:
        work.places.put([Place(code=TOWN, name="克虎镇"), Place(code=VILLAGE, name="庞家庄村委会")])
        before = work.places.villages(TOWN)
        moved = Place(code=VILLAGE, name="庞家庄村", position=Position(110.5, 38.1, "虚构"))
        work.places.put([moved])

        assert before == [Place(code=VILLAGE, name="庞家庄村委会")]
        assert work.places.villages(TOWN) == [moved]
