"""Registration forms and letters, rendered and spoiled in three grades, beside plain RapidOCR; writes results.md.

`python -m benchmarks.scans.run --seed 601 --printed FONT --filled FONT [--forms 42] [--letters 6] [--grade bad]`: FONT
are files of Chinese fonts. Seeds up to 100 were tuned on: with them nothing is written and wrong values are printed.
"""

import argparse
import json
import sys
from pathlib import Path

from benchmarks.scans.drawing import Fonts
from benchmarks.scans.grades import GRADES
from benchmarks.scans.measure import Score, measured
from benchmarks.scans.report import floors_of, report

_HERE = Path(__file__).parent
_LAST_TUNING_SEED = 100


def main() -> int:
    """Print and write the tables; 1 when a floor is missed."""
    given = _arguments().parse_args()
    fonts = Fonts(given.printed, given.filled)
    scores: dict[str, Score] = {}
    memory = 0.0
    for grade in given.grade or GRADES:
        scores[grade], used = measured(grade, given.forms, given.letters, given.seed, fonts, plain=not given.no_plain)
        memory = memory or used
        print(grade, f"{scores[grade].right} of {scores[grade].fields} fields", flush=True)
        if given.seed <= _LAST_TUNING_SEED:
            for wrong in scores[grade].wrong_values:
                print("   ", *wrong)
    text = report(scores, memory, seed=given.seed, fonts=f"{given.printed.name} and {given.filled.name}")
    print(text)
    if given.seed <= _LAST_TUNING_SEED:
        print("a seed for tuning: nothing is written")
        return 0
    if set(scores) == set(GRADES) and not given.no_plain:
        (_HERE / "results.md").write_text(text, encoding="utf-8")
    floors = json.loads((_HERE.parent / "floors.json").read_text(encoding="utf-8"))["scans"]
    missed = {name: floor for name, floor in floors.items() if floors_of(scores).get(name, floor) < floor}
    print("floors missed:" if missed else "all floors held", missed or "")
    return 1 if missed else 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--printed", type=Path, required=True, help="font file of labels and titles")
    parser.add_argument("--filled", type=Path, required=True, help="font file of what is filled in")
    parser.add_argument("--forms", type=int, default=42)
    parser.add_argument("--letters", type=int, default=6)
    parser.add_argument("--grade", choices=GRADES, action="append")
    parser.add_argument("--no-plain", action="store_true", help="without plain RapidOCR; nothing is written")
    return parser


if __name__ == "__main__":
    sys.exit(main())
