"""What a browser prints at the edges of a page: the moment and the title above, the address and the page below."""

import re
from collections.abc import Sequence
from dataclasses import replace

from importers.letters.mail_threads import MailWords

_LONGEST = 400
_ADDRESS = re.compile(r"(?:https?|file)://\S+\s+\d{1,4}/\d{1,4}")
_MOMENT = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?\s+(?:[上下]午)?\s*\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AP]M)?(?:\s.{0,80})?"
)


def without_page_edges(mail: MailWords) -> MailWords:
    """The words without these lines, where both kinds of them stand there; the text that is kept has them."""
    kept = _without_edges(mail.lines)
    return mail if len(kept) == len(mail.lines) else replace(mail, lines=kept)


def _without_edges(lines: Sequence[str]) -> Sequence[str]:
    edges = [bool(_matches(_ADDRESS, line)) for line in lines]
    moments = [bool(_matches(_MOMENT, line)) for line in lines]
    if not any(edges) or not any(moments):
        return lines
    return [line for line, *is_edge in zip(lines, edges, moments, strict=True) if not any(is_edge)]


def _matches(pattern: re.Pattern[str], line: str) -> bool:
    return len(line) <= _LONGEST and pattern.fullmatch(line.strip()) is not None
