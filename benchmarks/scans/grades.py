"""What scanning and photographing does to a page: three grades, each drawn by a seed."""

import math
import random
from collections.abc import Callable

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from importers.formats.scans.geometry import Pixels

GRADES = ("clean", "usual", "bad")
_TURNED = 0.2
"""Share of pages that lie on the scanner by a quarter, a half or three quarters of a turn."""


def degraded(image: Image.Image, grade: str, seed: int, font: ImageFont.FreeTypeFont) -> Pixels:
    """The page as delivered, in colours; turned by up to 1, 3 or 7 degrees, and every fifth page by right angles."""
    chance = random.Random(seed)
    noise = np.random.default_rng(seed)
    steps: dict[str, Callable[[], Pixels]] = {
        "clean": lambda: _noisy(_tilted(np.array(image), chance, 1.0), noise, 4),
        "usual": lambda: _usual(image, chance, noise, font),
        "bad": lambda: _bad(image, chance, noise, font),
    }
    page = steps[grade]()
    turns = chance.choice((1, 2, 3)) if chance.random() < _TURNED else 0
    return np.ascontiguousarray(np.rot90(page, turns))


def _usual(
    image: Image.Image, chance: random.Random, noise: np.random.Generator, font: ImageFont.FreeTypeFont
) -> Pixels:
    beside = (chance.uniform(1150, 1350), chance.uniform(1850, 2050))
    page = _stamped(np.array(image), beside, chance, font, 0.75)
    page = _noisy(_blurred(_tilted(page, chance, 3.0), chance.uniform(0.6, 1.0)), noise, 9)
    return _squeezed(page, chance.randint(55, 75))


def _bad(image: Image.Image, chance: random.Random, noise: np.random.Generator, font: ImageFont.FreeTypeFont) -> Pixels:
    over = (chance.uniform(500, 1300), chance.uniform(500, 1500))
    page = _stamped(np.array(image), over, chance, font, 0.6)
    page = _shadowed(_folded(page, chance), chance)
    page = _skewed(_tilted(page, chance, 7.0), chance)
    page = _noisy(_blurred(page, chance.uniform(0.9, 1.4)), noise, 12)
    return _squeezed(page, chance.randint(35, 55))


def _tilted(page: Pixels, chance: random.Random, most: float) -> Pixels:
    height, width = page.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), chance.uniform(-most, most), 1.0)
    return np.asarray(cv2.warpAffine(page, matrix, (width, height), borderValue=(240, 240, 238)), np.uint8)


def _skewed(page: Pixels, chance: random.Random) -> Pixels:
    height, width = page.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    moved = corners + np.array([[chance.uniform(-0.03, 0.03) * width for _ in "xy"] for _ in corners], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, moved)
    return np.asarray(cv2.warpPerspective(page, matrix, (width, height), borderValue=(150, 140, 130)), np.uint8)


def _blurred(page: Pixels, sigma: float) -> Pixels:
    return np.asarray(cv2.GaussianBlur(page, (0, 0), sigma), np.uint8)


def _noisy(page: Pixels, noise: np.random.Generator, sigma: float) -> Pixels:
    grains = noise.normal(0, sigma, page.shape[:2])[..., None]
    return np.clip(page + grains, 0, 255).astype(np.uint8)


def _squeezed(page: Pixels, quality: int) -> Pixels:
    _, packed = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)


def _shadowed(page: Pixels, chance: random.Random) -> Pixels:
    height, width = page.shape[:2]
    angle, depth = chance.uniform(0, 2 * math.pi), chance.uniform(0.3, 0.45)
    across, down = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    slope = (across * math.cos(angle) + down * math.sin(angle) + 1.4) / 2.8
    return (page * (1 - depth * np.clip(slope, 0, 1))[..., None]).astype(np.uint8)


def _folded(page: Pixels, chance: random.Random) -> Pixels:
    line = int(chance.uniform(0.35, 0.65) * page.shape[0])
    light = np.ones(page.shape[0], np.float32)
    light[line + 2 : line + 60] = np.linspace(0.85, 1.0, 58)
    light[line - 1 : line + 2] = 0.6
    return (page * light[:, None, None]).astype(np.uint8)


def _stamped(
    page: Pixels, centre: tuple[float, float], chance: random.Random, font: ImageFont.FreeTypeFont, ink: float
) -> Pixels:
    """A round red seal with a star, its words along the rim, pressed unevenly."""
    seal = Image.new("L", (page.shape[1], page.shape[0]), 0)
    draw = ImageDraw.Draw(seal)
    across, down = centre
    radius = chance.uniform(140, 170)
    draw.ellipse((across - radius, down - radius, across + radius, down + radius), outline=255, width=8)
    points = [
        (across + math.sin(i * math.pi / 5) * r, down - math.cos(i * math.pi / 5) * r)
        for i in range(10)
        for r in ([50, 20][i % 2],)
    ]
    draw.polygon(points, fill=255)
    words = "青石镇信访接待专用章"
    for index, char in enumerate(words):
        angle = (index - (len(words) - 1) / 2) * 0.42
        draw.text(
            (across + math.sin(angle) * radius * 0.78, down - math.cos(angle) * radius * 0.78),
            char,
            font=font,
            fill=255,
            anchor="mm",
        )
    share = (np.asarray(seal, np.float32) / 255 * ink)[..., None]
    return (page * (1 - share) + np.minimum(page, np.array([205, 40, 45], np.uint8)) * share).astype(np.uint8)
