"""Runs migrations on the connection that `storage.schema` hands in."""

from alembic import context

from storage.columns import Base
from storage.tables import (
    documents,
    feed,
    header_profiles,
    household_judgements,
    leads,
    operation,
    outgoing,
    protection,
    receipts,
    registry,
    second_reading,
    sign_in,
    submissions,
    watch,
    workflow,
)

TABLES = (
    documents,
    feed,
    header_profiles,
    household_judgements,
    leads,
    operation,
    protection,
    outgoing,
    receipts,
    registry,
    second_reading,
    sign_in,
    submissions,
    watch,
    workflow,
)
"""Imported so that their tables are known to the metadata."""

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
