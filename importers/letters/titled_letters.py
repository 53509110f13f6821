"""Letters of one text that greet nobody: each stands below a title (求助信), and another signs it."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from importers.letters.labels import is_labelled, labelled_fields
from importers.letters.signatures import (
    introduced_in,
    is_end,
    is_salutation,
    signature_of,
    signed_by,
)
from importers.words.letter_words import letter_words

_SHORTEST_MATTER = 20
_LONGEST_TITLE = 30
_MOST_LINES = 4_000
"""More of them are no file of letters; each costs a look."""
_LABEL = re.compile(r"\s*(?P<label>[\u4e00-\u9fff]{2,10})\s*[:\uff1a]")
_TITLE = re.compile(r"(?:关于.{2,40}的)?.{0,8}(?:信|申请书?|请求|求助|报告|诉求)")
_MARKS = re.compile("[\u3002!\uff01?\uff1f,\uff0c;\uff1b:\uff1a]")


def titled_letters(lines: Sequence[str]) -> list[int]:
    """Where the letters begin that each stand below a title, are signed and dated, by another one each time.

    Empty for any other text: a paper below a letter (授权委托书, 证明) is no letter, and who names the writer above
    is of his household or tells of it.
    """
    titles = [at for at, line in enumerate(lines[:_MOST_LINES]) if _is_title(line)]
    begins = [at for at in titles if at == _first_written(lines) or _is_below_end(lines, at)]
    if len(begins) < 2 or begins[0] != _first_written(lines):
        return []
    parts = [*_parts(lines, begins)]
    writers = [_writer_of(part[1:]) for part in parts]
    of_others = all(above not in "".join(below) for above, below in zip(writers, parts[1:], strict=False))
    return begins if all(writers) and of_others and len({*writers}) == len(writers) else []


def _parts(lines: Sequence[str], begins: Sequence[int]) -> Iterator[Sequence[str]]:
    return (lines[start:end] for start, end in pairwise([*begins, len(lines)]))


def _has_matter(part: Sequence[str]) -> bool:
    """True where sentences follow the labels, and nobody else signs below them."""
    text = [line for line in part if line.strip() and not (is_labelled(line) or _is_of_agent(line))]
    told = sum(len(line.strip()) for line in text if not (is_end(line) or signed_by(line)))
    return told >= _SHORTEST_MATTER and any(_MARKS.search(line) for line in text)


def _is_of_agent(line: str) -> bool:
    begun = _LABEL.match(line)
    return begun is not None and begun["label"].endswith(letter_words().agents)


def _first_written(lines: Sequence[str]) -> int:
    return next((at for at, line in enumerate(lines) if line.strip()), 0)


def _is_title(line: str) -> bool:
    bare = "".join(line.split())
    words = letter_words()
    is_paper = any(word in bare for word in words.handling) or is_salutation(line)
    return (
        len(bare) <= _LONGEST_TITLE
        and bool(_TITLE.fullmatch(bare) or words.title.fullmatch(bare))
        and not (is_paper or _MARKS.search(bare))
    )


def _is_below_end(lines: Sequence[str], at: int) -> bool:
    """True where the last written line above ends a letter: a day, a signature, a phone."""
    above = next((line for line in reversed(lines[:at]) if line.strip()), "")
    return is_end(above) or labelled_fields(above).fields.keys() == {"phone"} or bool(signed_by(above))


def _writer_of(part: Sequence[str]) -> str:
    """Who signs with a day below a matter and says within it who he is, or behind his label; "" for anybody else."""
    signed, text = signature_of(part), "\n".join(part)
    named = labelled_fields(text).fields.get("name", "") or introduced_in(text)
    is_letter = bool(signed.name and signed.day) and signed.name == named and _has_matter(part)
    return signed.name if is_letter else ""
