"""Columns understood below headers that nobody has written before; writes results.md, checks the floors.

`python -m benchmarks.headers.run`. The tables are invented, by six writers who did not know the vocabulary. On those of
the first two files the reading by examples was tuned, the others were read for the figures alone.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from benchmarks.headers.scoring import counted, is_mistaken, read_tables

_HERE = Path(__file__).parent
_TUNED = ("petitions_and_households", "hotlines_and_boards")
_FRESH = ("households", "many_lines")
_OTHERS = {"others_1": "tuned", "others_2": "fresh"}


def main() -> int:
    """Print and write the table; 1 when a floor is missed."""
    lines = [
        "# Headers that nobody has written before",
        "",
        "| tables | guessing | tables | refused | columns | understood | missed | mistaken | other columns "
        "| taken for one |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    shares: dict[tuple[str, bool], float] = {}
    wrong: dict[tuple[str, bool], float] = {}
    for name, files in (("tuned on", _TUNED), ("fresh", _FRESH)):
        for guessing in (False, True):
            found = _counted(files, guessing)
            shares[name, guessing] = found["right"] / found["columns"]
            wrong[name, guessing] = (found["mistaken"] + found["taken"]) / (found["columns"] + found["others"])
            lines.append(_line(name, guessing, found))
    lines += [
        "",
        "| tables that are neither petitions nor registers | number | read as one, as written | guessing |",
        "|---|---|---|---|",
    ]
    refused = {}
    for name, kind in _OTHERS.items():
        tables = tuple(read_tables(_HERE / "tables" / f"{name}.jsonl"))
        mistaken = {guessing: sum(is_mistaken(one, guessing=guessing) for one in tables) for guessing in (False, True)}
        refused[kind] = 1 - mistaken[True] / len(tables)
        lines.append(f"| {kind} | {len(tables)} | {mistaken[False]} | {mistaken[True]} |")
    text = "\n".join(lines) + "\n"
    (_HERE / "results.md").write_text(text, encoding="utf-8")
    print(text)
    figures = {"fresh_understood": shares["fresh", True], "others_refused": refused["fresh"]}
    figures["fresh_not_wrong"] = 1 - wrong["fresh", True]
    floors = json.loads((_HERE.parent / "floors.json").read_text(encoding="utf-8"))["headers"]
    missed = {name: floor for name, floor in floors.items() if figures[name] < floor}
    print("floors missed:" if missed else "all floors held", missed or "")
    return 1 if missed else 0


def _counted(files: tuple[str, ...], guessing: bool) -> Counter[str]:
    tables = (table for name in files for table in read_tables(_HERE / "tables" / f"{name}.jsonl"))
    return sum((counted(table, guessing=guessing) for table in tables), Counter())


def _line(name: str, guessing: bool, found: Counter[str]) -> str:
    figures = (found[one] for one in ("tables", "refused", "columns"))
    share = f"{found['right']} ({found['right'] / found['columns']:.3f})"
    others = (found[one] for one in ("missed", "mistaken", "others", "taken"))
    cells = (name, "yes" if guessing else "no", *map(str, figures), share, *map(str, others))
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    sys.exit(main())
