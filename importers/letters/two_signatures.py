"""Two who sign in one text that is taken for one letter: perhaps a second letter without a salutation."""

from collections.abc import Sequence

from importers.letters.signatures import introduced_in, is_dated_line, is_end, is_salutation, signature_of, signed_by

_SHORTEST_BETWEEN = 20
"""Characters between two signatures that tell another matter."""


def second_letter_in(lines: Sequence[str]) -> int | None:
    """Where another matter begins below a signature that another signature follows; None without one."""
    first, between, begins = "", 0, 0
    for at, line in enumerate(lines):
        name = signed_by(line) if _is_signature(lines, at) else ""
        if first and name not in ("", first) and between >= _SHORTEST_BETWEEN:
            return begins
        first = first or name
        if first and not name and line.strip() and not is_end(line):
            begins = begins or at
            between += len(line.strip())
    return None


def is_told_above(lines: Sequence[str], place: int) -> bool:
    """True where a matter stands above the first signature, so that what stands above `place` is a letter itself.

    It has a day, and nobody else says above that it is he who writes, nor that another's words follow (欠条如下：).
    """
    signed = next((at for at in range(place) if _is_signature(lines, at) and signed_by(lines[at])), 0)
    name, introduced = signed_by(lines[signed]), introduced_in("\n".join(lines[:place]))
    is_dated = any(map(is_end, lines[signed + 1 : place])) or signature_of(lines[:place]).day
    is_quoted = any(line.rstrip().endswith((":", "\uff1a")) and not is_salutation(line) for line in lines[:signed])
    if not is_dated or is_quoted or introduced not in ("", name):
        return False
    return sum(len(line.strip()) for line in lines[:signed] if not is_end(line)) >= _SHORTEST_BETWEEN


def _is_signature(lines: Sequence[str], at: int) -> bool:
    """True for the end of a letter, a name alone, or a place and a name beside a line that is a day."""
    line = lines[at]
    beside = (lines[place] for place in (at - 1, at + 1) if 0 <= place < len(lines))
    return (
        is_end(line) or line.strip() == signed_by(line) or (bool(signed_by(line)) and any(map(is_dated_line, beside)))
    )
