"""`qianshao db …`: schema, retention, what to do after a backup was put back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.terminal import moment, print_table, say, write_json
from domain.auditing.way_in import of_ways_in
from pipeline.deployment import make_deployment
from pipeline.upkeep.access_journal import AccessJournal, read_acts
from storage.encryption.key_file import load_keyring
from storage.schema import upgrade

if TYPE_CHECKING:
    from review.accounts.after_restore import Settled

app = typer.Typer(help="数据库。", no_args_is_help=True)


@app.callback()
def database() -> None:
    """数据库的升级、恢复备份以后的处理和到期内容的清理。"""


@app.command("upgrade")
def upgrade_schema() -> None:
    """把数据库结构升级到当前版本; 已有数据保留。"""
    deployment = make_deployment()
    upgrade(deployment.settings.url, load_keyring(deployment.settings.key_path))
    say("数据库结构已是当前版本")


@app.command()
def restored(
    audit: Annotated[
        list[Path] | None, typer.Option("--audit", help="audit export 的文件或别处的 access-journal.jsonl, 可写多个")
    ] = None,
    unknown: Annotated[
        bool, typer.Option("--unknown", help="备份以后的事都不知道: 所有账号停用待逐个确认, 所有密钥和订阅地址作废")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出一行JSON")] = False,
) -> None:
    """恢复备份以后运行一次: 结束所有登录, 备份以后停用、作废、调动、重设过的不再有效; 记入审计。"""
    from review.accounts.after_restore import settle

    deployment = make_deployment()
    now, journal = deployment.clock.now(), AccessJournal(deployment.settings.home)
    acts = {one.sequence: one for given in (journal.acts(), *map(read_acts, audit or ())) for one in of_ways_in(given)}
    done = settle(deployment.store, [acts[number] for number in sorted(acts)], now, unknown=unknown)
    journal.put_aside(now)
    journal.keep(deployment.store, now)
    if as_json:
        write_json(_settled_record(done))
        return
    for line in _settled_lines(done):
        say(line)


def _settled_record(done: "Settled") -> dict[str, object]:
    return {
        "backup_ends": done.backup_ends,
        "known_to": done.known_to.sequence if done.known_to else None,
        "known_at": done.known_to.entry.at.isoformat() if done.known_to else None,
        "sessions": done.sessions,
        "shut": list(done.shut),
        "new_password": list(done.new_password),
        "moved": list(done.moved),
        "keys": list(done.keys),
        "to_open": list(done.to_open),
    }


def _settled_lines(done: "Settled") -> list[str]:
    known = (
        f"知道到第{done.known_to.sequence}条, {moment(done.known_to.entry.at)}; 这以后的事不知道, 请核对"
        if done.known_to
        else "注意: 备份以后的事都不知道"
    )
    lists = (
        ("停用的账号(核对本人和权限后用 qianshao account enable 恢复)", done.shut),
        ("密码作废的账号(用 qianshao account reset 给一次性密码, 当面交给本人)", done.new_password),
        ("按后来的记录调动的账号", done.moved),
        ("作废的接口密钥", done.keys),
        ("备份以后新建或恢复使用、其后没有停用或作废的; 备份里没有, 还需要的请重新办理", done.to_open),
    )
    return [
        f"审计到第{done.backup_ends}条; {known}",
        f"结束了{done.sessions}个登录, 所有人要重新登录",
        *(f"{title}: {'、'.join(names)}" for title, names in lists if names),
        "请再核对一遍账号和密钥: qianshao account list, qianshao account key list",
    ]


_KINDS = {
    "raw_pages": "网页存档(文件)",
    "spool_files": "已入库的抓取暂存(文件)",
    "delivered_files": "已导入的登记表(文件)",
    "no_risk_texts": "没有困难的文本",
    "no_lead_texts": "不支持线索的其他文本",
    "receipts": "回执中的单元格内容和文件名",
    "notices": "已发出的通知",
    "webhook_deliveries": "已了结的推送记录",
    "backups": "过期的数据库备份(文件)",
    "old_households": "台账旧版本中的户",
    "person_changes": "台账旧版本的人员变动",
}


@app.command()
def purge(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只统计, 什么也不删")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出一行JSON")] = False,
) -> None:
    """按保留政策匿名化或删除到期的内容; 分批进行, 可以随时中断再运行, 记入审计。"""
    report = make_deployment().purge(dry_run=dry_run)
    if as_json:
        write_json({"dry_run": dry_run, **report.counts, "bytes": report.bytes, "seconds": round(report.seconds, 3)})
        return
    title = "到期内容(试算, 没有删除)" if dry_run else "到期内容"
    print_table(title, ("内容", "数量"), [(_KINDS[kind], count) for kind, count in report.counts.items()])
    say(f"文件共{report.bytes / (1 << 20):.1f} MiB")
