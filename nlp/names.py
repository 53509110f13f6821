"""Names of persons in a text, as written: 庞建国, 庞某某, 李*华, 薛大爷, 老张.

Every candidate is scored by its characters, by the words around it and by how the text is cut into words there; what
reaches the threshold is a name. Who the person is, is told in `nlp.roles`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from nlp.person_lexicon import PersonLexicon
from nlp.segmentation import Segmenter

THRESHOLD = 3.0
"""Score from which a candidate is a name; set on news and petition texts for precision before recall."""

_HAN = re.compile(r"[\u4e00-\u9fff]")
_BETWEEN = "：:“”\"'（( 为是、　，,"
_PROFILE = re.compile(r"[（(，,]\s?(?:男|女|\d{2}岁|[一二三四五六七八九]?十[一二三四五六七八九]?岁|身份证|电话|系|汉族)")
_COMMON_WORD = 300
_VERY_COMMON_WORD = 3000


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written; end is exclusive."""

    text: str
    start: int
    end: int
    score: float = THRESHOLD


@dataclass(frozen=True, slots=True)
class _Cut:
    """How the text is cut into words."""

    starts: frozenset[int]
    words: dict[int, str]


class NameFinder:
    """Finds names by the lexicon of surnames and cues and by the segmenter's dictionary."""

    def __init__(self, lexicon: PersonLexicon, segmenter: Segmenter) -> None:
        """Use the given lexicon and segmenter."""
        self._lexicon = lexicon
        self._segmenter = segmenter
        self._cues_before = (*lexicon.cues_before, *lexicon.kinship, *lexicon.official_titles)
        self._cues_after = (*lexicon.cues_after, *lexicon.official_titles)
        self._longest_cue = max(len(cue) for cue in self._cues_before)
        surnames = "".join(sorted(lexicon.surnames))
        self._surname = re.compile(f"[{surnames}]")
        given = "".join(sorted(lexicon.given | lexicon.common_given))
        family = f"(?:{'|'.join(sorted(lexicon.compound_surnames))}|[{surnames}])"
        things = "|".join(lexicon.things_after_mou)
        self._masked = re.compile(
            rf"{family}(?:某某某?|小某某?|某[{given}](?![\u4e00-\u9fff]*某)|某(?!{things}|某)"
            rf"|[*＊×○Ｘ]{{1,2}}[{given}]?|[{given}][*＊×○某]|[xX]{{1,2}}(?![a-zA-Z]))"
        )
        self._addressed = re.compile(
            rf"({family})(?:{'|'.join(sorted(lexicon.address_endings, key=len, reverse=True))})|[老小]([{surnames}])"
        )

    def find(self, content: str, taken: Iterable[tuple[int, int]] = (), *, known: str = "") -> list[Name]:
        """The names of the text in its order, the `known` one wherever it stands, none inside a `taken` span."""
        blocked = {position for start, end in taken for position in range(start, end)}
        cut = self._cut(content)
        candidates = [*self._masked_names(content, cut), *self._addressed_names(content, cut)]
        candidates.extend(self._full_names(content, cut))
        if len(known) > 1:
            candidates.extend(Name(known, at.start(), at.end(), 9.0) for at in re.finditer(re.escape(known), content))
        chosen = _without_overlap(candidates, blocked)
        return sorted((*chosen, *_repeated(content, chosen, blocked)), key=lambda name: name.start)

    def _cut(self, content: str) -> _Cut:
        words = {word.start: word.text for word in self._segmenter.words(content)}
        return _Cut(frozenset(words) | {len(content)}, words)

    def _masked_names(self, content: str, cut: _Cut) -> Iterator[Name]:
        for match in self._masked.finditer(content):
            everyday = match[0][0] in self._lexicon.everyday_surnames
            free_before = match.start() == 0 or not _HAN.match(content[match.start() - 1])
            if match.start() not in cut.starts and match[0][1] != "某":
                continue
            if not everyday or free_before or "某某" in match[0] or self._cue_before(content, match.start()):
                yield Name(match[0], match.start(), match.end(), 5.0)

    def _addressed_names(self, content: str, cut: _Cut) -> Iterator[Name]:
        for match in self._addressed.finditer(content):
            surname = match[1] or match[2]
            everyday = surname in self._lexicon.everyday_surnames
            if match.start() not in cut.starts or match.end() not in cut.starts:
                continue
            if match[2] and (everyday or self._is_common(match[0])):
                continue
            if everyday and not self._stands_free(content, match.start()):
                continue
            yield Name(match[0], match.start(), match.end(), 4.0)

    def _full_names(self, content: str, cut: _Cut) -> Iterator[Name]:
        for match in self._surname.finditer(content):
            start = match.start()
            width = 2 if content[start : start + 2] in self._lexicon.compound_surnames else 1
            for given in (2, 1):
                end = start + width + given
                if end <= len(content):
                    score = self._score(content, start, start + width, end, cut)
                    if score >= THRESHOLD:
                        yield Name(content[start:end], start, end, score)

    def _score(self, content: str, start: int, given_start: int, end: int, cut: _Cut) -> float:
        characters = self._character_score(content[given_start:end])
        if characters is None:
            return 0.0
        cues = self._cue_score(content, start, end)
        everyday = -1.0 if content[start] in self._lexicon.everyday_surnames and given_start - start == 1 else 0.0
        compound = 1.0 if given_start - start == 2 else 0.0
        return characters + cues + everyday + compound + self._cut_score(content, start, end, cut)

    def _character_score(self, given: str) -> float | None:
        """What the given name's characters are worth; None when one of them never stands in a name."""
        total = 0.0
        for character in given:
            if character in self._lexicon.common_given:
                total += 1.0
            elif character in self._lexicon.given:
                total += 0.5
            elif character in self._lexicon.never_given or not _HAN.match(character):
                return None
            else:
                total -= 0.5
        return total

    def _cue_score(self, content: str, start: int, end: int) -> float:
        score = 1.5 if self._cue_before(content, start) else 0.0
        if _PROFILE.match(content, end):
            score += 2.0
        elif content.startswith(self._cues_after, end):
            score += 1.0
        elif end == len(content) or not _HAN.match(content[end]):
            score += 0.5
        return score

    def _cue_before(self, content: str, start: int) -> bool:
        before = content[max(start - self._longest_cue - 2, 0) : start].rstrip(_BETWEEN)
        return before.endswith(self._cues_before)

    def _cut_score(self, content: str, start: int, end: int, cut: _Cut) -> float:
        """What the cut into words is worth: names lie on word boundaries and hold no common word."""
        whole = content[start:end]
        if self._segmenter.is_person_name(whole):
            return 2.0
        score = -2.5 if start not in cut.starts else 0.5
        score += -1.5 if end not in cut.starts else 0.5
        if self._segmenter.frequency(whole) > 0:
            return score - 2.5
        inside = (word for at, word in cut.words.items() if start <= at < end and len(word) > 1)
        return score - sum(self._word_cost(word, at_start=content.startswith(word, start)) for word in inside)

    def _word_cost(self, word: str, *, at_start: bool) -> float:
        if self._segmenter.is_person_name(word):
            return -0.5
        frequency = self._segmenter.frequency(word)
        cost = 0.0 if frequency < _COMMON_WORD else 1.0 if frequency < _VERY_COMMON_WORD else 2.0
        return cost + (1.0 if at_start else 0.0)

    def _is_common(self, word: str) -> bool:
        return self._segmenter.frequency(word) > 0 and not self._segmenter.is_person_name(word)

    def _stands_free(self, content: str, start: int) -> bool:
        return start == 0 or not _HAN.match(content[start - 1]) or self._cue_before(content, start)


def _without_overlap(candidates: Sequence[Name], blocked: set[int]) -> list[Name]:
    chosen: list[Name] = []
    used = set(blocked)
    for name in sorted(candidates, key=lambda one: (-one.score, one.start, -one.end)):
        span = range(name.start, name.end)
        if used.isdisjoint(span):
            used.update(span)
            chosen.append(name)
    return chosen


def _repeated(content: str, chosen: Sequence[Name], blocked: set[int]) -> Iterator[Name]:
    """Further places where a name that was found once stands again."""
    used = blocked.union(*(range(name.start, name.end) for name in chosen))
    for text in sorted({name.text for name in chosen}, key=len, reverse=True):
        for match in re.finditer(re.escape(text), content):
            span = range(match.start(), match.end())
            if used.isdisjoint(span):
                used.update(span)
                yield Name(text, match.start(), match.end())
