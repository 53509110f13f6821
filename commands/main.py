"""The console script `qianshao`: nouns, then verbs; the one place where a command's errors end."""

import logging
import sys

import typer

from commands import (
    accounts,
    coverage,
    databases,
    feeds,
    imports,
    leads,
    operations,
    reading,
    receipts,
    second_reading,
    source_health,
    sources,
    training,
)
from commands.terminal import PARTLY_FAILED, WRONG_USAGE, say
from domain.errors import ConfigError, QianshaoError, StorageError

app = typer.Typer(
    name="qianshao",
    help="前哨: 从信访和媒体中发现返贫致贫风险线索, 关联到户, 供干部核实。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
source_health.register(sources.app)
receipts.register(app, imports.app)
app.add_typer(sources.app, name="source")
app.add_typer(imports.app, name="import")
app.add_typer(leads.app, name="lead")
app.add_typer(databases.app, name="db")
app.add_typer(accounts.app, name="account")
app.add_typer(training.train, name="train")
app.add_typer(training.evaluate, name="evaluate")
operations.register(app)
coverage.register(app)
reading.register(app)
feeds.register(app)
second_reading.register(app)


def main() -> None:
    """Run the command line; exit 0 fine, 1 part of the work failed, 2 wrong usage or configuration."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    try:
        app()
    except (ConfigError, StorageError) as exc:
        say(f"错误: {exc}")
        sys.exit(WRONG_USAGE)
    except QianshaoError as exc:
        say(f"错误: {exc}")
        sys.exit(PARTLY_FAILED)
