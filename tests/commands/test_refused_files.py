"""The operator hears of files of which nothing was taken in."""

import os
from pathlib import Path

from tests.commands.in_process import qianshao


def test_a_refused_file_is_told_of_by_the_doctor(tmp_path: Path):
    assert qianshao(tmp_path, "init").returncode == 0
    assert "没有收不下的文件和邮件" in qianshao(tmp_path, "doctor").stderr
    inbox = tmp_path / "inbox"
    (inbox / "坏.xlsx").write_bytes(b"PK\x03\x04 cut off")
    os.utime(inbox / "坏.xlsx", (1, 1))

    assert qianshao(tmp_path, "import", "inbox").returncode == 1

    assert "收件箱有1个文件没有收下" in qianshao(tmp_path, "doctor").stderr
    assert [path.name for path in tmp_path.rglob("*") if path.stat().st_mode & 0o077 and path.name != "坏.xlsx"] == []
