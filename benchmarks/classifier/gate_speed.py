"""How fast the stage classify is with the gate and without, on three days of a county's media."""

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from domain.clock import SystemClock
from domain.places.region import RegionCode
from domain.texts.document import RawDocument, document_id
from domain.words.vocabulary import Channel
from nlp.classifying.classifier import Classifier
from nlp.classifying.gate import Gate
from nlp.training.gate_lessons import ARTICLE, BOARDS, PLAIN, Lesson
from pipeline.deployment import Deployment
from pipeline.settings.settings import Settings
from pipeline.stages.classify import PASSED_BY, Classify
from pipeline.stages.ingest import Ingest
from pipeline.stages.run import PlannedStage, plan, run_stage
from storage.store import Store

_TEXTS = 400
"""Of one day."""
_BATCH = 200
_COUNTY = RegionCode("141124")
_AT = datetime(2026, 1, 1, tzinfo=UTC)
_FLOOD = "henan_flood"
_THREADS = 2
_MEDIA = frozenset({"county_news"})


def streams_of(test: Sequence[Lesson]) -> dict[str, list[str]]:
    """The texts of three days: ordinary news; news, boards and short posts; news and a flood's microblogs."""
    kinds: dict[str, list[str]] = {}
    for lesson in test:
        kinds.setdefault(lesson.kind, []).append(lesson.content)
    boards = [content for kind in BOARDS for content in kinds.get(kind, [])]
    return {
        "ordinary": _shares((kinds[ARTICLE], 1.0)),
        "mixed": _shares((kinds[ARTICLE], 0.8), (boards, 0.1), (kinds[PLAIN], 0.1)),
        "flood": _shares((kinds[ARTICLE], 0.5), (kinds[_FLOOD], 0.5)),
    }


def speed_table(
    streams: Mapping[str, Sequence[str]], classifier: Classifier, gate: Gate
) -> tuple[dict[str, float], list[str]]:
    """Figures by name, and a table. Processor time of all threads, so that a busy machine changes little."""
    figures: dict[str, float] = {}
    lines = [
        "",
        "Processor time of the stage, database included; texts a second are those of two threads that do nothing else.",
        "",
        "| day | texts | characters | read | ms a text without gate | with | times | texts a second |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for day, contents in streams.items():
        without, whole = _cost(contents, Classify(classifier))
        cost, read = _cost(contents, Classify(classifier, gate, _MEDIA))
        mean = sum(map(len, contents)) / len(contents)
        figures |= {f"times_faster_{day}": without / cost, f"texts_a_second_{day}": _THREADS / cost}
        lines.append(
            f"| {day} | {len(contents)} | {mean:.0f} | {read / whole:.3f} | {without * 1e3:.2f} | {cost * 1e3:.2f} "
            f"| {without / cost:.1f} | {_THREADS / cost:.0f} |"
        )
    return figures, lines


def _cost(contents: Sequence[str], stage: Classify) -> tuple[float, int]:
    """Seconds of processor time for a text, and how many texts the reader read."""
    with _store() as store:
        with store.unit_of_work() as work:
            for number, content in enumerate(contents):
                work.raw.add(_article(number, content))
            work.commit()
        ingest, classify = plan([Ingest(_COUNTY), stage])
        _run(store, ingest)
        started = time.process_time()
        details = _run(store, classify)
        return (time.process_time() - started) / len(contents), details.total() - details[PASSED_BY]


def _run(store: Store, planned: PlannedStage) -> Counter[str]:
    return Counter(
        run_stage(store, planned, SystemClock(), batch_size=_BATCH, progress=lambda _stage, _count: None).details
    )


@contextmanager
def _store() -> Iterator[Store]:
    with TemporaryDirectory() as folder:
        deployment = Deployment(Settings(home=Path(folder)), SystemClock())
        deployment.prepare()
        yield deployment.store


def _article(number: int, content: str) -> RawDocument:
    return RawDocument(
        id=document_id("county_news", str(number), "", content),
        channel=Channel.NEWS,
        source="county_news",
        external_key=str(number),
        title="",
        text=content,
        published_at=None,
        received_at=_AT,
    )


def _shares(*parts: tuple[Sequence[str], float]) -> list[str]:
    """As many texts of each part as its share of a day asks for."""
    return [content for contents, share in parts for content in contents[: round(_TEXTS * share)]]
