"""The house: every room has a floor, no module grows past what a person reads at once."""

import ast
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
OUTSIDE = {"tests", "examples", "benchmarks", "docs"}
LONGEST = 400


def rooms() -> list[Path]:
    return [path.parent for path in ROOT.glob("*/__init__.py") if path.parent.name not in OUTSIDE]


def test_every_room_stands_on_a_floor():
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]

    assert {room.name for room in rooms()} == set(config["root_packages"])


def test_no_module_is_longer_than_a_person_reads():
    long = [
        str(path.relative_to(ROOT))
        for room in rooms()
        for path in room.rglob("*.py")
        if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST and "versions" not in path.parts
    ]

    assert long == []


def test_the_architecture_names_every_shelf_and_what_it_is():
    document = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    shelves = [
        path.parent
        for room in rooms()
        for path in room.rglob("__init__.py")
        if path.parent != room and "versions" not in path.parts
    ]

    missing = [row for row in map(_row_of, shelves) if row not in document]

    assert missing == []


def _row_of(shelf: Path) -> str:
    """The line of the document about a shelf: its place, and the first line of its docstring."""
    said = ast.get_docstring(ast.parse((shelf / "__init__.py").read_text(encoding="utf-8"))) or ""
    return f"| `{shelf.relative_to(ROOT).as_posix()}/` | {said.partition(chr(10))[0].rstrip('.')} |"
