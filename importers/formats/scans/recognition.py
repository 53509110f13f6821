"""The one module that knows RapidOCR: finds lines on a page and reads them, without any network.

Its models (PP-OCR, Apache-2.0) lie in its wheel.
"""

import os
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidocr import RapidOCR

from importers.formats.scans.geometry import Box, Character, Line, Pixels, line_of
from importers.formats.scans.policy import policy

Corners = NDArray[np.float32]
"""4 × 2: across and down of a line's corners, from its upper left one clockwise as the line is written."""
_MOST_THREADS = 4


class Recogniser:
    """Loads the models once and reads pages with them."""

    def __init__(self) -> None:
        threads = min(os.cpu_count() or 1, _MOST_THREADS)
        self._engine = RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.text_score": 0.0,
                "Global.max_side_len": policy().pages.longest_side,
                "Det.limit_type": "max",
                "Det.limit_side_len": policy().pages.detection_side,
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    def places(self, page: Pixels) -> list[Corners]:
        """Where lines stand, without reading them."""
        found: Any = self._engine(page, use_det=True, use_cls=False, use_rec=False)
        return [] if getattr(found, "boxes", None) is None else [np.asarray(box, np.float32) for box in found.boxes]

    def stands_on_its_head(self, lines: Sequence[Pixels]) -> bool:
        """True when more of the cut out lines are upside down than not."""
        turned = 0.0
        for line in lines:
            found: Any = self._engine(line, use_det=False, use_cls=True, use_rec=False)
            label, score = found.cls_res[0]
            turned += (score - 0.5) * (1 if label == "180" else -1)
        return turned > 0

    def lines(self, page: Pixels) -> list[Line]:
        """What stands on an upright page, in no particular order; lines that are hardly read are left out."""
        found: Any = self._engine(
            page, use_det=True, use_cls=False, use_rec=True, return_word_box=True, return_single_char_box=True
        )
        if getattr(found, "txts", None) is None:
            return []
        words = found.word_results if len(found.word_results) == len(found.txts) else [()] * len(found.txts)
        read = zip(found.txts, found.scores, found.boxes, words, strict=True)
        lines = [line_of(list(_characters(*one))) for one in read if one[0].strip()]
        return [line for line in lines if line.confidence >= policy().pages.least_confidence]


def _characters(text: str, score: float, corners: Corners, words: Sequence[Any]) -> Iterator[Character]:
    """Every character with its box: the recogniser's own, or the line's evenly divided where it gives none."""
    whole = _box(corners)
    if words and "".join(word for word, _, _ in words) == text.replace(" ", ""):
        for word, sure, box in words:
            yield Character(word, float(sure), _box(box))
        return
    upright = whole.height > 1.5 * whole.width
    step = (whole.height if upright else whole.width) / len(text)
    for index, char in enumerate(text):
        low, high = index * step, (index + 1) * step
        box = (
            Box(whole.left, whole.top + low, whole.right, whole.top + high)
            if upright
            else Box(whole.left + low, whole.top, whole.left + high, whole.bottom)
        )
        if char.strip():
            yield Character(char, float(score), box)


def _box(corners: Any) -> Box:
    points = np.asarray(corners, np.float32)
    low, high = points.min(axis=0), points.max(axis=0)
    return Box(float(low[0]), float(low[1]), float(high[0]), float(high[1]))
