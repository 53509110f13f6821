"""Names of which a part is hidden or left out: 庞某某, 李*华, 金某花, 薛大爷, 老张."""

import re
from collections.abc import Iterator

from nlp.name_context import NameContext
from nlp.person_lexicon import PersonLexicon
from nlp.segmentation import Cut, Segmenter

Span = tuple[int, int]


class PartialNames:
    """Finds names that do not say who exactly is meant."""

    def __init__(self, lexicon: PersonLexicon, segmenter: Segmenter, context: NameContext) -> None:
        """Use the given lexicon, segmenter and cues."""
        self._lexicon = lexicon
        self._segmenter = segmenter
        self._context = context
        surnames = "".join(sorted(lexicon.surnames))
        given = "".join(sorted(lexicon.given | lexicon.common_given))
        family = f"(?:{'|'.join(sorted(lexicon.compound_surnames))}|[{surnames}])"
        things = "|".join(lexicon.things_after_mou)
        # Looked for at every place, for 居 before 王某某 is a surname too.
        self._masked = re.compile(
            rf"(?=({family}(?:某某某?|小某某?|某(?!{things}|某)[{given}甲乙丙丁]?"
            rf"|[*＊×○Ｘ]{{1,2}}[{given}]?|[{given}][*＊×○某]|[xX]{{1,2}}(?![a-zA-Z]))))"
        )
        endings = "|".join(sorted(lexicon.address_endings, key=len, reverse=True))
        self._addressed = re.compile(rf"({family})(?:{endings})|[老小]([{surnames}])")

    def masked(self, content: str, cut: Cut) -> Iterator[Span]:
        """Where names stand of which characters are replaced by 某 or an asterisk."""
        for match in self._masked.finditer(content):
            start, text = match.start(), self._shorn(content, match[1], match.start(), cut)
            if start not in cut.starts and text[1] != "某":
                continue
            everyday = text[0] in self._lexicon.everyday_surnames
            if not everyday or "某某" in text or self._context.stands_free(content, start):
                yield start, start + len(text)

    def _shorn(self, content: str, text: str, start: int, cut: Cut) -> str:
        """金某花 is a name; of 成某来访 only 成某 is."""
        if len(text) < 3 or text[1] != "某" or text[2] in "某甲乙丙丁":
            return text
        belongs = text[2] in self._lexicon.common_given and start + len(text) in cut.starts
        return text if belongs else text[:2]

    def addressed(self, content: str, cut: Cut) -> Iterator[Span]:
        """Where somebody is called by the surname only."""
        for match in self._addressed.finditer(content):
            surname = match[1] or match[2]
            if match[0] in self._lexicon.address_endings:
                continue
            everyday = surname in self._lexicon.everyday_surnames
            if match.start() not in cut.starts or match.end() not in cut.starts:
                continue
            if match[2] and (everyday or self._is_common_word(match[0])):
                continue
            if everyday and not self._context.stands_free(content, match.start()):
                continue
            yield match.span()

    def _is_common_word(self, familiar: str) -> bool:
        """小康 and 老龄 are words; 老张 is a person although the dictionary has it."""
        if familiar[0] == "老" and familiar[1] in self._lexicon.common_surnames:
            return False
        return self._segmenter.frequency(familiar) > 0 and not self._segmenter.is_person_name(familiar)
