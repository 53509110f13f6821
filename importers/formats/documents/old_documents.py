"""Documents that only LibreOffice reads (doc, wps, rtf, odt): converted to docx where `soffice` is installed."""

import os
import shutil
import subprocess
from pathlib import Path

from importers.formats.confined.confinement import widen_memory
from importers.formats.confined.converter import CONVERTER, profile_address
from importers.formats.documents.docx import read_docx
from importers.formats.sink import Sink
from importers.formats.source import Source, Unreadable

_NOT_INSTALLED = (
    "旧格式的文档(.doc、.wps、.rtf)这台机器读不了(没有装LibreOffice); 请用WPS或Word打开, 另存为docx后再提交"
)
_FAILED = "旧格式的文档读不出来, 可能已损坏或有密码; 请用WPS或Word打开, 另存为docx后再提交"
_OPTIONS = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to", "docx", "--outdir")


def read_old_document(source: Source, sink: Sink) -> None:
    """Send what the converted document holds; Unreadable when it cannot be converted, or not in time."""
    soffice = shutil.which(CONVERTER)
    if soffice is None:
        raise Unreadable(_NOT_INSTALLED)
    given = source.folder / f"given{source.ending or '.doc'}"
    with given.open("wb") as copied:
        shutil.copyfileobj(source.start(), copied)
    converted = source.folder / "converted"
    converted.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation={profile_address(source.folder)}"
    command = [soffice, profile, *_OPTIONS, str(converted), str(given)]
    try:
        _run(command, source)
        with (converted / "given.docx").open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            read_docx(source.converted(stream, size), sink)
    except (subprocess.SubprocessError, OSError) as exc:
        raise Unreadable(_FAILED) from exc
    finally:
        given.unlink(missing_ok=True)
        Path(converted, "given.docx").unlink(missing_ok=True)


def _run(command: list[str], source: Source) -> None:
    """The converter inherits every limit of this process; its address space alone is wider."""
    subprocess.run(  # noqa: S603 - a fixed program and options; the one name is ours
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=source.limits.conversion_seconds,
        check=True,
        preexec_fn=widen_memory,
    )
