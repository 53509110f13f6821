"""How near to each person the clauses stand that tell of hardship, and who of all persons stands nearest."""

from bisect import bisect_right
from collections.abc import Iterator

from nlp.roles.reading import RoleReading

_NOTHING = -6.0
_BEHIND = 4
"""Clauses behind the person's own that may still be about the person."""
_HIGHEST = 5


def hardship_features(reading: RoleReading) -> dict[str, list[str]]:
    """For every person the hardship of the own clauses, those before and behind, and the place among the persons."""
    if not len(reading.clauses):
        return {}
    starts = [clause.start for clause in reading.clauses]
    others = _next_others(reading)
    near: dict[str, list[float]] = {person: [_NOTHING] * 3 for person in reading.votes}
    for position, name in enumerate(reading.names):
        person = reading.persons[name.text]
        for place, value in enumerate(_beside(reading, position, starts, others[position])):
            near[person][place] = max(near[person][place], value)
    ranked = sorted(max(own, behind) for own, behind, _ in near.values())
    whole = float(reading.hardship.max())
    return {person: list(_told(reading, person, near[person], ranked, whole)) for person in near}


def _next_others(reading: RoleReading) -> list[int]:
    """For every name where the next other person is named; the end of the text where none is."""
    found = [len(reading.content)] * len(reading.names)
    for position in range(len(reading.names) - 2, -1, -1):
        name, latter = reading.names[position], reading.names[position + 1]
        same = reading.persons[name.text] == reading.persons[latter.text]
        found[position] = found[position + 1] if same else latter.start
    return found


def _beside(reading: RoleReading, position: int, starts: list[int], limit: int) -> tuple[float, float, float]:
    name = reading.names[position]
    own = max(bisect_right(starts, name.start) - 1, 0)
    last = min(own + _BEHIND + 1, bisect_right(starts, limit - 1))
    behind = float(reading.hardship[own + 1 : last].max()) if last > own + 1 else _NOTHING
    before = float(reading.hardship[own - 1]) if own else _NOTHING
    return float(reading.hardship[own]), behind, before


def _told(reading: RoleReading, person: str, near: list[float], ranked: list[float], whole: float) -> Iterator[str]:
    for name, value in zip(("own", "behind", "before"), near, strict=True):
        yield f"hardship {name}={_step(value)}"
    both = max(near[:2])
    yield f"hardship={_step(both)}"
    yield f"hardship whole={_step(whole)}"
    yield f"hardship gap={_step(whole - both)}"
    above = len(ranked) - bisect_right(ranked, both)
    yield f"hardship place={min(above, 3)},{min(len(ranked), 3)}"
    yield f"hardship,vote={_step(both) // 2},{reading.votes[person].value}"


def _step(value: float) -> int:
    return max(-_HIGHEST, min(_HIGHEST, round(value)))
