"""The register as slowly changing rows, and the gazetteer."""

from datetime import date

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import At, Base, Sequence, Slug


class RegistryVersionRow(Base):
    """One import of the register."""

    __tablename__ = "registry_versions"
    version: Mapped[Sequence]
    file: Mapped[str] = mapped_column(String)
    file_sha256: Mapped[Slug]
    at: Mapped[At]
    added: Mapped[int]
    changed: Mapped[int]
    unchanged: Mapped[int]
    gone: Mapped[int]


class HouseholdChangeRow(Base):
    """One household of a version's report; the first delivery has no report, for everything in it is new."""

    __tablename__ = "household_changes"
    version: Mapped[int] = mapped_column(ForeignKey("registry_versions.version"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Slug]
    household_id: Mapped[str] = mapped_column(String(64), index=True)
    village: Mapped[str] = mapped_column(String(12))
    related: Mapped[list[str]] = mapped_column(JSON)


class PersonChangeRow(Base):
    """One person of a version's report, by masked name."""

    __tablename__ = "person_changes"
    version: Mapped[int] = mapped_column(ForeignKey("registry_versions.version"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Slug]
    masked_name: Mapped[str] = mapped_column(String(64))
    before: Mapped[str | None] = mapped_column(String(64))
    after: Mapped[str | None] = mapped_column(String(64))


class SuccessionRow(Base):
    """Where the people of a household went whose number means them no more from this version on."""

    __tablename__ = "household_successions"
    household_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[int] = mapped_column(ForeignKey("registry_versions.version"), primary_key=True)
    successors: Mapped[list[str]] = mapped_column(JSON)
    clear: Mapped[bool]
    same_people: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(200))


class HouseholdRow(Base):
    """A household as it was from one version of the register until another."""

    __tablename__ = "households"
    __table_args__ = (Index("households_current", "household_id", "valid_to"),)
    row_id: Mapped[Sequence]
    household_id: Mapped[Slug]
    valid_from: Mapped[int] = mapped_column(ForeignKey("registry_versions.version"))
    valid_to: Mapped[int | None]
    """The version that replaced or ended this row; none while it is current."""
    content_sha256: Mapped[Slug]
    """Keyed, for of a small household only a number may be unknown."""
    village: Mapped[str] = mapped_column(String(12), index=True)
    group_name: Mapped[str] = mapped_column(String)
    natural_village: Mapped[str] = mapped_column(String)
    household_type: Mapped[str] = mapped_column(String)
    address_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("relocation_sites.site_id"))


class PersonRow(Base):
    """A person of a household row; `position` 0 is the head."""

    __tablename__ = "persons"
    row_id: Mapped[int] = mapped_column(ForeignKey("households.row_id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64), index=True)
    relation: Mapped[Slug]
    id_index: Mapped[str | None] = mapped_column(String(64), index=True)
    phone_index: Mapped[str | None] = mapped_column(String(64), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class MonitoringRow(Base):
    """One entry of a household row's monitoring history."""

    __tablename__ = "monitoring_records"
    row_id: Mapped[int] = mapped_column(ForeignKey("households.row_id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    category: Mapped[Slug]
    risks: Mapped[str] = mapped_column(String)
    identified_on: Mapped[date | None]
    removed_on: Mapped[date | None]
    removed: Mapped[bool]


class RelocationSiteRow(Base):
    """A relocation site by name."""

    __tablename__ = "relocation_sites"
    site_id: Mapped[Sequence]
    name: Mapped[str] = mapped_column(String(128), unique=True)


class PlaceRow(Base):
    """A division of the official list."""

    __tablename__ = "places"
    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String)
    urban_rural: Mapped[str] = mapped_column(String(8))
    longitude: Mapped[float | None]
    latitude: Mapped[float | None]
    located_by: Mapped[str] = mapped_column(String(200), default="", server_default="")


class AliasRow(Base):
    """Another name of a place."""

    __tablename__ = "place_aliases"
    code: Mapped[str] = mapped_column(ForeignKey("places.code"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String)
    kind: Mapped[Slug]
    note: Mapped[str] = mapped_column(String)
    first_year: Mapped[int | None]
    last_year: Mapped[int | None]
