"""The household register: slowly changing rows, exact look-ups by keyed fingerprint and by name."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Row, Select, bindparam, func, insert, select, update

from domain.accounts.access_scope import AccessScope
from domain.places.region import RegionCode
from domain.register.household import Household, HouseholdId, MonitoringRecord, Person
from domain.words.vocabulary import MonitoringCategory
from storage.codec import dump, person_from, person_to
from storage.columns import Base
from storage.encryption.sealed import ADDRESS, PERSON
from storage.session import Session, chunks
from storage.tables.registry import HouseholdRow, MonitoringRow, PersonRow, RegistryVersionRow, RelocationSiteRow
from storage.visibility import household_visible

_AT_ONCE = 10_000
"""Rows fetched at once when the whole register is read."""
_AT_ONCE_WRITTEN = 500
"""Households in one statement."""
# Made once: every page asks them, and making them anew takes longer than running them.
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_OF_ANY_TIME = (
    select(*HouseholdRow.__table__.columns, RelocationSiteRow.name.label("site"))
    .outerjoin(RelocationSiteRow, RelocationSiteRow.site_id == HouseholdRow.site_id)
    .where(HouseholdRow.household_id.in_(_IDS))
)
_HOUSEHOLDS = _OF_ANY_TIME.where(HouseholdRow.valid_to.is_(None))
_NAMES = (
    select(HouseholdRow.household_id, PersonRow.name)
    .join(PersonRow, PersonRow.row_id == HouseholdRow.row_id)
    .where(HouseholdRow.household_id.in_(_IDS), HouseholdRow.valid_to.is_(None))
)
_MEMBERS: dict[type[Base], Select[Any]] = {
    PersonRow: select(PersonRow.__table__)
    .where(PersonRow.row_id.in_(_IDS))
    .order_by(PersonRow.row_id, PersonRow.position),
    MonitoringRow: select(MonitoringRow.__table__)
    .where(MonitoringRow.row_id.in_(_IDS))
    .order_by(MonitoringRow.row_id, MonitoringRow.position),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryImport:
    """What one import changed."""

    version: int
    added: int
    changed: int
    unchanged: int
    gone: int = 0


class Registry:
    """The register as it stands; older versions of a household stay in their rows."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session
        self._known: dict[tuple[AccessScope | None, HouseholdId], Household | None] = {}
        self._names: dict[HouseholdId, frozenset[str]] = {}

    def preload(self, ids: Sequence[HouseholdId], *, inside: AccessScope | None = None) -> None:
        """Read many households at once; `households` with this very scope then asks no more for them.

        For a transaction that reads.
        """
        found = self.households(ids, inside=inside)
        self._known |= {(inside, household_id): found.get(household_id) for household_id in ids}

    def import_households(
        self,
        households: Iterable[Household],
        *,
        file: str,
        file_sha256: str,
        at: datetime,
        gone: Sequence[HouseholdId] = (),
        known: Mapping[HouseholdId, str] | None = None,
        unchanged: int = 0,
    ) -> RegistryImport:
        """Append a version: changed households get a new row, those that are `gone` end, all others keep their row.

        `known` are the `fingerprints` of this transaction, where they were asked for before; `unchanged` counts
        delivered households that are left out of `households` because they are as they were.
        """
        delivered = list({household.id: household for household in households}.values())
        current = self.fingerprints() if known is None else known
        added = [one for one in delivered if one.id not in current]
        changed = [one for one in delivered if one.id in current and current[one.id] != self.fingerprint(one)]
        outcome = RegistryImport(
            version=self._latest_import() + 1,
            added=len(added),
            changed=len(changed),
            unchanged=unchanged + len(delivered) - len(added) - len(changed),
            gone=len(gone),
        )
        self._session.insert_new(
            RegistryVersionRow, [{**asdict(outcome), "file": file, "file_sha256": file_sha256, "at": at}]
        )
        for part in chunks([*(one.id for one in changed), *gone]):
            closing = update(HouseholdRow).where(HouseholdRow.household_id.in_(part), HouseholdRow.valid_to.is_(None))
            self._session.connection.execute(closing.values(valid_to=outcome.version))
        sites = self._sites({one.relocation_site for one in delivered if one.relocation_site})
        written = (*added, *changed)
        for first in range(0, len(written), _AT_ONCE_WRITTEN):
            self._insert(written[first : first + _AT_ONCE_WRITTEN], outcome.version, sites)
        return outcome

    def households(
        self, ids: Sequence[HouseholdId], *, inside: AccessScope | None = None
    ) -> dict[HouseholdId, Household]:
        """The current households, those of the scope where one is given; unknown ids are left out."""
        known = {one: self._known[inside, one] for one in ids if (inside, one) in self._known}
        found = {one: household for one, household in known.items() if household is not None}
        query = _HOUSEHOLDS if inside is None else _HOUSEHOLDS.where(household_visible(inside))
        for part in chunks([one for one in ids if one not in known]):
            found |= self._whole(list(self._session.connection.execute(query, {"ids": part})))
        return found

    def last_known(self, ids: Sequence[HouseholdId]) -> dict[HouseholdId, Household]:
        """Who had each of these numbers last, also where it is in the register no more; unknown ids are left out."""
        found: dict[HouseholdId, Household] = {}
        query = _OF_ANY_TIME.order_by(HouseholdRow.valid_from)
        for part in chunks(ids):
            rows: dict[str, Any] = {
                row.household_id: row for row in self._session.connection.execute(query, {"ids": part})
            }
            found |= self._whole(list(rows.values()))
        return found

    def of_version(self, household_id: HouseholdId, version: int) -> Household | None:
        """Who had this number in a version of the register; None where nobody had, or it was purged since."""
        until = HouseholdRow.valid_to
        query = _OF_ANY_TIME.where(HouseholdRow.valid_from <= version, until.is_(None) | (until > version))
        return self._whole(list(self._session.connection.execute(query, {"ids": [household_id]}))).get(household_id)

    def by_id_numbers(self, values: Sequence[str]) -> dict[str, list[HouseholdId]]:
        """Households with a person of exactly this ID number."""
        return self._by_fingerprint(PersonRow.id_index, values)

    def by_phones(self, values: Sequence[str]) -> dict[str, list[HouseholdId]]:
        """Households with a person of exactly this phone."""
        return self._by_fingerprint(PersonRow.phone_index, values)

    def by_names(self, values: Sequence[str]) -> dict[str, list[HouseholdId]]:
        """Households with a person of exactly this name."""
        return self._matching(PersonRow.name, {value: value for value in values})

    def names_in(self, ids: Sequence[HouseholdId]) -> dict[HouseholdId, frozenset[str]]:
        """The names of everybody in these households, of any village; for a transaction that reads.

        Asked a second time it knows them. None for a household that is not in the register now.
        """
        asked = [one for one in ids if one not in self._names]
        found: dict[HouseholdId, set[str]] = {one: set() for one in asked}
        for part in chunks(asked):
            for row in self._session.connection.execute(_NAMES, {"ids": part}):
                found[HouseholdId(row.household_id)].add(row.name)
        self._names |= {one: frozenset(names) for one, names in found.items()}
        return {one: self._names[one] for one in ids}

    def names(self) -> Iterator[tuple[HouseholdId, RegionCode, str]]:
        """Of every registered person the household, the village and the name; a million are not held at once."""
        query = (
            select(HouseholdRow.household_id, HouseholdRow.village, PersonRow.name)
            .join(PersonRow, PersonRow.row_id == HouseholdRow.row_id)
            .where(HouseholdRow.valid_to.is_(None))
        )
        for row in self._session.connection.execute(query.execution_options(yield_per=_AT_ONCE)):
            yield HouseholdId(row.household_id), RegionCode(row.village), row.name

    def village_of(self, household_id: HouseholdId) -> RegionCode | None:
        """The village of a current household."""
        query = select(HouseholdRow.village).where(
            HouseholdRow.household_id == household_id, HouseholdRow.valid_to.is_(None)
        )
        village = self._session.connection.scalar(query)
        return RegionCode(village) if village else None

    def in_villages(self, villages: Sequence[RegionCode]) -> dict[HouseholdId, RegionCode]:
        """The current households of these villages, each with its village."""
        found: dict[HouseholdId, RegionCode] = {}
        for part in chunks([village.digits for village in villages]):
            query = select(HouseholdRow.household_id, HouseholdRow.village).where(
                HouseholdRow.village.in_(part), HouseholdRow.valid_to.is_(None)
            )
            for row in self._session.connection.execute(query):
                found[HouseholdId(row.household_id)] = RegionCode(row.village)
        return found

    def villages(self, ids: Sequence[HouseholdId]) -> dict[HouseholdId, RegionCode]:
        """The village of each of these households that is current."""
        found: dict[HouseholdId, RegionCode] = {}
        for part in chunks(ids):
            query = select(HouseholdRow.household_id, HouseholdRow.village).where(
                HouseholdRow.household_id.in_(part), HouseholdRow.valid_to.is_(None)
            )
            for row in self._session.connection.execute(query):
                found[HouseholdId(row.household_id)] = RegionCode(row.village)
        return found

    def count(self) -> tuple[int, int]:
        """How many households and persons the current register has."""
        current = HouseholdRow.valid_to.is_(None)
        households = select(func.count()).select_from(HouseholdRow).where(current)
        persons = (
            select(func.count()).select_from(PersonRow).join(HouseholdRow, HouseholdRow.row_id == PersonRow.row_id)
        )
        connection = self._session.connection
        return connection.scalar(households) or 0, connection.scalar(persons.where(current)) or 0

    def version(self) -> int:
        """The latest version that changed anything, 0 before the first import; a file delivered twice makes none."""
        changes = RegistryVersionRow.added + RegistryVersionRow.changed + RegistryVersionRow.gone
        query = select(func.max(RegistryVersionRow.version)).where(changes > 0)
        return self._session.connection.scalar(query) or 0

    def version_of_file(self, sha256: str) -> int:
        """The latest version that this very file made; 0 where it made none."""
        query = select(func.max(RegistryVersionRow.version)).where(RegistryVersionRow.file_sha256 == sha256)
        return self._session.connection.scalar(query) or 0

    def edition(self) -> str:
        """What the register as it stands is recognised by, also after a backup was put back."""
        table = RegistryVersionRow
        query = select(table.file_sha256, table.at).where(table.version == self.version())
        row = self._session.connection.execute(query).first()
        return hashlib.sha256(f"{row.file_sha256} {row.at.isoformat()}".encode()).hexdigest()[:12] if row else "empty"

    def version_at(self, moment: datetime) -> int:
        """The version that the register had then; 0 before the first import."""
        query = select(func.max(RegistryVersionRow.version)).where(RegistryVersionRow.at <= moment)
        return self._session.connection.scalar(query) or 0

    def _latest_import(self) -> int:
        return self._session.connection.scalar(select(func.max(RegistryVersionRow.version))) or 0

    def fingerprints(self) -> dict[HouseholdId, str]:
        """What each current household's content is recognised by."""
        query = select(HouseholdRow.household_id, HouseholdRow.content_sha256).where(HouseholdRow.valid_to.is_(None))
        lead_on = self._session.cipher.lead_on
        rows = self._session.connection.execute(query)
        return {HouseholdId(row.household_id): lead_on(row.content_sha256) for row in rows}

    def fingerprint(self, household: Household) -> str:
        """What the household's content is recognised by: keyed, or its only unknown part could be guessed."""
        return self._session.cipher.blind_index(fingerprint(household))

    def _sites(self, names: set[str]) -> dict[str, int]:
        self._session.insert_new(RelocationSiteRow, [{"name": name} for name in sorted(names)])
        query = select(RelocationSiteRow.name, RelocationSiteRow.site_id)
        return {row.name: row.site_id for row in self._session.connection.execute(query)}

    def _insert(self, households: Sequence[Household], version: int, sites: dict[str, int]) -> None:
        rows = [
            {
                "household_id": household.id,
                "valid_from": version,
                "valid_to": None,
                "content_sha256": self.fingerprint(household),
                "village": household.village.digits,
                "group_name": household.group,
                "natural_village": household.natural_village,
                "household_type": household.household_type,
                "address_sealed": self._session.seal({"address": household.address}, ADDRESS.of(household.id, version)),
                "site_id": sites.get(household.relocation_site),
            }
            for household in households
        ]
        adding = insert(HouseholdRow).returning(HouseholdRow.row_id, sort_by_parameter_order=True)
        numbered = list(zip(self._session.connection.scalars(adding, rows), households, strict=True))
        self._session.insert_new(
            PersonRow,
            [
                self._person_row(row_id, at, person)
                for row_id, household in numbered
                for at, person in enumerate(household.persons)
            ],
        )
        self._session.insert_new(
            MonitoringRow,
            [
                {
                    "row_id": row_id,
                    "position": at,
                    "category": record.category.value,
                    "risks": "、".join(record.risks),
                    "identified_on": record.identified_on,
                    "removed_on": record.removed_on,
                    "removed": record.removed,
                }
                for row_id, household in numbered
                for at, record in enumerate(household.monitoring)
            ],
        )

    def _person_row(self, row_id: int, position: int, person: Person) -> dict[str, Any]:
        index = self._session.cipher.blind_index
        return {
            "row_id": row_id,
            "position": position,
            "name": person.name,
            "relation": person.relation.value,
            "id_index": index(person.id_number) if person.id_number else None,
            "phone_index": index(person.phone) if person.phone else None,
            "sealed": self._session.seal(person_to(person), PERSON.of(row_id, position)),
        }

    def _members(self, table: type[Base], row_ids: Sequence[int]) -> dict[int, list[Row[Any]]]:
        found: dict[int, list[Row[Any]]] = defaultdict(list)
        for row in self._session.connection.execute(_MEMBERS[table], {"ids": row_ids}):
            found[row.row_id].append(row)
        return found

    def _whole(self, rows: Sequence[Row[Any]]) -> dict[HouseholdId, Household]:
        persons = self._members(PersonRow, [row.row_id for row in rows])
        monitoring = self._members(MonitoringRow, [row.row_id for row in rows])
        return {
            HouseholdId(row.household_id): self._household(row, persons[row.row_id], monitoring[row.row_id])
            for row in rows
        }

    def _household(self, row: Row[Any], persons: Sequence[Row[Any]], monitoring: Sequence[Row[Any]]) -> Household:
        unseal = self._session.unseal
        return Household(
            id=HouseholdId(row.household_id),
            village=RegionCode(row.village),
            group=row.group_name,
            persons=tuple(person_from(unseal(one.sealed, PERSON.of(one.row_id, one.position))) for one in persons),
            household_type=row.household_type,
            natural_village=row.natural_village,
            address=unseal(row.address_sealed, ADDRESS.of(row.household_id, row.valid_from))["address"],
            relocation_site=row.site or "",
            monitoring=tuple(_monitoring(one) for one in monitoring),
        )

    def _by_fingerprint(self, column: Any, values: Sequence[str]) -> dict[str, list[HouseholdId]]:
        return self._matching(column, self._session.indexes(values))

    def _matching(self, column: Any, wanted: dict[str, str]) -> dict[str, list[HouseholdId]]:
        found: dict[str, list[HouseholdId]] = defaultdict(list)
        for part in chunks(sorted(wanted)):
            query = (
                select(column.label("key"), HouseholdRow.household_id)
                .join(HouseholdRow, HouseholdRow.row_id == PersonRow.row_id)
                .where(column.in_(part), HouseholdRow.valid_to.is_(None))
                .order_by(HouseholdRow.household_id)
                .distinct()
            )
            for row in self._session.connection.execute(query):
                found[wanted[row.key]].append(HouseholdId(row.household_id))
        return dict(found)


def fingerprint(household: Household) -> str:
    """SHA-256 of the household's content: the same content always has the same one. It is stored keyed only."""
    # Written out: `asdict` takes ten times as long, and a register has hundreds of thousands of households.
    record = {
        "id": household.id,
        "village": household.village.digits,
        "group": household.group,
        "persons": [person_to(person) for person in household.persons],
        "household_type": household.household_type,
        "natural_village": household.natural_village,
        "address": household.address,
        "relocation_site": household.relocation_site,
        "monitoring": [_monitoring_to(one) for one in household.monitoring],
    }
    return hashlib.sha256(dump(record).encode()).hexdigest()


def _monitoring_to(record: MonitoringRecord) -> dict[str, Any]:
    return {
        "category": record.category,
        "risks": list(record.risks),
        "identified_on": str(record.identified_on) if record.identified_on else None,
        "removed_on": str(record.removed_on) if record.removed_on else None,
        "removed": record.removed,
    }


def _monitoring(row: Row[Any]) -> MonitoringRecord:
    return MonitoringRecord(
        category=MonitoringCategory(row.category),
        risks=tuple(part for part in row.risks.split("、") if part),
        identified_on=row.identified_on,
        removed_on=row.removed_on,
        removed=row.removed,
    )
