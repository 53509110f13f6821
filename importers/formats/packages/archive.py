"""Zip archives: members in their order, each unpacked into an unnamed file of the reading process's own folder."""

import tempfile
import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from importers.formats.limits import Limits
from importers.formats.packages.members import Members
from importers.formats.packages.packages import is_encrypted, is_link, name_of, open_member, open_package
from importers.formats.sink import Sink
from importers.formats.source import Source, Unreadable, printable

_PIECE = 1 << 20
_NAMELESS = "(无名)"
_LOCK = "~$"
_LEFT_OUT = "这是表格或文档打开时留下的临时文件, 没有读取, 不需要处理"
_OF_SYSTEMS = frozenset({"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"})


def read_archive(source: Source, sink: Sink, read: Callable[[Source, Sink], None]) -> None:
    """Let `read` read every member; Unreadable when the archive is a bomb, damaged, or lies too deep."""
    if source.depth >= source.limits.nesting:
        raise Unreadable(f"压缩包套了{source.depth + 1}层, 最多{source.limits.nesting}层, 请解压后再提交")
    with open_package(source.start(), source.limits) as package:
        infos = [info for info in package.infolist() if not _is_of_systems(info)]
        source.budget.take(len(infos), sum(info.file_size for info in infos))
        if not infos:
            raise Unreadable("压缩包里没有文件, 请检查后重新压缩")
        members = Members(source, sink, read)
        for info in infos:
            _read_member(package, info, source, members)


def _read_member(package: zipfile.ZipFile, info: zipfile.ZipInfo, source: Source, members: Members) -> None:
    name = printable(name_of(info)).replace("\\", "/") or _NAMELESS
    if PurePosixPath(name).name.startswith(_LOCK):
        members.leave_out(name, _LEFT_OUT)
        return
    if reason := _reason_against(info, name, source.limits):
        members.refuse(_harmless(name), reason)
        return
    with tempfile.TemporaryFile(dir=source.folder) as unpacked:
        try:
            with open_member(package, info) as stream:
                while piece := stream.read(_PIECE):
                    unpacked.write(piece)
        except Unreadable as exc:
            members.refuse(name, str(exc))
            return
        members.read(name, cast("BinaryIO", unpacked), unpacked.tell())


def _reason_against(info: zipfile.ZipInfo, name: str, limits: Limits) -> str:
    if name.startswith("/") or ":" in name or ".." in PurePosixPath(name).parts:
        return "这个文件在压缩包里的名字不正常, 没有读取; 请把它取出来, 不压缩直接提交"
    if info.file_size > limits.file_bytes:
        return f"解压后有{info.file_size // 1048576}MB, 超过{limits.file_bytes // 1048576}MB, 请分开提交"
    if is_link(info):
        return "这是快捷方式一类的链接, 不是文件本身, 没有读取; 请把文件本身放进压缩包后再提交"
    if is_encrypted(info):
        return "压缩包有密码, 请去掉密码后再提交"
    return ""


def _harmless(name: str) -> str:
    """The last piece of a name that is not to be followed."""
    return PurePosixPath(name.replace(":", "/")).name or _NAMELESS


def _is_of_systems(info: zipfile.ZipInfo) -> bool:
    pieces = PurePosixPath(info.filename.replace("\\", "/")).parts
    return info.filename.endswith("/") or bool(_OF_SYSTEMS.intersection(pieces))
