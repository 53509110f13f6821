"""Places that texts name: divisions of the official list, and what lies below or beside them."""

from dataclasses import dataclass, field

from domain.labelled import Labelled
from domain.places.region import Level, RegionCode


class AliasKind(Labelled):
    """Why a place has another name."""

    GROUP = "group", "村民小组"
    NATURAL_VILLAGE = "natural_village", "自然村"
    FORMER_VILLAGE = "former_village", "撤并前的村"
    FORMER_TOWN = "former_town", "撤并前的乡镇"
    RELOCATION_SITE = "relocation_site", "搬迁安置点"
    ALIAS = "alias", "别名"


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name for a place, or the name of something inside it.

    A former village whose village of today nobody has told is an alias of its town.
    """

    name: str
    kind: AliasKind
    note: str = ""
    first_year: int | None = None
    """The first year in which the official list has the name; none when unknown."""
    last_year: int | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """Where a place lies."""

    longitude: float
    """Degrees east of Greenwich, as every list of Chinese places has them; which datum `source` may say."""
    latitude: float
    """Degrees north."""
    source: str = ""
    """Who says so; shown under every map."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One division with its official name and all the names people write for it."""

    code: RegionCode
    name: str
    """The official name, such as 庞家庄村委会."""
    urban_rural: str = ""
    """Urban-rural class code of the statistics office, such as 220 (村庄); empty when unknown."""
    aliases: tuple[Alias, ...] = field(default=())
    position: Position | None = None

    @property
    def level(self) -> Level:
        """The level of the division."""
        return self.code.level
