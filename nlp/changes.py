"""What changed from one version of a text to the next, sentence by sentence."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_SENTENCE = re.compile("[^。！？!?\n]+[。！？!?]*")


@dataclass(frozen=True, slots=True)
class Change:
    """Sentences taken out and what stands there now; either may be empty."""

    removed: str
    added: str


def changes_between(before: str, after: str) -> list[Change]:
    """The changes in the order of the text; line breaks and the spaces around sentences make none."""
    old, new = _sentences(before), _sentences(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [
        Change("".join(old[first:last]), "".join(new[begin:end]))
        for kind, first, last, begin, end in matcher.get_opcodes()
        if kind != "equal"
    ]


def _sentences(text: str) -> list[str]:
    return [sentence.strip() for sentence in _SENTENCE.findall(text) if sentence.strip()]
