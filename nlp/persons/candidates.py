"""Every stretch of a text that may be a person's name, with what the rules say of it; `nlp.persons.names` chooses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from domain.labelled import Labelled
from nlp.persons.announced_names import AnnouncedNames
from nlp.persons.context import HAN, Before, NameContext
from nlp.persons.given_names import GivenNames
from nlp.persons.kinship import load_kinship
from nlp.persons.lexicon import PersonLexicon
from nlp.persons.partial_names import PartialNames
from nlp.persons.score import NameScore, Score
from nlp.segmentation import Cut, Segmenter

Span = tuple[int, int]

# Occurrences in jieba's dictionary from which two characters are a word sooner than a given name alone.
_EVERYDAY_WORD = 3000
_AND, _COMMON_WORD = "和", 300
_BEHIND = 5
"""Characters behind a name that are cut into words with its last one and without."""
_LEAST = -0.5
"""What the rules must say of a full name at least; the model weighs the rest."""
# 谢家岭组 is a group and 贝丽路61号 a house; 3米宽 is a measure, A3区楚江 a place of that district.
_GROUP_OR_HOUSE = re.compile(r"组(?![长织成建合团装员])|(?:[路街巷]|(?<=[路街巷]))\d{1,5}号")
_NO_SURNAME = re.compile("(?<=[A-Za-z0-9])[米区]")
# 向市长反映, 向老师请教: whom one turns to.
_TO_WHOM = re.compile("向(?:老师|医生|领导|干部|书记|主任|[省市县区镇乡村局处科所站院校部厅]长)")
_HOUSEHOLD = "户"
_TURNS = re.compile("反映|反应|请教|汇报|求助|报告|投诉|举报|申请|提出|咨询|询问|请示|说明|表示|讨|求")


class Form(Labelled):
    """How a candidate is written; one stretch may have several."""

    FULL = "full", "姓名"
    MASKED = "masked", "隐名"
    ADDRESSED = "addressed", "称呼"
    CALLED = "called", "姓加职务"
    GIVEN = "given", "小名或单称名"
    PAIR = "pair", "两字名"
    FAMILIAR = "familiar", "名加称呼"
    TITLED = "titled", "姓加称谓"
    MEMBER = "member", "某家某人"
    ANNOUNCED = "announced", "称谓之后"
    ROW = "row", "名单、署名中"
    NEAR = "near", "昵称"


@dataclass(slots=True)
class Candidate:
    """A stretch that may be a name; end is exclusive."""

    start: int
    end: int
    given_start: int
    """Where a given name behind a surname begins; `start` where there is no surname."""
    forms: set[Form] = field(default_factory=set)
    score: Score | None = None
    """Of a full name."""


class CandidateFinder:
    """Finds candidates by surnames, characters of given names, and ways of addressing people."""

    def __init__(self, lexicon: PersonLexicon, segmenter: Segmenter, context: NameContext) -> None:
        """Use the given lexicon, segmenter and cues."""
        self._segmenter = segmenter
        self._context = context
        self._score = NameScore(lexicon, segmenter)
        self._partial = PartialNames(lexicon, segmenter, context)
        self._given = GivenNames(lexicon, segmenter, context, load_kinship())
        self._announced = AnnouncedNames(context, load_kinship())
        surnames = "".join(sorted(lexicon.surnames))
        compound = "|".join(sorted(lexicon.compound_surnames))
        # 任队长 is mostly a person, 向老师 and 原主任 mostly are none.
        called = "".join(sorted(lexicon.surnames - (lexicon.not_called - lexicon.common_surnames)))
        given = "".join(sorted(lexicon.common_given | lexicon.given | lexicon.leading_given))
        self._surname = re.compile(f"(?=({compound})?([{surnames}])?)")
        self._starred = re.compile(rf"(?=((?:{compound}|[{surnames}])[*＊×○]{{1,2}})(?![*＊×○]))")
        self._never_given = lexicon.never_given
        self._words = frozenset(lexicon.not_names) | frozenset(lexicon.not_beginnings)
        self._words_behind = lexicon.words_behind
        self._pair = re.compile(f"(?=([{given}]{{2}}))")
        self._familiar = re.compile(_any(lexicon.familiar_endings))
        titles = {*lexicon.familiar_titles, *lexicon.called_titles, *lexicon.address_endings}
        self._titled = re.compile(rf"(?=((?:{compound}|[{called}])(?:{_any(titles)})))")
        members = _any(lexicon.family_members)
        self._member = re.compile(rf"家的?(?:{members})")
        self._family = re.compile(rf"(?=(老?[{surnames}]家(?:{members})))")

    def find(self, content: str, cut: Cut, place_ends: frozenset[int]) -> dict[Span, Candidate]:
        """The candidates by their stretch; `place_ends` says where names of places end."""
        found: dict[Span, Candidate] = {}
        for form, spans in (
            (Form.MASKED, self._partial.masked(content, cut)),
            (Form.ADDRESSED, self._partial.addressed(content, cut)),
            (Form.CALLED, self._partial.called(content, cut)),
            (Form.GIVEN, self._given.find(content, cut)),
            (Form.TITLED, (match.span(1) for match in self._titled.finditer(content) if match.start() in cut.starts)),
            (Form.ANNOUNCED, self._announced.behind_words(content, cut)),
            (Form.ROW, self._announced.in_rows(content)),
            (Form.NEAR, self._announced.familiar(content, cut)),
            (Form.MEMBER, (match.span(1) for match in self._family.finditer(content))),
        ):
            for start, end in spans:
                _at(found, start, end).forms.add(form)
        for match in self._starred.finditer(content):
            # 李*敦 or 李* before 一家: either way, the model chooses.
            behind = content[match.end(1) : match.end(1) + 1]
            longer = HAN.match(behind) is not None and behind not in self._never_given
            for end in {match.end(1), match.end(1) + longer}:
                _at(found, match.start(), end).forms.add(Form.MASKED)
        self._full(content, cut, place_ends, found)
        self._pairs(content, cut, found)
        for span in self._announced.described(content, cut):
            if span not in found:
                _at(found, *span).forms.add(Form.ROW)
        return {
            span: candidate
            for span, candidate in found.items()
            if _may_be_person(content, *span) and not self._begins_in_household(content, span[0])
        }

    def given_alone(self, content: str, full: set[str], cut: Cut) -> Iterator[Span]:
        """Where the given names of the `full` names stand alone: 建荣 of 武建荣."""
        return self._given.alone(content, full, cut)

    def member_behind(self, content: str, end: int) -> int | None:
        """Where 家儿子 and the like behind a name ends; 张三家儿子 is somebody else than 张三."""
        member = self._member.match(content, end)
        return member.end() if member else None

    def _full(self, content: str, cut: Cut, place_ends: frozenset[int], found: dict[Span, Candidate]) -> None:
        for match in self._surname.finditer(content):
            start = match.start()
            before = Before(self._context, content, start, behind_place=start in place_ends)
            for surname in filter(None, (match[1], match[2])):
                given_start = start + len(surname)
                for end in range(given_start + 1, min(given_start + 2, len(content)) + 1):
                    if end == given_start + 2 and self._belongs_behind(content, end):
                        continue
                    if surname == _AND and self._is_word(content[given_start:end]):
                        continue
                    score = self._score.score(content, start, given_start, end, cut, before)
                    if score is not None and score.value > _LEAST:
                        candidate = _at(found, start, end)
                        candidate.forms.add(Form.FULL)
                        candidate.given_start, candidate.score = given_start, score

    def _begins_in_household(self, content: str, start: int) -> bool:
        """户 of 监测户老孟 is nobody's surname."""
        return content[start] == _HOUSEHOLD and content.endswith(self._context.kinds_of_household, 0, start + 1)

    def _belongs_behind(self, content: str, end: int) -> bool:
        """安 of 李长安 before 排了: what follows is commoner with it than without; of 1,075 marked names none was."""
        if content.startswith(self._words_behind, end - 1):
            return True
        if not any(self._segmenter.frequency(content[end - 1 : end + more]) for more in (1, 2)):
            return False
        likely = self._segmenter.log_probabilities(content[end - 1 : end + _BEHIND])
        return len(likely) > 2 and likely[0] >= likely[1]

    def _is_word(self, given: str) -> bool:
        """小孩 of 老人和小孩: 和 joins a word sooner than it is a surname."""
        common = self._segmenter.frequency(given) >= _COMMON_WORD
        return common and len(given) > 1 and not self._segmenter.is_person_name(given)

    def _pairs(self, content: str, cut: Cut, found: dict[Span, Candidate]) -> None:
        for match in self._pair.finditer(content):
            start, end = match.span(1)
            if start not in cut.starts or end not in cut.starts:
                continue
            everyday = self._segmenter.frequency(match[1]) >= _EVERYDAY_WORD
            if match[1] in self._words or (everyday and not self._segmenter.is_person_name(match[1])):
                continue
            _at(found, start, end).forms.add(Form.PAIR)
            ending = self._familiar.match(content, end)
            if ending:
                _at(found, start, ending.end()).forms.add(Form.FAMILIAR)


def _may_be_person(content: str, start: int, end: int) -> bool:
    if _TO_WHOM.fullmatch(content, start, end) and _TURNS.match(content, end):
        return False
    return not _GROUP_OR_HOUSE.match(content, end) and not _NO_SURNAME.match(content, start)


def _at(found: dict[Span, Candidate], start: int, end: int) -> Candidate:
    return found.setdefault((start, end), Candidate(start, end, start))


def _any(words: set[str] | tuple[str, ...]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))
