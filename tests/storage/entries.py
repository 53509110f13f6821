"""The feed's entries as they are stored."""

from typing import Any

from sqlalchemy import Row, create_engine, select

from storage.tables.feed import FeedEntryRow


def entries(database_url: str) -> list[Row[Any]]:
    """Every column of every entry, by lead."""
    engine = create_engine(database_url)
    with engine.connect() as connection:
        rows = list(connection.execute(select(FeedEntryRow.__table__).order_by(FeedEntryRow.lead_id)))
    engine.dispose()
    return rows
