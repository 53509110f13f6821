"""How the village of a household may agree with the places that a text names."""

from enum import StrEnum


class PlaceAgreement(StrEnum):
    """Where the household lives, seen from the text; the values are keys of `parameters.toml`."""

    VILLAGE = "village"
    NEIGHBOUR = "neighbour"
    """Another village of the same town."""
    TOWN = "town"
    """In the town named; no village is."""
    ELSEWHERE = "elsewhere"
    UNSAID = "unsaid"
    """The text names no place."""
