"""What a key may read of the leads: its division, and where it is a department's the categories that this one leads."""

from collections.abc import Mapping

from domain.api_key import ApiKey
from domain.outgoing import FeedScope
from domain.risk import Risk

_BETWEEN = "、"


def scope_of(key: ApiKey, departments: Mapping[Risk, str]) -> FeedScope:
    """The scope of the key; a department that leads nothing any more reads nothing."""
    return FeedScope(region=key.region, risks=risks_of(key.department, departments) if key.department else None)


def risks_of(department: str, departments: Mapping[Risk, str]) -> frozenset[Risk]:
    """The categories that the department leads, alone or with others."""
    return frozenset(risk for risk, names in departments.items() if department in names.split(_BETWEEN))
