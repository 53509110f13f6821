"""YAML as declarations are read: a key that stands twice is refused, and what is wrong is said in Chinese."""

from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from domain.failures.errors import ConfigError
from domain.failures.invalid_value import invalid_value
from domain.failures.unreadable import why_unreadable

_SHOWN = 5


class _WrittenTwice(yaml.constructor.ConstructorError):
    """A key that stands twice; its problem is in Chinese, those of the library are in English."""


class _NoDoubles(yaml.SafeLoader):
    """Refuses a mapping in which a key stands twice; plain YAML silently keeps the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise _WrittenTwice(None, None, f"键 {key} 写了两次", node.start_mark)
        return super().construct_mapping(node, deep)


def read_mapping(path: Path) -> dict[str, Any]:
    """The file's keys and values; ConfigError with file and line when it is no YAML or no mapping."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), _NoDoubles)  # noqa: S506 - a SafeLoader
    except (OSError, UnicodeDecodeError) as exc:
        raise ConfigError(f"来源 {path} 读不出来: {why_unreadable(exc)}") from exc
    except yaml.MarkedYAMLError as exc:
        line = f"第{exc.problem_mark.line + 1}行" if exc.problem_mark else ""
        raise ConfigError(f"来源 {path} {line}不是合格的YAML{_problem(exc)}") from exc
    except (yaml.YAMLError, ValueError, RecursionError) as exc:
        raise ConfigError(f"来源 {path} 不是合格的YAML, 请对照别的来源核对写法") from exc
    if not isinstance(content, dict):
        raise ConfigError(f"来源 {path} 不是键值形式的YAML")
    return {str(key): value for key, value in content.items()}


def _problem(error: yaml.MarkedYAMLError) -> str:
    """What is wrong: our own words as they are, the library's only by what people usually got wrong."""
    if isinstance(error, _WrittenTwice):
        return f": {error.problem}"
    return ": 请核对这一行前后的缩进、冒号后的空格、引号和括号"


def explain(path: Path, error: ValidationError) -> ConfigError:
    """The error that names file, key and value of everything that is wrong, up to a number that a person reads."""
    found = error.errors()
    said = "; ".join(_said(one) for one in found[:_SHOWN])
    rest = f"; 另有{len(found) - _SHOWN}处" if len(found) > _SHOWN else ""
    return ConfigError(f"来源 {path} 不对: {said}{rest}")


def _said(error: Mapping[str, Any]) -> str:
    found = invalid_value([error])
    if not found.field:
        return found.reason
    quotes = ", 编号和代码要加引号" if error["type"] == "string_type" and isinstance(found.value, int | float) else ""
    return f"{found}{quotes}"
