"""What a document says that can be compared with a household, gathered once for all candidates."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from domain.analysis import Reading
from domain.document import Document
from domain.household import Relation, Sex
from domain.mention import Mentions, PersonMention, PersonRole, PlaceMention
from domain.region import Level, RegionCode
from domain.risk import Risk
from pipeline.linking.names import is_full

_NUMERAL = r"(?:\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_PROFILE = re.compile(
    rf"[（(，,、\s]{{0,2}}(?P<sex>男|女)?[，,、\s]{{0,2}}(?:汉族[，,、])?(?:今年|现年|年龄)?(?P<age>{_NUMERAL})(?:周?岁|多岁)"
    r"|[（(，,、\s]{0,2}(?P<sex2>男|女)[，,、\s]{0,2}(?:汉族[，,、])?(?P<year>(?:19|20)\d{2})年"
    r"|[（(，,、\s]{0,2}(?P<sex3>男|女)(?=[，,、）)])"
)
_CHINESE_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")}
_SEXES = {"男": Sex.MALE, "女": Sex.FEMALE}
_KIN_REACH = 6
# By the end of the kinship word, longer words before shorter ones: 孙子 and 妻子 end like 儿子.
_KIN = (
    (re.compile(r"(?:孙子|孙女|孙|外孙)(?:叫|名叫)?$"), frozenset({Relation.GRANDCHILD, Relation.CHILD})),
    (re.compile(r"(?:儿媳|媳妇|女婿)妇?(?:叫|名叫)?$"), frozenset({Relation.CHILD_IN_LAW, Relation.SPOUSE})),
    (re.compile(r"(?:夫|妻子?|老伴|爱人|老公|老婆)(?:叫|名叫)?$"), frozenset({Relation.HEAD, Relation.SPOUSE})),
    (re.compile(r"(?:子|女儿?|孩子|娃)(?:叫|名叫)?$"), frozenset({Relation.CHILD})),
    (re.compile(r"(?:[父母]亲?|爹|娘)(?:叫|名叫)?$"), frozenset({Relation.PARENT, Relation.HEAD, Relation.SPOUSE})),
    (re.compile(r"(?:哥|弟|姐|妹|兄)(?:叫|名叫)?$"), frozenset({Relation.SIBLING, Relation.HEAD})),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One person of the text with what is said of age, sex and kinship beside the name."""

    name: str
    role: PersonRole
    birth_year: int | None = None
    sex: Sex = Sex.UNKNOWN
    kin: frozenset[Relation] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Facts:
    """A document's comparable facts."""

    document: Document
    mentions: Mentions
    reading: Reading | None

    @cached_property
    def persons(self) -> tuple[Named, ...]:
        """Everybody who may belong to the household, each name once; officials are left out."""
        found: dict[str, Named] = {}
        petitioner = self.document.petitioner.name
        for mention in self.mentions.persons:
            if mention.role is not PersonRole.OFFICIAL:
                found[mention.name] = _richer(found.get(mention.name), self._named(mention))
        if is_full(petitioner) and petitioner not in found:
            found[petitioner] = Named(name=petitioner, role=PersonRole.PETITIONER)
        return tuple(found.values())

    @cached_property
    def sufferers(self) -> tuple[Named, ...]:
        """Whom the text speaks of as being in difficulty."""
        return tuple(person for person in self.persons if person.role is PersonRole.SUFFERER)

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
    def sites(self) -> frozenset[RegionCode]:
        """The villages whose relocation sites are named."""
        return frozenset(place.code for place in self.mentions.places if place.level is Level.SITE)

    def shows(self, risk: Risk) -> bool:
        """True when the reading shows the category."""
        return self.reading is not None and risk in self.reading.risks

    @property
    def _year(self) -> int:
        return self.document.day.year

    def _named(self, mention: PersonMention) -> Named:
        content = self.document.content
        profile = _PROFILE.match(content, mention.end)
        before = content[max(mention.start - _KIN_REACH, 0) : mention.start]
        kin = next((relations for pattern, relations in _KIN if pattern.search(before)), frozenset[Relation]())
        return Named(
            name=mention.name,
            role=mention.role,
            birth_year=self._birth_year(profile) if profile else None,
            sex=_sex(profile),
            kin=kin if mention.role is PersonRole.RELATIVE else frozenset(),
        )

    def _birth_year(self, profile: re.Match[str]) -> int | None:
        if profile["year"]:
            return int(profile["year"])
        return self._year - _number(profile["age"]) if profile["age"] else None


def _richer(known: Named | None, other: Named) -> Named:
    if known is None:
        return other
    return Named(
        name=known.name,
        role=known.role,
        birth_year=known.birth_year or other.birth_year,
        sex=known.sex if known.sex is not Sex.UNKNOWN else other.sex,
        kin=known.kin | other.kin,
    )


def _sex(profile: re.Match[str] | None) -> Sex:
    if profile is None:
        return Sex.UNKNOWN
    return _SEXES.get(profile["sex"] or profile["sex2"] or profile["sex3"] or "", Sex.UNKNOWN)


def _number(numeral: str) -> int:
    if numeral.isdecimal():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    return (_CHINESE_DIGITS[tens] if tens else 1) * 10 * bool(ten) + (_CHINESE_DIGITS[ones] if ones else 0)
