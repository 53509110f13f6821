"""The reading process: confines itself, reads the file on its standard input, sends the parts on its standard output.

`python -m importers.formats.child`, started by `reading_process` in a folder of its own that holds `job.json`.
"""

import json
import os
import shutil
from pathlib import Path
from typing import NoReturn

from importers.formats.confined.confinement import confine
from importers.formats.limits import Limits
from importers.formats.reading import read
from importers.formats.sink import Sink
from importers.formats.source import Budget, Source


def main() -> None:
    """Read the file of `job.json` to its end; a parser's own prints go nowhere."""
    folder = Path.cwd()
    job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    (folder / "job.json").unlink()
    limits = Limits(**job["limits"])
    with os.fdopen(os.dup(1), "wb") as output, os.fdopen(0, "rb") as stream:
        os.dup2(2, 1)
        confine(limits, folder)
        source = Source(
            stream=stream,
            size=os.fstat(0).st_size,
            name=job["name"],
            part="",
            depth=0,
            folder=folder,
            limits=limits,
            budget=Budget(limits),
        )
        sink = Sink(output, limits, frozenset(job["done"]))
        try:
            read(source, sink)
            sink.end()
        except BrokenPipeError:
            _leave(folder)


def _leave(folder: Path) -> NoReturn:
    """The parent is gone, perhaps without a chance to clean up: leave nothing of the file behind."""
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


if __name__ == "__main__":
    main()
