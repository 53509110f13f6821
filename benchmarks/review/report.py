"""What was measured as a page of results, and against the floors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.review.cadres import Timings

_SHARES = (0.5, 0.95, 0.99)


@dataclass(frozen=True)
class Measured:
    """One database."""

    kind: str
    cadres: int
    together: Timings
    alone: Timings
    costs: Mapping[str, float]
    """Seconds of the server's processor by kind of page, for the account that sees the whole county."""
    load: float
    """What the machine had to do besides, as its load average before the cadres came."""


def report(measured: Sequence[Measured], *, leads: int, thinking: float) -> str:
    """The page."""
    lines = [
        "# Feed and lead page under load",
        "",
        f"{leads:,} leads of 504 villages, made by `benchmarks/review/county.py`; one uvicorn process, one worker. "
        f"Each cadre thinks {thinking:g} s between two pages (half to one and a half times that). Milliseconds at the "
        "client. Written by `python -m benchmarks.review.run`.",
        "",
        "| database | cadres | page | pages | p50 | p95 | p99 | errors |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one in measured:
        for cadres, timings in ((one.cadres, one.together), (1, one.alone)):
            lines += [_row(one.kind, cadres, kind, timings) for kind in sorted(timings.seconds)]
    lines += ["", "One cadre alone does not think: what the table says of one is what a page costs.", ""]
    lines += ["| database | page | processor time of the server |", "|---|---|---|"]
    for one in measured:
        lines += [f"| {one.kind} | {kind} | {seconds * 1000:.0f} ms |" for kind, seconds in sorted(one.costs.items())]
    loads = ", ".join(f"{one.kind} {one.load:.1f}" for one in measured)
    lines += ["", f"Load average of the machine, by other programs, before the cadres came: {loads}.", ""]
    sizes = ", ".join(f"{one.kind} {one.together.first_page_bytes / 1000:.1f} kB" for one in measured)
    lines += [f"First page of the feed with style sheet and scripts, the largest of all cadres: {sizes}.", ""]
    return "\n".join(lines)


def missed_floors(measured: Sequence[Measured], floors: Mapping[str, float]) -> list[str]:
    """What is slower, larger or more often wrong than it may be."""
    missed = []
    for one in measured:
        for kind in ("feed", "lead"):
            found = quantile(one.together.seconds[kind], 0.95) * 1000
            if found > floors[f"{kind}_p95_ms"]:
                missed.append(f"{one.kind} {kind} p95 {found:.0f} ms > {floors[f'{kind}_p95_ms']}")
            cost = one.costs[kind] * 1000
            if cost > floors[f"{kind}_processor_ms"]:
                missed.append(f"{one.kind} {kind} processor {cost:.0f} ms > {floors[f'{kind}_processor_ms']}")
        if len(one.together.errors) > floors["errors"]:
            missed.append(f"{one.kind} errors {one.together.errors[:5]}")
        if one.together.first_page_bytes > floors["first_page_bytes"]:
            missed.append(f"{one.kind} first page {one.together.first_page_bytes} bytes")
    return missed


def quantile(values: Sequence[float], share: float) -> float:
    """The value that the share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _row(database: str, cadres: int, kind: str, timings: Timings) -> str:
    values = timings.seconds[kind]
    shown = " | ".join(f"{quantile(values, share) * 1000:.0f}" for share in _SHARES)
    wrong = sum(error.startswith(f"{kind}:") for error in timings.errors)
    return f"| {database} | {cadres} | {kind} | {len(values)} | {shown} | {wrong} |"
