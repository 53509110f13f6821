"""The step to revision 0012 and back: numbers and confirmed headers by office."""

from dataclasses import replace

from storage.schema import upgrade
from storage.store import Store
from tests.conftest import KEY
from tests.factories import raw
from tests.storage.deliveries.test_header_profiles import PROFILE
from tests.storage.steps import step_down


def test_what_came_before_belongs_to_the_deployment_itself(store: Store, database_url: str):
    with store.unit_of_work() as work:
        work.intake.take([raw("1", "家中有人患病。")])
        work.header_profiles.remember(PROFILE)
        work.header_profiles.remember(replace(PROFILE, office="141124105"))
        work.commit()

    step_down(database_url, "0011")
    upgrade(database_url, KEY)

    with store.unit_of_work() as work:
        assert work.header_profiles.every() == [PROFILE]
        [own] = work.intake.take([raw("1", "家中有人患病，住院了。")])
        [other] = work.intake.take([raw("1", "窑洞裂缝。")], "141124105")
    assert own.earlier_id == raw("1", "家中有人患病。").id
    assert other.number_used_elsewhere
