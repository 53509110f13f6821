"""Letters and forms in handwriting, in three grades, beside plain RapidOCR; writes handwriting.md.

`python -m benchmarks.scans.by_hand --seed 601 --printed FONT --hands DIR [--letters 4] [--forms 2] [--grade bad]`: DIR
holds font files of Chinese handwriting, FONT is that of a form's labels. What is read goes the whole way to the
petition that an office would get. Seeds up to 100 were tuned on: with them nothing is written and what is wrong is
printed. Grades may be measured one by one; handwriting.md is written when all are there.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rapidocr import RapidOCR

from benchmarks.scans.drawing import Fonts
from benchmarks.scans.grades import GRADES, degraded
from benchmarks.scans.hand_report import FIELDS, HandScore, Outcome, report
from benchmarks.scans.handwriting import Hand, Written, form_by_hand, letter_by_hand, writable
from benchmarks.scans.measure import error_rate, small
from benchmarks.scans.people import petitioners
from domain.clock import china_date
from importers.entries import Accepted, Warned
from importers.formats.parts import Form, Letter, Part
from importers.formats.scans.geometry import Pixels
from importers.formats.scans.layout import FormPage, LetterPage
from importers.formats.scans.pens import is_by_pen
from importers.formats.scans.reading import compared, note_on, read_page
from importers.formats.scans.recognition import Recogniser
from importers.petitions.parts import DeliveredParts
from importers.profiles import NO_PROFILES
from importers.values.dates import read_date

_HERE = Path(__file__).parent
_LAST_TUNING_SEED = 100
_ENDINGS = {".ttf", ".otf", ".ttc"}
_CANDIDATES = 400
_NAMED = {
    "name": ("姓名", "信访人"),
    "phone": ("电话",),
    "id_number": ("证",),
    "day": ("日期",),
    "village": ("住址", "地址"),
}
"""Parts of the columns under which a remark stands beside the field."""
_NOW = datetime(2026, 11, 29, 2, tzinfo=UTC)


def main() -> int:
    """Print and write the tables."""
    given = _arguments().parse_args()
    hands = [Hand(path) for path in sorted(given.hands.iterdir()) if path.suffix.lower() in _ENDINGS]
    is_tuning = given.seed <= _LAST_TUNING_SEED
    scores: dict[str, HandScore] = {}
    recogniser, plain = Recogniser(), RapidOCR(params={"Global.log_level": "critical"})
    fonts = Fonts(given.printed, given.printed)
    for grade in given.grade or GRADES:
        scores[grade] = score = HandScore(seed=given.seed, hands=[hand.name for hand in hands])
        for number, hand in enumerate(hands):
            for place, page in enumerate(_pages(hand, given, number, fonts)):
                image = degraded(page.image, grade, given.seed * 1000 + number * 100 + place, fonts.label)
                _count(score, hand.name, page, image, recogniser)
                if not page.is_form:
                    score.add_plain(hand.name, error_rate("\n".join(_plain_lines(plain, image)), page.text))
        print(grade, score.told(), flush=True)
        if is_tuning:
            print(*score.wrong, sep="\n")
        else:
            path = _HERE / f"figures.hand.{grade}.json"
            path.write_text(json.dumps({**asdict(score), "wrong": []}, ensure_ascii=False) + "\n", encoding="utf-8")
    if not is_tuning:
        scores = _kept(given.seed)
    text = report(scores, seed=given.seed, hands=[hand.name for hand in hands])
    print(text)
    if not is_tuning and set(scores) == set(GRADES):
        (_HERE / "handwriting.md").write_text(text, encoding="utf-8")
    return 0


def _kept(seed: int) -> dict[str, HandScore]:
    """The grades measured with this seed so far; they may be measured one by one."""
    scores = {}
    for grade in GRADES:
        path = _HERE / f"figures.hand.{grade}.json"
        if path.exists() and (score := HandScore(**json.loads(path.read_text(encoding="utf-8")))).seed == seed:
            scores[grade] = score
    return scores


def _pages(hand: Hand, given: argparse.Namespace, number: int, fonts: Fonts) -> Iterator[Written]:
    people = writable(hand, petitioners(_CANDIDATES, given.seed + number), given.letters + given.forms)
    for place, person in enumerate(people):
        seed = given.seed * 1000 + number * 100 + place
        if place < given.letters:
            yield letter_by_hand(person, hand, seed)
        else:
            yield form_by_hand(person, hand, fonts, seed)


def _plain_lines(engine: RapidOCR, image: Pixels) -> list[str]:
    found: Any = engine(image[..., ::-1])
    return list(found.txts or ())


def _count(score: HandScore, hand: str, page: Written, image: Pixels, recogniser: Recogniser) -> None:
    seen = small(image)
    read, by_pen = read_page(seen, recogniser), is_by_pen(seen)
    score.by_pen += by_pen
    if page.is_form:
        score.forms += 1
        score.forms_found += isinstance(read, FormPage)
    else:
        score.letters += 1
        score.letters_found += isinstance(read, LetterPage)
        score.add_errors(hand, error_rate(read.text, page.text))
    part: Part
    if isinstance(read, FormPage):
        part = Form("", compared(read.fields) if by_pen else read.fields, read.text)
    elif isinstance(read, LetterPage):
        part = Letter("", "扫描件", read.text, note_on([read], by_pen=by_pen), doubted=read.doubted)
    else:
        part = Letter("", "扫描件", read.text)
    reader = DeliveredParts(received_at=_NOW, profiles=NO_PROFILES)
    entries = [*reader.read(part), *reader.end()]
    records = [entry.record.raw for entry in entries if isinstance(entry, Accepted)]
    remarks = [entry.problem for entry in entries if isinstance(entry, Warned)]
    for field in FIELDS:
        truth = _truth(page, field)
        if not truth:
            continue
        found = _found(records[0], field, truth) if len(records) == 1 else ""
        said = any(word in (one.column or "") for one in remarks for word in _NAMED[field])
        whole = any(one.column == "内容" for one in remarks)
        outcome = Outcome.of(right=found == truth, found=bool(found), named=said, whole=whole)
        score.add("form" if page.is_form else "letter", field, outcome)
        if found != truth:
            score.wrong.append((hand, "form" if page.is_form else "letter", field, truth, found, outcome.value))


def _truth(page: Written, field: str) -> str:
    person = page.person
    values = {
        "name": person.name,
        "phone": person.phone,
        "id_number": person.id_number if page.is_form else "",
        "day": china_date(moment).isoformat() if (moment := read_date(person.day).moment) else "",
        "village": _village(person.address),
    }
    return values[field]


def _village(address: str) -> str:
    return address[: address.index("村") + 1]


def _found(raw: Any, field: str, truth: str) -> str:
    writer = raw.petitioner
    if field == "village":
        return truth if truth in writer.address or (not writer.address and truth in raw.text) else writer.address
    if field == "day":
        return china_date(raw.published_at).isoformat() if raw.published_at else ""
    return str(getattr(writer, field))


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--printed", type=Path, required=True, help="font file of labels and titles")
    parser.add_argument("--hands", type=Path, required=True, help="folder of font files of handwriting")
    parser.add_argument("--letters", type=int, default=4, help="of each hand and grade")
    parser.add_argument("--forms", type=int, default=2, help="of each hand and grade")
    parser.add_argument("--grade", choices=GRADES, action="append")
    return parser


if __name__ == "__main__":
    sys.exit(main())
