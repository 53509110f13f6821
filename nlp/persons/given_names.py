"""Names without a surname: 二狗, 妞妞, 海波, and the given name alone of somebody who is named in full elsewhere."""

import re
from collections.abc import Iterable, Iterator

from nlp.persons.context import HAN, NameContext
from nlp.persons.kinship import KIN_BEHIND, Kinship
from nlp.persons.lexicon import PersonLexicon
from nlp.segmentation import Cut, Segmenter

Span = tuple[int, int]

# Occurrences in jieba's dictionary from which two characters are a word sooner than somebody's name.
_WORD = 100
_ADDRESSES = frozenset("婶叔伯嫂姨哥姐爷奶总")
_NICKNAME_END = r"(?=[，。、；：！？\s（）()“”\"》,.:;!?]|[又也还都就才没不在从把被叫说走跑哭家的是和他她]|$)"
_CALL_END = r"(?=[，,：:！!])"


class GivenNames:
    """Finds people who are called by a given name or a nickname alone."""

    def __init__(self, lexicon: PersonLexicon, segmenter: Segmenter, context: NameContext, kinship: Kinship) -> None:
        """Use the given lexicon, segmenter and cues."""
        self._lexicon = lexicon
        self._segmenter = segmenter
        self._context = context
        self._kinship = kinship
        begin, end = "".join(sorted(lexicon.nickname_beginnings)), "|".join(lexicon.nickname_endings)
        often = "".join(sorted(lexicon.common_given))
        every = "".join(sorted(lexicon.common_given | lexicon.given))
        self._nickname = re.compile(rf"(?:[{begin}](?:{end}){_NICKNAME_END}|狗蛋|狗娃|狗子(?=[，又从])|([{every}])\1)")
        self._introduced = re.compile(
            rf"(?:{'|'.join(lexicon.nickname_cues)})(?:好像|大概)?(?:叫做|叫|是|为)?[“\"‘]?([{every}]{{2,3}}?){_NICKNAME_END}"
        )
        self._called = re.compile(rf"(?:^|(?<=[\n“]))[{every}]{{2}}(?:{KIN_BEHIND}?{_CALL_END})", re.MULTILINE)
        self._beside_kin = re.compile(rf"[{every}][{often}](?={KIN_BEHIND})")
        self._ours = re.compile(rf"(?:我家|咱家|我们家|俺家)(?P<name>[{every}][{often}])")
        self._pair = re.compile(rf"[{every}]{{2}}")
        self._small = re.compile(rf"小[{every}]")

    def find(self, content: str, cut: Cut) -> Iterator[Span]:
        """Where such names stand by themselves."""
        for match in self._introduced.finditer(content):
            yield match.span(1)
        for match in self._called.finditer(content):
            yield from self._if_rare(content, match.start(), match.start() + 2)
        for match in self._beside_kin.finditer(content):
            if self._free(content, match.start(), cut):
                yield from self._if_rare(content, *match.span())
        for match in self._nickname.finditer(content):
            yield from self._if_nickname(content, match, cut)
        for match in self._small.finditer(content):
            likely = match[0][1] in self._lexicon.common_given or self._context.cue_before(content, match.start())
            if likely and self._free(content, match.start(), cut) and match.end() in cut.starts:
                yield from self._if_rare(content, *match.span())
        for match in self._ours.finditer(content):
            if match.end() in cut.starts and self._ends(content, match.end()):
                yield from self._if_rare(content, *match.span("name"))
        yield from self._behind_kinship(content, cut)

    def alone(self, content: str, full: Iterable[str], cut: Cut) -> Iterator[Span]:
        """Where the given names of the `full` names stand alone, on word boundaries: 建荣 of 武建荣."""
        names = {name[1:] for name in full if len(name) == 3}
        told = {given for given in names if not self._is_word(given) and given[-1] not in _ADDRESSES}
        for start in sorted(cut.starts) if told else ():
            if content[start : start + 2] in told and start + 2 in cut.starts:
                yield start, start + 2

    def _if_nickname(self, content: str, match: re.Match[str], cut: Cut) -> Iterator[Span]:
        start, end = match.span()
        if match[0] in self._lexicon.not_nicknames or start not in cut.starts or end not in cut.starts:
            return
        doubled = match[1] is not None
        announced = self._context.cue_before(content, start)
        if self._free(content, start, cut) and (announced or not doubled or self._ends(content, end)):
            yield from self._if_rare(content, start, end)

    def _behind_kinship(self, content: str, cut: Cut) -> Iterator[Span]:
        for kin in self._kinship.anywhere(content):
            match = self._pair.match(content, kin.end)
            if match and match.end() in cut.starts and kin.end in cut.starts and self._ends(content, match.end()):
                yield from self._if_rare(content, *match.span())

    def _if_rare(self, content: str, start: int, end: int) -> Iterator[Span]:
        if not self._is_word(content[start:end]):
            yield start, end

    def _is_word(self, text: str) -> bool:
        known = self._segmenter.frequency(text) >= _WORD and not self._segmenter.is_person_name(text)
        return known or text in self._lexicon.not_names or text in self._kinship.words

    def _free(self, content: str, start: int, cut: Cut) -> bool:
        return start in cut.starts and self._context.stands_free(content, start)

    def _ends(self, content: str, end: int) -> bool:
        return (
            end == len(content)
            or not HAN.match(content[end])
            or content[end] in "的在又也还说和跟把给家从今是有被得来去"
        )
