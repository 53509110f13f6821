"""Draws letters on ruled paper and forms filled in by hand: uneven lines that slope, blue ink, strokes of any width."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.scans.drawing import HEIGHT, WIDTH, Fonts, wrapped
from benchmarks.scans.people import Petitioner

_PAPER = (252, 252, 248)
_RULING = ((205, 170, 170), (170, 190, 170), (165, 185, 215))
"""Red, green and blue lines, as letter paper has them."""
_PRINTED = (25, 25, 30)
_SIZE, _SPACE = 46, 78
"""Of a character and of a line, in pixels at 200 dpi: 6 and 10 mm."""
_LEFT, _TOP = 150, 250
_IN_NO_FONT = "\U0010fffd"


@dataclass(frozen=True, slots=True)
class Written:
    """A page and what a reader has to find on it."""

    image: Image.Image
    text: str
    person: Petitioner
    is_form: bool


class Hand:
    """Somebody's hand: a font, and how unsteadily it is led."""

    def __init__(self, font: Path) -> None:
        """Of a font file of handwriting."""
        self.name = font.stem
        self._font = font
        self._sizes: dict[int, ImageFont.FreeTypeFont] = {}
        self._missing = self._drawn(_IN_NO_FONT)

    def font(self, size: int) -> ImageFont.FreeTypeFont:
        """In this size."""
        if size not in self._sizes:
            self._sizes[size] = ImageFont.truetype(str(self._font), size)
        return self._sizes[size]

    def can_write(self, text: str) -> bool:
        """Whether the font has every character."""
        return all(char.isspace() or self._drawn(char) != self._missing for char in set(text))

    def _drawn(self, char: str) -> bytes:
        return bytes(self.font(_SIZE).getmask(char))


class _Pen:
    """Writes on one page."""

    def __init__(self, image: Image.Image, hand: Hand, chance: random.Random) -> None:
        self._image, self._hand, self._chance = image, hand, chance
        self._ink = (chance.randint(20, 50), chance.randint(40, 70), chance.randint(110, 160))

    def line(self, text: str, left: float, top: float, size: int) -> None:
        """One line from left to right, which rises or falls and shakes."""
        slope = math.tan(math.radians(self._chance.uniform(-0.8, 0.8)))
        wave, phase = self._chance.uniform(0, 4), self._chance.uniform(0, 6)
        at = left
        for char in text:
            drawn = max(int(size * self._chance.uniform(0.92, 1.08)), 8)
            font = self._hand.font(drawn)
            across = font.getlength(char)
            down = top + (at - left) * slope + wave * math.sin(phase + at / 180) + self._chance.uniform(-2.5, 2.5)
            if char.strip():
                self._character(char, font, at, down)
            at += across + self._chance.uniform(-1, 3)

    def _character(self, char: str, font: ImageFont.FreeTypeFont, left: float, top: float) -> None:
        side = int(font.size * 2)
        mask = Image.new("L", (side, side), 0)
        ImageDraw.Draw(mask).text((font.size * 0.4, font.size * 0.3), char, font=font, fill=255)
        turned = mask.rotate(self._chance.uniform(-4, 4), Image.Resampling.BICUBIC)
        weight = self._chance.uniform(0.8, 1.0)
        shown = Image.fromarray((np.asarray(turned, np.float32) * weight).astype(np.uint8))
        self._image.paste(self._ink, (int(left - font.size * 0.4), int(top - font.size * 0.3)), shown)


def writable(hand: Hand, people: Sequence[Petitioner], count: int) -> list[Petitioner]:
    """So many of the people whose every word the hand can write."""
    return [one for one in people if hand.can_write("".join(_letter(one)) + _form_words(one))][:count]


def letter_by_hand(person: Petitioner, hand: Hand, seed: int) -> Written:
    """A letter on ruled paper, as letter paper is printed."""
    chance = random.Random(seed)
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    draw = ImageDraw.Draw(image)
    ruling = chance.choice(_RULING)
    for down in range(_TOP + _SPACE - 8, HEIGHT - 150, _SPACE):
        draw.line((_LEFT - 30, down, WIDTH - _LEFT + 30, down), fill=ruling, width=2)
    pen = _Pen(image, hand, chance)
    top = float(_TOP)
    *body, name, phone, day = _letter(person)
    for paragraph in body:
        for line in wrapped(paragraph, hand.font(_SIZE), WIDTH - 2 * _LEFT - 60):
            pen.line(line, _LEFT + chance.uniform(-8, 8), top, _SIZE)
            top += _SPACE
    for line in (name, phone, day):
        pen.line(line, WIDTH - _LEFT - 560 + chance.uniform(-10, 10), top, _SIZE)
        top += _SPACE
    text = "\n".join(one.strip("\u3000") for one in (*body, name, phone, day))
    return Written(image, text, person, is_form=False)


def form_by_hand(person: Petitioner, hand: Hand, printed: Fonts, seed: int) -> Written:
    """A printed form of two columns, its values by hand."""
    chance = random.Random(seed)
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    draw = ImageDraw.Draw(image)
    pen = _Pen(image, hand, chance)
    draw.text((WIDTH / 2, 190), "群众来访登记表", font=printed.title, fill=_PRINTED, anchor="mm")
    top, middle = 300, _LEFT + 330
    for label, value, height in (*((*one, 92) for one in _short(person)), ("反映内容", person.matter, 900)):
        draw.rectangle((_LEFT, top, middle, top + height), outline=_PRINTED, width=3)
        draw.rectangle((middle, top, WIDTH - _LEFT, top + height), outline=_PRINTED, width=3)
        centre = ((_LEFT + middle) / 2, top + height / 2)
        draw.text(centre, label, font=printed.label, fill=_PRINTED, anchor="mm")
        lines = wrapped(value, hand.font(_SIZE), WIDTH - _LEFT - middle - 70)
        for number, line in enumerate(lines):
            pen.line(line, middle + 20 + chance.uniform(0, 8), top + 18 + number * _SPACE, _SIZE)
        top += height
    return Written(image, "", person, is_form=True)


def _letter(person: Petitioner) -> list[str]:
    middle = person.matter.index("，", len(person.matter) // 2) + 1
    return [
        "尊敬的镇领导：",
        f"\u3000\u3000我叫{person.name}，是{person.address}的村民。",
        f"\u3000\u3000{person.matter[:middle]}",
        f"\u3000\u3000{person.matter[middle:]}",
        "\u3000\u3000此致",
        "敬礼",
        f"反映人：{person.name}",
        f"电话：{person.phone}",
        person.day,
    ]


def _short(person: Petitioner) -> list[tuple[str, str]]:
    return [
        ("来访人姓名", person.name),
        ("性别", person.sex),
        ("身份证号码", person.id_number),
        ("联系电话", person.phone),
        ("家庭住址", person.address),
        ("来访日期", person.day),
    ]


def _form_words(person: Petitioner) -> str:
    return "".join(value for _, value in _short(person))
