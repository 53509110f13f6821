"""What a model of names sees of a candidate: its characters, how it cuts into words, and what stands beside it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from nlp.persons.candidates import Candidate, Form, Span
from nlp.persons.context import HAN
from nlp.persons.kinship import load_kinship
from nlp.persons.lexicon import PersonLexicon
from nlp.persons.score import PROFILE
from nlp.persons.thing_lexicon import Thing, ThingLexicon
from nlp.persons.word_classes import WordClasses
from nlp.segmentation import Cut, Segmenter

_EDGE = "^"
_HIGHEST = 8
_MOST = 3
_FAR = 4
_LEADING = 6
_BESIDE = 2
_BEHIND = re.compile("[\u4e00-\u9fff]{0,5}")
_STEP, _FARTHEST = 1.5, 8
_FIELD = re.compile("(?:姓名|名字|户主|[\u4e00-\u9fff]人)[：:]\\s?$")
_FIELD_REACH = 6
_LINE = re.compile(r"(?:^|\n)\s*$")
_LINE_REACH = 8
_ALONE = re.compile(r"[ \t\u3000]*+(?:\n[^\n]{0,4}\d{2,4}[年./-][^\n]{0,16})?\s*+$")
_OWNED = re.compile(f"(的|家的?)(?:{'|'.join(sorted(load_kinship().words, key=len, reverse=True))})|(之)[子女妻夫父母]")
_OWNING = tuple("的家之")
_HONORIFICS = ("先生", "女士", "电话", "联系")
_PLAIN = frozenset({Form.MASKED, Form.ADDRESSED, Form.CALLED, Form.TITLED})


class NameFeatures:
    """Reads the features of the candidates of one text after another."""

    def __init__(
        self, lexicon: PersonLexicon, segmenter: Segmenter, classes: WordClasses, things: ThingLexicon
    ) -> None:
        """Use the given characters of names, dictionary of words, classes of words and words for things."""
        self._segmenter = segmenter
        self._classes = classes
        self._things = things
        self._common, self._everyday = lexicon.common_surnames, lexicon.everyday_surnames
        self._kinds: dict[str, str] = {}
        for kind, characters in (
            ("n", lexicon.never_given),
            ("r", lexicon.rural_given),
            ("l", lexicon.leading_given),
            ("g", lexicon.given),
            ("c", lexicon.common_given),
        ):
            self._kinds.update(dict.fromkeys(characters, kind))

    def of(self, content: str, candidates: Mapping[Span, Candidate], cut: Cut) -> list[list[str]]:
        """The features of every candidate, in the order of the candidates."""
        owners: dict[int, list[Candidate]] = {}
        for candidate in candidates.values():
            for position in range(candidate.start, candidate.end):
                owners.setdefault(position, []).append(candidate)
        word_of = {at + shift: (at, word) for at, word in cut.words.items() for shift in range(len(word))}
        things = {span: self._things.behind(content, span[1], cut.starts) for span in candidates}
        together = _together(content, candidates, things)
        announced = _announced(candidates)
        times = _times(content, candidates)
        found = []
        for span, candidate in candidates.items():
            rivals = {
                id(other): other
                for position in range(candidate.start, candidate.end)
                for other in owners[position]
                if other is not candidate
            }
            features = list(self._own(content, candidate, cut))
            features.append(f"times={min(times[content[slice(*span)]], _MOST)},{span[1] - span[0]}")
            features += self._beside(content, candidate, word_of)
            features += _against(candidate, list(rivals.values()))
            features += self._border(content, candidate)
            features += self._of_a_thing(content, candidate, things[span])
            features += together.get(content[slice(*span)], ())
            features += _in_this_text(candidate, announced)
            found.append(features)
        return found

    def _own(self, content: str, candidate: Candidate, cut: Cut) -> Iterator[str]:
        start, end = candidate.start, candidate.end
        text = content[start:end]
        forms = "+".join(sorted(candidate.forms))
        yield f"forms={forms}"
        for form in candidate.forms:
            yield f"form={form.value}"
        yield f"length={len(text)}"
        yield f"ends={text[-1]}"
        yield f"ends={text[-2:]}"
        whole = self._common_of(text)
        yield f"whole={whole},{len(text)}"
        yield f"person={self._segmenter.is_person_name(text)},{len(text)}"
        begins, stops = start in cut.starts, end in cut.starts
        yield f"cut={begins},{stops},{len(text)}"
        yield f"cut={begins},{stops},{forms}"
        yield from self._full(content, candidate)

    def _full(self, content: str, candidate: Candidate) -> Iterator[str]:
        score = candidate.score
        given = content[candidate.given_start : candidate.end]
        kinds = "".join(self._kinds.get(character, "o") for character in given[:3])
        yield f"kinds={kinds},{candidate.given_start > candidate.start}"
        for character in given[:2]:
            yield f"given={character}"
        yield f"given whole={self._common_of(given)},{len(given)}"
        if score is None:
            return
        surname = content[candidate.start : candidate.given_start]
        yield f"surname={surname}"
        rank = self._rank_of(surname)
        yield f"surname rank={rank},{len(given)}"
        value = min(round(score.value * 2), 2 * _HIGHEST)
        yield f"score={value}"
        yield f"score={value},{len(given)}"
        yield f"told={score.told},{score.announced},{score.barred},{score.word}"
        yield f"told={score.told},{score.announced},{len(given)},{rank}"
        sure = score.announced or score.behind_place
        ends = not HAN.match(content[candidate.end : candidate.end + 1])
        yield f"sure={sure},{score.described},{ends},{len(given)}"
        yield f"sure={sure},{score.described},{ends},{value // 2}"
        yield f"behind place={score.behind_place},{ends},{len(given)}"

    def _beside(self, content: str, candidate: Candidate, word_of: Mapping[int, tuple[int, str]]) -> Iterator[str]:
        start, end = candidate.start, candidate.end
        forms = "+".join(sorted(candidate.forms))
        for length in (1, 2, 3):
            yield f"l{length}={content[max(start - length, 0) : start] or _EDGE}"
            yield f"r{length}={content[end : end + length] or _EDGE}"
        _, left = word_of.get(start - 1, (0, _EDGE))
        at, right = word_of.get(end, (end, _EDGE))
        left_class, right_class = self._classes.of(left), self._classes.of(right)
        yield f"left={left}"
        yield f"left#{left_class}"
        yield f"right={right},{at == end}"
        yield f"right#{right_class},{at == end}"
        yield f"both#{left_class},{right_class}"
        yield f"left#{left_class},{forms}"
        yield f"right#{right_class},{forms}"
        yield from self._slot(content, candidate, left_class, right_class)
        owned = _OWNED.match(content, end) if content[end : end + 1] in _OWNING else None
        if owned:
            # 施英久的老伴, 汪花海家丈夫: whose relative somebody is.
            yield f"owns,{owned[1] or owned[2]},{end - start}"
            whole = min(self._common_of(content[start:end]), _MOST)
            yield f"owns,{whole},{end - start},{candidate.given_start > start}"
        if PROFILE.match(content, end):
            # 立成（女，58岁）: particulars stand behind people, whatever they are called.
            yield f"profile,{forms}"
            yield f"profile,{left_class}"
            yield f"profile,{min(self._common_of(content[start:end]), _MOST)},{end - start}"
        if _FIELD.search(content, max(start - _FIELD_REACH, 0), start):
            # 姓名：[萨仁] is a name whatever its characters, where it ends there.
            ends = content.startswith(_HONORIFICS, end) or not HAN.match(content[end : end + 1])
            yield f"field={ends},{end - start}"
        if start and _LINE.search(content, max(start - _LINE_REACH, 0), start) and _ALONE.match(content, end):
            # Who signs a letter stands in a line alone, with or without the day below.
            yield f"signs,{end - start}"
            yield f"signs,{forms}"
        if content[max(start - 1, 0) : start].isdigit():
            # 30米宽: a measure, not somebody of the family 米.
            yield f"number before,{end - start}"
        if at != end:
            # 卢倩 before 三赴: the word that the end would tear.
            yield f"torn={self._common_of(right)}"
        behind = content[end : end + 1]
        if HAN.match(behind):
            yield f"longer={self._common_of(content[candidate.given_start : end + 1])}"
            yield f"next={self._common_of(content[end : end + 2])},{self._kinds.get(behind, 'o')}"

    def _slot(self, content: str, candidate: Candidate, left: str, right: str) -> Iterator[str]:
        """妻[萨仁]，: what stands there is a name whatever its characters, the more so the less it is a word."""
        start, end = candidate.start, candidate.end
        whole = min(self._common_of(content[start:end]), _MOST)
        closed = not HAN.match(content[end : end + 1])
        surname = candidate.given_start > start
        yield f"slot={left},{closed},{end - start},{surname}"
        yield f"slot={left},{closed},{whole}"
        yield f"slot={left},{right},{surname}"

    def _border(self, content: str, candidate: Candidate) -> Iterator[str]:
        """李长安 before 排了 gives its last character to 安排: what the words behind gain by it."""
        start, end = candidate.start, candidate.end
        reach = _BEHIND.match(content, end)
        stop = reach.end() if reach else end
        likely = self._segmenter.log_probabilities(content[end - 1 : stop])
        gives = _stepped(likely[0] - likely[1])
        yield f"gives={gives},{end - start}"
        yield f"gives={gives},{candidate.given_start > start}"
        if stop > end:
            takes = _stepped(likely[2] - likely[1])
            yield f"takes={takes},{end - start}"
            yield f"gives={gives},takes={takes}"

    def _of_a_thing(self, content: str, candidate: Candidate, thing: Thing | None) -> Iterator[str]:
        """国盛 before 超市 is a shop; 车扰民 behind 渣土 tears a word, and so does 展中国 out of 发展中国家."""
        start, end = candidate.start, candidate.end
        text, length = content[start:end], end - start
        kind, distance = (thing.kind, min(thing.distance, _FAR)) if thing else ("none", 0)
        sure = _is_sure(candidate)
        yield f"thing={kind},{distance}"
        yield f"thing={thing is not None},{distance},{sure},{length}"
        over_start = max(self._common_of(content[max(start - back, 0) : start + 1]) for back in (1, 2))
        over_end = max(
            self._common_of(content[end - 1 : end + 1]),
            self._common_of(content[end - 1 : end + 2]),
            self._common_of(content[end - 2 : end + 1]),
        )
        own = self._things.ending(text)
        yield f"ends as={own},{length}"
        yield f"ends as={own is not None},{sure}"
        rank = self._rank_of(text[0])
        yield f"word={self._common_of(text)},{sure},{rank}"
        yield f"given word={self._common_of(content[candidate.given_start : end])},{sure},{length},{rank}"
        yield f"over start={over_start}"
        yield f"over end={over_end}"
        yield f"over={over_start > 1},{over_end > 1},{sure},{length}"
        yield f"listed={self._segmenter.is_thing_name(text)},{length}"
        if content.endswith(self._things.leading, max(start - _LEADING, 0), start):
            yield f"led,{length}"

    def _rank_of(self, surname: str) -> str:
        return "c" if surname in self._common else "e" if surname in self._everyday else "r"

    def _common_of(self, text: str) -> int:
        """How common a word is, as a power of ten of its occurrences; -1 for none."""
        frequency = self._segmenter.frequency(text)
        return len(str(frequency)) - 1 if frequency else -1


def _stepped(gain: float) -> int:
    return max(-_FARTHEST, min(_FARTHEST, round(gain / _STEP)))


def _times(content: str, candidates: Mapping[Span, Candidate]) -> Mapping[str, int]:
    """How often each stretch stands in the text; one look at the text for every length."""
    wanted = {content[slice(*span)] for span in candidates}
    lengths = {len(text) for text in wanted}
    counted = Counter(
        text
        for length in sorted(lengths)
        for start in range(len(content) - length + 1)
        if (text := content[start : start + length]) in wanted
    )
    # 丽丽 stands once in 丽丽丽: what may overlap with itself is counted apart.
    return dict(counted) | {text: content.count(text) for text in wanted if text[0] in text[1:]}


def _announced(candidates: Mapping[Span, Candidate]) -> int:
    """How many candidates a word announces, or are masked names or ways of address."""
    return sum(_is_announced(candidate) for candidate in candidates.values())


def _is_announced(candidate: Candidate) -> bool:
    return _is_sure(candidate) or not candidate.forms.isdisjoint(_PLAIN)


def _is_sure(candidate: Candidate) -> bool:
    return candidate.score is not None and (candidate.score.announced or candidate.score.described)


def _in_this_text(candidate: Candidate, announced: int) -> Iterator[str]:
    """A complaint about a shop names nobody, a roster names many: what the other candidates are like."""
    if not _is_announced(candidate):
        yield f"others={min(announced, _MOST)},{candidate.end - candidate.start}"


def _together(
    content: str, candidates: Mapping[Span, Candidate], things: Mapping[Span, Thing | None]
) -> dict[str, list[str]]:
    """What all places of a stretch that stands several times say: 田和 is no person where 田和公司 stands too."""
    places: dict[str, list[Span]] = {}
    for span in candidates:
        places.setdefault(content[slice(*span)], []).append(span)
    found = {}
    for text, spans in places.items():
        if len(spans) > 1:
            beside = [things[span] for span in spans]
            thing = any(one is not None and one.distance < _BESIDE for one in beside)
            scores = [candidates[span].score for span in spans]
            told = any(one is not None and (one.told or one.described) for one in scores)
            found[text] = [f"anywhere={thing},{told},{len(text)}"]
    return found


def _against(candidate: Candidate, rivals: list[Candidate]) -> Iterator[str]:
    """How it stands beside those that overlap with it."""
    yield f"rivals={min(len(rivals), _MOST)}"
    forms = Counter(form.value for rival in rivals for form in rival.forms)
    for form in forms:
        yield f"rival={form}"
    longer = any(one.start <= candidate.start and one.end >= candidate.end for one in rivals)
    yield f"inside={longer}"
    scores = [one.score.value for one in rivals if one.score is not None]
    if candidate.score is not None:
        gap = round(2 * (candidate.score.value - max(scores))) if scores else _HIGHEST
        yield f"gap={max(min(gap, _HIGHEST), -_HIGHEST)}"
    else:
        yield f"best rival={min(round(max(scores)), _HIGHEST) if scores else -1}"
