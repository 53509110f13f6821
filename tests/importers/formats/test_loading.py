"""What the reader of a workbook loads: a process of its own is started for every file."""

import subprocess
import sys

_SLOW = ("PIL", "numpy", "pydantic", "pypdfium2")


def test_a_workbook_is_read_without_what_pictures_and_registers_need():
    asked = f"import sys, importers.formats.workbooks.xlsx; print([name for name in {_SLOW!r} if name in sys.modules])"

    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
