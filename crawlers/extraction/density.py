"""The part of a page where prose is densest: our own extractor for Chinese pages.

Every line is worth its unlinked characters when it reads like prose and costs something when it does not (links,
labels, what stands in navigation); the body is the subtree of the greatest sum. This joins the signed scores of
maximum subsequence segmentation (Pasternack and Roth, "Extracting Article Text from the Web with Maximum Subsequence
Segmentation", WWW 2009) with the tree and the link discount of text density (Sun, Song and Liao, "DOM Based Content
Extraction via Text Density", SIGIR 2011); what counts as prose are Chinese punctuation and length.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawlers.extraction.blocks import Block, BlockKind
from crawlers.extraction.words import page_words

_PARAGRAPHS = frozenset({"p", "li", "dd", "section", "blockquote", "td"})
_FOOT = 200
"""Characters of a line in which a site's foot is recognised."""
_SHARE_TO_CLIMB = 0.4
"""A parent that keeps this share of its only long paragraph's worth holds the whole text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DensityWeights:
    """What lines cost, in characters of prose; the benchmark shows how little depends on the exact values."""

    line: float = 4.0
    """A line without prose: subheadings are few, labels many."""
    cell: float = 1.0
    """A cell of a table: those of an announcement are its content."""
    descend: float = 0.75
    """A child with this share of its parent's sum is the body; what else the parent holds are blurbs and boxes."""


DEFAULT_WEIGHTS = DensityWeights()


def densest_part(blocks: Sequence[Block], weights: DensityWeights = DEFAULT_WEIGHTS) -> HtmlElement | None:
    """The element around the body; None when no line reads like prose."""
    sums = _sums(blocks, weights)
    if not sums:
        return None
    best = max(sums, key=lambda element: sums[element])
    if sums[best] <= 0:
        return None
    return _descend(_around_paragraph(best, sums, blocks), sums, blocks, weights.descend)


def inside(blocks: Sequence[Block], part: HtmlElement) -> list[Block]:
    """The lines within the element."""
    known: dict[HtmlElement, bool] = {part: True}

    def is_inside(element: HtmlElement) -> bool:
        passed = []
        at = element
        while at is not None and at not in known:
            passed.append(at)
            at = at.getparent()
        found = at is not None and known[at]
        known.update(dict.fromkeys(passed, found))
        return found

    return [block for block in blocks if is_inside(block.owner)]


def common_part(elements: Sequence[HtmlElement]) -> HtmlElement:
    """The innermost element around all of at least one."""
    paths = [[*reversed(list(element.iterancestors())), element] for element in elements]
    return next(
        level[0] for level in reversed(list(zip(*paths, strict=False))) if all(one is level[0] for one in level)
    )


def worth(block: Block, weights: DensityWeights = DEFAULT_WEIGHTS) -> float:
    """Characters of prose that the line adds to a part, negative when it takes away."""
    if block.is_prose and not block.noise and not _is_label(block):
        return float(block.characters - block.linked)
    cost = weights.cell if block.kind is BlockKind.CELL else weights.line
    return -cost - block.linked


def _is_label(block: Block) -> bool:
    words = page_words()
    return bool(words.never.match(block.text) or words.foot.search(block.text[:_FOOT]))


def _sums(blocks: Sequence[Block], weights: DensityWeights) -> dict[HtmlElement, float]:
    own: dict[HtmlElement, float] = {}
    for block in blocks:
        own[block.owner] = own.get(block.owner, 0.0) + worth(block, weights)
    sums: dict[HtmlElement, float] = {}
    for owner, value in own.items():
        sums[owner] = sums.get(owner, 0.0) + value
        for above in owner.iterancestors():
            sums[above] = sums.get(above, 0.0) + value
    return sums


def _around_paragraph(best: HtmlElement, sums: dict[HtmlElement, float], blocks: Sequence[Block]) -> HtmlElement:
    """The parent of a lone paragraph: signatures, tables and short lines beside it belong to the text."""
    parent = best.getparent()
    is_paragraph = any(block.owner is best for block in blocks) and best.tag in _PARAGRAPHS
    if is_paragraph and parent is not None and sums.get(parent, 0.0) >= _SHARE_TO_CLIMB * sums[best]:
        return parent
    return best


def _descend(part: HtmlElement, sums: dict[HtmlElement, float], blocks: Sequence[Block], share: float) -> HtmlElement:
    owners = {block.owner for block in blocks}
    while True:
        children = [child for child in part if child in sums]
        heavy = max(children, key=lambda child: sums[child], default=None)
        if heavy is None or sums[heavy] < share * sums[part]:
            return part
        if heavy in owners or _has_a_twin(heavy, children, sums):
            return part
        part = heavy


def _has_a_twin(heavy: HtmlElement, children: Sequence[HtmlElement], sums: dict[HtmlElement, float]) -> bool:
    """Whether a sibling with prose is of the same kind: then the heavy child is a paragraph among others."""
    kind = (heavy.tag, heavy.get("class"))
    return any(child is not heavy and (child.tag, child.get("class")) == kind and sums[child] > 0 for child in children)
