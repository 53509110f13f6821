"""`qianshao import …`: petitions, the household register, the gazetteer."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from commands.terminal import PARTLY_FAILED, print_table, say, write_json
from domain.errors import FileError
from domain.receipt import Receipt, RowOutcome, RowProblem
from pipeline.deployment import Deployment, make_deployment
from pipeline.drop_folder import empty_drop_folder
from pipeline.import_petitions import import_petitions
from pipeline.import_registry import RegistryReceipt, import_gazetteer, import_registry
from pipeline.receipt_record import receipt_record

app = typer.Typer(help="导入信访登记、12345工单、户籍台账和地名。", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="每个文件输出一行JSON")]


@app.command()
def petitions(files: list[Path], as_json: AsJson = False) -> None:
    """导入信访登记或12345工单导出(xlsx、xls、csv、json), 每行都有回执。"""
    deployment = make_deployment()
    failed = False
    for path in files:
        receipt = _receive(deployment, path)
        failed |= receipt is None or receipt.count(RowOutcome.REJECTED) > 0
        if receipt is None:
            continue
        if as_json:
            write_json(receipt_record(receipt))
        else:
            _print_receipt(receipt)
    if failed:
        raise typer.Exit(PARTLY_FAILED)


def _receive(deployment: Deployment, path: Path) -> Receipt | None:
    try:
        return import_petitions(deployment.store, path, county=deployment.settings.county_code, clock=deployment.clock)
    except FileError as exc:
        say(f"错误: {exc}")
        return None


@app.command()
def inbox() -> None:
    """导入收件箱(数据目录下的 inbox)里的登记表; 收完移到 done, 收不了的移到 rejected, 回执放在文件旁。"""
    deployment = make_deployment()
    receipts = empty_drop_folder(deployment.store, deployment.settings, deployment.clock)
    for receipt in receipts:
        write_json({"file": receipt.file, "moved_to": str(receipt.moved_to), "message": receipt.message})
    if any(receipt.failed for receipt in receipts):
        raise typer.Exit(PARTLY_FAILED)


@app.command()
def registry(file: Path, as_json: AsJson = False) -> None:
    """导入户籍台账(一人一行); 有变化的户生成新版本, 旧版本保留。"""
    deployment = make_deployment()
    receipt = import_registry(deployment.store, file, deployment.clock)
    if as_json:
        write_json(_registry_record(receipt))
    else:
        say(
            f"{receipt.file}: {receipt.households}户{receipt.persons}人, 新增{receipt.added}, "
            f"变更{receipt.changed}, 未变{receipt.unchanged}, "
            f"退回{len(receipt.problems)}行, 提示{len(receipt.warnings)}条"
        )
        _print_problems("退回与提示", (*receipt.problems, *receipt.warnings))
    if receipt.problems:
        raise typer.Exit(PARTLY_FAILED)


@app.command()
def gazetteer(files: list[Path]) -> None:
    """导入区划、地名沿革、村组、别名和旧村名(CSV或JSON行); 几个文件要一起给。"""
    deployment = make_deployment()
    delivered = import_gazetteer(deployment.store, files, deployment.settings.county_code)
    say(f"地名共{len(delivered.places)}条")
    if delivered.old_names or delivered.former_villages:
        say(
            f"沿革里的旧名: {delivered.old_names}个归入今名, {delivered.former_villages}个村已撤并、只知道所属乡镇; "
            "并入哪个村请在别名表里写明(kind 写 former_village)"
        )
    _print_problems("提示, 没有收入的旧名", delivered.warnings)


def _registry_record(receipt: RegistryReceipt) -> dict[str, object]:
    record = asdict(receipt)
    record["rejected"] = record.pop("problems")
    return record


def _print_receipt(receipt: Receipt) -> None:
    say(
        f"{receipt.file}: 接收{receipt.count(RowOutcome.ACCEPTED)}条, 重复{receipt.count(RowOutcome.DUPLICATE)}条, "
        f"退回{receipt.count(RowOutcome.REJECTED)}条, 提示{len(receipt.warnings)}条"
    )
    problems = tuple(row.problem for row in receipt.rows if row.problem is not None)
    _print_problems("退回的行, 请改正后重新提交", problems)
    _print_problems("提示, 已接收", receipt.warnings)


def _print_problems(title: str, problems: tuple[RowProblem, ...]) -> None:
    if problems:
        rows = [(one.sheet, one.row, one.column or "整行", one.value, one.reason) for one in problems]
        print_table(title, ("工作表", "行", "列", "值", "原因"), rows)
