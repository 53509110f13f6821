"""The tables of results.md and the figures that have floors."""

import os
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.near_duplicates.measure import BATCH, Growth, Measured
from benchmarks.near_duplicates.pairs import PARTS, joined, kept_apart


@dataclass(frozen=True, slots=True)
class Once:
    """The pairs that differ in one place, both ways."""

    ours: Measured
    peer: Measured


def floors_of(measured: Measured, peer: Measured, grown: Sequence[Growth], once: Once) -> dict[str, float]:
    """The figures that `floors.json` holds floors of; the speed of the index only where it was grown.

    The share of datasketch's speed in the same run hardly depends on what else the machine does.
    """
    whole = measured.whole
    figures = {
        "precision": whole.precision,
        "recall": whole.recall,
        "share_of_datasketch": measured.per_second / peer.per_second,
        "changed_notices_kept_apart": min(kept_apart(once.ours, part) for part in PARTS),
        "changed_reprints_joined": min(joined(once.ours, part) for part in PARTS),
    }
    if grown:
        figures |= {
            "indexed_per_second": _indexed_per_second(grown),
            "indexed_per_second_at_the_end": grown[-1].per_second,
        }
    return figures


def _indexed_per_second(grown: Sequence[Growth]) -> float:
    """From the empty index to the full one."""
    return len(grown) / sum(1 / one.per_second for one in grown)


def report(
    measured: Measured, peer: Measured, grown: Sequence[Growth], once: Once, *, originals: int, seed: int
) -> str:
    """The text of results.md."""
    whole = measured.whole
    lines = [
        "# Near-duplicates",
        "",
        f"Written by `python -m benchmarks.near_duplicates.run`, seed {seed}: {originals:,} originals,",
        f"{whole.texts:,} texts in the stream, {grown[-1].documents if grown else 0:,} unrelated in the index before",
        "them. A text is right when it joins the cluster of its own matter; speed is in processor time of one process.",
        "Ours: signature, look-up, reading of the nearest texts, bands and clusters written to SQLite,",
        f"{BATCH} documents in a transaction. datasketch: bigrams, 128 permutations, threshold 0.5, all in memory,",
        "nothing else in its index. "
        f"Load of the machine at the end {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.",
        "",
        *table(
            ("", "precision", "recall", "texts a second"),
            [_figures("ours", measured), _figures("datasketch MinHashLSH", peer)],
        ),
        "",
        "## By form",
        "",
        *table(
            ("form", "texts", "to join", "ours: recall", "wrongly joined", "datasketch: recall", "wrongly joined"),
            [_form(form, measured, peer) for form in sorted(measured.forms)],
        ),
        "",
        "## One place changed",
        "",
        "Pairs written by hand that differ in one place: another day, batch, village, name or amount in the next",
        "notice of one form, and what another medium or a correction changes in one text. Half of them were kept aside",
        "while the rules were written.",
        "",
        *table(
            ("", "ours: notices kept apart", "reprints joined", "datasketch: notices kept apart", "reprints joined"),
            [_once(part, once) for part in PARTS],
        ),
    ]
    if grown:
        columns = ("documents in the index", "documents a second", "memory MB", "database MB")
        rows = [
            (
                f"{one.documents:,}",
                f"{one.per_second:,.0f}",
                f"{one.resident_megabytes:.0f}",
                f"{one.database_megabytes:.0f}",
            )
            for one in grown
        ]
        mean = (
            f"Signature, look-up and bands, committed: {_indexed_per_second(grown):,.0f} documents a second over all."
        )
        lines += ["", "## As the index grows", "", mean, "", *table(columns, rows)]
    return "\n".join(lines) + "\n"


def _figures(name: str, measured: Measured) -> tuple[object, ...]:
    whole = measured.whole
    return name, f"{whole.precision:.4f}", f"{whole.recall:.4f}", f"{measured.per_second:,.0f}"


def _form(form: str, measured: Measured, peer: Measured) -> tuple[object, ...]:
    one, other = measured.forms[form], peer.forms[form]
    recall = (f"{each.recall:.3f}" if each.to_join else "" for each in (one, other))
    wrong = (one.joined - one.right, other.joined - other.right)
    first, second = recall
    return form, one.texts, one.to_join, first, wrong[0], second, wrong[1]


def _once(part: str, once: Once) -> tuple[object, ...]:
    shares = ((kept_apart(one, part), joined(one, part)) for one in (once.ours, once.peer))
    return part.replace("_", " "), *(f"{share:.3f}" for both in shares for share in both)


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """The lines of a table."""
    lines = [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    return lines + [f"| {' | '.join(map(str, row))} |" for row in rows]
