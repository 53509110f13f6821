"""The tables of the report, in Markdown."""

import statistics
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from benchmarks.linking.gold import Case, Text
from benchmarks.linking.index_cost import IndexCost
from benchmarks.linking.measure import Measurement
from benchmarks.linking.setting import Setting, Source
from pipeline.linking.quality import Figures, figures_of

_NAMES = {"exact": "exact name + village", "splink": "Splink 5", "ours": "ours"}
_COLUMNS = (
    "recall@1",
    "recall@5",
    "precision of links",
    "coverage",
    "false links",
    "absent AUC",
    "calibration error",
    "of absence",
)
_MEGABYTE = 2**20


def report(setting: Setting, texts: Sequence[Text], measured: Sequence[Measurement], index: IndexCost) -> str:
    """All tables of one run."""
    lines = [f"# Linking texts to a register of {setting.persons:,} persons", ""]
    lines += [
        f"Seed {setting.seed}, division {setting.villages().division}, {len(texts):,} texts of "
        f"{_mean_length(texts):.0f} characters on average; learned on as many texts of seed {setting.tuning_seed}. "
        "Register and texts are invented, on real village names.",
        "",
        *_explained(texts),
        "",
        *_overall(measured),
        "",
        *_costs(measured),
        "",
        *_index(index),
    ]
    groups: tuple[tuple[str, Callable[[Text], Iterable[str]]], ...] = (
        ("Form of the name", lambda text: [text.name_form.value]),
        ("Form of the place", lambda text: [text.place_form.value]),
        ("Kind of text", lambda text: [text.genre.value]),
        ("Traps", lambda text: [trap.value for trap in text.traps] or ["none"]),
        ("In the register or not", lambda text: [text.case.value]),
    )
    for heading, keys in groups:
        lines += ["", *_by(heading, keys, texts, measured)]
    return "\n".join([*lines, ""])


def _explained(texts: Sequence[Text]) -> list[str]:
    registered = [text for text in texts if text.case is Case.REGISTERED]
    best = statistics.mean(1 / max(text.fitting, 1) for text in registered) if registered else 0.0
    several = sum(text.fitting > 1 for text in registered)
    others = [text for text in texts if text.case is not Case.REGISTERED]
    mistakable = sum(text.fitting > 0 for text in others)
    linkable, lured = sum(text.fitting == 1 for text in registered), sum(text.fitting == 1 for text in others)
    return [
        f"{len(registered):,} texts are about registered households; {several:,} of them fit several households in "
        f"everything their writer meant to say, so that knowing every fact gives recall@1 {best:.3f}. "
        f"{mistakable:,} of the {len(others):,} others fit a registered household all the same. Who knew every fact "
        f"and linked every text that fits one household alone would cover {linkable / max(len(registered), 1):.3f} at "
        f"precision {linkable / max(linkable + lured, 1):.3f}.",
        "",
        "Mentions *found* are what `nlp.mentions` finds, *gold* those that are in the text, so that linking is judged "
        "apart from finding. Coverage is the share of texts about registered households that are linked automatically, "
        "false links the share of the other texts that are. "
        "Linkers that only score link from the lowest probability that reached precision 0.99 on the tuning texts.",
    ]


def _overall(measured: Sequence[Measurement]) -> list[str]:
    lines = [
        "## Side by side",
        "",
        f"| linker | mentions | {' | '.join(_COLUMNS)} |",
        "|---|---|" + "---|" * len(_COLUMNS),
    ]
    return lines + [_row([_NAMES[one.method], one.source.value], figures_of(one.outcomes)) for one in measured]


def _costs(measured: Sequence[Measurement]) -> list[str]:
    lines = [
        "## What it costs",
        "",
        "| linker | mentions | median ms a text | p99 ms | ms a text in a batch | finding ms a text "
        "| texts a minute | index built in s "
        "| learned in s | index MB | peak MB | links from |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for one in measured:
        median, last = np.percentile(one.alone_milliseconds, (50, 99))
        cells = [
            _NAMES[one.method],
            one.source.value,
            f"{median:.2f}",
            f"{last:.2f}",
            f"{one.batch_milliseconds:.2f}",
            f"{one.find_milliseconds:.2f}" if one.source is Source.FOUND else "–",
            f"{60_000 / (one.batch_milliseconds + one.find_milliseconds):,.0f}" if one.source is Source.FOUND else "–",
            f"{one.load_seconds:.1f}",
            f"{one.learn_seconds:.1f}",
            f"{one.index_bytes / _MEGABYTE:.0f}",
            f"{one.peak_bytes / _MEGABYTE:.0f}",
            "own decision" if one.threshold is None else f"{one.threshold:.4f}" if one.threshold <= 1 else "never",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return [
        *lines,
        "",
        "Processor time, all threads together. Milliseconds of linking alone; texts a minute through finding and "
        "linking in one process. Index is the growth of the process while the register was read, its households "
        "included, which are in the database in service; peak is the most the process held, texts and dictionaries "
        "included.",
    ]


def _index(cost: IndexCost) -> list[str]:
    return [
        "## The index alone",
        "",
        "| persons | built in s | of these drawing the register | MB while it is built | file MB | loaded in s "
        "| MB while it is loaded | s to the first weight | MB held |",
        "|---|---|---|---|---|---|---|---|---|",
        f"| {cost.persons:,} | {cost.build_seconds:.1f} | {cost.draw_seconds:.1f} | {cost.build_bytes / _MEGABYTE:.0f} "
        f"| {cost.file_bytes / _MEGABYTE:.0f} | {cost.load_seconds:.2f} | {cost.load_bytes / _MEGABYTE:.0f} "
        f"| {cost.ready_seconds:.2f} | {cost.held_bytes / _MEGABYTE:.0f} |",
        "",
        "Names, villages and household numbers only, as the pipeline keeps them; every step in a process of its own.",
    ]


def _by(
    heading: str, keys: Callable[[Text], Iterable[str]], texts: Sequence[Text], measured: Sequence[Measurement]
) -> list[str]:
    lines = [f"## {heading}", "", f"| | texts | linker | mentions | {' | '.join(_COLUMNS)} | median ms |"]
    lines.append("|---|---|---|---|" + "---|" * (len(_COLUMNS) + 1))
    rows: dict[str, list[int]] = {}
    for at, text in enumerate(texts):
        for key in keys(text):
            rows.setdefault(key, []).append(at)
    for key in sorted(rows, key=lambda one: -len(rows[one])):
        for one in measured:
            figures = figures_of([one.outcomes[at] for at in rows[key]])
            times = [one.alone_milliseconds[at] for at in rows[key] if at < len(one.alone_milliseconds)]
            cost = f" {statistics.median(times):.2f} |" if times else " – |"
            lines.append(_row([key, str(figures.texts), _NAMES[one.method], one.source.value], figures) + cost)
    return lines


def _row(first: Sequence[str], figures: Figures) -> str:
    values = (
        figures.recall_at_1,
        figures.recall_at_5,
        figures.precision,
        figures.coverage,
        figures.false_links,
        figures.absent_auc,
        figures.calibration_error,
        figures.absent_calibration_error,
    )
    return f"| {' | '.join([*first, *('–' if value is None else f'{value:.3f}' for value in values)])} |"


def _mean_length(texts: Sequence[Text]) -> float:
    return statistics.mean(len(text.content) for text in texts) if texts else 0.0
