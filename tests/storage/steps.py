"""Steps back to earlier revisions of the tables."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from storage import schema


def step_down(database_url: str, revision: str) -> None:
    """Bring the database back to the revision."""
    engine = create_engine(database_url)
    with engine.begin() as connection:
        configuration = Config()
        configuration.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
        configuration.attributes["connection"] = connection
        command.downgrade(configuration, revision)
    engine.dispose()
