"""`qianshao receipt` and `qianshao import receipts`: what became of delivered files."""

from pathlib import Path
from typing import Annotated

import typer

from commands.imports import AsJson, note_export, print_receipt
from commands.terminal import moment, print_table, say, write_json, write_pieces
from domain.deliveries.receipt import RowOutcome
from domain.failures.errors import ConfigError
from pipeline.deliveries.receipt_record import receipt_head, receipt_json
from pipeline.deliveries.receipt_workbook import write_receipt_workbook
from pipeline.deployment import make_deployment


def register(app: typer.Typer, imports: typer.Typer) -> None:
    """Add the command without a noun, and the list to the imports."""
    app.command("receipt")(receipt)
    imports.command("receipts")(receipts)


def receipt(
    receipt_id: Annotated[str, typer.Argument(metavar="ID", help="回执号")],
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="把回执写成Excel: 原来的各行、结果和处理办法")] = None,
    as_json: AsJson = False,
) -> None:
    """查看一份回执; 写成Excel后, 改好退回的行就可以直接再交。"""
    deployment = make_deployment()
    with deployment.store.reading() as work:
        found = work.receipts.get(receipt_id)
    if found is None:
        raise ConfigError(f"没有编号为 {receipt_id} 的回执, 请用 qianshao import receipts 查看有哪些")
    if xlsx is not None:
        note_export(deployment, "export_receipt", found.id)
        write_receipt_workbook(xlsx, deployment.store, found)
        say(f"回执已写到 {xlsx}; 里面有姓名、电话等个人信息, 用完请删除")
    if as_json:
        write_pieces(receipt_json(deployment.store, found))
    elif xlsx is None:
        print_receipt(deployment.store, found)


def receipts(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="列出最近多少份")] = 20,
    as_json: AsJson = False,
) -> None:
    """列出最近的回执, 新的在前。"""
    with make_deployment().store.reading() as work:
        found = work.receipts.recent(limit)
    if as_json:
        for one in found:
            write_json(receipt_head(one))
        return
    rows = [
        (
            one.id,
            moment(one.received_at),
            one.origin.way.label,
            one.origin.who,
            one.file,
            one.state.label,
            one.accepted,
            one.count(RowOutcome.DUPLICATE),
            one.count(RowOutcome.REJECTED),
            one.count(RowOutcome.WARNED),
        )
        for one in found
    ]
    print_table("回执", ("回执号", "时间", "方式", "谁", "文件", "状态", "接收", "重复", "退回", "提示"), rows)
