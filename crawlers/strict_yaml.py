"""YAML as declarations are read: a key that stands twice is refused, and what is wrong is said in Chinese."""

from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from domain.errors import ConfigError
from domain.invalid_value import invalid_value

_SHOWN = 5


class _NoDoubles(yaml.SafeLoader):
    """Refuses a mapping in which a key stands twice; plain YAML silently keeps the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(None, None, f"键 {key} 写了两次", node.start_mark)
        return super().construct_mapping(node, deep)


def read_mapping(path: Path) -> dict[str, Any]:
    """The file's keys and values; ConfigError with file and line when it is no YAML or no mapping."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), _NoDoubles)  # noqa: S506 - a SafeLoader
    except (OSError, UnicodeDecodeError) as exc:
        raise ConfigError(f"来源 {path} 读不出来: {exc}") from exc
    except yaml.MarkedYAMLError as exc:
        line = f"第{exc.problem_mark.line + 1}行" if exc.problem_mark else ""
        raise ConfigError(f"来源 {path} {line}不是合格的YAML: {exc.problem}") from exc
    except (yaml.YAMLError, ValueError, RecursionError) as exc:
        raise ConfigError(f"来源 {path} 读不出来: {exc}") from exc
    if not isinstance(content, dict):
        raise ConfigError(f"来源 {path} 不是键值形式的YAML")
    return {str(key): value for key, value in content.items()}


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
