"""Whether somebody wrote on a page with a blue pen: of a hand much is misread that the recogniser does not doubt."""

import cv2
import numpy as np

from importers.formats.scans.geometry import Pixels
from importers.formats.scans.policy import policy

_PAPER = 230
"""Light of what is no ink."""
_RULING = 41
"""Pixels: as long as no stroke of a character is."""


def is_by_pen(page: Pixels) -> bool:
    """True where there is blue ink as of some characters; pale blue rulings are none, nor is a tint of the light.

    A black pen is not told from print.
    """
    red, blue = page[..., 0].astype(np.int16), page[..., 2].astype(np.int16)
    bluer = blue - red
    light = page.max(axis=2)
    is_blue = bluer > np.median(bluer) + policy().pages.pen_blue
    is_dark = red < np.median(red) - policy().pages.pen_dark
    ink = (is_blue & is_dark & (light < _PAPER)).astype(np.uint8)
    return float(_without_rulings(ink).mean()) > policy().pages.pen_share


def _without_rulings(ink: Pixels) -> Pixels:
    """Without long lines from side to side, which letter paper has; a little slant is allowed."""
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    lines = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, _RULING), np.uint8))
    return np.where(cv2.dilate(lines, np.ones((3, 3), np.uint8)) > 0, 0, ink).astype(np.uint8)
