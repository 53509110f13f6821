"""What a document says that can be compared with a household, gathered once for all candidates."""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from domain.links.mention import Mentions, PersonMention, PersonRole, PlaceMention
from domain.places.region import Level, RegionCode
from domain.register.household import Relation, Sex
from domain.register.petitioner_cell import each_name
from domain.risk import Risk
from domain.texts.analysis import Reading
from domain.texts.document import Document
from pipeline.linking.groups import group_alone
from pipeline.linking.health import HealthKind, told_health
from pipeline.linking.names import is_full

_IN_REGISTER = {
    Relation.SPOUSE: frozenset({Relation.HEAD, Relation.SPOUSE, Relation.CHILD_IN_LAW}),
    Relation.CHILD: frozenset({Relation.CHILD}),
    Relation.CHILD_IN_LAW: frozenset({Relation.CHILD_IN_LAW, Relation.SPOUSE}),
    Relation.GRANDCHILD: frozenset({Relation.GRANDCHILD, Relation.CHILD}),
    Relation.PARENT: frozenset({Relation.PARENT, Relation.HEAD, Relation.SPOUSE}),
    Relation.GRANDPARENT: frozenset({Relation.GRANDPARENT, Relation.PARENT, Relation.HEAD, Relation.SPOUSE}),
    Relation.SIBLING: frozenset({Relation.SIBLING, Relation.HEAD}),
}
"""What a relative may be to the head of the household: who speaks in the text need not be the head."""
_NOMINAL = "虚岁"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One person of the text with what is said of age, sex and kinship beside the name."""

    name: str
    role: PersonRole
    birth_year: int | None = None
    sex: Sex = Sex.UNKNOWN
    kin: frozenset[Relation] = frozenset()
    ill: bool = False
    """True when the text tells of an illness or a disability of this person."""
    health: frozenset[HealthKind] = frozenset()
    """Of what kinds these are, where they are surely his own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """Relatives of the household whom the text does not name: 老伴, 两个孙子, 张三家儿子."""

    relations: frozenset[Relation]
    """What they may be to the head of the household; empty when the word tells nothing of it."""
    sex: Sex = Sex.UNKNOWN
    birth_year: int | None = None
    count: int = 1


