"""`qianshao import …`: petitions, posts, the household register, the gazetteer."""

import functools
import getpass
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from commands import register_report
from commands.given_files import must_name_a_file
from commands.terminal import PARTLY_FAILED, print_table, progress_bars, say, write_json, write_pieces
from domain.accounts.account import AuditEntry
from domain.deliveries.folded_remarks import folded
from domain.deliveries.receipt import REMARKED, Origin, Receipt, RowOutcome, RowProblem, Way
from domain.failures.errors import ConfigError, FileError
from domain.leads.lead import SYSTEM
from domain.places.region import RegionCode
from importers.mailbox import Mailbox
from importers.progress import Far, Progress
from pipeline.deliveries.drop_folder import empty_drop_folder, passed_over
from pipeline.deliveries.import_petitions import import_petitions, import_posts
from pipeline.deliveries.mailbox import MailRound
from pipeline.deliveries.receipt_record import receipt_json, receipt_rows, receipt_sentence
from pipeline.deployment import Deployment, make_deployment
from pipeline.registers.import_registry import Delivery, import_gazetteer, import_registry
from pipeline.registers.workbook import write_change_workbook, write_register_workbook
from pipeline.run_lock import run_lock
from storage.store import Store

app = typer.Typer(help="导入信访登记、12345工单、帖子和留言、户籍台账和地名。", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="每个文件输出一行JSON")]
_SHOWN = 100
"""Rows on a terminal; the rest stands in the stored receipt."""
_FOLDED = 10_000
"""Remarks that are read for a terminal, before equal ones are folded."""


@app.command()
def petitions(files: list[Path], as_json: AsJson = False) -> None:
    """导入信访登记或12345工单导出, 每行都有回执; 中断后再导入同一个文件会接着做, 不会重复。"""
    must_name_a_file(files)
    deployment = make_deployment()
    county, clock = deployment.settings.county_code, deployment.clock

    def receive(path: Path, progress: Progress, far: Far) -> Receipt:
        return import_petitions(
            deployment.store, path, county=county, clock=clock, origin=_here(), progress=progress, far=far
        )

    _receive_all(deployment, files, receive, as_json)


@app.command()
def posts(files: list[Path], as_json: AsJson = False) -> None:
    """导入帖子导出(MediaCrawler的内容文件)或留言板导出(xlsx、xls、csv、json), 每行都有回执; 评论不入库。"""
    must_name_a_file(files)
    deployment = make_deployment()

    def receive(path: Path, progress: Progress, _far: Far) -> Receipt:
        return import_posts(deployment.store, path, clock=deployment.clock, origin=_here(), progress=progress)

    _receive_all(deployment, files, receive, as_json)


def _here() -> Origin:
    try:
        return Origin(way=Way.COMMAND, who=getpass.getuser())
    except (KeyError, OSError):
        # Containers may run under a number that has no name.
        return Origin(way=Way.COMMAND)


def _receive_all(
    deployment: Deployment, files: Sequence[Path], receive: Callable[[Path, Progress, Far], Receipt], as_json: bool
) -> None:
    failed = False
    for path in files:
        try:
            with progress_bars() as bars:
                receipt = receive(path, functools.partial(bars, path.name), functools.partial(bars.far, path.name))
        except FileError as exc:
            say(f"错误: {exc}")
            failed = True
            continue
        failed |= receipt.count(RowOutcome.REJECTED) > 0
        if as_json:
            write_pieces(receipt_json(deployment.store, receipt))
        else:
            print_receipt(deployment.store, receipt)
    if failed:
        raise typer.Exit(PARTLY_FAILED)


@app.command()
def inbox() -> None:
    """导入收件箱(数据目录下的 inbox)里的登记表; 收完移到 done, 收不了的移到 rejected, 回执放在文件旁。"""
    deployment = make_deployment()
    registers = deployment.register_reception()
    receipts = empty_drop_folder(deployment.store, deployment.settings, deployment.clock, registers=registers)
    for receipt in receipts:
        write_json({"file": receipt.file, "moved_to": str(receipt.moved_to), "message": receipt.message})
    for passed in passed_over(deployment.settings.drop_folder):
        say(f"{passed.file}: {passed.message}")
    if not receipts:
        say(f"收件箱 {deployment.settings.drop_folder} 里没有可导入的文件; 几秒内刚放入的, 下次再导入")
    if any(receipt.failed for receipt in receipts):
        raise typer.Exit(PARTLY_FAILED)


@app.command()
def mail() -> None:
    """收取邮箱里指定发件人的未读邮件, 正文和附件都导入, 每行都有回执; 没有配置邮箱时什么也不做。"""
    deployment = make_deployment()
    settings = deployment.settings.mailbox
    if settings is None:
        say("没有配置邮箱(settings.toml 的 mailbox), 什么也没有做")
        return
    looking = MailRound(
        store=deployment.store,
        settings=settings,
        county=deployment.settings.county_code,
        offices=deployment.settings.known_offices,
        clock=deployment.clock,
        folder=deployment.settings.mails,
    )
    with Mailbox.opened(settings.access()) as mailbox:
        receipts = looking.empty(mailbox)
    for receipt in receipts:
        write_json({"sender": receipt.sender, "receipt": receipt.receipt_id, "message": receipt.message})
    if any(receipt.failed for receipt in receipts):
        raise typer.Exit(PARTLY_FAILED)


