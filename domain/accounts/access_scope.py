"""How far an account sees: a division, and for a department only what was transferred to it.

Every query that reads leads, households or texts for a person takes one of these, so that nobody can forget the limit.
"""

from dataclasses import dataclass
from typing import Self

from domain.places.region import RegionCode


@dataclass(frozen=True, slots=True)
class AccessScope:
    """What lies inside `region`; with a `department`, of that only the leads transferred to it."""

    region: RegionCode
    department: str | None = None
    """Slug of the department; an empty one sees nothing, None is no department at all."""

    @classmethod
    def everything_in(cls, region: RegionCode) -> Self:
        """The scope of the program itself: of stages, reports and commands, which answer to no page."""
        return cls(region)
