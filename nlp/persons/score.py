"""Scores a stretch of text as a full name: its characters, the words around it, and how it cuts into words."""

import re
from dataclasses import dataclass

from nlp.persons.context import HAN, Before
from nlp.persons.kinship import load_kinship
from nlp.persons.lexicon import PersonLexicon
from nlp.segmentation import Cut, Segmenter

PROFILE = re.compile(
    r"[（(，,：:\s]\s?(?:男|女(?![儿婿])|(?:[现今]年|年仅|已经?|转眼)?\s?(?:\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?)(?:周?岁|年出?生)"
    r"|(?:19|20)\d{2}年(?:\d{1,2}月(?:\d{1,2}日)?)?出?生|出生|生于|身份证|电话|系|汉族)"
)
"""Particulars right behind a name: （女，58岁）, ，现年45岁, （1964年出生）."""
# Words of kinship that are given names as well: 苗老四, 李三女.
_GIVEN_BY_ORDER = frozenset(
    {"老大", "老二", "老三", "老四", "三女", "四女", "大儿", "二儿", "三儿", "大的", "二的", "小的"}
)
# Occurrences in jieba's dictionary.
_RARE_WORD = 10
_COMMON_WORD = 300
_VERY_COMMON_WORD = 3000
_RARE_CHARACTER = 400


@dataclass(frozen=True, slots=True)
class Score:
    """What the rules say of a candidate; the model of names weighs it with everything else."""

    value: float
    barred: bool
    """Holds a character that hardly any given name holds."""
    word: bool
    """Begins or ends like a word that is no name."""
    announced: bool
    """A word before it says that a name follows."""
    told: bool
    """A title or a word of kinship stands right before it."""
    described: bool
    """Particulars stand right behind it: （女，58岁）."""
    behind_place: bool
    """The name of a place, or what looks like one, ends right before it."""


