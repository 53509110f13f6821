"""`qianshao audit …`: the log of who did what, checked and handed to the auditor."""

import json
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from commands.terminal import PARTLY_FAILED, say, write_json
from domain.accounts.account import AuditEntry
from domain.auditing.audit import Anchor, Link, Verdict, check_chain, link_record, links_from
from domain.failures.errors import FileError
from domain.failures.unreadable import why_unreadable
from domain.leads.lead import SYSTEM
from pipeline.deployment import make_deployment
from pipeline.private_file import written_whole

app = typer.Typer(help="审计日志。", no_args_is_help=True)


@app.callback()
def audit() -> None:
    """审计日志的核对、导出; 审计员把链尾的指纹另外保存, 以后就能发现尾部被截掉或整条被重做。"""


@app.command()
def verify(
    anchors: Annotated[Path | None, typer.Option("--anchor", help="另外保存的链尾指纹, audit anchor 写的文件")] = None,
    exported: Annotated[Path | None, typer.Option("--file", help="核对导出的文件, 不读数据库")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出一行JSON")] = False,
) -> None:
    """从头到尾核对审计链; 有一条被改、被删、被插入或尾部缺失, 退出码为1。"""
    kept = _anchors(anchors) if anchors is not None else []
    started = time.perf_counter()
    if exported is not None:
        verdict = _check_file(exported, kept)
    else:
        with make_deployment().store.reading() as work:
            verdict = work.audit.check(kept)
    seconds = time.perf_counter() - started
    if as_json:
        write_json({**asdict(verdict), "whole": verdict.whole, "seconds": round(seconds, 3)})
    else:
        say(f"{_sentence(verdict)}(核对用时{seconds:.1f}秒)")
    if not verdict.whole:
        raise typer.Exit(PARTLY_FAILED)


@app.command()
def anchor(file: Annotated[Path, typer.Argument(help="写到这里, 每次加一行; 应放在别的机器或介质上")]) -> None:
    """把现在的链尾编号和指纹追加到文件; 由审计员另外保存。"""
    with make_deployment().store.reading() as work:
        head = work.audit.head()
    if head is None:
        say("审计日志还是空的")
        return
    try:
        with file.open("a", encoding="utf-8") as output:
            output.write(json.dumps(asdict(head)) + "\n")
    except OSError as exc:
        raise FileError(f"{file}: {why_unreadable(exc)}") from exc
    say(f"链尾: 第{head.sequence}条 {head.hash}")


@app.command()
def export(file: Annotated[Path, typer.Argument(help="写到这里, 每条一行JSON")]) -> None:
    """导出全部审计记录, 供审计员离线核对(audit verify --file); 导出本身也记入审计。"""
    deployment = make_deployment()
    with deployment.store.unit_of_work() as work:
        entry = AuditEntry(at=deployment.clock.now(), actor=SYSTEM, action="export_audit", subject="")
        work.audit.append(entry)
        work.commit()
    with deployment.store.reading() as work, written_whole(file) as output:
        last: Link | None = None
        for last in work.audit.links():
            output.write(json.dumps(link_record(last), ensure_ascii=False).encode() + b"\n")
    if last is not None:
        say(f"{file}: {last.sequence}条, 链尾指纹 {last.hash}, 请抄下另存")


def _check_file(path: Path, anchors: list[Anchor]) -> Verdict:
    try:
        with path.open(encoding="utf-8") as lines:
            return check_chain(links_from(json.loads(line) for line in lines), anchors)
    except OSError as exc:
        raise FileError(f"{path}: {why_unreadable(exc)}") from exc
    except (ValueError, KeyError, TypeError) as exc:
        raise FileError(f"{path}: 不是 qianshao audit export 导出的文件") from exc


def _anchors(path: Path) -> list[Anchor]:
    try:
        return list(_read_anchors(path))
    except OSError as exc:
        raise FileError(f"{path}: {why_unreadable(exc)}") from exc
    except (ValueError, KeyError, TypeError) as exc:
        raise FileError(f"{path}: 不是 qianshao audit anchor 写的文件") from exc


def _read_anchors(path: Path) -> Iterator[Anchor]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            record = json.loads(line)
            yield Anchor(int(record["sequence"]), str(record["hash"]))


def _sentence(verdict: Verdict) -> str:
    if verdict.broken_at is not None:
        return f"审计链在第{verdict.broken_at}条断开: 这一条或它前面一条被改动、删除或插入"
    if verdict.missed:
        first = min(one.sequence for one in verdict.missed)
        return f"审计链缺少另存的第{first}条: 尾部被截掉, 或从更早处被重做; 现有{verdict.entries}条"
    return f"审计链完整, 共{verdict.entries}条, 链尾 {verdict.head.hash}"
