"""Measures extraction on saved pages beside its peers; writes results.md beside this file and holds the floors.

`python -m benchmarks.extraction.run --gold FILE [--gne-python PYTHON]`: the pages lie beside the gold file (JSON lines
of file, title, published_at, source, author, text). GNE is run by the interpreter given, which must have `gne` and
`lxml_html_clean`; without it the gain is measured against trafilatura alone, and the report says so.
"""

import argparse
import json
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from statistics import fmean, median

from benchmarks.extraction.peers import TRAFILATURA
from crawlers.extraction.article import extract
from crawlers.extraction.blocks import split_blocks
from crawlers.extraction.body import body_of
from crawlers.extraction.density import DEFAULT_WEIGHTS, DensityWeights, densest_part, inside
from crawlers.extraction.encoding import decode_page
from crawlers.extraction.evaluation import (
    GoldPage,
    PageScore,
    evaluate_pages,
    gram_f1,
    means,
    read_gold,
    read_page,
    score_page,
)
from crawlers.extraction.tree import parse_page, without_scripts

HERE = Path(__file__).parent
_NAMES = re.compile(rb"\s(?:class|id)\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
_GRID = [
    DensityWeights(line=line, cell=cell, descend=descend)
    for line, cell, descend in product((2.0, 4.0, 8.0), (1.0,), (0.65, 0.75, 0.85))
]
_LARGE = 1_000_000


@dataclass(frozen=True, slots=True)
class PeerScores:
    """A peer's means over the pages, each 0 to 1."""

    name: str
    body_f1: float
    body_f1_median: float
    title: float
    day: float


def main() -> int:
    """Print and write the tables; 1 when a floor is missed."""
    given = _arguments().parse_args()
    gold, folder = read_gold(given.gold), given.gold.parent
    scores = evaluate_pages(gold, folder)
    ours = means(scores)
    peers = [_peer(name, sys.executable, gold, folder) for name in TRAFILATURA]
    peers += [_peer("gne", given.gne_python, gold, folder)] if given.gne_python else []
    gain = ours.body_f1 - max(peer.body_f1 for peer in peers)
    report = [
        "# Extraction",
        "",
        f"{ours.pages} real Chinese pages with hand-checked title, time and body (captions, credits and editor lines "
        "left out). Body: F1 of 4-grams of characters; title exact but for spaces; date by day in China time.",
        "",
        *_comparison(scores, peers, gne=bool(given.gne_python)),
        f"Gain over the better peer: {gain:+.3f}.",
        "",
        *_lowest(scores),
        *_cross_check(gold, folder),
        *_hardened(gold, folder),
        *_speed(gold, folder),
    ]
    text = "\n".join([*report, ""])
    (HERE / "results.md").write_text(text, encoding="utf-8")
    print(text)
    floors = json.loads((HERE.parent / "floors.json").read_text(encoding="utf-8"))["extraction"]
    figures = {"body_f1": ours.body_f1, "date_by_day": ours.day, "gain": gain, "title_exact": ours.title}
    missed = {name: floor for name, floor in floors.items() if figures[name] < floor}
    print("floors missed:" if missed else "all floors held", missed or "")
    return 1 if missed else 0


def _peer(name: str, python: str, gold: Sequence[GoldPage], folder: Path) -> PeerScores:
    asked = "\n".join(page.file for page in gold)
    command = [python, str(HERE / "peers.py"), name, str(folder)]
    output = subprocess.run(command, input=asked, capture_output=True, text=True, check=True).stdout
    found = {record["file"]: record for record in map(json.loads, output.splitlines())}
    bodies = [gram_f1(page.text, found[page.file]["text"]) for page in gold]
    return PeerScores(
        name,
        fmean(bodies),
        median(bodies),
        fmean("".join(found[page.file]["title"].split()) == "".join(page.title.split()) for page in gold),
        fmean(found[page.file]["day"] == (page.published_at or "")[:10] for page in gold),
    )


def _comparison(scores: Sequence[PageScore], peers: Sequence[PeerScores], *, gne: bool) -> list[str]:
    ours = means(scores)
    rows = [
        f"| {one.name} | {one.body_f1:.3f} | {one.body_f1_median:.3f} | {one.title:.3f} | {one.day:.3f} | | |"
        for one in peers
    ]
    rows.append(
        f"| **this project** | **{ours.body_f1:.3f}** | {ours.body_f1_median:.3f} | {ours.title:.3f} | {ours.day:.3f} "
        f"| {ours.source:.3f} | {ours.author:.3f} |"
    )
    note = (
        "GNE ran in an environment of its own: its licence file is the GPL although its metadata say MIT, so it is no "
        "dependency, not even of development."
        if gne
        else "GNE was not measured in this run."
    )
    return [
        "| | body F1, mean | median | title exact | date by day | source exact | author exact |",
        "|---|---|---|---|---|---|---|",
        *rows,
        "",
        note,
        "",
    ]


def _lowest(scores: Sequence[PageScore]) -> list[str]:
    worst = sorted(scores, key=lambda one: one.body_f1)[:5]
    rows = [
        f"| {number} | {one.body_f1:.3f} | {one.extractor} | {one.agreement:.3f} |"
        for number, one in enumerate(worst, 1)
    ]
    return [
        "The five pages read worst, the extractor that was believed, and how far the others agreed:",
        "",
        "| | body F1 | extractor | agreement |",
        "|---|---|---|---|",
        *rows,
        "",
    ]


def _cross_check(gold: Sequence[GoldPage], folder: Path) -> list[str]:
    """Weights chosen on half of the pages, measured on the other half."""
    table = {weights: [_density_f1(page, folder, weights) for page in gold] for weights in _GRID}
    odd, even = slice(0, None, 2), slice(1, None, 2)
    rows = []
    for name, seen, unseen in (("odd", odd, even), ("even", even, odd)):
        best = max(_GRID, key=lambda weights: fmean(table[weights][seen]))
        rows.append(
            f"| {name} | {best.line:g} | {best.descend:g} | {fmean(table[best][seen]):.3f} | "
            f"{fmean(table[best][unseen]):.3f} | {fmean(table[DEFAULT_WEIGHTS][unseen]):.3f} |"
        )
    lowest, highest = (edge(fmean(values) for values in table.values()) for edge in (min, max))
    return [
        "## Weights chosen on half of the pages",
        "",
        f"Density alone, {len(_GRID)} settings of its weights. Over all settings the mean over all pages lies between "
        f"{lowest:.3f} and {highest:.3f}. The word lists were written by a person who had seen the lines that were "
        "wrong on all of these pages, so only pages of other origin can say how much they help elsewhere.",
        "",
        "| chosen on | cost of a line | share to descend | F1 there | F1 on the other half | shipped weights there |",
        "|---|---|---|---|---|---|",
        *rows,
        "",
    ]


def _density_f1(page: GoldPage, folder: Path, weights: DensityWeights) -> float:
    root = parse_page(decode_page(read_page(page, folder)))
    if root is None:
        return 0.0
    without_scripts(root)
    blocks = split_blocks(root)
    part = densest_part(blocks, weights)
    return gram_f1(page.text, body_of(inside(blocks, part), page.title).text) if part is not None else 0.0


def _hardened(gold: Sequence[GoldPage], folder: Path) -> list[str]:
    """The same pages made harder: no names to go by, bytes that are not what the page says."""
    pages = [(page, read_page(page, folder)) for page in gold]
    texts = [(page, decode_page(content)) for page, content in pages]
    cases = {
        "class and id of every element removed": [(page, _NAMES.sub(b"", content)) for page, content in pages],
        "written in GB18030, still declared as before": [
            (page, text.encode("gb18030", errors="ignore")) for page, text in texts
        ],
        "every 997th byte lost": [
            (page, b"".join(content[at : at + 996] for at in range(0, len(content), 997))) for page, content in pages
        ],
    }
    rows = []
    for name, changed in cases.items():
        total = means([score_page(page, extract(content, page.url)) for page, content in changed])
        rows.append(f"| {name} | {total.body_f1:.3f} | {total.title:.3f} | {total.day:.3f} |")
    return [
        "## The same pages made harder",
        "",
        "| | body F1 | title exact | date by day |",
        "|---|---|---|---|",
        *rows,
        "",
    ]


def _speed(gold: Sequence[GoldPage], folder: Path) -> list[str]:
    pages = [read_page(page, folder) for page in gold]
    extract(pages[0], gold[0].url)
    spent = [_seconds(content) for content in pages]
    large = max(pages, key=len)
    filled = (
        large
        + b"<div><p>"
        + "附近的人们都说，今年的收成比往年好。".encode() * ((_LARGE - len(large)) // 54)
        + b"</p></div>"
    )
    listed = (
        b"<html><body>"
        + "<li><a href='/a.html'>某县召开会议</a> 2026-09-01</li>".encode() * (_LARGE // 58)
        + b"</body></html>"
    )
    return [
        "## Speed",
        "",
        f"One thread, processor time: {60 / fmean(spent):,.0f} pages a minute, pages of "
        f"{fmean(map(len, pages)) / 1000:,.0f} kB on average; slowest page {max(spent) * 1000:.0f} ms. "
        f"The largest page filled up to 1 MB with text: {_seconds(filled) * 1000:.0f} ms; a list page of 1 MB with "
        f"{_LARGE // 58:,} links: {_seconds(listed) * 1000:.0f} ms.",
    ]


def _seconds(content: bytes) -> float:
    started = time.process_time()
    extract(content, "http://page.invalid/")
    return time.process_time() - started


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, help="gold.jsonl; the pages lie beside it")
    parser.add_argument("--gne-python", help="interpreter of an environment that has gne")
    return parser


if __name__ == "__main__":
    sys.exit(main())