@app.command()
def registry(
    file: Path,
    partial: Annotated[bool, typer.Option("--partial", help="文件只有部分户: 没有列出的户和人保持原样")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="已核对: 同意移出一个村的许多户")] = False,
    report: Annotated[
        Path | None, typer.Option("--report", help="把检查结果、变化、退回与提示写成Excel", dir_okay=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """导入户籍台账、监测对象台账或村台账; 按全量导入, 所列各村中文件没有的户移出; 旧版本保留, 列出变化和检查结果。"""
    must_name_a_file([file])
    deployment = make_deployment()
    with run_lock(deployment.settings.home), progress_bars() as bars:
        receipt = import_registry(
            deployment.store,
            file,
            deployment.clock,
            deployment.policy.household_register,
            Delivery(partial=partial, confirmed=yes),
            origin=_here(),
            progress=lambda rows: bars(f"读取 {file.name}", rows),
            far=lambda share: bars.far(f"读取 {file.name}", share),
        )
    village = _village_names(deployment.store)
    if report is not None:
        note_export(deployment, "export_register_report", receipt.id)
        write_register_workbook(
            report,
            findings=receipt.findings,
            households=receipt.changes,
            persons=receipt.person_changes,
            refused=receipt.problems,
            warnings=receipt.warnings,
            village=village,
        )
        say(f"报告已写到 {report}; 里面有户编号等信息, 用完请删除")
    if as_json:
        write_pieces(register_report.receipt_json(receipt))
    else:
        register_report.say_receipt(receipt)
        register_report.print_changes(receipt.changes, receipt.person_changes)
        register_report.print_findings(receipt.findings, village)
        _print_problems("退回", islice(receipt.problems, _SHOWN))
        _print_folded("提示", receipt.warnings)
        say(f"逐行的结果见回执: qianshao receipt {receipt.id}")
    if receipt.problems:
        raise typer.Exit(PARTLY_FAILED)


def note_export(deployment: Deployment, action: str, receipt_id: str) -> None:
    """Write down that a receipt's rows left as a workbook."""
    with deployment.store.unit_of_work() as work:
        at = deployment.clock.now()
        work.audit.append(AuditEntry(at=at, actor=SYSTEM, action=action, subject=receipt_id, detail="xlsx"))
        work.commit()


def _village_names(store: Store) -> Callable[[RegionCode], str]:
    with store.reading() as work:
        names = {place.code: place.name for place in work.places.all()}
    return lambda code: names.get(code, code.digits)


@app.command()
def changes(
    version: Annotated[int | None, typer.Option(help="台账版本, 不写为最近一次有变化的版本")] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="把变化写成Excel", dir_okay=False)] = None,
    as_json: AsJson = False,
) -> None:
    """列出一版户籍台账与上一版的差别: 新增、不在册、变更、迁居、分户、并户。"""
    deployment = make_deployment()
    with deployment.store.reading() as work:
        latest = work.registry.version()
        wanted = latest if version is None else version
        if not 1 <= wanted <= latest:
            raise ConfigError(f"没有第{wanted}版台账, 最近的是第{latest}版" if latest else "还没有导入过户籍台账")
        households, persons = work.register_history.households(wanted), work.register_history.persons(wanted)
    if xlsx is not None:
        write_change_workbook(xlsx, households=households, persons=persons, village=_village_names(deployment.store))
        say(f"变化已写到 {xlsx}")
    if as_json:
        write_json({"version": wanted, **register_report.changes_record(households, persons)})
        return
    say(f"台账第{wanted}版: {len(households)}户、{len(persons)}人有变化")
    register_report.print_changes(households, persons)


@app.command()
def gazetteer(files: list[Path]) -> None:
    """导入区划、地名沿革、村组、别名和旧村名(CSV、Excel或JSON行); 几个文件要一起给。"""
    must_name_a_file(files)
    deployment = make_deployment()
    delivered = import_gazetteer(deployment.store, files, deployment.settings.county_code)
    say(f"地名共{len(delivered.places)}条")
    if delivered.old_names or delivered.former_villages:
        say(
            f"沿革里的旧名: {delivered.old_names}个归入今名, {delivered.former_villages}个村已撤并、只知道所属乡镇; "
            "并入哪个村请在别名表里写明(kind 写 former_village)"
        )
    _print_problems("提示, 没有收入的旧名", delivered.warnings)


def print_receipt(store: Store, receipt: Receipt) -> None:
    """The receipt for people: its numbers, then what was refused and what was remarked, the first rows of each."""
    say(f"{receipt.file}: {receipt_sentence(receipt)}")
    if receipt.earlier_id is not None:
        say(f"这个文件以前收过, 当时的回执是 {receipt.earlier_id}")
    for outcome, title in ((RowOutcome.REJECTED, "退回的行, 请改正后重新提交"), (RowOutcome.WARNED, "提示")):
        outcomes = REMARKED if outcome is RowOutcome.WARNED else (outcome,)
        said = receipt_rows(store, receipt.id, outcomes, remarked=True)
        problems = (row.problem for row in said if row.problem is not None)
        if outcome is RowOutcome.WARNED:
            lines = _print_folded(title, islice(problems, _FOLDED))
        else:
            lines = receipt.count(outcome)
            _print_problems(title, islice(problems, _SHOWN))
        if lines > _SHOWN or receipt.count(outcome) > _FOLDED:
            say(f"只列出前{_SHOWN}条, 全部请看: qianshao receipt {receipt.id} --xlsx 回执.xlsx")


def _print_folded(title: str, problems: Iterable[RowProblem]) -> int:
    """Print equal remarks as one with its rows; how many lines that would be without a limit."""
    found = folded(problems)
    rows = [(one.sheet, one.named, one.column or "整行", one.shown, one.reason) for one in found[:_SHOWN]]
    if rows:
        print_table(title, ("工作表", "行", "列", "值", "原因"), rows)
    return len(found)


def _print_problems(title: str, problems: Iterable[RowProblem]) -> None:
    rows = [(one.sheet, one.row, one.column or "整行", one.value, one.reason) for one in problems]
    if rows:
        print_table(title, ("工作表", "行", "列", "值", "原因"), rows)
