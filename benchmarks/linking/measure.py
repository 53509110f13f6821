"""Measures one linker on one register and the same texts, in a process of its own so that its memory is its own.

Time is processor time of the process, all threads together: what else runs on the machine does not count.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from benchmarks.linking.exact import ExactLinker
from benchmarks.linking.figures import threshold_for
from benchmarks.linking.gold import Text, read_texts, write_texts
from benchmarks.linking.linker import Answer, Linker, LinkText
from benchmarks.linking.ours import OurLinker
from benchmarks.linking.process import memory
from benchmarks.linking.records import found, told
from benchmarks.linking.setting import Method, Setting, Source
from benchmarks.linking.texts import TextGenerator
from benchmarks.linking.villages import VillageList
from domain.links.link import LinkDecision
from domain.places.place import Place
from domain.register.household import Household
from nlp.mentions import MentionFinder
from nlp.places.gazetteer import Gazetteer
from pipeline.linking.quality import Outcome

_TIMED_ALONE = 50
"""So many texts are timed one by one where a linker is made for many at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """What one linker answered, and what it cost."""

    method: Method
    source: Source
    outcomes: tuple[Outcome, ...]
    """In the order of the texts."""
    threshold: float | None
    """From which probability the benchmark linked; None when the linker decides itself."""
    load_seconds: float
    learn_seconds: float
    index_bytes: int
    """Growth of the process while the register was loaded."""
    peak_bytes: int
    find_milliseconds: float
    """Mean time in which our finder reads one text; 0 for mentions of the gold."""
    alone_milliseconds: tuple[float, ...]
    """Of single texts."""
    batch_milliseconds: float
    """Mean for one text among all."""


def generate(setting: Setting) -> None:
    """Write the texts to learn on and those to measure on into the working folder."""
    villages = setting.villages()
    generator = TextGenerator(setting.register(villages), villages)
    for seed in (setting.tuning_seed, setting.seed):
        write_texts(setting.texts(seed), generator.texts(setting.mentions, seed))


def measure(setting: Setting, method: Method, source: Source) -> Measurement:
    """The linker's answers to the texts of the setting's seed, after it learned on those of the tuning seed."""
    villages = setting.villages()
    register = setting.register(villages)
    tuning = list(read_texts(setting.texts(setting.tuning_seed)))
    texts = list(read_texts(setting.texts(setting.seed)))
    reader = _Reader(source, villages, villages.with_sites(register.sites) if source is Source.FOUND else ())
    tuning_inputs = reader.read(tuning)
    started = time.process_time()
    inputs = reader.read(texts)
    find_seconds = time.process_time() - started if source is Source.FOUND else 0.0
    linker = make_linker(method)
    load_seconds, index_bytes = _load(linker, register.households())
    started = time.process_time()
    linker.learn(tuning_inputs)
    learn_seconds = time.process_time() - started
    answers, alone, batch = _timed(linker, inputs)
    outcomes = outcomes_of(texts, answers)
    threshold = None
    if answers and answers[0].decision is None:
        threshold = threshold_for(outcomes_of(tuning, linker.link(tuning_inputs)))
        outcomes = linked_from(outcomes, threshold)
    return Measurement(
        method=method,
        source=source,
        outcomes=outcomes,
        threshold=threshold,
        load_seconds=load_seconds,
        learn_seconds=learn_seconds,
        index_bytes=index_bytes,
        peak_bytes=memory("VmHWM"),
        find_milliseconds=1000 * find_seconds / max(len(texts), 1),
        alone_milliseconds=alone,
        batch_milliseconds=batch,
    )


def make_linker(method: Method) -> Linker:
    """The linker of the method with nothing loaded."""
    if method is Method.EXACT:
        return ExactLinker()
    if method is Method.OURS:
        return OurLinker()
    # Splink is a development dependency and takes a second to import: only where it is asked for.
    from benchmarks.linking.splink_linker import SplinkLinker

    return SplinkLinker()


def outcomes_of(texts: Sequence[Text], answers: Sequence[Answer]) -> tuple[Outcome, ...]:
    """The answers against the texts' gold."""
    return tuple(_outcome(text, answer) for text, answer in zip(texts, answers, strict=True))


def linked_from(outcomes: Sequence[Outcome], threshold: float) -> tuple[Outcome, ...]:
    """The outcomes with every candidate linked whose probability reaches the threshold."""
    return tuple(replace(one, linked=(one.probability or 0.0) >= threshold) for one in outcomes)


def _outcome(text: Text, answer: Answer) -> Outcome:
    ranked = [one.household_id for one in answer.candidates]
    return Outcome(
        registered=text.household_id is not None,
        rank=ranked.index(text.household_id) + 1 if text.household_id in ranked else 0,
        probability=answer.candidates[0].probability if answer.candidates else None,
        absent=answer.absent,
        linked=answer.decision is LinkDecision.LINKED,
    )


class _Reader:
    """Turns texts into what linkers see, with mentions found or told."""

    def __init__(self, source: Source, villages: VillageList, places: Sequence[Place]) -> None:
        self._division = villages.division
        self._finder = MentionFinder(Gazetteer(places, villages.division)) if source is Source.FOUND else None

    def read(self, texts: Sequence[Text]) -> list[LinkText]:
        if self._finder is None:
            return [told(text, self._division) for text in texts]
        return [found(text, self._finder, self._division) for text in texts]


class _Streamed:
    """Hands households on and counts the time it took to draw them."""

    def __init__(self, households: Iterable[Household]) -> None:
        self.seconds = 0.0
        self._households = iter(households)

    def __iter__(self) -> Iterator[Household]:
        while True:
            started = time.process_time()
            household = next(self._households, None)
            self.seconds += time.process_time() - started
            if household is None:
                return
            yield household


def _load(linker: Linker, households: Iterable[Household]) -> tuple[float, int]:
    before, streamed = memory("VmRSS"), _Streamed(households)
    started = time.process_time()
    linker.load(streamed)
    seconds = time.process_time() - started - streamed.seconds
    return seconds, max(memory("VmRSS") - before, 0)


def _timed(linker: Linker, texts: Sequence[LinkText]) -> tuple[list[Answer], tuple[float, ...], float]:
    """The answers, milliseconds of single texts, and mean milliseconds among many."""
    if linker.one_by_one:
        answers, times = _one_by_one(linker, texts)
        return answers, times, sum(times) / max(len(times), 1)
    _, times = _one_by_one(linker, texts[:_TIMED_ALONE])
    started = time.process_time()
    answers = linker.link(texts)
    return answers, times, 1000 * (time.process_time() - started) / max(len(texts), 1)


def _one_by_one(linker: Linker, texts: Sequence[LinkText]) -> tuple[list[Answer], tuple[float, ...]]:
    answers, times = [], []
    for text in texts:
        started = time.process_time()
        answers.extend(linker.link([text]))
        times.append(1000 * (time.process_time() - started))
    return answers, tuple(times)
