"""Full and partial deliveries, what they may remove, and the open leads that follow."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.accounts.access_scope import AccessScope
from domain.failures.errors import FileError
from domain.leads.lead import LeadStatus
from domain.links.household_judgement import HouseholdVerdict
from domain.register.household import Household, HouseholdId, Person, Relation, Sex
from domain.register.register_change import HouseholdChangeKind, PersonChangeKind
from pipeline.registers.import_registry import Delivery, import_registry
from storage.leads.filter import LeadFilter
from storage.store import Store
from tests.factories import OTHER_VILLAGE, VILLAGE, household, lead, person, raw
from tests.fakes import FakeClock
from tests.importers.office_files import write_csv, write_xlsx
from tests.pipeline.judging import HEADER, POLICY, Judging

TEXT = raw("T", "家里老人得了大病躺在炕上，药费负担不起，请镇里来人看一看。")
AGAIN = raw("A", "老人的病又重了，这一回到县里看病又花了五万，家里实在拿不出来。")
OTHER = raw("O", "他家的窑洞塌了一角，下雨天不敢住，想问问能不能修。")

HEAD = person("庞甲甲", birth_year=1950, sex=Sex.MALE)
WIFE = person("李乙乙", Relation.SPOUSE, birth_year=1952, sex=Sex.FEMALE)
BORN = person("庞新新", Relation.GRANDCHILD, birth_year=2026)


def houses(count: int, *, village=VILLAGE, first: int = 1) -> list[Household]:
    return [
        household(
            f"{village.digits}{number:04d}",
            person(f"庞{chr(0x4E00 + 7 * number)}甲", birth_year=1940 + number),
            village=village,
        )
        for number in range(first, first + count)
    ]


def row_of(number: str, name: str) -> tuple[str, ...]:
    return (number, VILLAGE.digits, "一组", name, "本人", "男", "", "")


@pytest.fixture
def county(sqlite_store: Store, clock: FakeClock, tmp_path: Path) -> Judging:
    return Judging(sqlite_store, clock, tmp_path)


def registered(county: Judging) -> set[str]:
    with county.store.reading() as work:
        return set(work.registry.fingerprints())


def test_a_household_that_a_full_delivery_does_not_name_is_out_of_the_register(county: Judging):
    ten = houses(10)
    county.deliver(*ten)

    receipt = county.deliver(*ten[1:], confirmed=False)

    assert (receipt.gone, receipt.unchanged) == (1, 9)
    assert receipt.change_counts[HouseholdChangeKind.GONE] == 1
    assert [(one.kind, one.masked_name) for one in receipt.person_changes] == [(PersonChangeKind.LEFT, "庞**")]
    assert registered(county) == {one.id for one in ten[1:]}
    with county.store.reading() as work:
        assert ten[0].head.name not in {name for _, _, name in work.registry.names()}
        assert work.register_history.households(receipt.version) == list(receipt.changes)
        assert work.register_history.persons(receipt.version) == list(receipt.person_changes)


def test_villages_that_the_file_does_not_cover_stay(county: Judging):
    here, there = houses(10), houses(5, village=OTHER_VILLAGE)
    county.deliver(*here, *there)

    county.deliver(*here[1:])

    assert registered(county) == {one.id for one in (*here[1:], *there)}


def test_a_partial_delivery_removes_nobody(county: Judging):
    ten = houses(10)
    county.deliver(*ten)

    receipt = county.deliver(*ten[:2], partial=True, confirmed=False)

    assert (receipt.gone, receipt.removes_nothing) == (0, True)
    assert len(registered(county)) == 10


def test_a_file_that_would_empty_a_village_is_refused_until_a_person_says_yes(county: Judging):
    ten = houses(10)
    county.deliver(*ten)

    with pytest.raises(FileError, match=r"141124104202现有10户, 将移出3户.*--partial.*--yes"):
        county.deliver(*ten[3:], confirmed=False)
    assert len(registered(county)) == 10
    assert county.deliver(*ten[2:], confirmed=False).gone == 2
    assert county.deliver(*ten[5:], confirmed=True).gone == 3


def test_new_numbers_for_the_same_people_remove_nobody(county: Judging):
    ten = houses(10)
    county.deliver(*ten)

    receipt = county.deliver(*(replace(one, id=HouseholdId(f"{one.id}9")) for one in ten), confirmed=False)

    assert (receipt.gone, receipt.added) == (10, 10)
    assert receipt.change_counts[HouseholdChangeKind.MOVED] == 10
    assert receipt.change_counts[HouseholdChangeKind.GONE] == receipt.change_counts[HouseholdChangeKind.NEW] == 0
    assert receipt.person_changes == ()


def test_a_household_with_a_rejected_row_stays_as_it_was(county: Judging, tmp_path: Path):
    two = household("1", person("庞甲甲"), person("李乙乙", Relation.SPOUSE))
    county.deliver(two, *houses(9, first=2))
    rows = [
        ("1", VILLAGE.digits, "一组", "庞甲甲", "本人", "男", "", ""),
        ("1", VILLAGE.digits, "一组", "", "配偶", "女", "", ""),
    ]
    rows += [("9", "查不到", "", "庞子子", "本人", "男", "", "")]
    rows += [(one.id, VILLAGE.digits, "一组", one.head.name, "本人", "男", "", "") for one in houses(9, first=2)]

    path = write_csv(tmp_path / "半截.csv", [HEADER, *rows])
    receipt = import_registry(county.store, path, county.clock, POLICY.household_register)

    assert (receipt.kept, receipt.gone, len(receipt.problems)) == (1, 0, 2)
    with county.store.reading() as work:
        assert len(work.registry.households([HouseholdId("1")])[HouseholdId("1")].persons) == 2


def test_rows_without_a_household_number_let_nothing_be_removed(county: Judging, tmp_path: Path):
    ten = houses(10)
    county.deliver(*ten)
    rows = [(one.id, VILLAGE.digits, "一组", one.head.name, "本人", "男", "", "") for one in ten[:-1]]
    path = write_csv(
        tmp_path / "缺号.csv", [HEADER, *rows, ("", VILLAGE.digits, "一组", "庞某某", "本人", "男", "", "")]
    )

    receipt = import_registry(county.store, path, county.clock, POLICY.household_register)

    assert (receipt.gone, receipt.removes_nothing) == (0, True)
    assert len(registered(county)) == 10


def test_the_same_file_twice_changes_nothing_and_lets_no_stage_run_again(county: Judging):
    ten = houses(10)
    county.deliver(*ten)
    county.arrive(TEXT, ten[0].id)
    before = county.leads()
    with county.store.reading() as work:
        version = work.registry.version()

    receipt = county.deliver(*ten, confirmed=False)
    county.process()

    assert (receipt.added, receipt.changed, receipt.gone, receipt.changes) == (0, 0, 0, ())
    assert county.leads() == before
    with county.store.reading() as work:
        assert work.registry.version() == version
        assert len([one for one in work.breadcrumbs.of(TEXT.id) if one.stage == "link"]) == 1


def test_the_first_delivery_lists_nothing(county: Judging):
    receipt = county.deliver(*houses(3), confirmed=False)

    assert receipt.change_counts[HouseholdChangeKind.NEW] == 3
    assert receipt.changes == receipt.person_changes == ()


def test_an_open_lead_follows_its_household_to_another_village_with_its_history(county: Judging):
    ten = houses(10)
    county.deliver(*ten)
    county.arrive(TEXT, ten[0].id)
    county.decide(county.leads()[0].lead.id, LeadStatus.VISITING)
    moved = household(
        "777", ten[0].head, replace(ten[0].head, name="庞新新", relation=Relation.CHILD), village=OTHER_VILLAGE
    )
    county.deliver(household(ten[0].id, *moved.persons), *ten[1:])

    receipt = county.deliver(moved, *ten[1:])

    assert receipt.followed.moved == 1
    [view] = county.leads()
    assert (view.lead.household_id, view.lead.region, view.status) == ("777", OTHER_VILLAGE, LeadStatus.NEW)
    assert [one.status for one in view.decisions] == [LeadStatus.VISITING, LeadStatus.NEW]
    with county.store.reading() as work:
        assert work.leads.count(LeadFilter(scope=AccessScope(VILLAGE))) == 0


def test_an_open_lead_follows_its_household_that_keeps_its_number_to_another_village(county: Judging):
    ten = houses(10)
    county.deliver(*ten)
    county.arrive(TEXT, ten[0].id)
    county.decide(county.leads()[0].lead.id, LeadStatus.VISITING)
    county.arrive(OTHER, ten[1].id)
    there = replace(ten[0], village=OTHER_VILLAGE)

    assert county.deliver(there, *ten[1:]).followed.moved == 1
    assert county.deliver(replace(there, group="二组"), *ten[1:]).followed.moved == 0

    [view] = [one for one in county.leads() if one.lead.household_id == there.id]
    assert (view.lead.region, view.status) == (OTHER_VILLAGE, LeadStatus.NEW)
    assert [one.region_before for one in view.moves] == [VILLAGE]
    assert "另一个村" in view.moves[0].reason
    county.arrive(AGAIN, there.id)
    with county.store.reading() as work:
        assert work.leads.count(LeadFilter(scope=AccessScope(OTHER_VILLAGE))) == 1
        assert work.leads.count(LeadFilter(scope=AccessScope(VILLAGE))) == 1
        assert work.leads.of_document(AGAIN.id) == [view.lead.id]


def test_a_lead_stays_in_the_village_where_a_son_alone_takes_the_number_to_another(county: Judging):
    head, son = person("庞甲甲", birth_year=1950), person("庞丙丙", Relation.CHILD, birth_year=1985)
    brother = person("庞戊戊", birth_year=1948)
    family, uncles = household(f"{VILLAGE.digits}0101", head, son), household(f"{VILLAGE.digits}0103", brother)
    county.deliver(family, uncles, *houses(10))
    county.arrive(TEXT, family.id)
    county.decide(county.leads()[0].lead.id, LeadStatus.VISITING)

    alone = household(family.id, replace(son, relation=Relation.HEAD), village=OTHER_VILLAGE)
    together = household(uncles.id, brother, replace(head, relation=Relation.PARENT))
    county.deliver(alone, together, *houses(10))

    [view] = county.leads()
    assert (view.lead.region, view.status) == (VILLAGE, LeadStatus.VISITING)


def test_a_lead_without_a_text_stays_with_who_has_it_when_its_household_is_registered_in_another_village(
    county: Judging,
):
    ten = houses(10)
    county.deliver(*ten)
    with county.store.unit_of_work() as work:
        work.leads.add(replace(lead("unsourced", region=VILLAGE, household_id=ten[0].id), unsourced=True))
        work.commit()

    receipt = county.deliver(replace(ten[0], village=OTHER_VILLAGE), *ten[1:])

    assert receipt.followed.moved == 0
    assert [one.lead.region for one in county.leads()] == [VILLAGE]


def test_leads_follow_numbers_that_all_move_on_by_one(county: Judging):
    three = houses(3)
    county.deliver(*three)
    county.arrive(TEXT, three[0].id)
    county.arrive(OTHER, three[1].id)
    shifted = [replace(one, id=HouseholdId(f"{VILLAGE.digits}{number:04d}")) for number, one in enumerate(three, 2)]

    county.deliver(household(three[0].id, person("新来来", birth_year=2001)), *shifted)
    county.scores[TEXT.id], county.scores[OTHER.id] = (shifted[0].id,), (shifted[1].id,)
    county.process()

    found = {view.evidence[0].document_id: view.lead.household_id for view in county.leads()}
    assert found == {TEXT.id: shifted[0].id, OTHER.id: shifted[1].id}


def test_leads_of_two_households_that_live_together_now_become_one(county: Judging):
    three = houses(3)
    county.deliver(*three)
    county.arrive(TEXT, three[0].id)
    county.arrive(OTHER, three[1].id)
    kept = next(view for view in county.leads() if view.lead.household_id == three[1].id)

    together = replace(three[1], persons=(three[1].head, replace(three[0].head, relation=Relation.PARENT)))
    receipt = county.deliver(together, three[2])

    assert receipt.change_counts[HouseholdChangeKind.MERGED] == 1
    [view] = county.open_leads()
    assert (view.lead.id, {one.document_id for one in view.evidence}) == (kept.lead.id, {TEXT.id, OTHER.id})
    assert any("并入这一条" in note.text for note in view.notes)
    assert sorted(view.status for view in county.leads()) == [LeadStatus.DUPLICATE, LeadStatus.NEW]


def test_where_a_household_fell_apart_its_lead_and_its_verdict_go_to_review(county: Judging):
    parents, children = (
        [person("庞甲甲", birth_year=1950), person("李乙乙", Relation.SPOUSE, birth_year=1951)],
        [person("庞丙丙", birth_year=1978), person("王丁丁", Relation.SPOUSE, birth_year=1979)],
    )
    county.deliver(household("1", *parents, *children), *houses(5, first=2))
    county.arrive(TEXT, "1")
    county.say(TEXT, "1", HouseholdVerdict.SAME)
    county.process()

    receipt = county.deliver(household("8", *parents), household("9", *children), *houses(5, first=2))
    county.scores[TEXT.id] = ("8",)
    county.process()

    assert receipt.followed.to_review == 1
    [view] = county.leads()
    assert (view.lead.household_id, view.lead.region) == (None, VILLAGE)
    assert "人工核对" in view.moves[-1].reason
    assert {one.household_id for one in county.link_of(TEXT).candidates} == {"8", "9"}


def test_a_lead_of_a_household_that_is_gone_says_so_and_stays(county: Judging):
    ten = houses(10)
    county.deliver(*ten)
    county.arrive(TEXT, ten[0].id)

    receipt = county.deliver(*ten[1:])

    assert receipt.followed.gone == 1
    [view] = county.open_leads()
    assert "没有这一户" in view.notes[0].text


def test_a_lead_does_not_go_to_others_who_get_the_number_after_nobody_had_it(county: Judging):
    ten = houses(10)
    county.deliver(*ten)
    county.arrive(TEXT, ten[0].id)
    county.deliver(*ten[1:])

    receipt = county.deliver(household(ten[0].id, person("杨新新", birth_year=1999)), *ten[1:])

    assert receipt.followed.to_review == 1
    [view] = county.open_leads()
    assert view.lead.household_id is None
    assert "现在是别的人" in view.moves[-1].reason


@pytest.mark.parametrize(
    "back",
    [
        (HEAD,),
        (replace(HEAD, id_number="142332500101001"),),
        (replace(HEAD, name="庞甲申"), BORN),
        (replace(HEAD, name="庞甲申", id_number="142332500101001"),),
        (WIFE, BORN),
    ],
    ids=["as before", "number added", "name corrected", "both", "the head died"],
)
def test_a_lead_of_a_household_that_one_register_left_out_is_still_its_own(county: Judging, back: tuple[Person, ...]):
    county.deliver(household("1", HEAD, WIFE), *houses(9, first=2))
    county.arrive(TEXT, "1")
    county.say(TEXT, "1", HouseholdVerdict.SAME)
    county.process()
    county.deliver(*houses(9, first=2))

    receipt = county.deliver(household("1", *back), *houses(9, first=2))
    county.process()

    assert receipt.followed.to_review == 0
    assert [view.lead.household_id for view in county.open_leads()] == ["1"]
    assert county.link_of(TEXT).household_id == "1"


@st.composite
def deliveries(draw: st.DrawFn) -> list[list[Household]]:
    people = [person(f"庞{sign}甲", birth_year=1950 + at) for at, sign in enumerate("天地玄黄宇宙洪荒")]
    return [
        [
            household(str(number), *(people[one] for one in sorted(members)))
            for number, members in draw(
                st.dictionaries(st.integers(1, 5), st.sets(st.integers(0, 7), min_size=1, max_size=3), min_size=1)
            ).items()
        ]
        for _ in range(3)
    ]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(delivered=deliveries())
def test_after_any_full_deliveries_the_register_is_the_last_one(county: Judging, delivered: list[list[Household]]):
    for households in delivered:
        county.deliver(*households)
        with county.store.reading() as work:
            found = work.registry.households(sorted(work.registry.fingerprints()))

        assert {key: [one.name for one in each.persons] for key, each in found.items()} == {
            one.id: [each.name for each in one.persons] for one in households
        }
        assert county.deliver(*households).unchanged == len(households)


def test_a_delivery_is_full_and_unconfirmed_unless_somebody_says_otherwise():
    assert Delivery() == Delivery(partial=False, confirmed=False)


def test_a_sum_row_of_formulas_keeps_nobody_in_the_register(county: Judging, tmp_path: Path):
    ten = houses(10)
    county.deliver(*ten)
    rows = [(*row_of(one.id, one.persons[0].name), 70, 1) for one in ten[:9]]
    sums = (*[""] * len(HEADER), "=AVERAGE(I2:I9)", "=SUM(J2:J9)")
    path = write_xlsx(tmp_path / "村.xlsx", [(*HEADER, "年龄", "家庭人口"), *rows, sums])

    receipt = import_registry(county.store, path, county.clock, POLICY.household_register)

    assert (receipt.gone, receipt.removes_nothing) == (1, False)
