"""Every linker side by side on one invented register; writes the results beside this file, checks the floors.

`python -m benchmarks.linking.run --gazetteer FILE --names DIR --persons 100000 --mentions 6000 --seed 101 --splink`.
The file is a village list in JSON lines (plain or .xz), the folder holds the name frequencies; a register of a million
persons needs some 1,700 villages (`--division 1411` of the list of the province, `--mentions 1500`). Seeds 1 to 5 are
there to tune on and are only printed; seeds from 101 on are for figures. The figures of a register of 100,000 persons
are written to `results.md`, those of other sizes to a file named after their size.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.linking.gold import read_texts
from benchmarks.linking.index_cost import index_cost
from benchmarks.linking.measure import Measurement, generate, measure
from benchmarks.linking.process import in_new_process
from benchmarks.linking.report import report
from benchmarks.linking.setting import FIRST_FIGURE_SEED, TUNING_SEEDS, Method, Setting, Source
from domain.places.region import RegionCode
from pipeline.linking.quality import figures_of

_HERE = Path(__file__).parent
_FLOORS = _HERE.parent / "floors.json"
_BAR_SIZE = 100_000
"""The size for which the bars of linking are set."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables, write them for a figure seed; 1 when a floor is missed."""
    given = _arguments().parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        setting = Setting(
            gazetteer=given.gazetteer,
            names=given.names,
            persons=given.persons,
            mentions=given.mentions,
            seed=given.seed,
            work=given.work or Path(temporary),
            division=given.division,
        )
        setting.work.mkdir(parents=True, exist_ok=True)
        if not given.again:
            in_new_process(generate, setting)
        methods = [method for method in Method if method is not Method.SPLINK or given.splink]
        measured = measure_all(setting, methods)
        texts = list(read_texts(setting.texts(setting.seed)))
        text = report(setting, texts, measured, index_cost(setting))
    print(text)
    target = results_file(setting)
    if target is None:
        print(f"seed {setting.seed} is for tuning: nothing was written")
        return 0
    target.write_text(text, encoding="utf-8")
    missed = missed_floors(setting, measured)
    print("floors missed:" if missed else "all floors held", missed or "")
    return 1 if missed else 0


def measure_all(setting: Setting, methods: Sequence[Method]) -> list[Measurement]:
    """Every linker measured on the written texts with found and with gold mentions, each in a process of its own."""
    return [in_new_process(measure, setting, method, source) for method in methods for source in Source]


def results_file(setting: Setting) -> Path | None:
    """Where the figures are written; None for a seed that is there to tune on."""
    if setting.seed in TUNING_SEEDS:
        return None
    return _HERE / ("results.md" if setting.persons == _BAR_SIZE else f"results_{setting.persons}.md")


def missed_floors(setting: Setting, measured: Sequence[Measurement]) -> dict[str, float]:
    """The floors that our linker misses, by mentions and figure; other sizes of the register have none."""
    if setting.persons != _BAR_SIZE:
        return {}
    floors: dict[str, dict[str, float]] = json.loads(_FLOORS.read_text(encoding="utf-8"))["linking"]
    ours = {one.source.value: asdict(figures_of(one.outcomes)) for one in measured if one.method is Method.OURS}
    return {
        f"{source}.{name}": floor
        for source, pinned in floors.items()
        for name, floor in pinned.items()
        if (ours[source][name] or 0.0) < floor
    }


def _seed(written: str) -> int:
    seed = int(written)
    if seed not in TUNING_SEEDS and seed < FIRST_FIGURE_SEED:
        raise argparse.ArgumentTypeError(f"1-5 are for tuning, {FIRST_FIGURE_SEED} and above for figures")
    return seed


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gazetteer", type=Path, required=True)
    parser.add_argument("--names", type=Path, required=True)
    parser.add_argument("--division", type=RegionCode.parse, help="only the villages of this division, as 1411")
    parser.add_argument("--persons", type=int, default=_BAR_SIZE)
    parser.add_argument("--mentions", type=int, default=6_000, help="texts; each speaks of one household")
    parser.add_argument("--seed", type=_seed, required=True)
    parser.add_argument("--splink", action="store_true", help="measure Splink too (needs splink and duckdb)")
    parser.add_argument("--work", type=Path, help="keep the texts in this folder")
    parser.add_argument("--again", action="store_true", help="measure the texts that already lie in the folder")
    return parser


if __name__ == "__main__":
    sys.exit(main())
