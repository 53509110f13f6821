"""`qianshao db …`: schema, backup."""

import typer

from commands.terminal import say
from pipeline.deployment import make_deployment
from storage.cipher import load_key
from storage.schema import upgrade

app = typer.Typer(help="数据库。", no_args_is_help=True)


@app.callback()
def database() -> None:
    """数据库的升级。"""


@app.command("upgrade")
def upgrade_schema() -> None:
    """把数据库结构升级到当前版本; 已有数据保留。"""
    deployment = make_deployment()
    upgrade(deployment.settings.url, load_key(deployment.settings.key_path))
    say("数据库结构已是当前版本")
