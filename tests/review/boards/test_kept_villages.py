"""Villages are read once a minute, and a gazetteer that was read meanwhile shows after it."""

from datetime import timedelta

from domain.places.place import Place
from review.boards.kept_villages import KeptVillages
from storage.store import Store
from tests.factories import COUNTY, TOWN, VILLAGE
from tests.fakes import NOON


def rename(store: Store, name: str) -> None:
    with store.unit_of_work() as work:
        work.places.put([Place(code=VILLAGE, name=name)])
        work.commit()


def test_a_new_name_shows_a_minute_later_and_never_in_another_division(sqlite_store: Store):
    kept = KeptVillages()
    rename(sqlite_store, "虚沟村")

    def names(seconds: int) -> list[str]:
        with sqlite_store.reading() as work:
            return [one.name for one in kept.of(work, TOWN, NOON + timedelta(seconds=seconds))]

    assert names(0) == ["虚沟村"]
    rename(sqlite_store, "虚沟新村")
    assert names(59) == ["虚沟村"]
    assert names(60) == ["虚沟新村"]
    with sqlite_store.reading() as work:
        assert kept.of(work, VILLAGE.ancestor(COUNTY.level), NOON) == tuple(work.places.villages(COUNTY))


def test_only_a_village_is_drawn(sqlite_store: Store):
    rename(sqlite_store, "虚沟村")
    with sqlite_store.reading() as work:
        assert KeptVillages().map_of(work, TOWN, NOON) is None
        drawn = KeptVillages().map_of(work, VILLAGE, NOON)

    assert drawn is not None
    assert drawn.village == "虚沟村"
