"""`qianshao lead …`: the leads as a table, one in full, why, and as a ledger."""

from pathlib import Path
from typing import Annotated

import typer

from commands.regions import must_have_villages, region_of
from commands.terminal import print_table, say, write_json
from domain.accounts.access_scope import AccessScope
from domain.clock import china_date
from domain.failures.errors import ConfigError
from domain.leads.lead import LeadId, LeadView
from domain.leads.workflow import shown_status
from domain.leads.workflow_table import markdown
from domain.words.vocabulary import Role
from pipeline.deployment import Deployment, make_deployment
from pipeline.handed_out.ledger import LEDGER_HEADERS, ledger_rows, write_ledger
from pipeline.leads.explanation import explain
from storage.leads.filter import LeadFilter

app = typer.Typer(help="线索: 列表、详情、依据、导出。", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="每行输出一个JSON对象")]


@app.command("list")
def list_leads(
    village: Annotated[str | None, typer.Option(help="村或镇的区划代码")] = None,
    limit: Annotated[int, typer.Option(min=1, help="最多多少条")] = 50,
    as_json: AsJson = False,
) -> None:
    """列出线索, 最该去的在前; 姓名只显示姓。"""
    deployment = make_deployment()
    views = _feed(deployment, village, limit)
    if as_json:
        for view in views:
            write_json(lead_record(view))
        return
    with deployment.store.reading() as work:
        rows = ledger_rows(work, views)
    print_table(f"线索({len(rows)}条)", LEDGER_HEADERS, rows)


@app.command()
def show(lead_id: str, as_json: AsJson = False) -> None:
    """显示一条线索的现况。"""
    deployment = make_deployment()
    view = _view(deployment, lead_id)
    if as_json:
        write_json(lead_record(view))
        return
    for sentence in explain(deployment.store, view, with_reasons=False):
        say(sentence)


@app.command("explain")
def explain_lead(lead_id: str) -> None:
    """说明一条线索为什么产生、为什么关联到这一户、为什么排在这里。"""
    deployment = make_deployment()
    for sentence in explain(deployment.store, _view(deployment, lead_id), with_reasons=True):
        say(sentence)


@app.command()
def export(xlsx: Annotated[Path, typer.Option("--xlsx", help="输出文件")]) -> None:
    """把全部线索导出为台账Excel。"""
    deployment = make_deployment()
    with deployment.store.reading() as work:
        views = work.leads.feed(
            LeadFilter(scope=AccessScope.everything_in(deployment.settings.county_code), limit=1_000_000)
        )
        write_ledger(xlsx, ledger_rows(work, views))
    say(f"已导出{len(views)}条到 {xlsx}")


@app.command()
def remind() -> None:
    """列出到期未办的线索, 并在数据目录的 reminders 下写一份台账。"""
    deployment = make_deployment()
    today = china_date(deployment.clock.now())
    with deployment.store.reading() as work:
        wanted = LeadFilter(
            scope=AccessScope.everything_in(deployment.settings.county_code), due_before=today, limit=1_000_000
        )
        rows = ledger_rows(work, work.leads.feed(wanted))
    folder = deployment.settings.home / "reminders"
    folder.mkdir(exist_ok=True)
    write_ledger(folder / f"{today}.xlsx", rows)
    print_table(f"到期未办({len(rows)}条)", LEDGER_HEADERS, rows)


@app.command()
def workflow() -> None:
    """打印线索办理流程表(docs/workflow.md)。"""
    typer.echo(markdown(), nl=False)


def lead_record(view: LeadView) -> dict[str, object]:
    """A lead as JSON: no names, no texts."""
    lead = view.lead
    return {
        "id": lead.id,
        "status": shown_status(view.status, Role.ADMIN).value,
        "region": lead.region.digits,
        "household_id": lead.household_id,
        "scope": lead.scope.value,
        "risks": sorted(view.risks),
        "priority": lead.priority,
        "opened_at": lead.opened_at.isoformat(),
        "due": {
            "pass_on": str(lead.due.pass_on),
            "visit": str(lead.due.visit),
            "decide": str(lead.due.decide),
            "measure": str(lead.due.measure),
            "report_back": str(lead.due.report_back),
        },
        "documents": [one.document_id for one in view.evidence],
    }


def _feed(deployment: Deployment, village: str | None, limit: int) -> list[LeadView]:
    county = deployment.settings.county_code
    with deployment.store.reading() as work:
        region = region_of(village) if village else None
        found = work.leads.feed(LeadFilter(scope=AccessScope.everything_in(county), village=region, limit=limit))
        if region is not None and not found:
            must_have_villages(work, region)
        return found


def _view(deployment: Deployment, lead_id: str) -> LeadView:
    with deployment.store.reading() as work:
        view = work.leads.get(LeadId(lead_id))
    if view is None:
        raise ConfigError(f"没有编号为 {lead_id} 的线索")
    return view
