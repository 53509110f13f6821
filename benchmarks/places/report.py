"""The tables of results.md and the figures that have floors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.places.county import County
from benchmarks.places.figures import Count, total
from domain.places.region import RegionCode

_ABROAD = "abroad"
_MISWRITTEN = ("homophone", "similar shape")
_SAME_NAME = "same name, nothing else"

Counts = Mapping[RegionCode, Mapping[str, Count]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Everything measured with the whole province loaded."""

    counts: Counts
    whole: Count
    places: int
    build_seconds: float
    build_megabytes: float
    texts_per_second: float
    characters: float
    """Mean length of a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RealTexts:
    """False alarms on real texts of other places."""

    name: str
    texts: int
    with_places: int
    mentions: int
    miswritten: int
    ambiguous: int


def floors_of(measured: Measured) -> dict[str, float]:
    """The figures that `floors.json` holds floors of."""
    forms = by_form(measured.counts)
    ours = total(one for form, one in forms.items() if not form.startswith((_ABROAD, *_MISWRITTEN)))
    miswritten = total(one for form, one in forms.items() if form.startswith(_MISWRITTEN))
    abroad = total(one for form, one in forms.items() if form.startswith(_ABROAD))
    return {
        "f1": ours.f1,
        "code_accuracy": ours.code_accuracy,
        "miswritten_recall": miswritten.recall,
        "miswritten_precision": miswritten.precision,
        "ambiguous_kept": forms[_SAME_NAME].recall,
        "abroad_recognised": abroad.recognised / abroad.abroad,
    }


def by_form(counts: Counts) -> dict[str, Count]:
    """The counts of all counties together."""
    forms = dict.fromkeys(form for counted in counts.values() for form in counted)
    return {form: total(counted[form] for counted in counts.values() if form in counted) for form in forms}


def report(
    measured: Measured,
    counties: Mapping[RegionCode, County],
    alone: Counts,
    real: Sequence[RealTexts],
    *,
    seed: int,
) -> str:
    """The text of results.md; `alone` are the counts where nothing but the county's own list is loaded."""
    figures = floors_of(measured)
    lines = [
        "# Places",
        "",
        f"Written by `python -m benchmarks.places.run`, seed {seed}. Places below the county, right when characters",
        "and codes agree; a name of several places is right when exactly their codes are kept.",
        "",
        *_table(("figure", "value"), [(name, f"{value:.3f}") for name, value in figures.items()]),
        "",
        "## By form",
        "",
        *_table(_COLUMNS, [_row(form, one) for form, one in by_form(measured.counts).items()]),
        "",
        "## By county",
        "",
        *_table(_COLUMNS, [_row(counties[code].name, total(own.values())) for code, own in measured.counts.items()]),
        *_table_rows([_row("all, only the county's own list loaded", _whole(alone))]),
        "",
        "## Speed",
        "",
        f"{measured.places:,} places: built in {measured.build_seconds:.2f} s, {measured.build_megabytes:.0f} MB; "
        f"{measured.texts_per_second:,.0f} texts of {measured.characters:.0f} characters a second of processor time.",
    ]
    if real:
        columns = ("texts", "number", "with a place of ours", "mentions", "of them as miswritten", "ambiguous")
        rows = [(one.name, one.texts, one.with_places, one.mentions, one.miswritten, one.ambiguous) for one in real]
        lines += ["", "## False alarms on real texts of other places", "", *_table(columns, rows)]
    return "\n".join(lines) + "\n"


_COLUMNS = ("texts about", "texts", "to find", "recall", "code accuracy", "precision", "found", "known as elsewhere")


def _row(name: str, one: Count) -> tuple[object, ...]:
    elsewhere = f"{one.recognised / one.abroad:.3f}" if one.abroad else ""
    measured = (f"{one.recall:.3f}", f"{one.code_accuracy:.3f}") if one.gold else ("", "")
    precision = f"{one.precision:.3f}" if one.gold else ""
    return name, one.texts, one.gold, *measured, precision, one.given, elsewhere


def _whole(counts: Counts) -> Count:
    return total(one for counted in counts.values() for one in counted.values())


def _table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    return [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}", *_table_rows(rows)]


def _table_rows(rows: Sequence[Sequence[object]]) -> list[str]:
    return [f"| {' | '.join(map(str, row))} |" for row in rows]
