"""Every linker side by side on one invented register; writes the results beside this file, checks the floors.

`python -m benchmarks.linking.run --gazetteer FILE --names DIR --persons 100000 --mentions 6000 --seed 101 --splink`.
The file is a village list in JSON lines (plain or .xz), the folder holds the name frequencies. Seeds 1 to 5 are there
to tune on and are only printed; seeds from 101 on are for figures. The figures of a register of 100,000 persons are
written to `results.md`, those of other sizes to a file named after their size.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path
from typing import ParamSpec, TypeVar

from benchmarks.linking.figures import figures_of
from benchmarks.linking.gold import read_texts
from benchmarks.linking.measure import Measurement, generate, measure
from benchmarks.linking.report import report
from benchmarks.linking.setting import FIRST_FIGURE_SEED, TUNING_SEEDS, Method, Setting, Source

_HERE = Path(__file__).parent
_FLOORS = _HERE.parent / "floors.json"
_BAR_SIZE = 100_000
"""The size for which the bars of linking are set."""

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


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
        )
        setting.work.mkdir(parents=True, exist_ok=True)
        if not given.again:
            _apart(generate, setting)
        methods = [method for method in Method if method is not Method.SPLINK or given.splink]
        measured = measure_all(setting, methods)
        texts = list(read_texts(setting.texts(setting.seed)))
    text = report(setting, texts, measured, str(setting.villages().county))
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
    return [_apart(measure, setting, method, source) for method in methods for source in Source]


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


def _apart(task: Callable[_Given, _Result], *args: _Given.args, **kwargs: _Given.kwargs) -> _Result:
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as process:
        return process.submit(task, *args, **kwargs).result()


def _seed(written: str) -> int:
    seed = int(written)
    if seed not in TUNING_SEEDS and seed < FIRST_FIGURE_SEED:
        raise argparse.ArgumentTypeError(f"1-5 are for tuning, {FIRST_FIGURE_SEED} and above for figures")
    return seed


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gazetteer", type=Path, required=True)
    parser.add_argument("--names", type=Path, required=True)
    parser.add_argument("--persons", type=int, default=_BAR_SIZE)
    parser.add_argument("--mentions", type=int, default=6_000, help="texts; each speaks of one household")
    parser.add_argument("--seed", type=_seed, required=True)
    parser.add_argument("--splink", action="store_true", help="measure Splink too (needs splink and duckdb)")
    parser.add_argument("--work", type=Path, help="keep the texts in this folder")
    parser.add_argument("--again", action="store_true", help="measure the texts that already lie in the folder")
    return parser


if __name__ == "__main__":
    sys.exit(main())