@dataclass(frozen=True, kw_only=True)
class Facts:
    """A document's comparable facts."""

    document: Document
    mentions: Mentions
    reading: Reading | None

    @cached_property
    def persons(self) -> tuple[Named, ...]:
        """Everybody who may belong to the household, each name once; officials and tradespeople are left out."""
        found: dict[str, Named] = {}
        for mention in self.mentions.persons:
            if mention.may_be_in_difficulty:
                name = mention.household_name
                found[name] = _richer(found.get(name), self._named(mention))
        for name in each_name(self.document.petitioner.name):
            if is_full(name) and name not in found:
                found[name] = Named(name=name, role=PersonRole.PETITIONER)
        return tuple(found.values())

    @cached_property
    def sufferers(self) -> tuple[Named, ...]:
        """Whom the text speaks of as being in difficulty."""
        return tuple(person for person in self.persons if person.role is PersonRole.SUFFERER)

    @cached_property
    def kin(self) -> tuple[Kin, ...]:
        """The relatives without a name of their own."""
        own = (
            Kin(relations=_may_be(one.relation), sex=one.sex, birth_year=self._born(one.age), count=one.count)
            for one in self.mentions.relatives
        )
        told_by_another = (
            Kin(relations=_may_be(one.relation), sex=one.sex, birth_year=self._birth_year(one))
            for one in self.mentions.persons
            if one.household_name != one.name
        )
        return (*own, *told_by_another)

    @cached_property
    def villages(self) -> frozenset[RegionCode]:
        """The villages named, also those of a name that several have; the register's own where the text names none."""
        named = frozenset(place.code for place in self.mentions.places if place.code.level is Level.VILLAGE)
        named |= {
            code for place in self.mentions.ambiguous_places for code in place.codes if code.level is Level.VILLAGE
        }
        region = self.document.region
        return named or (frozenset({region}) if region and region.level is Level.VILLAGE else frozenset())

    @cached_property
    def towns(self) -> frozenset[RegionCode]:
        """The towns named."""
        return frozenset(place.code for place in self.mentions.places if place.code.level is Level.TOWN)

    @cached_property
    def village(self) -> RegionCode | None:
        """The village the text is about: the only one, or the one that is named more often than any other."""
        counted = Counter(place.code for place in self.mentions.places if place.level in (Level.VILLAGE, Level.SITE))
        ranked = counted.most_common(2)
        if not ranked:
            return next(iter(self.villages)) if len(self.villages) == 1 else None
        return ranked[0][0] if len(ranked) == 1 or ranked[0][1] > ranked[1][1] else None

    @cached_property
    def groups(self) -> tuple[PlaceMention, ...]:
        """The groups named, each with the code of its village."""
        return tuple(place for place in self.mentions.places if place.level is Level.GROUP)

    @cached_property
    def group_alone(self) -> str:
        """The group named where the text names no village; empty where there is none."""
        return group_alone(self.document.content, self.mentions)

    @cached_property
    def sites(self) -> frozenset[RegionCode]:
        """The villages whose relocation sites are named."""
        return frozenset(place.code for place in self.mentions.places if place.level is Level.SITE)

    @cached_property
    def speaks_for_others(self) -> bool:
        """True when the writer says that he speaks for somebody else."""
        return bool(_said_by("reporting").search(self.document.content))

    @cached_property
    def lives_with_children(self) -> bool:
        """True when the text says that somebody lives with a son or a daughter."""
        return bool(_said_by("lives_with_children").search(self.document.content))

    @cached_property
    def counts_nominal_years(self) -> bool:
        """True when the text counts the years of a life (虚岁), which are one more than the birthdays."""
        return _NOMINAL in self.document.content

    def shows(self, risk: Risk) -> bool:
        """True when the reading shows the category."""
        return self.reading is not None and risk in self.reading.risks

    @cached_property
    def year(self) -> int:
        """The year of the document, by which ages are reckoned."""
        return self.document.day.year

    @cached_property
    def petitioners(self) -> frozenset[str]:
        """The names of those who brought the matter in."""
        return frozenset(person.name for person in self.persons if person.role is PersonRole.PETITIONER)

    def _named(self, mention: PersonMention) -> Named:
        if mention.household_name != mention.name:
            # What is said of 张三家儿子 is not said of 张三.
            return Named(name=mention.household_name, role=mention.role)
        return Named(
            name=mention.name,
            role=mention.role,
            birth_year=self._birth_year(mention),
            sex=mention.sex,
            kin=_may_be(mention.relation) if mention.role is PersonRole.RELATIVE else frozenset(),
            ill=bool(mention.health),
            health=told_health(mention, self.document.content, self.mentions),
        )

    def _birth_year(self, mention: PersonMention) -> int | None:
        if mention.birth_year is not None:
            return mention.birth_year
        return self._born(mention.age)

    def _born(self, age: int | None) -> int | None:
        return self.year - age if age is not None else None


@cache
def _said_by(kind: str) -> re.Pattern[str]:
    text = files("pipeline.linking").joinpath("reporting.toml").read_text(encoding="utf-8")
    return re.compile("|".join(tomllib.loads(text)[kind]))


def _may_be(relation: Relation | None) -> frozenset[Relation]:
    return _IN_REGISTER.get(relation, frozenset()) if relation else frozenset()


def _richer(known: Named | None, other: Named) -> Named:
    if known is None:
        return other
    return Named(
        name=known.name,
        role=known.role,
        birth_year=known.birth_year or other.birth_year,
        sex=known.sex if known.sex is not Sex.UNKNOWN else other.sex,
        kin=known.kin | other.kin,
        ill=known.ill or other.ill,
        health=known.health | other.health,
    )
