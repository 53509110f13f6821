"""Names of which a part is hidden or left out: 庞某某, 李*华, 金某花, 薛大爷, 老张, 王主任, 秦氏."""

import re
from collections.abc import Iterator

from nlp.persons.context import HAN, NameContext
from nlp.persons.kinship import load_kinship
from nlp.persons.lexicon import PersonLexicon
from nlp.segmentation import Cut, Segmenter

Span = tuple[int, int]

# Occurrences in jieba's dictionary from which a surname with one sign behind it is a word: 大姐, 公婆, 高校.
_WORD = 3
# From so many on a character behind 某 begins the next word sooner than it ends a name.
_COMMON_CHARACTER = 1500
# From so many on two characters are a word that a name does not tear: 感谢书记.
_TORN = 1000
# Before a title these are nobody's surname, whoever stands before them: 村民向市长反映.
_TO_WHOM = frozenset("向和与对给同")


class PartialNames:
    """Finds names that do not say who exactly is meant."""

    def __init__(self, lexicon: PersonLexicon, segmenter: Segmenter, context: NameContext) -> None:
        """Use the given lexicon, segmenter and cues."""
        self._lexicon = lexicon
        self._segmenter = segmenter
        self._context = context
        self._kinship = frozenset(load_kinship().words)
        surnames = "".join(sorted(lexicon.surnames))
        self._given = lexicon.given | lexicon.common_given
        given = "".join(sorted(lexicon.given | lexicon.common_given))
        family = f"(?:{'|'.join(sorted(lexicon.compound_surnames))}|[{surnames}])"
        things = "|".join(lexicon.things_after_mou)
        # Looked for at every place, for 居 before 王某某 is a surname too.
        self._masked = re.compile(
            rf"(?=({family}(?:某某某?|小某某?|某(?!{things}|某)[{given}甲乙丙丁]?"
            rf"|[*＊×○Ｘ]{{1,2}}[{given}]?|[{given}](?:[*＊×○]|某(?!{things}))|[xX]{{1,2}}(?![a-zA-Z]))))"
        )
        self._somebody = re.compile(r"(?<![\u4e00-\u9fff])某(?:女士|先生|男子|女子)")
        endings = _any(lexicon.address_endings)
        self._addressed = re.compile(
            rf"({family})(?:{endings})|[老小]([{surnames}])(?:头(?![^\u4e00-\u9fff]*[上里部]))?"
            rf"|([{surnames}])(?:[伯叔哥姐](?![夫父母妈爸们])|二[婶叔嫂哥姐伯])"
        )
        self._called = re.compile(rf"({family})({_any(lexicon.called_titles)}|{_any(lexicon.called_trades)})")
        self._clan = re.compile(rf"({family})氏(?![族家])")

    def masked(self, content: str, cut: Cut) -> Iterator[Span]:
        """Where names stand of which characters are replaced by 某 or an asterisk."""
        for match in self._masked.finditer(content):
            start, text = match.start(), self._shorn(content, match[1], match.start(), cut)
            if start not in cut.starts and text[1] != "某" and not self._context.cue_before(content, start):
                continue
            doubtful = text[0] in self._lexicon.not_called or start not in cut.starts
            if not doubtful or "某某" in text or self._context.stands_free(content, start):
                yield start, start + len(text)
        for match in self._somebody.finditer(content):
            yield match.span()

    def _shorn(self, content: str, text: str, start: int, cut: Cut) -> str:
        """金某花 is a name; of 成某来访 and 成某家里 only 成某 is."""
        if len(text) < 3 or text[1] != "某" or text[2] in "某甲乙丙丁":
            return text
        if text[2] == "家":
            return text[:2]
        if text[2] in self._given and start + 3 < len(content) and not HAN.match(content[start + 3]):
            return text
        rare = self._segmenter.frequency(text[2]) < _COMMON_CHARACTER
        named = text[2] in self._lexicon.common_given or rare or text[2] in "女狗牛"
        return text if named and start + len(text) in cut.starts else text[:2]

    def addressed(self, content: str, cut: Cut) -> Iterator[Span]:
        """Where somebody is called by the surname only, as elders and neighbours are."""
        for match in self._addressed.finditer(content):
            surname = match[1] or match[2] or match[3]
            if match[0] in self._lexicon.address_endings or match[0] in self._kinship:
                continue
            everyday = surname in self._lexicon.everyday_surnames
            if match.start() not in cut.starts or match.end() not in cut.starts:
                continue
            if match[2] and self._is_common_word(match[0]):
                continue
            if match[2] and everyday and match[0][0] == "小":
                continue
            if match[3] and self._segmenter.frequency(match[0]) >= _WORD:
                continue
            if everyday and not self._context.stands_free(content, match.start()):
                continue
            yield match.span()

    def called(self, content: str, cut: Cut) -> Iterator[Span]:
        """Where somebody is called by the surname and what he does: 王主任, 高医生, 雷老板."""
        for match in self._called.finditer(content):
            start, end = match.span()
            if match[1] in self._lexicon.not_called and not self._told(content, start):
                continue
            if self._segmenter.frequency(match[0]) >= _WORD and not self._segmenter.is_person_name(match[0]):
                continue
            if start not in cut.starts and self._segmenter.frequency(content[start - 1 : start + 1]) >= _TORN:
                continue
            if len(match[2]) == 1 and not self._ends(content, end):
                continue
            everyday = match[1] in self._lexicon.everyday_surnames
            if self._context.stands_free(content, start) or (not everyday and len(match[2]) > 1):
                yield start, end
        for match in self._clan.finditer(content):
            if self._context.stands_free(content, match.start()):
                yield match.span()

    def _told(self, content: str, start: int) -> bool:
        """村里的农主任 and 民政上的妥干事, but not 任组长 and 向老师: right before stands what a person follows."""
        before = content[max(start - 1, 0) : start]
        if before == "的":
            return True
        announced = HAN.match(before) is not None and content[start] not in _TO_WHOM
        return announced and self._context.cue_before(content, start)

    def _ends(self, content: str, end: int) -> bool:
        return content[end : end + 1] in ("", *"，。、；：！？（）,.:;!?() \n说给只的不没是在把")

    def _is_common_word(self, familiar: str) -> bool:
        """小康 and 老龄 are words; 老张 is a person although the dictionary has it."""
        if familiar[0] == "老" and familiar[1] in self._lexicon.common_surnames:
            return False
        return self._segmenter.frequency(familiar[:2]) > 0 and not self._segmenter.is_person_name(familiar[:2])


def _any(words: tuple[str, ...]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))
