"""Names that only their place in the text tells, whatever their characters: 妻[萨仁], 、[满都拉]、, 卖盒饭的[胖哥].

The lexicon of surnames does not know them: names of other peoples, of childhood, and names that are words.
"""

import re
from collections.abc import Iterator

from nlp.persons.context import HAN, NameContext
from nlp.persons.kinship import Kinship
from nlp.segmentation import Cut

Span = tuple[int, int]

_LONGEST, _FOREIGN = 4, 8
"""Characters of a name; of one that stands between two signs or breaks."""
_LINKS = frozenset({"叫", "名叫", "叫做", "是", "：", ":", "“", "（", "(", "名字", "为"})
_TORN = 6
"""Characters before a word with which it may be one that announces a name: 监测|户."""
_FURTHER = 3
"""Words between the announcement and the name: 妈妈名字叫“…"""
_NEVER = frozenset("的了是在有我你他她它们和与等为被把也都不就说这那从到对于") | frozenset(
    "由将已又没让给用着过很再才只能会要去吗呢吧啊呀之其此每某两向"
)
"""With these no name begins or ends that only its place tells."""
_ROW = re.compile(r"(?<=、)[\u4e00-\u9fff]{2,8}(?=[、，。；：！？（(\n]|等|$)")
_NAME = re.compile("[\u4e00-\u9fff]{2,3}")
_LABEL = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,8}(?=\s?[：:（(])")
_SIGNED = re.compile(r"(?<=[。！？!?\n…” 　])[\u4e00-\u9fff]{2,4}(?=\s*+(?:(?:敬上|叩首|上|留|书)\s*+)?$)")
_DESCRIBED = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})[（(]\s?(?:男|女|(?:[现今]年)?\d{1,3}岁|\d{4}年\d{0,2}月?出?生|身份证)"
)
_FAMILIAR = re.compile(r"(?=([阿老小][\u4e00-\u9fff]|[\u4e00-\u9fff]{1,2}[哥姐叔伯嫂婶姨爷奶婆公妹弟]))")


class AnnouncedNames:
    """Finds stretches that may be names because of where they stand."""

    def __init__(self, context: NameContext, kinship: Kinship) -> None:
        """Use the cues that announce a name and the words of kinship."""
        self._context = context
        self._kinship = frozenset(kinship.known)
        self._households = context.kinds_of_household
        self._announces: dict[str, bool] = {}

    def behind_words(self, content: str, cut: Cut) -> Iterator[Span]:
        """Behind a word of kinship, a title or another word that announces a name."""
        words = sorted(cut.words.items())
        for place, (start, word) in enumerate(words):
            torn = content[max(start - _TORN, 0) : start + len(word)]
            if not self._is_announcement(word) and not torn.endswith(self._households):
                continue
            at = place + 1
            while at < min(len(words), place + 1 + _FURTHER) and words[at][1] in _LINKS:
                at += 1
            if at < len(words):
                yield from _from(content, words[at][0], cut)

    def in_rows(self, content: str) -> Iterator[Span]:
        """Between the signs of a row, before a colon or bracket, and at the end of a letter."""
        for pattern in (_ROW, _LABEL, _SIGNED):
            for match in pattern.finditer(content):
                if match[0][0] not in _NEVER and match[0][-1] not in _NEVER:
                    yield match.span()

    def described(self, content: str, cut: Cut) -> Iterator[Span]:
        """Before particulars in brackets: 山敏桂（女，58岁）."""
        for match in _DESCRIBED.finditer(content):
            end = match.start()
            for start in (end - 2, end - 3):
                if start in cut.starts and self._may_be_described(content[max(start, 0) : end]):
                    yield start, end

    def familiar(self, content: str, cut: Cut) -> Iterator[Span]:
        """阿莲, 小鹿, 老默, 胖哥, 桂芝嫂."""
        for match in _FAMILIAR.finditer(content):
            start, end = match.span(1)
            # 同住的有哥哥 names nobody.
            if (
                start in cut.starts
                and end in cut.starts
                and match[1] not in self._kinship
                and match[1][0] not in _NEVER
            ):
                yield start, end

    def _may_be_described(self, text: str) -> bool:
        kin = text in self._kinship or text[1:] in self._kinship
        return not kin and _NAME.fullmatch(text) is not None and text[0] not in _NEVER and text[-1] not in _NEVER

    def _is_announcement(self, word: str) -> bool:
        found = self._announces.get(word)
        if found is None:
            found = self._announces[word] = word in self._kinship or self._context.announces(word)
        return found


def _from(content: str, start: int, cut: Cut) -> Iterator[Span]:
    if content[start] in _NEVER:
        return
    for end in range(start + 2, min(start + _FOREIGN, len(content)) + 1):
        if not HAN.match(content[end - 1]):
            return
        closed = end == len(content) or not HAN.match(content[end])
        if end in cut.starts and content[end - 1] not in _NEVER and (closed or end - start <= _LONGEST):
            yield start, end
