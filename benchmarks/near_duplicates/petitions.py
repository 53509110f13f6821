"""Letters that many households copy, and people who come again; writes petitions.md beside this file.

`python -m benchmarks.near_duplicates.petitions --seed 101`. Seeds up to 5 were tuned on: with them nothing is written.
1 is the exit code when a floor is missed.
"""

import argparse
import json
import random
import sys
from pathlib import Path

from benchmarks.near_duplicates.leads import by_lead
from benchmarks.near_duplicates.measure import Joined, Measured, ours
from benchmarks.near_duplicates.report import table
from benchmarks.near_duplicates.run import LAST_TUNING_SEED, empty_store
from benchmarks.near_duplicates.texts import UNSIGNED, Writer

_HERE = Path(__file__).parent
_HOUSEHOLDS = 50
"""Households that write each letter first; with those that copy it three times as many."""


def main() -> int:
    """Print and write the tables; 1 when a floor is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, required=True)
    seed = parser.parse_args().seed
    writer = Writer(random.Random(seed))
    with empty_store() as (store, _):
        copied = [text for number in range(_HOUSEHOLDS) for text in writer.letters(number)]
        clusters, letters = ours(store, copied), ours(store, copied, as_petitions=True)
    with empty_store() as (store, _):
        returning = by_lead(store, [text for number in range(_HOUSEHOLDS) for text in writer.returning(number)])
    text = _report(clusters, letters, returning, seed)
    print(text)
    if seed <= LAST_TUNING_SEED:
        print("a seed for tuning: nothing is written")
        return 0
    (_HERE / "petitions.md").write_text(text, encoding="utf-8")
    floors = json.loads((_HERE.parent / "floors.json").read_text(encoding="utf-8"))["petitions"]
    figures = _figures(letters, returning)
    missed = {name: floor for name, floor in floors.items() if figures[name] < floor}
    print("floors missed:" if missed else "all floors held", missed or "")
    return 1 if missed else 0


def _figures(letters: Measured, returning: Measured) -> dict[str, float]:
    return {
        "households_kept_apart": _kept_apart(letters),
        "unsigned_households_kept_apart": _kept_apart(letters, UNSIGNED),
        "returning_joined": returning.whole.recall,
        "returning_right": returning.whole.precision,
    }


def _kept_apart(letters: Measured, ending: str = "") -> float:
    """Share of the letters of a household that had not written before which joined no other household's."""
    own = [one for form, one in letters.forms.items() if not one.to_join and form.endswith(ending)]
    return 1 - sum(one.joined for one in own) / sum(one.texts for one in own)


def _report(clusters: Measured, letters: Measured, returning: Measured, seed: int) -> str:
    lines = [
        "# Petitions that copy each other, and people who come again",
        "",
        f"Written by `python -m benchmarks.near_duplicates.petitions`, seed {seed}.",
        "",
        "## One letter, many households",
        "",
        f"Six letters, each written by {_HOUSEHOLDS} households, printed by a medium, brought in again with slips",
        "of the pen and another date, copied by a household with its own sums, and copied with nothing changed but",
        "the name. The register knows the petitioner of three letters in four. A cluster holds a letter with its",
        "copies; leads are opened for petitions. A household is kept apart when its first letter joins no other",
        f"household's: {_kept_apart(clusters):.3f} are in clusters, {_kept_apart(letters):.3f} in petitions. Most of",
        "them the register tells apart; of those of which it knows nobody, whom only their letters tell apart,",
        f"{_kept_apart(letters, UNSIGNED):.3f} are.",
        "",
        *table(
            ("form", "texts", "to join", "joined its own", "joined another's", "in clusters: its own", "another's"),
            [_copied(form, letters, clusters) for form in sorted(letters.forms)],
        ),
        "",
        "## One person, again and again",
        "",
        "Through the stage that opens leads, no household in the register, village and risk of every text given:",
        f"{_HOUSEHOLDS} people with each letter, who come again with slips of the pen and again in other words, and a",
        "neighbour of the same village with the same risk who copies the letter and then tells it in other words.",
        "The register has every name and two phones in three.",
        "",
        *table(
            ("form", "texts", "to join", "joined the own lead", "joined another's"),
            [_returning(form, one) for form, one in sorted(returning.forms.items())],
        ),
    ]
    return "\n".join(lines) + "\n"


def _copied(form: str, letters: Measured, clusters: Measured) -> tuple[object, ...]:
    one, other = letters.forms[form], clusters.forms[form]
    return form, one.texts, one.to_join, one.right, one.joined - one.right, other.right, other.joined - other.right


def _returning(form: str, one: Joined) -> tuple[object, ...]:
    return form, one.texts, one.to_join, one.right, one.joined - one.right


if __name__ == "__main__":
    sys.exit(main())
