"""A county's own table laid over the shipped one: it names what it changes, everything else stays as shipped."""

from collections.abc import Collection, Mapping


def completed(
    own: Mapping[str, object], shipped: Mapping[str, object], *, left_unsaid: Collection[str] = ()
) -> dict[str, object]:
    """The shipped table with the county's values in it, down to the single key; a list is taken as a whole.

    `left_unsaid` names keys that mean something by standing in no file of the county's: they are not filled in.
    """
    kept = {key: value for key, value in shipped.items() if key not in left_unsaid}
    return kept | {key: _laid(value, kept.get(key)) for key, value in own.items()}


def _laid(value: object, under: object) -> object:
    return completed(value, under) if isinstance(value, Mapping) and isinstance(under, Mapping) else value
