"""`qianshao db backup` and `db restore`: whole copies of the database, made while everything runs, and put back."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from commands.terminal import Bars, progress_bars, say, write_json
from domain.failures.errors import ConfigError
from pipeline.deployment import make_deployment
from pipeline.upkeep.backup import Backups, PutBack
from storage.copies.sqlite import Progress


def register(app: typer.Typer) -> None:
    """Add the commands to `qianshao db`."""
    app.command("backup")(backup)
    app.command("restore")(restore)


def backup(
    to: Annotated[
        str | None, typer.Option("--to", help="写到这个文件或文件夹; 不写则在数据目录的 backups 里, 按北京时间取名")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出一行JSON")] = False,
) -> None:
    """备份整个数据库, 网页和定时任务可以照常运行; 写完核对过才算数, 不覆盖已有的文件, 不含密钥。"""
    if to is not None and to.endswith("/") and not Path(to).is_dir():
        raise ConfigError(f"没有文件夹 {to}: 请先建好它, 或去掉末尾的斜线, 写到这个名字的文件")
    deployment = make_deployment()
    settings = deployment.settings
    with progress_bars() as bars:
        made = Backups(settings, deployment.clock).make(Path(to) if to is not None else None, _drawn(bars, "备份"))
    if as_json:
        write_json({"file": _shown(made.path), "bytes": made.size, "revision": made.revision})
        return
    say(f"备份已写好并核对过: {made.path}, {made.size / (1 << 20):.1f} MiB, 数据库结构{made.revision}")
    say(f"里面没有密钥: 请另存 {settings.key_path}, 和备份分开放; 没有它, 备份里的加密内容谁也打不开")
    if made.path.resolve().is_relative_to(settings.home.resolve()):
        say("备份和数据库在同一台机器上: 请再拿一份到别的机器")


def restore(
    file: Annotated[Path, typer.Argument(help="qianshao db backup 写的文件")],
    yes: Annotated[bool, typer.Option("--yes", help="不再询问")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出一行JSON")] = False,
) -> None:
    """用备份换掉现在的数据库; 先停网页和定时任务。备份先核对, 现在的数据库先另存, 密钥和进出记录不动。"""
    deployment = make_deployment()
    if not yes:
        if not sys.stdin.isatty():
            raise ConfigError("恢复会换掉现在的数据库: 确定要换就加 --yes")
        typer.confirm(f"用 {file} 换掉现在的数据库? 现在的会先另存", abort=True, err=True)
    with progress_bars() as bars:
        done = Backups(deployment.settings, deployment.clock).put_back(file, _drawn(bars, "恢复"))
    if as_json:
        write_json(
            {
                "file": _shown(file),
                "kept": _shown(done.kept) if done.kept else None,
                "revision": done.revision,
                "upgraded": done.upgraded,
                "next": _next(done),
            }
        )
        return
    for line in _lines(file, done):
        say(line)


def _next(done: PutBack) -> list[str]:
    """The commands that have to be run before the pages are served, in their order."""
    return [*(["key rotate"] if done.rotate else []), "db restored"]


def _lines(file: Path, done: PutBack) -> list[str]:
    commands = " 和 ".join(f"qianshao {one}" for one in _next(done))
    return [
        f"数据库已换成 {file}",
        *([f"备份以后收到的内容和办的事都不在里面, 在另存的 {done.kept} 里"] if done.kept else []),
        *([f"数据库结构从{done.revision}升级到了当前版本"] if done.upgraded else []),
        *([done.rotate] if done.rotate else []),
        f"下一步: {commands}, 然后才启动网页和定时任务",
    ]


def _shown(path: Path) -> str:
    """A path that can be written out, whatever bytes its name has."""
    return os.fsencode(path).decode(errors="replace")


def _drawn(bars: Bars, name: str) -> Progress:
    done = 0

    def draw(left: int, total: int) -> None:
        nonlocal done
        bars.expect(name, total)
        bars(name, total - left - done)
        done = total - left

    return draw
