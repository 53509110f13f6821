"""Why something cannot be read is said without a word of English."""

import errno
import json
import os
import re
import socket
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.failures.unreadable import why_unreadable

ENGLISH = re.compile(r"[a-z]{3,}")


def error_of(act: Callable[[], object]) -> Exception:
    with pytest.raises((OSError, ValueError)) as caught:
        act()
    return caught.value


@pytest.mark.parametrize(
    ("act", "said"),
    [
        pytest.param(lambda: Path("/nowhere/x").read_text(), "没有这个文件或文件夹", id="missing"),
        pytest.param(lambda: Path("/").read_text(), "是文件夹", id="folder"),
        pytest.param(lambda: Path("/dev/null/x").read_text(), "不是文件夹", id="below a file"),
        pytest.param(lambda: b"a\xff".decode(), "第2个字节", id="encoding"),
        pytest.param(lambda: tomllib.loads("a = 1\nb ="), "TOML", id="toml"),
        pytest.param(lambda: tomllib.loads("a = 1\nb = x y"), "第2行第5个字符", id="toml with a place"),
        pytest.param(lambda: json.loads('{"a":\n1,}'), "第2行第3个字符", id="json"),
    ],
)
def test_the_reason_names_what_is_wrong(act: Callable[[], object], said: str):
    reason = why_unreadable(error_of(act))

    assert said in reason
    assert not ENGLISH.search(reason)


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_every_error_of_the_system_has_a_reason_in_chinese(number: int):
    reason = why_unreadable(OSError(number, os.strerror(number)))

    assert reason
    assert not ENGLISH.search(reason)


def test_a_name_that_no_server_knows_is_said():
    assert why_unreadable(socket.gaierror(-2, "Name or service not known")) == "域名或地址解析不了"
