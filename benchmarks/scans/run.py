"""Registration forms and letters, rendered and spoiled in three grades, beside plain RapidOCR; writes results.md.

`python -m benchmarks.scans.run --seed 601 --printed FONT --filled FONT [--forms 40] [--letters 2] [--grade bad]`: FONT
are files of Chinese fonts. Grades may be measured one by one; results.md is written when all are there. Seeds up to
100 were tuned on: with them nothing is written and wrong values are printed.
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks.scans.drawing import Fonts
from benchmarks.scans.grades import GRADES
from benchmarks.scans.measure import Score, measured
from benchmarks.scans.report import floors_of, report

_HERE = Path(__file__).parent
_FIGURES = _HERE / "figures.json"
_LAST_TUNING_SEED = 100


def main() -> int:
    """Print and write the tables; 1 when a floor is missed."""
    given = _arguments().parse_args()
    fonts = Fonts(given.printed, given.filled)
    is_tuning = given.seed <= _LAST_TUNING_SEED
    for grade in given.grade or GRADES:
        score = measured(grade, given.forms, given.letters, given.seed, fonts)
        print(grade, f"{score.right} of {score.fields} fields", flush=True)
        if is_tuning:
            print(*score.wrong_values, sep="\n")
        else:
            _FIGURES.with_suffix(f".{grade}.json").write_text(_listed(score), encoding="utf-8")
    if is_tuning:
        print("a seed for tuning: nothing is written")
        return 0
    scores = _kept(given.seed)
    text = report(scores, seed=given.seed, fonts=f"{given.printed.name} and {given.filled.name}")
    print(text)
    if set(scores) == set(GRADES):
        (_HERE / "results.md").write_text(text, encoding="utf-8")
    floors = json.loads((_HERE.parent / "floors.json").read_text(encoding="utf-8"))["scans"]
    figures = floors_of(scores)
    missed = {name: floor for name, floor in floors.items() if figures.get(name, floor) < floor}
    print("floors missed:" if missed else "all floors held", missed or "")
    return 1 if missed else 0


def _listed(score: Score) -> str:
    return json.dumps({**asdict(score), "wrong_values": []}, ensure_ascii=False) + "\n"


def _kept(seed: int) -> dict[str, Score]:
    """The grades measured with this seed so far; they may be measured one by one."""
    scores = {}
    for grade in GRADES:
        path = _FIGURES.with_suffix(f".{grade}.json")
        if path.exists() and (score := Score(**json.loads(path.read_text(encoding="utf-8")))).seed == seed:
            scores[grade] = score
    return scores


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--printed", type=Path, required=True, help="font file of labels and titles")
    parser.add_argument("--filled", type=Path, required=True, help="font file of what is filled in")
    parser.add_argument("--forms", type=int, default=40)
    parser.add_argument("--letters", type=int, default=2)
    parser.add_argument("--grade", choices=GRADES, action="append")
    return parser


if __name__ == "__main__":
    sys.exit(main())
