"""Reads rendered pages with ours and with plain RapidOCR, and counts the fields that are right."""

import re
import tempfile
import time
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from rapidfuzz.distance import Levenshtein
from rapidocr import RapidOCR

from benchmarks.importing.measure import figures_of
from benchmarks.scans.drawing import Fonts, Page, form_page, letter_page
from benchmarks.scans.grades import degraded
from benchmarks.scans.people import petitioners
from importers.formats.opening import open_parts
from importers.formats.parts import FormField
from importers.formats.scans.geometry import Pixels
from importers.formats.scans.layout import FormPage
from importers.formats.scans.policy import policy
from importers.formats.scans.reading import read_page
from importers.formats.scans.recognition import Recogniser
from importers.words.letter_words import letter_words

_PLAIN_EVERY = 7


@dataclass(slots=True)
class Score:
    """Fields of one grade."""

    seed: int
    megabytes: float = 0.0
    fields: int = 0
    right: int = 0
    plain_fields: int = 0
    plain_right: int = 0
    wrong_said: int = 0
    right_said: int = 0
    forms_found: int = 0
    forms: int = 0
    seconds: float = 0.0
    plain_seconds: float = 0.0
    plain_pages: int = 0
    wrong: dict[str, int] = field(default_factory=dict)
    by_layout: dict[str, list[int]] = field(default_factory=dict)
    wrong_values: list[tuple[str, str, str]] = field(default_factory=list)
    """Label, truth, as read; kept only of tuning."""
    letters: int = 0
    plain_letters: int = 0
    letters_found: int = 0
    letter_errors: float = 0.0
    plain_letter_errors: float = 0.0


def measured(grade: str, count: int, letters: int, seed: int, fonts: Fonts) -> Score:
    """The score of a grade."""
    score = Score(seed=seed)
    people = petitioners(count + letters, seed)
    score.megabytes = peak_of_reading(degraded(form_page(people[0], 0, fonts).image, grade, seed * 1000, fonts.label))
    forms = [form_page(person, number, fonts) for number, person in enumerate(people[:count])]
    written = [letter_page(person, fonts, seed + number) for number, person in enumerate(people[count:])]
    pages = [*forms, *written]
    images = [degraded(page.image, grade, seed * 1000 + number, fonts.label) for number, page in enumerate(pages)]
    recogniser = Recogniser()
    for page, image in zip(pages, images, strict=True):
        started = time.process_time()
        read = read_page(small(image), recogniser)
        score.seconds += time.process_time() - started
        if page.layout == "letter":
            _count_letter(score, page, read.text, found=not isinstance(read, FormPage))
        else:
            _count_form(score, page, read.fields if isinstance(read, FormPage) else {})
    _count_plain(score, pages, images)
    return score


def peak_of_reading(image: Pixels) -> float:
    """The most memory, in MB, that the process held in which the importer reads the page.

    Looked at from outside: what the kernel counts of an ended process has that of the one that started it in it.
    """

    def read(path: Path) -> None:
        with open_parts(path) as parts:
            for _ in parts:
                pass

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.png")
        Image.fromarray(image).save(path)
        _, figures = figures_of(lambda: read(path))
    return figures["megabytes"] - figures["own_megabytes"]


def _count_form(score: Score, page: Page, fields: Mapping[str, FormField]) -> None:
    score.forms += 1
    score.forms_found += bool(fields)
    layout = score.by_layout.setdefault(page.layout, [0, 0])
    for label, truth in page.truth.items():
        read = fields.get(label, FormField("", 0.0))
        right = same(read.text, truth)
        said = bool(read.note) or read.confidence < letter_words().sure_reading
        score.fields += 1
        score.right += right
        score.right_said += right and said
        score.wrong_said += said and not right
        layout[0] += right
        layout[1] += 1
        if not right:
            score.wrong[label] = score.wrong.get(label, 0) + 1
            score.wrong_values.append((label, truth, read.text))


def _count_letter(score: Score, page: Page, text: str, *, found: bool) -> None:
    score.letters += 1
    score.letters_found += found
    score.letter_errors += error_rate(text, page.truth["text"])


def _count_plain(score: Score, pages: Sequence[Page], images: Sequence[Pixels]) -> None:
    """Every seventh form, so that all layouts come, and the last letter: its figures are only beside ours."""
    engine = RapidOCR(params={"Global.log_level": "critical"})
    both = list(zip(pages, images, strict=True))
    for page, image in [*both[::_PLAIN_EVERY], both[-1]]:
        started = time.process_time()
        found: Any = engine(image[..., ::-1])
        score.plain_pages += 1
        score.plain_seconds += time.process_time() - started
        lines = list(found.txts or ())
        if page.layout == "letter":
            score.plain_letters += 1
            score.plain_letter_errors += error_rate("\n".join(lines), page.truth["text"])
        else:
            score.plain_fields += len(page.truth)
            score.plain_right += sum(
                same(plain_field(lines, label, page.truth), value) for label, value in page.truth.items()
            )


def plain_field(lines: Sequence[str], label: str, labels: Iterable[str]) -> str:
    """The value behind the label in the lines as RapidOCR orders them, up to the next of the form's labels."""
    text = "\n".join("".join(line.split()) for line in lines)
    others = "|".join(sorted(map(re.escape, labels), key=len, reverse=True))
    match = re.search(rf"^{re.escape(label)}[:：\n]*(?P<value>.*?)(?=^(?:{others})|\Z)", text, re.S | re.M)
    value = match["value"].strip() if match else ""
    if marked := re.search(r"[☑√✓]\s*([\u4e00-\u9fff]+)", value):
        return marked[1]
    return value


def same(read: str, truth: str) -> bool:
    """Equal but for spaces and the width of characters."""
    return _plain(read) == _plain(truth)


def error_rate(read: str, truth: str) -> float:
    """Edit distance by characters, as a share of the true length; spaces and line breaks do not count."""
    written = _plain(truth)
    return Levenshtein.distance(_plain(read), written) / max(len(written), 1)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def small(image: Pixels) -> Pixels:
    """As the importer hands pages on."""
    longest = policy().pages.longest_side
    picture = Image.fromarray(image)
    picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return np.asarray(picture)
