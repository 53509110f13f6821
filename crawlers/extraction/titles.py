"""The title of an article: of what may be one on the page, what most speaks for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawlers.extraction.blocks import Block
from crawlers.extraction.density import densest_part, inside
from crawlers.extraction.metadata import Metadata
from crawlers.extraction.publication_lines import is_bare_date, is_line_of_publication
from crawlers.extraction.site_names import (
    PARTS,
    bare,
    is_site_name,
    names_no_article,
    of_article,
    sounds_like_site,
    without_site,
)
from crawlers.extraction.title_lines import SHORTEST, TitleLine, title_lines, without_aside
from crawlers.extraction.words import page_words

_CUT = re.compile(r"…|\.{3}")
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
_ENOUGH = 1.0
_DECLARED, _SAID, _SCRIPTED, _SCRIPTED_ALONE = 4.0, 3.0, 2.0, 3.5
"""Worth of what the page calls title for machines, of its head, and of the script beside (or instead of) its text."""
_SHORT_HEAD = 8
"""Characters up to which a head that stands nowhere on the page is a name more often than a title."""
_PART = 10
"""Characters from which a part of the head is a title though another part is longer."""
_TELLS = 0.5
"""Share of a witness from which its part is the title."""
_ABOVE_DATE = (2.0, 1.5, 1.0)
"""Worth of the first, second and third line above that of time and source."""
_NEAR, _NEARLY = 12, 24
_BELOW_START = -1.5
_SUPPORTED = 1.5
"""Worth of a title of whose every two characters the text speaks."""
_AGAINST_LINK, _AGAINST_SITE, _AGAINST_COLUMN, _AGAINST_FOREIGN = 2.5, 4.0, 2.0, 3.0
_AGAINST_SHORT, _AGAINST_LABEL, _AGAINST_NAME = 1.0, 1.5, 2.0
"""What speaks against one: that it leads elsewhere, is a name of a site or column, has no Chinese, is short, …"""
_SHORT, _LONGEST_NAME = 6, 15
_WITNESSED = 1.0
_SURELY_WITNESSED = 2.0


@dataclass(frozen=True, slots=True)
class Title:
    """What was taken for the title; empty where the page shows none in letters, as where the headline is a picture."""

    text: str
    is_confirmed: bool
    """True when the page's head says so, too; else only the heading's place can tell that it is the title."""


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What a page says of its title outside the line that is it."""

    declared: Sequence[str]
    said: str
    parts: Sequence[str]
    """The parts of the head that may be a title, without signs."""
    scripted: str
    names: Sequence[str]
    columns: frozenset[str]
    """Short texts that the page links."""
    start: int
    """The number of the line with which the text begins; that behind the last one where there is none."""
    blocks: Sequence[Block]
    shown: frozenset[str]
    """The lines above the text, without signs."""
    pairs: frozenset[str]
    """Every two characters of the text that stand beside each other."""


def title_of(
    page: HtmlElement, blocks: Sequence[Block], metadata: Metadata, scripted: str, site_names: Sequence[str] = ()
) -> Title:
    """The title: of headings, lines above the text, and what is said to machines, the one for which most speaks.

    The head's text is the witness and the heading the wording: heads add the site's name and cut long titles. The name
    of the site (`site_names`, what the page calls its site) or of a column is never taken for a title. `scripted` is
    what the script that carries the text calls title.
    """
    evidence = _evidence(page, blocks, metadata, scripted, [*site_names, metadata.site])
    candidates = [*title_lines(page, blocks, evidence.start), *_unplaced(evidence)]
    scored = [(_score(line, evidence), line) for line in candidates if not is_site_name(line.text, evidence.names)]
    worth, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    if best is None or worth < _ENOUGH:
        return Title("", False)
    stands_above = best.place is not None and best.place < evidence.start
    return Title(without_site(best.text, metadata.site), stands_above or _witnessed(bare(best.text), evidence) > 0)


def _evidence(
    page: HtmlElement, blocks: Sequence[Block], metadata: Metadata, scripted: str, names: Sequence[str]
) -> _Evidence:
    words = page_words()
    head = "" if words.untitled.match(metadata.head) else words.before.sub("", metadata.head)
    part = densest_part(blocks)
    prose = (
        {id(block) for block in inside(blocks, part) if block.is_prose and not block.noise} if part is not None else ()
    )
    start = next((number for number, block in enumerate(blocks) if id(block) in prose), len(blocks))
    text = "".join(bare(block.text) for block in blocks[start:] if id(block) in prose)
    declared = (of_article(title, page, metadata.site, names) for title in metadata.titles)
    links = (block.text for block in blocks if block.linked and block.characters <= _SHORT_HEAD)
    parts = [bare(one) for one in [*PARTS.split(head), *head.split()]]
    longest = max(map(len, parts), default=0)
    return _Evidence(
        declared=[title for title in declared if len(bare(title)) >= SHORTEST],
        said=of_article(head, page, metadata.site, names),
        parts=[one for one in parts if len(one) >= min(longest, _PART) and not words.site.search(one)],
        scripted="" if names_no_article(scripted, page, names) else scripted,
        names=names,
        columns=frozenset(map(bare, links)),
        start=start,
        blocks=blocks,
        shown=frozenset(bare(block.text) for block in blocks[:start]),
        pairs=frozenset(_pairs(text)),
    )


