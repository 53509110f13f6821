"""What is wrong with a value that somebody wrote into a file or a setting, in Chinese.

The checks are pydantic's; its error records are plain mappings with `type`, `loc`, `input`, `msg` and `ctx`, and their
messages are English. The commonest types are said here; a type that is not known is said in general.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

_SENTENCES = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项, 请检查拼写",
    "none_required": "应空着",
    "value_error": "{said}",
    "assertion_error": "{said}",
    "json_invalid": "不是完整的JSON",
    "json_type": "不是JSON",
    "string_type": "应是文字",
    "string_too_short": "至少{min_length}个字",
    "string_too_long": "最多{max_length}个字",
    "string_pattern_mismatch": "不是规定的写法",
    "int_type": "应是整数",
    "int_parsing": "应是整数",
    "int_from_float": "应是整数",
    "float_type": "应是数字",
    "float_parsing": "应是数字",
    "decimal_parsing": "应是数字",
    "finite_number": "应是有限的数字",
    "bool_type": "应是 true 或 false",
    "bool_parsing": "应是 true 或 false",
    "greater_than": "应大于{gt}",
    "greater_than_equal": "不能小于{ge}",
    "less_than": "应小于{lt}",
    "less_than_equal": "不能大于{le}",
    "enum": "只能是 {expected}",
    "literal_error": "只能是 {expected}",
    "list_type": "应是一个列表",
    "tuple_type": "应是一个列表",
    "set_type": "应是一个列表",
    "frozen_set_type": "应是一个列表",
    "too_short": "至少{min_length}项",
    "too_long": "最多{max_length}项",
    "dict_type": "应是键和值",
    "mapping_type": "应是键和值",
    "model_type": "应是键和值",
    "model_attributes_type": "应是键和值",
    "date_type": "应是日期, 如2026-11-01",
    "date_parsing": "应是日期, 如2026-11-01",
    "date_from_datetime_parsing": "应是日期, 如2026-11-01",
    "datetime_type": "应是日期和时间",
    "datetime_parsing": "应是日期和时间",
    "datetime_from_date_parsing": "应是日期和时间",
    "timezone_aware": "时间缺少时区",
    "url_type": "应是网址",
    "url_parsing": "应是网址",
    "url_scheme": "网址应以 {expected_schemes} 开头",
    "path_type": "应是文件或目录的路径",
}
_GENERAL = "不是规定的写法"
_VALUE_ERROR = "Value error, "
_ASSERTION = "Assertion failed, "
_OR = (" or ", "、")


@dataclass(frozen=True, slots=True)
class InvalidValue:
    """The first thing that is wrong with a record."""

    field: str
    """Its key, with those around it: `parser.links`; empty when it is the record as a whole."""
    reason: str
    value: object
    """What was written; None where nothing was."""

    def __str__(self) -> str:
        """Key, reason and value in one line."""
        said = f"{self.field}: {self.reason}" if self.field else self.reason
        return said if self.value is None else f"{said}, 现值 {self.value!r}"


def invalid_value(errors: Sequence[Mapping[str, Any]]) -> InvalidValue:
    """The first of a failed check's error records (`ValidationError.errors()`), in Chinese."""
    first = errors[0]
    field = ".".join(_part(part) for part in first["loc"] if part != "[key]")
    return InvalidValue(field, _sentence(first), None if first["type"] == "missing" else first["input"])


def _sentence(error: Mapping[str, Any]) -> str:
    said = str(error["msg"]).removeprefix(_VALUE_ERROR).removeprefix(_ASSERTION)
    given = {key: _readable(value) for key, value in error.get("ctx", {}).items()}
    return _SENTENCES.get(error["type"], _GENERAL).format_map({**given, "said": said})


def _part(part: object) -> str:
    return str(part.value if isinstance(part, Enum) else part)


def _readable(value: object) -> str:
    return str(value).replace(*_OR)
