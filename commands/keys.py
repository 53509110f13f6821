"""`qianshao key …`: the keys of the encrypted fields."""

from contextlib import closing
from typing import Annotated

import typer

from commands.terminal import PARTLY_FAILED, moment, print_table, progress_bars, say, write_json
from crawlers.spooling.run_files import CrawlFolders
from domain.failures.errors import ConfigError
from pipeline.deployment import make_deployment
from pipeline.run_lock import run_lock
from pipeline.upkeep.key_rotation import KeyInUse, KeyRotation
from storage.encryption.keyring import KeyState
from storage.encryption.suites import ALGORITHMS, Algorithm

app = typer.Typer(help="加密密钥。", no_args_is_help=True)
_LOCK = "keys.lock"
_STATES = {KeyState.SEALS: "使用中", KeyState.OPENS: "只解密", KeyState.RETIRED: "已停用"}


@app.callback()
def key() -> None:
    """加密密钥的查看、更换和停用; 密钥文件要另存一份, 与数据库备份分开放。"""


@app.command("list")
def list_keys(as_json: Annotated[bool, typer.Option("--json", help="每个密钥输出一行JSON")] = False) -> None:
    """列出密钥、算法, 以及各加密了多少个值; 不显示密钥本身。"""
    with closing(_rotation()) as rotation:
        found = rotation.keys()
    if as_json:
        for one in found:
            write_json(_record(one))
        return
    rows = [
        (one.key.number, one.key.algorithm.label, _STATES[one.state], moment(one.key.made_at), one.values)
        for one in found
    ]
    print_table("加密密钥", ("编号", "算法", "状态", "生成时间", "加密的值"), rows)


@app.command()
def rotate(
    algorithm: Annotated[str | None, typer.Option(help="新密钥的算法: aes-256-gcm 或 sm4-gcm; 不写则不变")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出一行JSON")] = False,
) -> None:
    """生成新密钥, 分批把全部加密值和检索指纹换成新密钥; 网页可以照常使用, 中断后再运行会接着做。"""
    deployment = make_deployment()
    wanted = _algorithm(algorithm)
    with (
        run_lock(deployment.settings.home, _LOCK),
        progress_bars() as bars,
        closing(_rotation()) as rotation,
    ):
        report = rotation.rotate(wanted, bars, bars.expect)
    if as_json:
        write_json(
            {
                "key": report.number,
                "begun": report.begun,
                "sealed": report.sealed,
                "indexed": report.indexed,
                "unopened": {one.column: one.count for one in report.unopened},
                "seconds": round(report.seconds, 3),
            }
        )
    else:
        say(f"密钥{report.number}已启用: {report.sealed}个加密值, {report.indexed}个检索指纹, {report.seconds:.1f}秒")
        say("请马上把密钥文件另存一份; 旧备份要用旧密钥打开, 备份没有过期之前不要停用旧密钥")
    for one in report.unopened:
        say(f"{one.column} 有{one.count}个值打不开, 保持原样: 数据被改动过, 或它的密钥不在密钥文件里")
    if report.unopened:
        raise typer.Exit(PARTLY_FAILED)


@app.command()
def retire(
    number: Annotated[int, typer.Argument(help="密钥编号, 见 qianshao key list")],
    yes: Annotated[bool, typer.Option("--yes", help="不再询问")] = False,
) -> None:
    """销毁不再使用的旧密钥; 用它加密的旧备份从此打不开, 除非另存了密钥文件。"""
    if not yes:
        typer.confirm(f"销毁密钥 {number}? 用它加密的数据库备份将打不开", abort=True)
    deployment = make_deployment()
    with run_lock(deployment.settings.home, _LOCK), closing(_rotation()) as rotation:
        rotation.retire(number)
    say(f"密钥 {number} 已停用")


def _rotation() -> KeyRotation:
    deployment = make_deployment()
    settings = deployment.settings
    return KeyRotation(settings.key_path, settings.url, deployment.clock, CrawlFolders(settings.spool))


def _algorithm(given: str | None) -> Algorithm | None:
    if given is None:
        return None
    if given not in ALGORITHMS:
        raise ConfigError(f"没有名为 {given} 的算法, 可用: {'、'.join(ALGORITHMS)}")
    return ALGORITHMS[given]


def _record(one: KeyInUse) -> dict[str, object]:
    return {
        "number": one.key.number,
        "algorithm": one.key.algorithm.label,
        "state": one.state.value,
        "made_at": one.key.made_at.isoformat() if one.key.made_at else None,
        "values": one.values,
    }
