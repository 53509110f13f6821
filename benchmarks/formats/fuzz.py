"""Feeds mutated office files to the readers under coverage guidance: none may crash, hang or break the protocol.

`python -m benchmarks.formats.fuzz TARGET [--seconds 600] [--corpus FOLDER]` with TARGET one of text, packages, mail,
pdf, ofd, workbooks, messages. Needs atheris (extra `dev`, Linux). Ends with 0 when nothing was found; an input that
was is written to the folder. Members of zip containers are mutated inside and packed again, or no mutation would pass
the checksums.
"""

import io
import os
import resource
import signal
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import atheris

from benchmarks.formats.seeds import seeds
from benchmarks.fuzzing import fuzz

with atheris.instrument_imports(include=["importers.formats"]):
    from importers.formats.confined.messages import BrokenMessage, Message, from_bytes, to_bytes
    from importers.formats.documents import docx, old_documents
    from importers.formats.kinds import Kind, kind_of
    from importers.formats.limits import standard_limits
    from importers.formats.packages import archive
    from importers.formats.packages.packages import open_member, open_package
    from importers.formats.pages import ofd, ofd_marks, ofd_package, ofd_printing, pdf
    from importers.formats.parts import RefusedPart
    from importers.formats.plain import json_tables, text_tables
    from importers.formats.reading import read
    from importers.formats.sink import Sink
    from importers.formats.source import UNFORESEEN, Source, Unreadable
    from importers.formats.webs import html_tables, mail
    from importers.formats.workbooks import binary_merges, old_workbook, workbooks, xlsx
    from tests.importers.formats.delivery import source_of

_MODULES = (
    archive,
    binary_merges,
    docx,
    html_tables,
    json_tables,
    mail,
    ofd,
    ofd_marks,
    ofd_package,
    ofd_printing,
    old_documents,
    old_workbook,
    pdf,
    text_tables,
    workbooks,
    xlsx,
)
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "text": (".csv", ".tsv", ".html", ".json", ".jsonl", ".xml"),
    "packages": (".xlsx", ".docx", ".zip"),
    "mail": (".eml",),
    "pdf": (".pdf",),
    "ofd": (".ofd",),
    "workbooks": (".xls", ".ods", ".xlsb"),
    "messages": (),
}
_FOREIGN = frozenset({Kind.PDF, Kind.WORKBOOK, Kind.IMAGE, Kind.OLD_DOCUMENT})
"""Kinds whose parsers are others' code: what these throw is caught, and no finding."""
_OLD_OR_BINARY = (bytes.fromhex("d0cf11e0a1b11ae1"), b"workbook.bin")
"""What tells an xls and an xlsb."""
_LONGEST_INPUT = 60_000


class _Checked(Sink):
    """Takes every message apart again, as the parent would."""

    def __init__(self, kind: Kind | None) -> None:
        super().__init__(io.BytesIO(), standard_limits())
        self._kind = kind

    def _send(self, message: Message) -> None:
        arrived = from_bytes(to_bytes(message)[4:])
        if isinstance(arrived, RefusedPart) and arrived.part == "" and self._kind not in _FOREIGN:
            _check_reason(arrived.reason)


def _check_reason(reason: str) -> None:
    if reason == UNFORESEEN:
        raise AssertionError("our own reader threw something that no reader expects")


def _not_read(*_: object) -> None:
    """OCR and LibreOffice are others' programs and take seconds, so that nothing else would be tried."""


vars(pdf)["read_scanned_pdf"] = _not_read
vars(old_documents)["read_old_document"] = _not_read


def check_file(content: bytes) -> None:
    """Read the file as the reading process does; the ending comes from its last byte, since it may lie."""
    if not content:
        return
    endings = [ending for group in _ENDINGS.values() for ending in group]
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        source = source_of(Path(folder), f"给定{endings[content[-1] % len(endings)]}", content)
        try:
            kind = kind_of(source)
        except Unreadable:
            return
        if kind is Kind.WORKBOOK and any(sign in content for sign in _OLD_OR_BINARY):
            _read_with_its_memory(source, kind)
        else:
            read(source, _Checked(kind))


def _read_with_its_memory(source: Source, kind: Kind) -> None:
    """Read an xls or xlsb in a process that may have as much more memory as the reading process has.

    calamine finds records in a damaged file where we do not, and cells far apart in them; it then asks for gigabytes
    and ends the process, as the limits mean it to.
    """
    child = os.fork()
    if child == 0:
        _read_and_end(source, kind)
    _, status = os.waitpid(child, 0)
    ended_by_limit = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGABRT
    if status != 0 and not ended_by_limit:
        raise AssertionError(f"a workbook ended its reader with {status}")


def _read_and_end(source: Source, kind: Kind) -> None:
    found = 1
    try:
        # The fuzzer's own handler would call the end by the limit a crash.
        signal.signal(signal.SIGABRT, signal.SIG_DFL)
        held = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        most = held + standard_limits().memory_bytes
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        read(source, _Checked(kind))
        found = 0
    except MemoryError:
        found = 0
    finally:
        os._exit(found)


def check_message(content: bytes) -> None:
    """What the parent does with the bytes of a process that was taken over."""
    try:
        to_bytes(from_bytes(content))
    except BrokenMessage:
        return


def _unpacked(package: zipfile.ZipFile, name: str) -> bytes:
    with open_member(package, name) as stream:
        return stream.read()


def mutate(content: bytes, longest: int, seed: int) -> bytes:
    """Mutate one member of a container and pack it again; anything else, and now and then a container too, as it is."""
    try:
        with open_package(io.BytesIO(content), standard_limits()) as package:
            members = {name: _unpacked(package, name) for name in package.namelist()}
    except Unreadable:
        members = {}
    if not members or seed % 8 == 0:
        return bytes(atheris.Mutate(content, longest))
    chosen = sorted(members)[seed // 8 % len(members)]
    members[chosen] = bytes(atheris.Mutate(members[chosen], longest))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name, inner in members.items():
            package.writestr(name, inner)
    return packed.getvalue()[:longest]


_TARGETS = {target: check_message if target == "messages" else check_file for target in _ENDINGS}


def _seeds(target: str) -> dict[str, bytes]:
    if target == "messages":
        return {"rows": b'["rows",[[1,["a",2,{"date":"2024-03-05"}],false,[[0,"x"]]]]]', "end": b'["end"]'}
    return {name: content for name, content in seeds().items() if Path(name).suffix in _ENDINGS[target]}


if __name__ == "__main__":
    fuzz(__doc__, _TARGETS, _seeds, longest=_LONGEST_INPUT, mutate=mutate)
