"""What a browser prints at the edges of a page: the moment and the title above, the address and the page below."""

import re
from collections.abc import Sequence
from dataclasses import replace

from importers.letters.mail_threads import MailWords

_LONGEST = 400
_ADDRESS = re.compile(r"(?:https?|file)://\S+\s+\d{1,4}/\d{1,4}")
_MOMENT = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?\s+(?:[上下]午)?\s*\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AP]M)?(?:\s(?P<title>.{0,80}))?"
)


def without_page_edges(mail: MailWords) -> MailWords:
    """The words without these lines, where both kinds of them stand there; the text that is kept has them."""
    kept = _without_edges(mail.lines)
    return mail if len(kept) == len(mail.lines) else replace(mail, lines=kept)


def _without_edges(lines: Sequence[str]) -> Sequence[str]:
    edges = [_match(_ADDRESS, line) is not None for line in lines]
    moments = [_match(_MOMENT, line) for line in lines]
    # Each page has the same title; another moment (2026/9/3 8:20 below a name) is the writer's.
    titles = [found["title"] for found in moments if found is not None]
    if not any(edges) or not titles:
        return lines
    printed = [found is not None and found["title"] == titles[0] for found in moments]
    return [line for line, *is_edge in zip(lines, edges, printed, strict=True) if not any(is_edge)]


def _match(pattern: re.Pattern[str], line: str) -> re.Match[str] | None:
    return pattern.fullmatch(line.strip()) if len(line) <= _LONGEST else None