class NameScore:
    """Scores candidates for full names."""

    def __init__(self, lexicon: PersonLexicon, segmenter: Segmenter) -> None:
        """Use the given lexicon and segmenter."""
        self._lexicon = lexicon
        self._segmenter = segmenter
        self._barred = lexicon.never_given - lexicon.leading_given - lexicon.rural_given
        self._not_names = frozenset(lexicon.not_names)
        self._not_beginnings = frozenset(lexicon.not_beginnings)
        self._kinship = frozenset(load_kinship().words) - _GIVEN_BY_ORDER
        self._cues_after = (*lexicon.cues_after, *lexicon.official_titles, *lexicon.address_endings)

    def score(self, content: str, start: int, given_start: int, end: int, cut: Cut, before: Before) -> Score | None:
        """How much `content[start:end]` is written like a name, None when it cannot be one.

        Args:
            content: The whole text.
            start: Where the surname begins.
            given_start: Where the given name begins.
            end: Where the name would end.
            cut: How the text is cut into words.
            before: What stands before `start`.
        """
        barred = not self._barred.isdisjoint(content[given_start:end])
        word = self._names_no_person(content, start, end)
        if (barred or word) and start not in cut.starts:
            return None
        announced = before.announced
        if word and not announced:
            return None
        if not all(map(HAN.match, content[given_start:end])):
            return None
        ends = self._ends_clearly(content, end)
        described = PROFILE.match(content, end) is not None
        certain = announced or described
        characters = self._character_score(content[given_start:end], ends_clearly=ends, certain=certain)
        if characters is None:
            if not (start in cut.starts and end in cut.starts):
                return None
            barred, characters = True, 0.0
        surname = self._surname_score(content[start:given_start])
        around = self._cue_score(content, start, end, announced=announced)
        signed, told = before.signed, before.told
        around += 3.0 if signed and ends else 0.5 if told else 0.0
        value = characters + surname + around + self._cut_score(content, start, end, cut, told=told)
        return Score(
            value,
            barred=barred,
            word=word,
            announced=announced,
            told=told,
            described=described,
            behind_place=before.behind_unit,
        )

    def _names_no_person(self, content: str, start: int, end: int) -> bool:
        """孙子 is a grandchild, 薛家 a family, 葛家岔镇 a town and 叶子 a leaf."""
        if content[start:end] in self._not_names or content[start : start + 2] in self._not_beginnings:
            return True
        if content[start : start + 2] in self._kinship or content[start + 1 : end] in self._kinship:
            return True
        family = content[start + 1 : start + 2] == "家" and (
            content[end - 1] not in self._lexicon.common_given | self._lexicon.given
            or content[end - 1] in self._lexicon.place_endings
        )
        thing = content.startswith(self._lexicon.things_after, end) or content[end - 1] in "路街苑"
        return family or thing or content[end : end + 1] in tuple("镇乡村县沟")

    def _surname_score(self, surname: str) -> float:
        if len(surname) > 1:
            return 1.0
        common = 0.5 if surname in self._lexicon.common_surnames else 0.0
        return common - (1.0 if surname in self._lexicon.everyday_surnames else 0.0)

    def _ends_clearly(self, content: str, end: int) -> bool:
        return end == len(content) or not HAN.match(content[end]) or content.startswith(self._cues_after, end)

    def _character_score(self, given: str, *, ends_clearly: bool, certain: bool) -> float | None:
        """What the given name's characters are worth; None when one of them never stands in a name."""
        if len(given) == 2 and given[0] == given[1] and (certain or given[0] in self._lexicon.common_given):
            # 四四, 九九, 盼盼: hardly anything but a name.
            return 2.0
        total = 0.0
        for position, character in enumerate(given):
            # 贺有亮 and 张福来（男） are names; 有 behind 李强 begins the next word.
            inside = len(given) > 1 and (position == 0 or ends_clearly)
            leads = inside and character in self._lexicon.leading_given
            leads = leads or (certain and inside and character in self._lexicon.rural_given)
            if not leads and (character in self._lexicon.never_given or not HAN.match(character)):
                return None
            total += 0.5 if leads else self._character_worth(character)
        return total

    def _character_worth(self, character: str) -> float:
        if character in self._lexicon.common_given:
            return 1.0
        if character in self._lexicon.given:
            return 0.5
        # Characters that are rare in texts are kept for names: 玺, 焘, 镕.
        return 0.75 if self._segmenter.frequency(character) < _RARE_CHARACTER else -0.5

    def _cue_score(self, content: str, start: int, end: int, *, announced: bool) -> float:
        free_before = start == 0 or not HAN.match(content[start - 1]) or content[start - 1] in "的和与跟及"
        score = 1.5 if announced else 0.5 if free_before else 0.0
        if PROFILE.match(content, end):
            score += 2.0
        elif content.startswith(self._cues_after, end):
            score += 1.0
        elif end == len(content) or not HAN.match(content[end]):
            score += 0.5
        return score

    def _cut_score(self, content: str, start: int, end: int, cut: Cut, *, told: bool) -> float:
        """What the cut into words is worth: names lie on word boundaries and hold no common word.

        Where a word of kinship or a title stands right before, a name may well be a word: 其女高安全, 他妈白雪.
        """
        whole = content[start:end]
        score = -2.5 if start not in cut.starts else 0.5
        if end in cut.starts or self._cut_across(content, end):
            score += 0.5
        elif not self._segmenter.is_person_name(cut.words.get(start, "")):
            score -= 1.5
        if len(whole) > 2 and self._segmenter.is_person_name(whole):
            return score + 0.5 - self._word_cost(whole[:2], at_start=True) - self._word_cost(whole[1:], at_start=False)
        frequency = self._segmenter.frequency(whole)
        if frequency > 0:
            known = told and (frequency < _COMMON_WORD or self._segmenter.is_person_name(whole))
            return score - (0.5 if known else 2.5 if frequency > _RARE_WORD else 1.0)
        if len(whole) > 2 and whole[-1] == whole[-2]:
            return score
        inside = (
            word
            for at in range(start, end)
            if len(word := cut.words.get(at, "")) > 1 and (at > start or self._begins_word(word, whole))
        )
        cost = [
            self._word_cost(word, at_start=content.startswith(word, start)) * (0.25 if told else 1.0) for word in inside
        ]
        # Two characters that the dictionary does not join are a given name sooner than a word.
        return score - sum(cost) if cost or len(whole) < 3 else score + 0.5

    def _begins_word(self, word: str, whole: str) -> bool:
        """吕梁 of 吕梁一 is a word that the name would tear; 欧阳 of 欧阳建国 is its surname."""
        return len(word) < len(whole) and word not in self._lexicon.compound_surnames

    def _cut_across(self, content: str, end: int) -> bool:
        """郭小平和民警 is cut as 平和, 温二白家 as 白家: the name ends before 和 and 家 all the same."""
        return content.startswith(("和", "家"), end) and self._segmenter.frequency(content[end - 1 : end + 1]) > 0

    def _word_cost(self, word: str, *, at_start: bool) -> float:
        frequency = self._segmenter.frequency(word)
        if self._segmenter.is_person_name(word):
            return -0.5
        if frequency == 0:
            return 0.0
        cost = 0.0 if frequency < _COMMON_WORD else 1.0 if frequency < _VERY_COMMON_WORD else 2.0
        return cost + (1.0 if at_start else 0.0)
