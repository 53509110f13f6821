"""Two households whose heads look the same behind the asterisks can be told from each other."""

from domain.register.household import Household, Relation
from review.shown.told_apart import told_apart
from storage.store import Store
from tests.factories import household, lead, person
from tests.fakes import FakeClock
from tests.review.office import fill


def of_head(number: str, name: str, spouse: str) -> Household:
    return household(number, person(name), person(spouse, Relation.SPOUSE))


FIRST = of_head("1411241042029001", "史建国", "乔香莲")
SECOND = of_head("1411241042029002", "史保平", "申二妮")
OTHER = of_head("1411241042029003", "乔金锁", "申秀英")


def test_a_household_is_known_by_how_many_live_there_and_the_end_of_its_number():
    assert told_apart(FIRST, [FIRST, OTHER]) == "2口人 · 户编号尾号 9001"


def test_beside_one_that_looks_the_same_its_members_tell_it_apart_with_hidden_names():
    assert told_apart(FIRST, [FIRST, SECOND]) == "2口人 · 户编号尾号 9001 · 配偶 乔**"
    assert told_apart(SECOND, [FIRST, SECOND]) == "2口人 · 户编号尾号 9002 · 配偶 申**"


def test_the_feed_and_the_page_and_the_sheet_of_a_lead_say_which_household_it_is(sqlite_store: Store, clock: FakeClock):
    office = fill(sqlite_store, clock)
    with office.store.unit_of_work() as work:
        work.registry.import_households([FIRST, SECOND], file="a", file_sha256="0", at=clock.now())
        for name, one in (("first", FIRST), ("second", SECOND)):
            work.leads.add(lead(name, household_id=one.id, matter=name))
        work.commit()
    client = office.client("village")

    feed = client.get("/").text
    assert "配偶 乔**" in feed
    assert "配偶 申**" in feed
    for address in ("/leads/first", "/leads/first/visit", "/leads/first/sheet"):
        assert "2口人 · 户编号尾号 9001" in client.get(address).text
    assert not any(name in feed for name in ("史建国", "乔香莲", "保平"))
