"""`qianshao feed`: what people decided, in order, from a cursor on, for the rest of the monitoring system."""

from typing import Annotated

import typer

from commands.leads import lead_record
from commands.terminal import write_json
from pipeline.deployment import make_deployment

_PAGE = 500


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("feed")(feed)


def feed(since: Annotated[int, typer.Option(min=0, help="上次读到的游标")] = 0) -> None:
    """按顺序输出游标之后的处理结果, 每行一个JSON; 下次从最后一行的 cursor 接着读。"""
    deployment = make_deployment()
    cursor = since
    while True:
        with deployment.store.reading() as work:
            page = work.decisions.since(cursor, limit=_PAGE)
            views = {decision.lead_id: work.leads.get(decision.lead_id) for _, decision in page}
        if not page:
            return
        for sequence, decision in page:
            view = views[decision.lead_id]
            write_json(
                {
                    "cursor": sequence,
                    "decided_at": decision.decided_at.isoformat(),
                    "status": decision.status.value,
                    "visited_on": str(decision.visited_on) if decision.visited_on else None,
                    "lead": lead_record(view) if view else None,
                }
            )
        cursor = page[-1][0]
