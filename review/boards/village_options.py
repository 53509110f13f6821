"""The options of a box in which a village is chosen; a county has hundreds, and the feed shows them on every page."""

from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup, escape

from domain.places.place import Place

_KEPT = 20_000
"""Options of a few dozen counties."""


def village_options(places: Iterable[Place], chosen: str) -> Markup:
    """One option for each place, its digits as the value; the one whose digits are `chosen` is selected."""
    options = (_option(place.code.digits, place.name, place.code.digits == chosen) for place in places)
    return Markup("".join(options))  # noqa: S704 - each option is escaped below


@lru_cache(maxsize=_KEPT)
def _option(digits: str, name: str, is_chosen: bool) -> str:
    return f'<option value="{escape(digits)}"{" selected" if is_chosen else ""}>{escape(name)}</option>'
