"""Runs commands in the process of the tests: same parser, same exit codes, without the seconds that imports take."""

import contextlib
import io
import os
import sys
from pathlib import Path
from subprocess import CompletedProcess
from unittest.mock import patch

from commands.main import main
from tests.end_to_end import county
from tests.end_to_end.county import environment


def qianshao(home: Path, *arguments: str, **more: str) -> CompletedProcess[str]:
    """Run one command to its end; its exit code and what it wrote."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    mask = os.umask(0o022)
    with (
        patch.dict(os.environ, environment(home, **more), clear=True),
        patch.object(sys, "argv", ["qianshao", *arguments]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as exc:
            code = int(exc.code or 0)
        finally:
            # The command makes what it writes its owner's alone; other tests keep their own mask.
            os.umask(mask)
    return CompletedProcess(arguments, code, out.getvalue(), err.getvalue())


def leads(home: Path) -> list[dict[str, object]]:
    """All leads without the moments at which they were opened."""
    return county.leads(home, qianshao)
