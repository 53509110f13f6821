"""Names of persons in a text, as written: 庞建国, 庞某某, 李*华, 薛大爷, 老张, 二狗, 张三家儿子.

Of every candidate a learned model says how likely it is a name; of two that overlap the likelier one stands. Who the
person is, is told in `nlp.roles.roles`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from nlp.feature_weights import FeatureWeights
from nlp.persons.candidates import Candidate, CandidateFinder, Form, Span
from nlp.persons.context import NameContext
from nlp.persons.features import NameFeatures
from nlp.persons.lexicon import PersonLexicon
from nlp.persons.thing_lexicon import load_thing_lexicon
from nlp.persons.word_classes import load_word_classes
from nlp.persons.written_name import Name, is_written_out
from nlp.segmentation import Cut, Segmenter

_CERTAIN = 1000.0
_FULL = 3
"""Characters from which on a name that was found once is a name wherever it stands."""


class NameReader:
    """Reads the candidates of a text and what a model of names sees of them."""

    def __init__(self, lexicon: PersonLexicon, segmenter: Segmenter) -> None:
        """Use the given lexicon and segmenter."""
        self.candidates = CandidateFinder(lexicon, segmenter, NameContext(lexicon))
        self._features = NameFeatures(lexicon, segmenter, load_word_classes(), load_thing_lexicon())

    def read(
        self, content: str, taken: Sequence[Span], cut: Cut
    ) -> tuple[Mapping[Span, Candidate], Sequence[Sequence[str]]]:
        """The candidates outside the places in `taken`, and the features of each."""
        blocked = {position for start, end in taken for position in range(start, end)}
        found = self.candidates.find(content, cut, frozenset(end for _, end in taken))
        free = {span: candidate for span, candidate in found.items() if blocked.isdisjoint(range(*span))}
        return free, self._features.of(content, free, cut)


class NameFinder:
    """Finds names by what was learned about candidates."""

    def __init__(self, reader: NameReader, weights: FeatureWeights, *, threshold: float) -> None:
        """Use the given reader and weights; `threshold` is the log-odds from which a candidate is a name."""
        self._reader = reader
        self._weights = weights
        self._threshold = threshold

    def find(self, content: str, cut: Cut, taken: Sequence[Span] = (), *, known: Sequence[str] = ()) -> list[Name]:
        """The names of the text in its order, `known` ones wherever they stand, none inside a place in `taken`.

        `cut` is how the text is cut into words.
        """
        blocked = {position for start, end in taken for position in range(start, end)}
        candidates, features = self._reader.read(content, taken, cut)
        odds = self._weights.odds(features)[:, 0] if candidates else ()
        likely = {span: float(odd) for span, odd in zip(candidates, odds, strict=True) if odd >= self._threshold}
        for name in known:
            if len(name) > 1:
                likely |= {match.span(): _CERTAIN for match in re.finditer(re.escape(name), content)}
        chosen = _without_overlap(likely, blocked)
        chosen += _repeated(content, chosen, blocked)
        chosen += self._given_alone(content, cut, chosen, blocked)
        return list(_one_after_the_other(self._name(content, span, candidates) for span in sorted(chosen)))

    def _given_alone(self, content: str, cut: Cut, chosen: Sequence[Span], blocked: set[int]) -> Iterator[Span]:
        used = blocked.union(*(range(*span) for span in chosen))
        full = {text for span in chosen if is_written_out(text := content[slice(*span)])}
        for start, end in self._reader.candidates.given_alone(content, full, cut):
            if used.isdisjoint(range(start, end)):
                used.update(range(start, end))
                yield start, end

    def _name(self, content: str, span: Span, candidates: Mapping[Span, Candidate]) -> Name:
        """张三家儿子 is somebody else than 张三."""
        start, end = span
        text = content[start:end]
        if span in candidates and Form.MEMBER in candidates[span].forms:
            return Name(text, start, end, family=text.partition("家")[0])
        member = self._reader.candidates.member_behind(content, end)
        return Name(content[start:member], start, member, family=text) if member else Name(text, start, end)


def _without_overlap(likely: Mapping[Span, float], blocked: set[int]) -> list[Span]:
    chosen: list[Span] = []
    used = set(blocked)
    for span in sorted(likely, key=lambda one: (-likely[one], one[0], -one[1])):
        if used.isdisjoint(range(*span)):
            used.update(range(*span))
            chosen.append(span)
    return chosen


def _one_after_the_other(names: Iterator[Name]) -> Iterator[Name]:
    """None that begins inside the one before: 孙女 of 苗国辉家孙女 is no further person."""
    end = 0
    for name in names:
        if name.start >= end:
            yield name
            end = name.end


def _repeated(content: str, chosen: Sequence[Span], blocked: set[int]) -> list[Span]:
    """Further places where a full or masked name that was found once stands again."""
    used = blocked.union(*(range(*span) for span in chosen))
    texts = {text for span in chosen if len(text := content[slice(*span)]) >= _FULL or not is_written_out(text)}
    found = []
    for length in sorted({len(text) for text in texts}, reverse=True):
        for start in range(len(content) - length + 1):
            end = start + length
            if content[start:end] in texts and used.isdisjoint(range(start, end)):
                used.update(range(start, end))
                found.append((start, end))
    return found
