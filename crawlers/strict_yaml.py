"""YAML as declarations are read: a key that stands twice is refused, and what is wrong is said in Chinese."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from domain.errors import ConfigError

_PROBLEMS = {
    "missing": "没有填写",
    "extra_forbidden": "没有这个键, 请核对拼写",
    "string_type": "应为文字(编号、代码请加引号)",
    "int_type": "应为整数",
    "float_type": "应为数字",
    "bool_type": "应为 true 或 false",
    "date_type": "应为日期, 如 2026-05-02, 不加引号",
    "tuple_type": '应为列表, 如 ["…"]',
    "model_type": "应为一组键值",
    "literal_error": "只能是 {expected}",
    "greater_than_equal": "不能小于{ge}",
    "less_than_equal": "不能大于{le}",
    "string_too_short": "不能为空",
    "too_short": "至少要有{min_length}项",
}
"""What pydantic finds wrong, in the words of the person who mends it; others stay as they are."""
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
    lines = []
    for one in found[:_SHOWN]:
        key = ".".join(str(part) for part in one["loc"]) or "整个文件"
        context = {name: str(value) for name, value in one.get("ctx", {}).items()}
        known = _PROBLEMS.get(one["type"])
        said = known.format_map(context) if known else one["msg"].removeprefix("Value error, ")
        shown = "" if one["type"] == "missing" or not one["loc"] else f", 现值 {str(one['input'])[:80]!r}"
        lines.append(f"{key}: {said}{shown}")
    rest = f"; 另有{len(found) - _SHOWN}处" if len(found) > _SHOWN else ""
    return ConfigError(f"来源 {path} 不对: {'; '.join(lines)}{rest}")
