"""Letters of one text that greet nobody: labels of who writes above each (反映人：…, 电话：…), or a title (求助信)."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from importers.letters.labels import is_labelled, labelled_fields
from importers.letters.signatures import (
    introduced_in,
    is_dated_line,
    is_end,
    is_salutation,
    is_strokes,
    signature_of,
    signed_by,
)
from importers.letters.vocabulary import field_of
from importers.words.letter_words import letter_words
from importers.words.table_words import table_words

_SHORTEST_MATTER = 20
_FEWEST_LABELS = 2
"""Labels above a matter: who, and his phone, his address or the day."""
_MOST_LABELS = 12
_LONGEST_TITLE = 30
_CONTACTS = frozenset({"phone", "address", "id_number", "occurred_on"})
_MOST_LINES = 4_000
"""More of them are no file of letters; each costs a look."""
_MOST_LETTERS = 200
_LABEL = re.compile(r"\s*(?P<label>[\u4e00-\u9fff]{2,10})\s*[:\uff1a]")
_COUNTED = re.compile(r"第?\s*[\d一二三四五六七八九十]{1,3}\s*(?:[封件例起、.]|号信?)?\s*[:\uff1a、.]?")
"""A line that counts letters: 第二封, 2、."""
_TITLE = re.compile(r"(?:关于.{2,40}的)?.{0,8}(?:信|申请书?|请求|求助|报告|诉求)")
_MARKS = re.compile("[\u3002!\uff01?\uff1f,\uff0c;\uff1b:\uff1a]")


def headed_letters(lines: Sequence[str]) -> list[int]:
    """Where the letters begin that each have the labels of whoever writes them above; empty for any other text.

    Each names somebody else, or nobody, and tells a matter below. A list of who signs has no matter between its names.
    """
    named = [*islice((at for at, line in enumerate(lines[:_MOST_LINES]) if _names_somebody(line)), _MOST_LETTERS + 1)]
    begins = [at for at in named if _is_head(lines, at)] if 1 < len(named) <= _MOST_LETTERS else []
    if len(begins) < 2 or not all(map(_has_matter, _parts(lines, begins))) or _is_dated_at_end(lines, begins):
        return []
    names = [labelled_fields("\n".join(part)).fields.get("name", "") for part in _parts(lines, begins)]
    known = [name for name in names if not table_words().names_nobody(name)]
    labels = {lines[at].split(":")[0].split("\uff1a")[0].strip() for at in begins}
    if len(labels) != 1 or len(known) < 2 or len({*known}) < len(known):
        return []
    return [_with_counting_line(lines, at) for at in begins]


def titled_letters(lines: Sequence[str]) -> list[int]:
    """Where the letters begin that each stand below a title, are signed and dated, by another one each time.

    Empty for any other text: a paper below a letter (授权委托书, 证明) is no letter.
    """
    titles = [at for at, line in enumerate(lines[:_MOST_LINES]) if _is_title(line)]
    begins = [at for at in titles if at == _first_written(lines) or _is_below_end(lines, at)]
    if len(begins) < 2 or begins[0] != _first_written(lines):
        return []
    writers = [_writer_of(part[1:]) for part in _parts(lines, begins)]
    return begins if all(writers) and len({*writers}) == len(writers) else []


def _parts(lines: Sequence[str], begins: Sequence[int]) -> Iterator[Sequence[str]]:
    return (lines[start:end] for start, end in pairwise([*begins, len(lines)]))


def _is_head(lines: Sequence[str], at: int) -> bool:
    """True for a line that names somebody behind his label, with more labels of his right below."""
    below = 1
    told: set[str] = set()
    while below <= _MOST_LABELS and at + below < len(lines) and is_labelled(lines[at + below]):
        told |= labelled_fields(lines[at + below]).fields.keys()
        below += 1
        if "name" in told:
            return False
    return below >= _FEWEST_LABELS and bool(told & _CONTACTS)


def _names_somebody(line: str) -> bool:
    begun = _LABEL.match(line)
    is_name = begun is not None and field_of(begun["label"]) == "name" and is_labelled(line)
    return is_name and labelled_fields(line).fields.keys() == {"name"}


def _has_matter(part: Sequence[str]) -> bool:
    """True where sentences follow the labels, and nobody else signs below them."""
    text = [line for line in part if line.strip() and not (is_labelled(line) or _is_of_agent(line))]
    told = sum(len(line.strip()) for line in text if not (is_end(line) or signed_by(line)))
    return told >= _SHORTEST_MATTER and any(_MARKS.search(line) for line in text)


def _is_of_agent(line: str) -> bool:
    begun = _LABEL.match(line)
    return begun is not None and begun["label"].endswith(letter_words().agents)


def _is_dated_at_end(lines: Sequence[str], begins: Sequence[int]) -> bool:
    """True where only some of the parts have a day, such as the last one: several petition together and sign below."""
    dated = [any(map(_says_day, part)) for part in _parts(lines, begins)]
    return any(dated) and not all(dated)


def _says_day(line: str) -> bool:
    return is_dated_line(line) or "occurred_on" in labelled_fields(line).fields


def _with_counting_line(lines: Sequence[str], at: int) -> int:
    """Where the letter begins, a line that counts it (第二封) included."""
    above = at
    while above and not lines[above - 1].strip():
        above -= 1
    is_counted = above and (_COUNTED.fullmatch(lines[above - 1].strip()) or is_strokes(lines[above - 1]))
    return above - 1 if is_counted and not is_strokes(lines[above - 1]) else at


def _first_written(lines: Sequence[str]) -> int:
    return next((at for at, line in enumerate(lines) if line.strip()), 0)


def _is_title(line: str) -> bool:
    bare = "".join(line.split())
    words = letter_words()
    is_paper = any(word in bare for word in words.handling) or is_salutation(line)
    return len(bare) <= _LONGEST_TITLE and _TITLE.fullmatch(bare) is not None and not (is_paper or _MARKS.search(bare))


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
