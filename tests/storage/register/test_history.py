"""Reports of register versions and where old numbers lead, on both databases."""

from domain.accounts.access_scope import AccessScope
from domain.register.household import HouseholdId
from domain.register.register_change import (
    HouseholdChange,
    HouseholdChangeKind,
    PersonChange,
    PersonChangeKind,
    RegisterDiff,
    Succession,
)
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from tests.factories import OTHER_VILLAGE, VILLAGE, household
from tests.fakes import NOON

A, B, C = HouseholdId("A"), HouseholdId("B"), HouseholdId("C")


def deliver(work: UnitOfWork, *numbers: str, gone: tuple[HouseholdId, ...] = (), **steps: Succession) -> int:
    """A version with these households and successions."""
    households = [household(number, household_type=",".join(numbers)) for number in numbers]
    version = work.registry.import_households(households, file="a", file_sha256="0", at=NOON, gone=gone).version
    diff = RegisterDiff(added=(), replaced=(), gone=(), households=(), persons=(), successions=tuple(steps.values()))
    work.register_history.add(version, diff)
    return version


def to(old: str, *successors: str, clear: bool = True, same_people: bool = True) -> Succession:
    return Succession(
        household_id=HouseholdId(old),
        successors=tuple(HouseholdId(one) for one in successors),
        clear=clear,
        same_people=same_people,
        reason="换了编号",
    )


def test_a_report_comes_back_as_it_was(store: Store):
    diff = RegisterDiff(
        added=(),
        replaced=(),
        gone=(A,),
        households=(HouseholdChange(kind=HouseholdChangeKind.SPLIT, household_id=A, village=VILLAGE, related=(B, C)),),
        persons=(PersonChange(kind=PersonChangeKind.MOVED, masked_name="庞**", before=A, after=B),),
        successions=(to("A", "B", "C", clear=False),),
    )
    with store.unit_of_work() as work:
        version = deliver(work, "B", "C")
        work.register_history.add(version, diff)

        assert work.register_history.households(version) == list(diff.households)
        assert work.register_history.persons(version) == list(diff.persons)
        assert work.register_history.successions([A, B])[A] == [(version, diff.successions[0])]
        assert work.register_history.households(version + 1) == []


def test_a_household_that_ended_is_found_no_more(store: Store):
    with store.unit_of_work() as work:
        deliver(work, "A", "B")
        deliver(work, "B", gone=(A,))

        assert set(work.registry.fingerprints()) == {B}
        assert work.registry.households([A]) == {}
        assert work.registry.in_villages([VILLAGE, OTHER_VILLAGE]) == {B: VILLAGE}
        assert work.register_history.whereabouts(A, since=1).households == ()


def test_a_number_is_followed_through_several_versions(store: Store):
    with store.unit_of_work() as work:
        deliver(work, "A")
        deliver(work, "B", gone=(A,), first=to("A", "B"))
        deliver(work, "C", gone=(B,), second=to("B", "C", same_people=False))

        found = work.register_history.whereabouts(A, since=1)
        assert (found.households, found.clear, found.same_people) == ((C,), True, False)
        assert work.register_history.whereabouts(B, since=2).households == (C,)


def test_only_what_changed_after_somebody_named_the_number_is_followed(store: Store):
    with store.unit_of_work() as work:
        deliver(work, "A", "B")
        deliver(work, "A", "B", "C", one=to("A", "B"), other=to("B", "C"))

        assert work.register_history.whereabouts(A, since=1).households == (B,)
        assert work.register_history.whereabouts(B, since=1).households == (C,)
        assert work.register_history.whereabouts(A, since=2).households == (A,)


def test_a_household_that_fell_apart_leads_to_its_parts_wherever_they_are_now(store: Store):
    with store.unit_of_work() as work:
        deliver(work, "A")
        deliver(work, "B", gone=(A,), split=to("A", "B", "X", clear=False))
        deliver(work, "B", "C", moved=to("X", "C"))

        found = work.register_history.whereabouts(A, since=1)
        assert (found.households, found.clear) == ((B, C), False)


def test_a_delivery_that_changes_nothing_is_no_new_version(store: Store):
    with store.unit_of_work() as work:
        first = deliver(work, "A")
        deliver(work, "A")

        assert work.registry.version() == first


def test_households_of_another_region_are_not_given(store: Store):
    with store.unit_of_work() as work:
        deliver(work, "A")

        assert work.registry.households([A], inside=AccessScope(OTHER_VILLAGE)) == {}
        assert set(work.registry.households([A], inside=AccessScope(VILLAGE))) == {A}


def test_what_was_read_ahead_leads_to_the_same_households(store: Store):
    with store.unit_of_work() as work:
        deliver(work, "A", "D")
        deliver(work, "B", "D", gone=(A,), split=to("A", "B", "X", clear=False))
        deliver(work, "B", "C", "D", moved=to("X", "C"))
        work.commit()
    numbers = [A, B, C, HouseholdId("D"), HouseholdId("unknown")]

    with store.reading() as work:
        asked = {(one, since): work.register_history.whereabouts(one, since) for one in numbers for since in (1, 2, 3)}
        work.register_history.preload(numbers)
        ahead = {(one, since): work.register_history.whereabouts(one, since) for one in numbers for since in (1, 2, 3)}

    assert ahead == asked
    assert ahead[A, 1].households == (B, C)
    assert ahead[HouseholdId("unknown"), 1].households == ()


def test_households_read_ahead_for_one_region_are_not_given_to_another(store: Store):
    with store.unit_of_work() as work:
        deliver(work, "A")
        work.commit()

    with store.reading() as work:
        work.registry.preload([A, B])
        work.registry.preload([A], inside=AccessScope(VILLAGE))

        assert work.registry.households([A], inside=AccessScope(OTHER_VILLAGE)) == {}
        assert work.registry.households([A, B]).keys() == {A}
        assert work.registry.households([A], inside=AccessScope(VILLAGE)) == work.registry.households([A])
