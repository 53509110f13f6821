"""`qianshao outgoing …`: what leaves by webhook: send it, see what waits or was given up, send it again."""

from typing import Annotated

import typer

from commands.terminal import PARTLY_FAILED, moment, print_table, say, write_json
from domain.accounts.account import AuditEntry
from domain.failures.errors import ConfigError
from domain.leads.lead import SYSTEM
from domain.sending.delivery import Delivery, DeliveryState
from pipeline.county_notices import send_outgoing, tell_people
from pipeline.deployment import make_deployment

app = typer.Typer(help="外送: 把核实过的线索推送给声明的接收方。", no_args_is_help=True)
_SHOWN = 1000


@app.command()
def send() -> None:
    """推送还没有送到的线索; 随时可以中断再运行。"""
    report = send_outgoing(make_deployment())
    say(f"送达{report.delivered}条")
    for problem in report.problems:
        say(f"没有送到  {problem}")
    if report.problems:
        raise typer.Exit(PARTLY_FAILED)


@app.command()
def notify() -> None:
    """把到期提醒按组通知出去: 只有条数、最近的期限和登录地址; 没有声明组时什么也不做。"""
    problems = tell_people(make_deployment())
    for problem in problems:
        say(f"没有送到  {problem}")
    if problems:
        raise typer.Exit(PARTLY_FAILED)


@app.command("list")
def list_deliveries(
    state: Annotated[DeliveryState, typer.Option(help="哪种状态的")] = DeliveryState.GIVEN_UP,
    as_json: Annotated[bool, typer.Option("--json", help="每行输出一个JSON对象")] = False,
) -> None:
    """列出推送, 不写就是停止重试、要人处理的。"""
    with make_deployment().store.reading() as work:
        found = work.webhook_deliveries.in_state(state, limit=_SHOWN)
    if as_json:
        for one in found:
            write_json(_record(one))
        return
    columns = ("编号", "接收方", "事件", "线索", "次数", "最近", "问题")
    print_table(f"{state.label}({len(found)}条)", columns, [tuple(_record(one).values()) for one in found])


@app.command()
def again(number: Annotated[int, typer.Argument(help="编号, 见 list", min=1, max=2**31 - 1)]) -> None:
    """把停止重试的一条重新排队。"""
    deployment = make_deployment()
    now = deployment.clock.now()
    with deployment.store.unit_of_work() as work:
        if not work.webhook_deliveries.send_again(number, now):
            raise ConfigError(f"没有编号为 {number} 的停止重试的推送, 请用 qianshao outgoing list 核对")
        work.audit.append(AuditEntry(at=now, actor=SYSTEM, action="send_again", subject=str(number)))
        work.commit()
    say(f"推送 {number} 已重新排队")


def _record(one: Delivery) -> dict[str, object]:
    return {
        "number": one.number,
        "endpoint": one.endpoint,
        "event": one.event.id,
        "lead": one.event.lead_id,
        "attempts": one.attempts,
        "changed_at": moment(one.changed_at),
        "problem": one.problem,
    }
