"""The help pages of the commands in Chinese: what typer writes around the docstrings is English."""

from typing import Any

import typer
from typer import rich_utils

_ARGUMENTS = {
    "file": "文件",
    "files": "文件",
    "key_id": "密钥编号",
    "lead_id": "线索编号",
    "name": "名称",
    "names": "名称",
    "number": "编号",
    "receipt_id": "回执号",
    "source": "输入文件",
    "target": "输出文件",
    "url": "网址",
    "username": "用户名",
}
"""What a command's arguments are called where it is said how the command is written."""

_Formatter: Any = typer.Context.formatter_class


class _Usage(_Formatter):  # type: ignore[misc]
    """Writes how a command is written."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, "用法: " if prefix is None else prefix)


def in_chinese(command: Any) -> Any:
    """The command with everything below it, its help pages in Chinese; it is changed where it stands."""
    rich_utils.ARGUMENTS_PANEL_TITLE, rich_utils.OPTIONS_PANEL_TITLE = "参数", "选项"
    rich_utils.COMMANDS_PANEL_TITLE = "命令"
    rich_utils.REQUIRED_LONG_STRING, rich_utils.DEFAULT_STRING = "[必填]", "[不写则为: {}]"
    _rename(command)
    return command


def _rename(command: Any) -> None:
    command.context_class.formatter_class = _Usage
    command.options_metavar = "[选项]"
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            parameter.metavar = _ARGUMENTS.get(parameter.name, parameter.metavar)
    option = command.get_help_option(command.context_class(command))
    if option is not None:
        option.help = "显示这份说明"
    if hasattr(command, "commands"):
        command.subcommand_metavar = "命令 …"
        for inner in command.commands.values():
            _rename(inner)
