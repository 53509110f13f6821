"""Shares that a file of parameters lacks because it was made before the program weighed them.

A county that estimated its own must go on linking, and be able to estimate them anew, after an update of the program.
"""

from collections.abc import Mapping

from pipeline.linking.reasons import SAME_AGE, UNSAID, Reason

_SHARES = ("among_meant", "by_chance")


def completed(record: Mapping[str, object], shipped: Mapping[str, object]) -> dict[str, object]:
    """The record with the shares that it lacks; one that knows them in one table and not in the other is left alone.

    What a file tells of an age that agrees was told of the year and of a year off together: it is divided as the
    shipped one is. Whether a partial name is the head's is taken from the shipped one.
    """
    tables = {name: value for name in _SHARES if isinstance(value := record.get(name), Mapping)}
    known = {*_keys(record.get("log_odds")), *(key for table in tables.values() for key in table)}
    lacking = {reason for reason in (*UNSAID, Reason.BIRTH_YEAR_ONE_OFF) if reason not in known}
    filled = {name: _filled(table, _shares(shipped[name]), lacking) for name, table in tables.items()}
    return {**record, **filled} if lacking else dict(record)


def _filled(own: Mapping[str, object], shipped: Mapping[str, float], lacking: set[Reason]) -> dict[str, object]:
    filled = {**own, **{str(reason): shipped[reason] for reason in lacking & UNSAID}}
    together = own.get(Reason.BIRTH_YEAR)
    if Reason.BIRTH_YEAR_ONE_OFF in lacking and isinstance(together, int | float):
        every = sum(shipped[reason] for reason in SAME_AGE)
        filled |= {str(reason): together * shipped[reason] / every for reason in SAME_AGE}
    return filled


def _keys(table: object) -> tuple[str, ...]:
    return tuple(table) if isinstance(table, Mapping) else ()


def _shares(table: object) -> Mapping[str, float]:
    return table if isinstance(table, Mapping) else {}
