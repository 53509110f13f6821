"""Reads generated texts around real lists of places; writes results.md beside this file, checks the floors.

`python -m benchmarks.places.run --list FILE --history FILE --county 141124 --county … --seed 101`: the official list
of a province (JSON lines, .xz if wished), the history of the names of the first county, the counties to write about.
With `--real NAME=FILE…` (JSON lines with title and text, or with chars, .xz if wished) false alarms are counted on
texts that are known to be of other places. Seeds up to 5 were tuned on: with them nothing is written.
"""

import argparse
import json
import lzma
import random
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

from benchmarks.places.county import County, county_of
from benchmarks.places.figures import Count, count, total
from benchmarks.places.report import Measured, RealTexts, floors_of, report
from benchmarks.places.texts import Text, Writer
from domain.places.place import Place
from domain.places.region import Level, RegionCode
from importers.places.gazetteer import read_gazetteer
from nlp.places.gazetteer import Gazetteer

_HERE = Path(__file__).parent
_LAST_TUNING_SEED = 5


def main() -> int:
    """Print and write the tables; 1 when a floor is missed."""
    given = _arguments().parse_args()
    codes = [RegionCode(code) for code in given.county]
    places = _places(given.list, given.history, codes[0])
    unknown = {code.digits for code in codes} - {place.code.digits for place in places}
    if unknown:
        print(f"not in the list: {', '.join(sorted(unknown))}")
        return 2
    counties, texts = _written(places, codes, given.texts, given.seed)
    measured = _measured(places, counties, texts)
    alone = {
        county.code: count(Gazetteer(county.places, county.code), texts[county.code]) for county in counties.values()
    }
    ours = _gazetteer(places, counties[codes[0]])
    real = [_on_real_texts(name, Path(file), ours) for name, _, file in (one.partition("=") for one in given.real)]
    text = report(measured, counties, alone, real, seed=given.seed)
    print(text)
    if given.seed <= _LAST_TUNING_SEED:
        print("a seed for tuning: nothing is written")
        return 0
    (_HERE / "results.md").write_text(text, encoding="utf-8")
    figures = floors_of(measured)
    floors = json.loads((_HERE.parent / "floors.json").read_text(encoding="utf-8"))["places"]
    missed = {name: floor for name, floor in floors.items() if figures[name] < floor}
    print("floors missed:" if missed else "all floors held", missed or "")
    return 1 if missed else 0


def _places(listed: Path, history: Path, county: RegionCode) -> list[Place]:
    with tempfile.TemporaryDirectory() as folder:
        unpacked = Path(folder) / "list.jsonl"
        unpacked.write_text(_text_of(listed), encoding="utf-8")
        return read_gazetteer([unpacked, history], county).places


def _written(
    places: Sequence[Place], codes: Sequence[RegionCode], each: int, seed: int
) -> tuple[dict[RegionCode, County], dict[RegionCode, list[Text]]]:
    rng = random.Random(seed)
    every = [place.code for place in places if place.level is Level.COUNTY]
    by_county: dict[RegionCode, list[Place]] = {code: [] for code in every}
    for place in places:
        if len(place.code.digits) >= len(codes[0].digits):
            by_county[place.code.ancestor(Level.COUNTY)].append(place)
    others = {code: County(code, tuple(own)) for code, own in by_county.items() if not _is_ward(own)}
    counties = {code: county_of(code, by_county[code], rng) for code in codes}
    texts = {
        code: list(Writer(county, tuple(one for one in others.values() if one.code != code), rng).texts(each))
        for code, county in counties.items()
    }
    return counties, texts


def _is_ward(places: Sequence[Place]) -> bool:
    """True for 城区 and the like, whose name tells no county."""
    return not next(place.name for place in places if place.level is Level.COUNTY).endswith(("县", "市"))


def _gazetteer(places: Sequence[Place], county: County) -> Gazetteer:
    return Gazetteer([*(one for one in places if not county.code.contains(one.code)), *county.places], county.code)


def _measured(
    places: Sequence[Place], counties: dict[RegionCode, County], texts: dict[RegionCode, list[Text]]
) -> Measured:
    counts: dict[RegionCode, dict[str, Count]] = {}
    built = time.process_time()
    first = _gazetteer(places, next(iter(counties.values())))
    built = time.process_time() - built
    contents = [text.content for own in texts.values() for text in own]
    started = time.process_time()
    for content in contents:
        first.read(content)
    seconds = time.process_time() - started
    for code, county in counties.items():
        counts[code] = count(_gazetteer(places, county), texts[code])
    return Measured(
        counts=counts,
        whole=total(one for counted in counts.values() for one in counted.values()),
        places=len(places),
        build_seconds=built,
        build_megabytes=_megabytes(places, next(iter(counties.values()))),
        texts_per_second=len(contents) / seconds,
        characters=sum(map(len, contents)) / len(contents),
    )


def _megabytes(places: Sequence[Place], county: County) -> float:
    """What the index holds, in a second build of its own: tracing makes building slow."""
    tracemalloc.start()
    kept = _gazetteer(places, county)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del kept
    return held / 2**20


def _on_real_texts(name: str, path: Path, gazetteer: Gazetteer) -> RealTexts:
    texts = [_content(json.loads(line)) for line in _text_of(path).splitlines() if line.strip()]
    read = [gazetteer.read(text) for text in texts]
    mentions = [one for found in read for one in found.places if one.level is not Level.COUNTY]
    return RealTexts(
        name=name,
        texts=len(texts),
        with_places=sum(any(one.level is not Level.COUNTY for one in found.places) for found in read),
        mentions=len(mentions),
        miswritten=sum(bool(one.meant) for one in mentions),
        ambiguous=sum(len(found.ambiguous) for found in read),
    )


def _content(record: dict[str, object]) -> str:
    if "chars" in record:
        characters = record["chars"]
        return "".join(characters) if isinstance(characters, list) else str(characters)
    return f"{record.get('title') or ''}\n{record['text']}"


def _text_of(path: Path) -> str:
    packed = path.read_bytes()
    return (lzma.decompress(packed) if path.suffix == ".xz" else packed).decode("utf-8")


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", type=Path, required=True)
    parser.add_argument("--history", type=Path, required=True)
    parser.add_argument("--county", action="append", required=True)
    parser.add_argument("--real", nargs="*", default=[], metavar="NAME=FILE")
    parser.add_argument("--texts", type=int, default=150, help="texts of each form and county")
    parser.add_argument("--seed", type=int, required=True)
    return parser


if __name__ == "__main__":
    sys.exit(main())
