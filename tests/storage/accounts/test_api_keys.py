"""Keys of other offices' programs."""

from dataclasses import replace
from datetime import timedelta

from domain.accounts.api_key import ApiKey, KeyScope
from storage.store import Store
from tests.factories import TOWN
from tests.fakes import NOON

KEY = ApiKey(
    id="0123456789ab",
    name="县平台",
    scopes=frozenset(KeyScope),
    region=TOWN,
    secret_hash="5" * 64,
    created_at=NOON,
    created_by="system",
    expires_at=NOON + timedelta(days=1),
)


def test_a_key_comes_back_and_is_valid_until_it_expires_or_is_revoked(store: Store):
    with store.unit_of_work() as work:
        work.api_keys.add(KEY)
        work.api_keys.note_use(KEY.id, NOON)
        work.commit()

    with store.unit_of_work() as work:
        [found] = work.api_keys.all()
        assert found == replace(KEY, last_used_at=NOON)
        assert (found.is_valid(NOON), found.is_valid(KEY.expires_at)) == (True, False)
        assert work.api_keys.revoke(KEY.id, NOON)
        assert not work.api_keys.revoke(KEY.id, NOON)
        revoked = work.api_keys.get(KEY.id)
        assert revoked is not None
        assert not revoked.is_valid(NOON)
        assert work.api_keys.get("nothing") is None
