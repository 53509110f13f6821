"""The register."""

from domain.register.household import Household, HouseholdId, MonitoringRecord, Relation
from domain.words.vocabulary import MonitoringCategory
from storage.register.registry import RegistryImport
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from tests.factories import VILLAGE, household, person
from tests.fakes import NOON

FIRST, SECOND = HouseholdId("1411241042020001"), HouseholdId("1411241042020002")


def take_in(work: UnitOfWork, *households: Household) -> RegistryImport:
    return work.registry.import_households(households, file="台账.xlsx", file_sha256="0" * 64, at=NOON)


def test_a_household_comes_back_as_it_was(store: Store):
    whole = household(
        FIRST,
        person(id_number="141124196101010000", phone="13800000000", health="患有大病"),
        person("庞某乙", Relation.SPOUSE),
        relocation_site="宜家苑安置区",
        address="克虎镇",
        monitoring=(MonitoringRecord(category=MonitoringCategory.SUDDEN, risks=("因病", "因灾")),),
    )

    with store.unit_of_work() as work:
        take_in(work, whole)

        assert work.registry.households([FIRST]) == {FIRST: whole}
        assert work.registry.count() == (1, 2)


def test_exact_numbers_find_the_household(store: Store):
    with store.unit_of_work() as work:
        take_in(work, household(FIRST, person(id_number="14112419610101000X", phone="13800000000")))

        assert work.registry.by_id_numbers(["14112419610101000x"]) == {"14112419610101000x": [FIRST]}
        assert work.registry.by_phones(["13800000000", "13900000000"]) == {"13800000000": [FIRST]}


def test_every_registered_person_is_listed_with_household_and_village(store: Store):
    with store.unit_of_work() as work:
        take_in(work, household(FIRST), household(SECOND))

        assert sorted(work.registry.names()) == [(FIRST, VILLAGE, "庞某甲"), (SECOND, VILLAGE, "庞某甲")]


def test_an_unchanged_household_keeps_its_row(store: Store):
    with store.unit_of_work() as work:
        take_in(work, household(FIRST))
        again = take_in(work, household(FIRST))

        assert (again.added, again.changed, again.unchanged) == (0, 0, 1)
        assert again.version == 2


def test_a_changed_household_is_found_only_as_it_is_now(store: Store):
    with store.unit_of_work() as work:
        take_in(work, household(FIRST, person("旧名某甲")))
        again = take_in(work, household(FIRST, person("新名某甲")))

        assert again.changed == 1
        assert list(work.registry.names()) == [(FIRST, VILLAGE, "新名某甲")]


def test_who_had_a_number_last_is_known_also_when_nobody_has_it_any_more(store: Store):
    first, changed = household(FIRST), household(FIRST, person("庞某甲", health="患有大病"), address="克虎镇")
    with store.unit_of_work() as work:
        take_in(work, first, household(SECOND))
        take_in(work, changed)
        work.registry.import_households([], file="a", file_sha256="1", at=NOON, gone=[FIRST])

        assert work.registry.households([FIRST]) == {}
        assert work.registry.last_known([FIRST, HouseholdId("9")]) == {FIRST: changed}


def test_a_household_missing_from_a_later_file_stays(store: Store):
    with store.unit_of_work() as work:
        take_in(work, household(FIRST), household(SECOND))
        take_in(work, household(FIRST))

        assert sorted(number for number, _, _ in work.registry.names()) == [FIRST, SECOND]


def test_who_had_a_number_in_a_version(store: Store):
    with store.unit_of_work() as work:
        for number, name in enumerate(("庞甲甲", "杨新新")):
            work.registry.import_households([household("1", person(name))], file="a", file_sha256=str(number), at=NOON)
        work.registry.import_households([], file="a", file_sha256="2", at=NOON, gone=[HouseholdId("1")])
        found = [work.registry.of_version(HouseholdId("1"), version) for version in range(4)]

    assert [one and one.persons[0].name for one in found] == [None, "庞甲甲", "杨新新", None]
