"""`qianshao feed`: verified leads in order, from a cursor on, for the rest of the monitoring system."""

from typing import Annotated

import typer

from commands.terminal import write_json
from domain.accounts.access_scope import AccessScope
from domain.failures.errors import ConfigError
from domain.sending.outgoing import START, item_record, position_of
from pipeline.deployment import make_deployment
from storage.joined.feed_reading import give_positions, read_feed
from storage.store import Store

_PAGE = 500
_FROM_START = frozenset({"", "0", "start"})
_AHEAD = "--since: 这个游标比现有的记录还新, 数据库可能恢复过备份; 请用 --since start 从头读, 按 id 去重"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("feed")(feed)


def feed(since: Annotated[str, typer.Option(help="上次最后一行的 cursor; 不写从头读")] = "") -> None:
    """按顺序输出游标之后核实过的线索的处理结果, 每行一个JSON; 下次从最后一行的 cursor 接着读。"""
    deployment = make_deployment()
    position, more = _position(since), True
    scope = AccessScope(deployment.settings.county_code)
    _check_not_ahead(deployment.store, position)
    while more:
        page = read_feed(deployment.store, position, scope, limit=_PAGE)
        for item in page.items:
            write_json(item_record(item))
        position, more = page.position, page.more


def _check_not_ahead(store: Store, position: int) -> None:
    """ConfigError for a cursor of a time that the database, put back from a backup, does not know."""
    give_positions(store)
    with store.reading() as work:
        last = work.outgoing.last_position()
    if position > last:
        raise ConfigError(_AHEAD)


def _position(since: str) -> int:
    if since in _FROM_START:
        return START
    try:
        return position_of(since)
    except ValueError as exc:
        raise ConfigError(f"--since: {exc}") from exc
