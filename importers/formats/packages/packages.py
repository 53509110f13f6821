"""Zip containers, as archives and as office files: opened only when what they claim to hold is within the limits."""

import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO

from importers.formats.limits import Limits
from importers.formats.source import Unreadable

_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, lzma.LZMAError)
_INCOMPLETE = "文件不完整或已损坏, 多半是没有下载完或没有保存完; 请重新下载或导出, 能打开的请打开后另存, 再提交"
_DAMAGED_MEMBER = "压缩的内容已损坏, 解压不出来; 请用原来的软件打开, 另存或重新压缩后再提交"


def open_package(stream: BinaryIO, limits: Limits) -> zipfile.ZipFile:
    """The container; Unreadable when it is damaged or a bomb.

    `zipfile` never unpacks more of a member than the directory claims, so checking the claims bounds the reading.
    """
    try:
        package = zipfile.ZipFile(stream)
    except (*_DAMAGE, zipfile.LargeZipFile) as exc:
        raise Unreadable(_INCOMPLETE) from exc
    members = package.infolist()
    if len(members) > limits.members:
        raise Unreadable(f"里面有{len(members)}个文件, 超过{limits.members}个, 请分成几个压缩包提交")
    unpacked = sum(member.file_size for member in members)
    packed = max(sum(member.compress_size for member in members), 1)
    if unpacked > limits.unpacked_bytes:
        raise Unreadable(
            f"解压后有{unpacked // 1048576}MB, 超过{limits.unpacked_bytes // 1048576}MB, 请分成几个文件提交"
        )
    if unpacked > limits.ratio_from_bytes and unpacked // packed > limits.ratio:
        raise Unreadable(
            f"解开后大得不正常({unpacked // packed}倍), 没有解开; 请不要再打开它, 向交来的人重新要一份, 不压缩直接提交"
        )
    return package


class Member:
    """The bytes of one member, unpacked as they are read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

        self.bytes_read = 0
        """Unpacked."""

    def read(self, count: int = -1) -> bytes:
        """The next bytes; Unreadable where they are damaged."""
        try:
            content = self._stream.read(count)
        except _DAMAGE as exc:
            raise Unreadable(_DAMAGED_MEMBER) from exc
        self.bytes_read += len(content)
        return content


@contextmanager
def open_member(package: zipfile.ZipFile, member: str | zipfile.ZipInfo) -> Iterator[Member]:
    """The member; Unreadable when it is damaged, encrypted or packed by a method nobody here knows."""
    try:
        stream = package.open(member)
    except (*_DAMAGE, RuntimeError, KeyError) as exc:
        raise Unreadable(_DAMAGED_MEMBER) from exc
    with stream:
        yield Member(stream)


def is_encrypted(member: zipfile.ZipInfo) -> bool:
    """Whether a password is needed."""
    return bool(member.flag_bits & _ENCRYPTED)


def is_link(member: zipfile.ZipInfo) -> bool:
    """Whether the member is a symbolic link instead of a file."""
    return stat.S_ISLNK(member.external_attr >> 16)


def name_of(member: zipfile.ZipInfo) -> str:
    """The name as it was meant: Chinese systems pack names in GBK, which `zipfile` takes for code page 437."""
    if member.flag_bits & _UTF8_NAME:
        return member.filename
    try:
        packed = member.orig_filename.encode("cp437")
    except UnicodeError:
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return packed.decode(encoding)
        except UnicodeError:
            continue
    return member.filename
