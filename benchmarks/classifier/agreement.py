"""How far readers agree: `python -m benchmarks.classifier.agreement`, on the messages that were read twice."""

import json
from pathlib import Path

from nlp.evaluation import score

_FOLDER = Path(__file__).parents[2] / "nlp" / "training" / "readings"


def main() -> None:
    """Print how the second readings agree with the first."""
    first, second = (_read(_FOLDER / name) for name in ("readings.jsonl", "second_readings.jsonl"))
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