def _unplaced(evidence: _Evidence) -> Iterator[TitleLine]:
    """What only machines are told."""
    for text in (*evidence.declared[:1], evidence.said, evidence.scripted):
        if len(bare(text)) >= SHORTEST:
            yield TitleLine(without_aside(text), 0.0, None, 0.0)


def _score(line: TitleLine, evidence: _Evidence) -> float:
    plain = bare(line.text)
    if len(plain) < SHORTEST or page_words().behind_site.fullmatch(plain) or page_words().untitled.match(line.text):
        return 0.0
    witnessed = _witnessed(plain, evidence)
    pairs = _pairs(plain)
    score = witnessed + line.form + _placed(line, evidence)
    told = sum(pair in evidence.pairs for pair in pairs) / len(pairs)
    score += _SUPPORTED * told
    score -= _AGAINST_LINK * (line.linked > (0.0 if witnessed < _WITNESSED else 0.5))
    score -= _AGAINST_SITE * sounds_like_site(plain)
    score -= _AGAINST_COLUMN * (plain in evidence.columns)
    score -= _AGAINST_FOREIGN * (_HAN.search(plain) is None)
    score -= _AGAINST_SHORT * (len(plain) < _SHORT) * (1.0 if witnessed < _WITNESSED else 0.5)
    if witnessed < _SURELY_WITNESSED:
        words = page_words()
        # What the head says alone counts for less already, and 织密防返贫监测网 may be all that a page calls itself.
        is_name = line.place is not None and len(plain) <= _LONGEST_NAME and words.site.search(plain) is not None
        score -= _AGAINST_LABEL * (words.beside_date.search(line.text) is not None)
        score -= _AGAINST_NAME * (1.0 - told) * is_name
    return score


def _witnessed(plain: str, evidence: _Evidence) -> float:
    """How far what is said to machines names this title."""
    declared = max((_agrees(plain, one) for one in evidence.declared), default=0.0)
    said = max(_agrees(plain, evidence.said), plain in evidence.parts) if evidence.said else plain in evidence.parts
    scripted = _agrees(plain, evidence.scripted)
    of_script = _SCRIPTED if evidence.start < len(evidence.blocks) else _SCRIPTED_ALONE
    worths = (
        _DECLARED * declared,
        (_SAID / 2 if _may_be_name(plain, evidence) else _SAID) * said,
        of_script * scripted,
    )
    return max(worths) + 0.5 * (sum(worth >= _WITNESSED for worth in worths) > 1)


def _may_be_name(plain: str, evidence: _Evidence) -> bool:
    """Whether what the head says may be a name: it ends like one, or is short, and the text speaks of nothing in it."""
    if page_words().site.search(plain):
        return True
    is_told = any(pair in evidence.pairs for pair in _pairs(plain))
    return len(plain) <= _SHORT_HEAD and not (is_told and plain in evidence.shown)


def _agrees(plain: str, witness: str) -> float:
    said = bare(witness)
    if not said:
        return 0.0
    if plain == said or (_CUT.search(witness) and plain.startswith(bare(_CUT.split(witness)[0]) or "\0")):
        return 1.0
    if plain in said:
        share = len(plain) / len(said)
        return share if share >= _TELLS else 0.0
    return 0.0


def _placed(line: TitleLine, evidence: _Evidence) -> float:
    if line.place is None or evidence.start == len(evidence.blocks):
        return 0.0
    distance = evidence.start - line.place
    if distance <= 0:
        return _BELOW_START
    below = evidence.blocks[line.place + 1 : evidence.start][: len(_ABOVE_DATE)]
    dated = zip(_ABOVE_DATE, below, strict=False)
    worth = next((one for one, block in dated if is_line_of_publication(block) or is_bare_date(block)), 0.0)
    return worth + (1.0 if distance <= _NEAR else 0.5 if distance <= _NEARLY else 0.0)


def _pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(max(len(text) - 1, 1))]
