"""Keys for tests: put into the store at that moment."""

from collections.abc import Iterable
from datetime import timedelta

from domain.accounts.api_key import ApiKey, KeyScope
from domain.places.region import RegionCode
from review.sign_in.key_secrets import make_key
from storage.store import Store
from tests.factories import TOWN
from tests.fakes import NOON

BOTH = (KeyScope.SUBMIT_PETITIONS, KeyScope.READ_RECEIPTS)


def add_key(
    store: Store, scopes: Iterable[KeyScope] = BOTH, region: RegionCode = TOWN, days: int = 30, department: str = ""
) -> str:
    """The text of a new key."""
    made = make_key()
    with store.unit_of_work() as work:
        work.api_keys.add(
            ApiKey(
                id=made.id,
                name="县平台",
                scopes=frozenset(scopes),
                region=region,
                department=department,
                secret_hash=made.secret_hash,
                created_at=NOON,
                created_by="system",
                expires_at=NOON + timedelta(days=days),
            )
        )
        work.commit()
    return made.text


def bearer(key: str) -> dict[str, str]:
    """The header that carries the key."""
    return {"Authorization": f"Bearer {key}"}
