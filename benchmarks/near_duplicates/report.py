"""The tables of results.md and the figures that have floors."""

from collections.abc import Sequence

from benchmarks.near_duplicates.measure import BATCH, Growth, Measured


def floors_of(measured: Measured, grown: Sequence[Growth], letters: Measured) -> dict[str, float]:
    """The figures that `floors.json` holds floors of; the speed of the index only where it was grown."""
    whole = measured.whole
    figures = {"precision": whole.precision, "recall": whole.recall, "households_kept_apart": _kept_apart(letters)}
    if grown:
        figures |= {
            "indexed_per_second": _indexed_per_second(grown),
            "indexed_per_second_at_the_end": grown[-1].per_second,
        }
    return figures


def _kept_apart(letters: Measured) -> float:
    """Share of the letters of a household that had not written before which joined no other household's."""
    own = [one for one in letters.forms.values() if not one.to_join]
    return 1 - sum(one.joined for one in own) / sum(one.texts for one in own)


def _indexed_per_second(grown: Sequence[Growth]) -> float:
    """From the empty index to the full one."""
    return len(grown) / sum(1 / one.per_second for one in grown)


def report(
    measured: Measured,
    peer: Measured,
    grown: Sequence[Growth],
    copied: tuple[Measured, Measured],
    *,
    originals: int,
    seed: int,
) -> str:
    """The text of results.md."""
    whole = measured.whole
    clusters, letters = copied
    lines = [
        "# Near-duplicates",
        "",
        f"Written by `python -m benchmarks.near_duplicates.run`, seed {seed}: {originals:,} originals,",
        f"{whole.texts:,} texts in the stream, {grown[-1].documents if grown else 0:,} unrelated in the index before",
        "them. A text is right when it joins the cluster of its own matter; speed is in processor time of one process.",
        "Ours: signature, look-up, reading of the nearest texts, bands and clusters written to SQLite,",
        f"{BATCH} documents in a transaction. datasketch: bigrams, 128 permutations, threshold 0.5, all in memory,",
        "nothing else in its index.",
        "",
        *_table(
            ("", "precision", "recall", "texts a second"),
            [_figures("ours", measured), _figures("datasketch MinHashLSH", peer)],
        ),
        "",
        "## By form",
        "",
        *_table(
            ("form", "texts", "to join", "ours: recall", "wrongly joined", "datasketch: recall", "wrongly joined"),
            [_form(form, measured, peer) for form in sorted(measured.forms)],
        ),
    ]
    lines += [
        "",
        "## One letter, many households",
        "",
        "A stream of its own: six letters, each written by 50 households, printed by a medium, brought in again with",
        "slips of the pen and another date, copied by a household with its own sums, and copied with nothing changed",
        "but the name. The register knows the petitioner of three letters in four. A cluster holds a letter with its",
        "copies; leads are opened for petitions. A household is kept apart when its first letter joins no other",
        f"household's: {_kept_apart(clusters):.3f} are in clusters, {_kept_apart(letters):.3f} in petitions.",
        "",
        *_table(
            ("form", "texts", "to join", "joined its own", "joined another's", "in clusters: its own", "another's"),
            [_copied(form, letters, clusters) for form in sorted(letters.forms)],
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
        lines += ["", "## As the index grows", "", mean, "", *_table(columns, rows)]
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


def _copied(form: str, letters: Measured, clusters: Measured) -> tuple[object, ...]:
    one, other = letters.forms[form], clusters.forms[form]
    return form, one.texts, one.to_join, one.right, one.joined - one.right, other.right, other.joined - other.right


def _table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    lines = [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    return lines + [f"| {' | '.join(map(str, row))} |" for row in rows]
