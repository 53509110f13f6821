"""The console script `qianshao`: nouns, then verbs; the one place where a command's errors end."""

import os
import resource
import sys

import typer
from typer.exceptions import TyperException
from typer.main import get_command

from commands import (
    accounts,
    audit,
    backups,
    confirmed_headers,
    coverage,
    databases,
    feeds,
    imports,
    keys,
    leads,
    operations,
    outgoing,
    reading,
    receipts,
    reports,
    second_reading,
    source_health,
    sources,
    training,
)
from commands.help_pages import in_chinese
from commands.terminal import PARTLY_FAILED, WRONG_USAGE, say
from commands.usage_errors import usage_error
from domain.failures.errors import ConfigError, ModelError, QianshaoError, StorageError
from domain.failures.unreadable import why_unreadable
from domain.privacy.quiet_logs import start_logging

app = typer.Typer(
    name="qianshao",
    help="前哨: 从信访和媒体中发现返贫致贫风险线索, 关联到户, 供干部核实。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
backups.register(databases.app)
source_health.register(sources.app)
receipts.register(app, imports.app)
confirmed_headers.register(imports.app)
app.add_typer(sources.app, name="source")
app.add_typer(imports.app, name="import")
app.add_typer(leads.app, name="lead")
app.add_typer(databases.app, name="db")
app.add_typer(accounts.app, name="account")
app.add_typer(outgoing.app, name="outgoing")
app.add_typer(reports.app, name="report")
app.add_typer(keys.app, name="key")
app.add_typer(audit.app, name="audit")
app.add_typer(training.train, name="train")
app.add_typer(training.evaluate, name="evaluate")
operations.register(app)
coverage.register(app)
reading.register(app)
feeds.register(app)
second_reading.register(app)


def main() -> None:
    """Run the command line; exit 0 fine, 1 part of the work failed, 2 wrong usage or configuration."""
    # Whatever a command writes may hold names and phones: nobody else on the machine reads it.
    os.umask(0o077)
    # A crash leaves no picture of the memory, keys and texts in it.
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    start_logging()
    sys.exit(_run())


def _run() -> int:
    try:
        return in_chinese(get_command(app))(prog_name="qianshao", standalone_mode=False) or 0
    except TyperException as exc:
        said, code = usage_error(exc), WRONG_USAGE
    except typer.Abort:
        said, code = "已取消", PARTLY_FAILED
    except (ConfigError, StorageError, ModelError) as exc:
        said, code = f"错误: {exc}", WRONG_USAGE
    except QianshaoError as exc:
        said, code = f"错误: {exc}", PARTLY_FAILED
    except OSError as exc:
        # A file or folder named on the command line or in the settings that no part had a better word for.
        said, code = f"错误: {exc.filename or '系统'}: {why_unreadable(exc)}", WRONG_USAGE
    if said:
        say(said)
    return code
