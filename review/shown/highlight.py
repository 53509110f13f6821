"""A text cut into plain and marked stretches, so that templates escape every character of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from domain.texts.analysis import RiskLabel


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text; marked when it is evidence, with the categories it carries."""

    text: str
    labels: tuple[str, ...]

    @property
    def marked(self) -> bool:
        """True when the stretch is evidence."""
        return bool(self.labels)


def segments(content: str, labels: Sequence[RiskLabel]) -> list[Segment]:
    """The whole content in order; joined together the segments give it back unchanged."""
    spans = [
        (max(0, span.start), min(len(content), span.end), label.risk.label)
        for label in labels
        for span in label.evidence
    ]
    edges = sorted({0, len(content), *(start for start, _, _ in spans), *(end for _, end, _ in spans)})
    edges = [edge for edge in edges if 0 <= edge <= len(content)]
    found = []
    for start, end in pairwise(edges):
        names = tuple(dict.fromkeys(name for begin, stop, name in spans if begin <= start and end <= stop))
        found.append(Segment(content[start:end], names))
    return found
