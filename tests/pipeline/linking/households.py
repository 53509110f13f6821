"""Invented households and documents for the tests of linking."""

import random
from collections.abc import Iterable
from datetime import UTC, datetime

from domain.links.link import Link
from domain.links.mention import Mentions, PersonMention, PersonRole, PlaceMention, ValueMention
from domain.places.region import Level, RegionCode
from domain.register.household import Household, HouseholdId, Person, Relation, Sex
from domain.risk import Risk
from domain.texts.analysis import Reading, RiskLabel
from domain.texts.document import Document, DocumentId, Petitioner
from domain.words.vocabulary import Channel, Factuality, Scope
from nlp.persons.kinship import load_kinship
from nlp.persons.profiles import profile_beside
from pipeline.linking.chances import Chances
from pipeline.linking.decide import link
from pipeline.linking.facts import Facts
from pipeline.linking.index_building import build_index
from pipeline.linking.parameters import load_parameters
from pipeline.linking.register_index import Registered, RegisterIndex

HERE = RegionCode("141124104202")
THERE = RegionCode("141124104207")
TOWN = RegionCode("141124104")
ID_NUMBER = "141124196501010010"
PHONE = "13800000000"


def person(name: str, relation: Relation = Relation.HEAD, **fields: object) -> Person:
    return Person(name=name, relation=relation, **fields)  # type: ignore[arg-type]


def household(number: str, *persons: Person, village: RegionCode = HERE, **fields: object) -> Household:
    return Household(id=HouseholdId(number), village=village, persons=persons, **{"group": "一组", **fields})  # type: ignore[arg-type]


PANG = household(
    "pang",
    person("庞建国", sex=Sex.MALE, birth_year=1965, id_number=ID_NUMBER, phone=PHONE, health="患有大病"),
    person("李秀英", Relation.SPOUSE, sex=Sex.FEMALE, birth_year=1966),
    group="二组",
)
NAMESAKE_HERE = household("namesake-here", person("庞建国", sex=Sex.MALE, birth_year=1990))
NAMESAKE_THERE = household("namesake-there", person("庞建国", sex=Sex.MALE, birth_year=1980), village=THERE)
XUE = household("xue", person("薛改花", sex=Sex.FEMALE, birth_year=1950))


def document(text: str, region: RegionCode | None = None, **petitioner: str) -> Document:
    return Document(
        id=DocumentId("document"),
        channel=Channel.PETITION,
        source="register",
        title="",
        text=text,
        published_at=None,
        received_at=datetime(2026, 11, 1, tzinfo=UTC),
        url="",
        origin="",
        petitioner=Petitioner(**petitioner),
        category="",
        purpose="",
        region=region,
    )


def mentions(text: str, roles: dict[str, PersonRole], places: dict[str, tuple[RegionCode, Level]]) -> Mentions:
    """Mentions of exactly these names and places where they stand in the text, and of the numbers used here."""
    return Mentions(
        persons=tuple(_person(text, name, role) for name, role in roles.items()),
        places=tuple(
            PlaceMention(code=code, level=level, name=name, start=text.index(name), end=text.index(name) + len(name))
            for name, (code, level) in places.items()
        ),
        phones=_values(text, [PHONE]),
        id_numbers=_values(text, [ID_NUMBER, "141124********0010"]),
    )


def reading(*risks: Risk) -> Reading:
    return Reading(
        risk_probability=0.9,
        labels=tuple(RiskLabel(risk=risk, probability=0.9, evidence=()) for risk in risks),
        scope=Scope.HOUSEHOLD,
        relocation=False,
        accusation=False,
        urgent=False,
        factuality=Factuality.CURRENT,
        groups=(),
        model="test",
    )


def index_of(households: Iterable[Household]) -> RegisterIndex:
    """The index of a register that holds exactly these households."""
    return build_index(Registered(one.id, one.village, each.name) for one in households for each in one.persons)


def in_a_county(households: Iterable[Household]) -> RegisterIndex:
    """The index of a register that holds these households and two thousand other people of eight villages."""
    dice = random.Random(7)
    characters = (
        "建国秀改卫守玉桂春海军英花东田梅兰生平文明华志强伟芳丽敏静磊洋勇艳杰娟涛超霞刚云莲真环雪荣爱妹香月"
        "林坚和彪博诚先敬震振壮群豪邦承乐绍功松善厚庆友裕河哲江浩亮政谦亨奇固轮翰朗伯宏言若鸣朋斌梁栋维启克伦翔旭鹏"
    )
    others = [
        Registered(
            HouseholdId(f"other-{number // 4}"), village, dice.choice(surnames) + "".join(dice.sample(characters, 2))
        )
        for village, surnames in _SURNAMES.items()
        for number in range(250)
    ]
    own = [Registered(one.id, one.village, each.name) for one in households for each in one.persons]
    return build_index([*own, *(one for one in others if one.name not in _OWN_NAMES)])


_SURNAMES = {
    HERE: "庞庞薛李",
    THERE: "高李王张",
    **{RegionCode(f"14112410520{number}"): "刘刘刘王陈郭" for number in range(1, 7)},
}
_OWN_NAMES = frozenset({"庞建国", "李秀英", "薛改花"})


def link_to(
    households: Iterable[Household],
    written: Document,
    named: Mentions,
    analysis: Reading | None = None,
) -> Link:
    """The link where the register holds exactly these households."""
    found = {one.id: one for one in households}
    facts = Facts(document=written, mentions=named, reading=analysis)
    return link(facts, found, Chances(in_a_county(found.values())), load_parameters())


def _person(text: str, name: str, role: PersonRole) -> PersonMention:
    """A person with the particulars that stand beside the name, as the finder of mentions reads them."""
    start, end = text.index(name), text.index(name) + len(name)
    profile, kin = profile_beside(text, start, end, len(text)), load_kinship().before(text, start)
    return PersonMention(
        name=name,
        role=role,
        start=start,
        end=end,
        sex=profile.sex,
        age=profile.age,
        birth_year=profile.birth_year,
        relation=kin.relation if kin else None,
    )


def _values(text: str, numbers: list[str]) -> tuple[ValueMention, ...]:
    return tuple(
        ValueMention(text=number, value=number, start=text.index(number), end=text.index(number) + len(number))
        for number in numbers
        if number in text
    )
