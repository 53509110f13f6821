"""What pydantic finds wrong is said in Chinese, with the key and what was written."""

from enum import StrEnum
from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from domain.failures.invalid_value import invalid_value


class _Kind(StrEnum):
    GOOD = "good"
    BAD = "bad"


class _Inner(BaseModel):
    links: list[int]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str = Field("甲", min_length=1, max_length=3, pattern="^[甲乙丙]+$")
    count: int = Field(1, ge=1, le=9)
    share: float = Field(0.5, gt=0, lt=1)
    kind: _Kind = _Kind.GOOD
    mode: Literal["a", "b"] = "a"
    on: bool = True
    parser: _Inner | None = None
    code: str = "0"
    by_kind: dict[_Kind, int] = Field(default_factory=dict)

    @field_validator("code")
    @classmethod
    def _is_digits(cls, value: str) -> str:
        if not value.isdigit():
            raise ValueError("应是数字代码")
        return value


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": 3}, "name: 应是文字, 现值 3"),
        ({"name": ""}, "name: 至少1个字, 现值 ''"),
        ({"name": "甲乙丙甲"}, "name: 最多3个字, 现值 '甲乙丙甲'"),
        ({"name": "丁"}, "name: 不是规定的写法, 现值 '丁'"),
        ({"count": "x"}, "count: 应是整数, 现值 'x'"),
        ({"count": 1.5}, "count: 应是整数, 现值 1.5"),
        ({"count": 0}, "count: 不能小于1, 现值 0"),
        ({"count": 10}, "count: 不能大于9, 现值 10"),
        ({"share": 0}, "share: 应大于0.0, 现值 0"),
        ({"share": 1}, "share: 应小于1.0, 现值 1"),
        ({"share": "x"}, "share: 应是数字, 现值 'x'"),
        ({"kind": "x"}, "kind: 只能是 'good'、'bad', 现值 'x'"),
        ({"mode": "x"}, "mode: 只能是 'a'、'b', 现值 'x'"),
        ({"on": "x"}, "on: 应是 true 或 false, 现值 'x'"),
        ({"parser": {}}, "parser.links: 缺少这一项"),
        ({"parser": {"links": 3}}, "parser.links: 应是一个列表, 现值 3"),
        ({"parser": {"links": ["x"]}}, "parser.links.0: 应是整数, 现值 'x'"),
        ({"parser": 3}, "parser: 应是键和值, 现值 3"),
        ({"code": "x"}, "code: 应是数字代码, 现值 'x'"),
        ({"by_kind": {"x": 1}}, "by_kind.x: 只能是 'good'、'bad', 现值 'x'"),
        ({"nmae": "甲"}, "nmae: 没有这一项, 请检查拼写, 现值 '甲'"),
    ],
)
def test_what_is_wrong_is_said_in_chinese(given: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError) as caught:
        _Record.model_validate(given)

    assert str(invalid_value(caught.value.errors())) == said


def test_a_line_that_is_no_json_has_no_key() -> None:
    with pytest.raises(ValidationError) as caught:
        _Record.model_validate_json('{"name": ')

    found = invalid_value(caught.value.errors())
    assert (found.field, found.reason) == ("", "不是完整的JSON")


def test_a_kind_of_error_that_is_not_known_is_said_in_general() -> None:
    error = {"type": "ulid_parsing", "loc": ("id",), "msg": "Unable to parse ULID", "input": "x"}

    assert str(invalid_value([error])) == "id: 不是规定的写法, 现值 'x'"
