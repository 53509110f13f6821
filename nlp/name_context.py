"""What stands before a name: a word that announces one (村民, 其子, 记者), or nothing that it could be part of."""

import re

from nlp.person_lexicon import PersonLexicon

HAN = re.compile(r"[\u4e00-\u9fff]")
_BETWEEN = "：:“”\"'（( 为是、　，,"


class NameContext:
    """Reads what stands before a position."""

    def __init__(self, lexicon: PersonLexicon) -> None:
        """Use the cues of the lexicon."""
        self._cues_before = (*lexicon.cues_before, *lexicon.kinship, *lexicon.official_titles)
        self._longest_cue = max(len(cue) for cue in self._cues_before)

    def cue_before(self, content: str, start: int) -> bool:
        """True when a word that announces a name stands before `start`."""
        before = content[max(start - self._longest_cue - 2, 0) : start].rstrip(_BETWEEN)
        return before.endswith(self._cues_before)

    def stands_free(self, content: str, start: int) -> bool:
        """True when what begins at `start` cannot be the rest of a longer word."""
        return start == 0 or not HAN.match(content[start - 1]) or self.cue_before(content, start)
