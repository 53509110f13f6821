"""Column types that several tables share, and a condition on one of them."""

from datetime import UTC, datetime
from typing import Annotated

from sqlalchemy import ColumnElement, DateTime, Dialect, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, mapped_column

from domain.places.region import RegionCode


class Base(DeclarativeBase):
    """Parent of all tables."""


class Moment(TypeDecorator[datetime]):
    """An aware instant, stored in UTC without zone, returned aware."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC without zone; an instant without zone is a mistake of the caller."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without zone cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The instant in UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


def inside(
    column: InstrumentedAttribute[str] | InstrumentedAttribute[str | None], region: RegionCode
) -> ColumnElement[bool]:
    """True for codes of divisions inside the region, itself included."""
    return column.startswith(region.digits, autoescape=True)


Id = Annotated[str, mapped_column(String(64), primary_key=True)]
Key = Annotated[str, mapped_column(String(64), index=True)]
Slug = Annotated[str, mapped_column(String(64))]
Region = Annotated[str, mapped_column(String(12), index=True)]
Sequence = Annotated[int, mapped_column(primary_key=True, autoincrement=True)]
At = Annotated[datetime, mapped_column(Moment)]
