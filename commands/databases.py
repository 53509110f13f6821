"""`qianshao db …`: schema, retention."""

from typing import Annotated

import typer

from commands.terminal import print_table, say, write_json
from pipeline.deployment import make_deployment
from storage.key_file import load_keyring
from storage.schema import upgrade

app = typer.Typer(help="数据库。", no_args_is_help=True)


@app.callback()
def database() -> None:
    """数据库的升级和到期内容的清理。"""


@app.command("upgrade")
def upgrade_schema() -> None:
    """把数据库结构升级到当前版本; 已有数据保留。"""
    deployment = make_deployment()
    upgrade(deployment.settings.url, load_keyring(deployment.settings.key_path))
    say("数据库结构已是当前版本")


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
