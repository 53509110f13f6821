"""What is wrong with a command line, in Chinese: typer says it in English, and knows more than its sentence."""

import re
from collections.abc import Callable
from typing import Any

import typer
from pydantic import ValidationError
from typer.exceptions import TyperException

from domain.failures.invalid_value import invalid_value

_NO_COMMAND = re.compile(r"No such command '(?P<name>.*?)'\.(?: Did you mean (?P<near>.+)\?)?", re.DOTALL)
_EXTRA = re.compile(r"Got unexpected extra argument\(s\) \((?P<given>.*)\)", re.DOTALL)
_CHOICES = re.compile(r"is not one of (?P<choices>.*?)\.?$", re.DOTALL)
_KINDS = {"argument": "参数", "option": "选项", "parameter": "参数"}
_NEEDS_NO_WORDS = "NoArgsIsHelpError"
"""Raised after the help was printed; as typer itself does, it is known by its name."""


def usage_error(error: TyperException) -> str:
    """What is wrong, how the command is written, and where its help is; empty when the help was printed already."""
    if type(error).__name__ == _NEEDS_NO_WORDS:
        return ""
    context: Any = getattr(error, "ctx", None)
    lines = [f"错误: {_sentence(error)}"]
    if context is not None:
        lines += [" ".join(context.get_usage().split()), f"说明: {context.command_path} --help"]
    return "\n".join(lines)


def _sentence(error: TyperException) -> str:
    """The sentence of the first kind of error that this is; what no kind knows is said in general."""
    kinds: tuple[Callable[[Any], str | None], ...] = (_missing, _bad_value, _unknown_option, _bad_option, _by_words)
    return next((said for kind in kinds if (said := kind(error)) is not None), "命令写得不对")


def _missing(error: Any) -> str | None:
    if not hasattr(error, "param_type"):
        return None
    return f"缺少{_KINDS.get(error.param_type or error.param.param_type_name, '参数')} {_name(error)}"


def _bad_value(error: Any) -> str | None:
    if not isinstance(error, typer.BadParameter):
        return None
    cause = error.__cause__
    if not isinstance(cause, ValidationError):
        return f"{_name(error)} 的值不对"
    found = invalid_value(cause.errors())
    choices = _CHOICES.search(str(error.message))
    reason = f"只能是 {choices['choices'].replace(', ', '、')}" if choices else found.reason
    return f"{_name(error)} {reason}, 现值 {found.value!r}"


def _name(error: Any) -> str:
    if error.param is None:
        return "参数"
    if error.param.param_type_name == "argument":
        return str(error.param.metavar or error.param.name)
    return str(error.param.get_error_hint()).replace("'", "")


def _unknown_option(error: Any) -> str | None:
    if not hasattr(error, "possibilities"):
        return None
    near = f", 是不是 {' 或 '.join(sorted(error.possibilities))}?" if error.possibilities else ""
    return f"没有选项 {error.option_name}{near}"


def _bad_option(error: Any) -> str | None:
    if not hasattr(error, "option_name"):
        return None
    return f"选项 {error.option_name} " + ("不带值" if "does not take" in error.message else "后面要写值")


def _by_words(error: Any) -> str | None:
    said = str(error.message)
    if found := _NO_COMMAND.match(said):
        near = f", 是不是 {found['near'].replace(chr(39), '').replace(', ', '、')}?" if found["near"] else ""
        return f"没有命令 {found['name']}{near}"
    if found := _EXTRA.match(said):
        return f"多写了参数: {found['given']}"
    return "缺少命令" if said.startswith("Missing command") else None
