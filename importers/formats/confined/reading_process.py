"""The parent's side of the reading process: starts it, waits with a limit, takes its messages, ends it."""

import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path, PurePath
from typing import BinaryIO

from importers.formats.confined.converter import converter_socket
from importers.formats.confined.messages import BrokenMessage, Message, from_bytes, length_of
from importers.formats.limits import Limits

_AT_ONCE = 1 << 20
TIME_OVER = "读取超过时间上限, 已中止; 请分成几个较小的文件再提交"
TOO_MUCH = "里面的文字合起来太多, 后面的没有读取; 请检查是不是同一段文字重复了许多次, 再分成几个文件提交"
_ANEW = {
    (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".webp"): "请重新拍照或扫描后再提交",
    (".pdf", ".ofd"): "请用阅读器打开, 重新打印成PDF后再提交",
    (".doc", ".docx", ".docm", ".wps", ".rtf", ".odt", ".txt", ".md"): "请用WPS或Word打开, 另存为docx后再提交",
    (".eml", ".mht"): "请把正文和附件另存后分别提交",
}
_AS_TABLE = "请用WPS或Excel打开, 另存为xlsx后再提交"
_PREFIX = "qianshao-reading-"
_STARTED_FROM = str(Path(__file__).parents[3])
_ENDING_SECONDS = 30.0
"""So long a process may take to end that has stopped talking; threads of a library may never let it."""


class Died(Exception):
    """The process ended, or was ended, before it had read everything; the message is Chinese."""


class Allowance:
    """What is left of a limit: of the seconds that the parent waits, not those it takes itself; of bytes it is told."""

    def __init__(self, limit: float) -> None:
        self._left = limit

    @property
    def left(self) -> float:
        """So much may still be spent."""
        return max(self._left, 0.0)

    def spend(self, amount: float) -> None:
        """Take this from what is left."""
        self._left -= amount


@dataclass(frozen=True, slots=True)
class Left:
    """What all reading processes of one delivered file may still cost together."""

    seconds: Allowance
    told_bytes: Allowance

    @property
    def is_enough(self) -> bool:
        """Whether it is worth starting another one."""
        return self.seconds.left > 0 and self.told_bytes.left > 0


class ReadingProcess:
    """One reading process, until it is closed."""

    def __init__(self, opened: BinaryIO, name: str, limits: Limits, done: Iterable[str], left: Left) -> None:
        """Start reading the opened file from its first byte, leaving out the members `done`."""
        self._total = left.seconds
        self._bytes = left.told_bytes
        self._limits = limits
        self._reads = name
        self._member = Allowance(limits.member_seconds)
        _remove_abandoned()
        self._folder = tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True)
        folder = os.path.realpath(self._folder.name)
        self._path = folder
        job = {"name": name, "limits": asdict(limits), "done": list(done)}
        Path(folder, "job.json").write_text(json.dumps(job), encoding="utf-8")
        os.lseek(opened.fileno(), 0, os.SEEK_SET)
        self._process = subprocess.Popen(
            [sys.executable, "-s", "-B", "-m", "importers.formats.child"],
            stdin=opened,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=_environment(folder),
            bufsize=0,
            start_new_session=True,
        )
        assert self._process.stdout is not None  # noqa: S101 - for the types: it was opened as a pipe
        self._output = self._process.stdout
        self._poll = select.poll()
        self._poll.register(self._output, select.POLLIN)
        self._buffer = bytearray()

    def close(self) -> None:
        """Kill the process and remove its folder."""
        self._kill()
        converter_socket(Path(self._path)).unlink(missing_ok=True)
        self._folder.cleanup()

    def messages(self) -> Generator[Message]:
        """What the process says, until it ends; Died when that is before its time."""
        while True:
            try:
                yield from_bytes(self._message())
            except BrokenMessage as exc:
                self._kill()
                raise Died(f"读取时出了错; {_again(self._reads)}") from exc

    def next_member(self, name: str) -> None:
        """The clock of one member starts anew."""
        self._reads = name
        self._member = Allowance(self._limits.member_seconds)

    def _message(self) -> bytes:
        content = self._take(length_of(self._take(4)))
        self._bytes.spend(len(content))
        if not self._bytes.left:
            self._kill()
            raise Died(TOO_MUCH)
        return content

    def _take(self, count: int) -> bytes:
        while len(self._buffer) < count:
            self._buffer += self._more()
        taken = bytes(self._buffer[:count])
        del self._buffer[:count]
        return taken

    def _more(self) -> bytes:
        began = time.perf_counter()
        ready = self._poll.poll(min(self._total.left, self._member.left) * 1000)
        waited = time.perf_counter() - began
        self._total.spend(waited)
        self._member.spend(waited)
        if not ready:
            self._kill()
            raise Died(TIME_OVER)
        content = os.read(self._output.fileno(), _AT_ONCE)
        if not content:
            raise Died(_last_words(self._ended(), self._reads))
        return content

    def _ended(self) -> int:
        """How the process ended, which nobody waits for without a limit."""
        try:
            return self._process.wait(_ENDING_SECONDS)
        except subprocess.TimeoutExpired:
            self._kill()
            return self._process.wait()

    def _kill(self) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, 9)
            self._process.wait()
        self._output.close()


def _remove_abandoned() -> None:
    """Folders of parents that were killed before they could clean up."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*"):
        parent = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if parent.isdecimal() and not _is_alive(int(parent)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _environment(folder: str) -> dict[str, str]:
    """No key, password or address of ours is handed to a process that reads strangers' files."""
    found = [_STARTED_FROM, *(path for path in sys.path if path)]
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(found), "LANG": "C.UTF-8", "HOME": folder, "TMPDIR": folder}


def _last_words(code: int, name: str) -> str:
    if code == -24:
        return "读取用的计算时间超过上限, 已中止; 请分成几个较小的文件再提交"
    if code in {-6, -9, -11, 1}:
        return f"读取时用的内存太多或文件已损坏, 已中止; {_again(name)}"
    return f"读取时意外中断({code}); {_again(name)}"


def _again(name: str) -> str:
    """How a file of this name is to be handed in again."""
    ending = PurePath(name).suffix.lower()
    return next((how for endings, how in _ANEW.items() if ending in endings), _AS_TABLE)
