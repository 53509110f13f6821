"""How far readers agree, on the messages that were read twice.

`python -m benchmarks.classifier.agreement` compares those drawn at random; with `--first FILE…` (labels of all real
messages) those that were read again because models doubted their labels.
"""

import argparse
import json
from pathlib import Path

from nlp.evaluation import score

_FOLDER = Path(__file__).parents[2] / "nlp" / "training" / "readings"


def main() -> None:
    """Print how the second readings agree with the first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=Path, nargs="*", default=[], help="labels of all real messages (JSONL)")
    given = parser.parse_args().first
    first = {key: one for path in (_FOLDER / "readings.jsonl", *given) for key, one in _read(path).items()}
    second = _read(_FOLDER / ("doubtful_readings.jsonl" if given else "second_readings.jsonl"))
    pairs = [(first[key], second[key]) for key in second]
    slugs = sorted({slug for reading in (*first.values(), *second.values()) for slug in reading["labels"]})
    cells = [(slug in one["labels"], slug in other["labels"]) for one, other in pairs for slug in slugs]
    same = sum(set(one["labels"]) == set(other["labels"]) for one, other in pairs)
    print(f"{len(pairs)} messages read twice; the same categories in {same / len(pairs):.3f}")
    for found in (
        score("categories (micro)", cells),
        score("lead or none", [(bool(one["labels"]), bool(other["labels"])) for one, other in pairs]),
        *(
            score(flag, [(bool(one[flag]), bool(other[flag])) for one, other in pairs])
            for flag in ("accusation", "urgent")
        ),
    ):
        print(f"{found.name}: F1 {found.f1:.3f}, {found.support} in the first reading")


def _read(path: Path) -> dict[str, dict[str, list[str]]]:
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {record["id"]: record for record in records}


if __name__ == "__main__":
    main()
