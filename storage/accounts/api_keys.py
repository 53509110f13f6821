"""Keys of other offices' programs; a revoked one stays, for receipts and the audit log name it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from domain.accounts.api_key import ApiKey, KeyScope
from domain.places.region import RegionCode
from storage.session import Session
from storage.tables.submissions import ApiKeyRow


class ApiKeys:
    """Which programs may come in."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def add(self, key: ApiKey) -> None:
        """Append a key."""
        row = {
            "id": key.id,
            "name": key.name,
            "scopes": sorted(key.scopes),
            "region": key.region.digits,
            "department": key.department,
            "secret_hash": key.secret_hash,
            "created_at": key.created_at,
            "created_by": key.created_by,
            "expires_at": key.expires_at,
            "last_used_at": key.last_used_at,
            "revoked_at": key.revoked_at,
        }
        self._session.insert_new(ApiKeyRow, [row])

    def get(self, key_id: str) -> ApiKey | None:
        """The key of an id, valid or not."""
        query = select(ApiKeyRow.__table__).where(ApiKeyRow.id == key_id)
        row = self._session.connection.execute(query).one_or_none()
        return _key(row) if row else None

    def all(self) -> list[ApiKey]:
        """Every key, the oldest first."""
        query = select(ApiKeyRow.__table__).order_by(ApiKeyRow.created_at, ApiKeyRow.id)
        return [_key(row) for row in self._session.connection.execute(query)]

    def revoke(self, key_id: str, at: datetime) -> bool:
        """True when the key was valid until now; it is refused from now on."""
        revoking = update(ApiKeyRow).where(ApiKeyRow.id == key_id, ApiKeyRow.revoked_at.is_(None))
        return self._session.connection.execute(revoking.values(revoked_at=at)).rowcount == 1

    def note_use(self, key_id: str, at: datetime) -> None:
        """The key has been used."""
        self._session.connection.execute(update(ApiKeyRow).where(ApiKeyRow.id == key_id).values(last_used_at=at))


def _key(row: Row[Any]) -> ApiKey:
    return ApiKey(
        id=row.id,
        name=row.name,
        scopes=frozenset(KeyScope(scope) for scope in row.scopes),
        region=RegionCode(row.region),
        department=row.department,
        secret_hash=row.secret_hash,
        created_at=row.created_at,
        created_by=row.created_by,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
    )
