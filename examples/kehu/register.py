"""The household register of the example: the cast verbatim, and invented neighbours around it."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from examples.kehu.texts_format import CastHousehold, CastPerson

SEED = 20261124
VILLAGES: dict[str, tuple[str, int, str]] = {
    "141124104001": ("宜家苑社区居委会", 83, "张王李刘高薛崔郭"),
    "141124104200": ("克虎村委会", 60, "张王刘李任白"),
    "141124104202": ("庞家庄村委会", 62, "庞庞庞庞张"),
    "141124104203": ("蔡家洼村委会", 47, "蔡蔡蔡刘"),
    "141124104204": ("郭家垛村委会", 47, "郭郭郭王"),
    "141124104205": ("苗家洼村委会", 44, "苗苗苗李"),
    "141124104207": ("高家湾村委会", 60, "高高高高任"),
    "141124104208": ("乔家圪台村委会", 44, "乔乔乔张"),
    "141124104210": ("桑树峁村委会", 52, "刘张李刘张"),
    "141124104211": ("崔家垛村委会", 47, "崔崔崔刘"),
    "141124104212": ("薛家垛村委会", 60, "薛薛薛薛王"),
}
"""Village: official name, how many invented households, surnames by how common they are."""

_OLD_MEN = [
    first + second
    for first in "福贵根拴改海兰虎有金银保来润丑狗侯林玉记"
    for second in "生旺柱命保财锁林福喜儿孩元亮红全"
]
_OLD_WOMEN = [
    first + second for first in "改兰秀巧玉桂爱翠香引侯林润连俊月" for second in "桃英莲珍梅花连弟女娥香梅兰仙"
]
_MEN = [
    first + second
    for first in "建志文海永卫俊瑞晋艳小林晓国红春秋明利云"
    for second in "军平强斌红东林伟峰亮华生明飞兵勤"
]
_WOMEN = [
    first + second for first in "艳小丽海俊瑞晓林爱雪翠红云秀春慧" for second in "萍琴丽霞花芳燕林梅翠平娥玲珍仙莲"
]
_CHILDREN = [first + second for first in "子梓浩雨欣家佳宇思博嘉俊若可晨" for second in "轩涵宇桐怡豪航文琪杰睿萱雅乐"]
"""Given names by age: combinations, so that most people of a village can be told apart and some cannot."""

_PLACES = ("太原市", "吕梁市离石区", "陕西省神木市", "陕西省榆林市", "天津市", "北京市", "内蒙古鄂尔多斯市", "临县县城")
_CATEGORIES = (("脱贫不稳定户", "因病"), ("边缘易致贫户", "因务工就业不稳"), ("突发严重困难户", "因意外事故"))
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class RegisteredPerson:
    """A person with invented numbers."""

    person: CastPerson
    id_number: str
    phone: str


@dataclass(frozen=True, slots=True)
class RegisteredHousehold:
    """A household with its persons."""

    household: CastHousehold
    persons: tuple[RegisteredPerson, ...]


def register(cast: Sequence[CastHousehold]) -> list[RegisteredHousehold]:
    """Every household of the example by village and number; the same every time."""
    invented = [household for code in VILLAGES for household in _neighbours(code)]
    ordered = sorted((*cast, *invented), key=lambda one: one.household_id)
    return [_registered(one) for one in ordered]


def wrong_id_number(birth_year: int, sex: str, seed: str) -> str:
    """An ID number of the county with this birth year and sex whose checksum is always wrong."""
    dice = random.Random(f"{SEED}{seed}")  # noqa: S311 - invented numbers, nothing secret
    order = dice.randrange(1, 499) * 2 + (1 if sex == "男" else 0)
    digits = f"141124{birth_year}{dice.randrange(1, 13):02d}{dice.randrange(1, 29):02d}{order:03d}"
    right = "10X98765432"[sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11]
    return digits + ("5" if right != "5" else "6")


def invented_phone(seed: str) -> str:
    """A mobile number that looks invented."""
    return f"1390358{random.Random(f'{SEED}{seed}').randrange(10_000):04d}"  # noqa: S311 - invented, nothing secret


def _registered(household: CastHousehold) -> RegisteredHousehold:
    persons = []
    for index, person in enumerate(household.persons):
        seed = f"{household.household_id}:{index}"
        number = wrong_id_number(person.birth_year, person.sex, seed)
        persons.append(RegisteredPerson(person, number, invented_phone(seed) if person.phone or index == 0 else ""))
    return RegisteredHousehold(household, tuple(persons))


def _neighbours(code: str) -> Iterator[CastHousehold]:
    _, count, surnames = VILLAGES[code]
    dice = random.Random(f"{SEED}{code}")  # noqa: S311 - an invented village
    for index in range(count):
        yield _neighbour(code, index, surnames, dice)


def _neighbour(code: str, index: int, surnames: str, dice: random.Random) -> CastHousehold:
    shape = dice.choice((_elder_alone, _old_couple, _left_behind, _couple_with_children, _three_generations, _bachelor))
    category, risk = dice.choice(_CATEGORIES) if dice.random() < 0.12 else ("", "")
    return CastHousehold(
        household_id=f"{code}{101 + index:04d}",
        village_code=code,
        group=f"{'一二三四五'[index % (3 + index % 3)]}组",
        relocated=code == "141124104001",
        monitoring_category=category,
        risk=risk,
        risk_removed=bool(category) and dice.random() < 0.4,
        household_type="脱贫户" if dice.random() < 0.4 else "一般农户",
        persons=tuple(shape(dice.choice(surnames), dice)),
    )


def _person(name: str, relation: str, sex: str, year: int, dice: random.Random, *, away: bool = False) -> CastPerson:
    old = year < 1962
    ill = dice.random() < (0.45 if old else 0.08)
    return CastPerson(
        name=name,
        relation=relation,
        sex="男" if sex == "男" else "女",
        birth_year=year,
        health=dice.choice(("长期慢性病", "长期慢性病", "患有大病", "残疾")) if ill else "健康",
        labour="无劳动力" if year > 2010 or year < 1950 else "弱劳动力或半劳动力" if old or ill else "普通劳动力",
        work_place=dice.choice(_PLACES) if away else "",
        work_months=dice.randrange(6, 12) if away else 0,
        student="小学" if 2013 < year < 2020 else "初中" if 2010 < year <= 2013 else "",
        phone=relation == "本人" or away,
    )


def _elder_alone(surname: str, dice: random.Random) -> Iterator[CastPerson]:
    man = dice.random() < 0.6
    given = dice.choice(_OLD_MEN if man else _OLD_WOMEN)
    yield _person(surname + given, "本人", "男" if man else "女", dice.randrange(1938, 1957), dice)


def _old_couple(surname: str, dice: random.Random) -> Iterator[CastPerson]:
    year = dice.randrange(1942, 1962)
    yield _person(surname + dice.choice(_OLD_MEN), "本人", "男", year, dice)
    yield _person(dice.choice("王李张刘") + dice.choice(_OLD_WOMEN), "配偶", "女", year + dice.randrange(0, 5), dice)


def _left_behind(surname: str, dice: random.Random) -> Iterator[CastPerson]:
    yield from _old_couple(surname, dice)
    yield _person(surname + dice.choice(_MEN), "之子", "男", dice.randrange(1978, 1992), dice, away=True)
    yield _person(surname + dice.choice(_CHILDREN), "之孙子", "男", dice.randrange(2012, 2020), dice)


def _couple_with_children(surname: str, dice: random.Random) -> Iterator[CastPerson]:
    year = dice.randrange(1972, 1990)
    yield _person(surname + dice.choice(_MEN), "本人", "男", year, dice, away=dice.random() < 0.6)
    yield _person(dice.choice("王李张刘任") + dice.choice(_WOMEN), "配偶", "女", year + dice.randrange(0, 4), dice)
    for _ in range(dice.randrange(1, 4)):
        sex = dice.choice("男女")
        yield _person(surname + dice.choice(_CHILDREN), "之子" if sex == "男" else "之女", sex, year + 28, dice)


def _three_generations(surname: str, dice: random.Random) -> Iterator[CastPerson]:
    yield from _couple_with_children(surname, dice)
    yield _person(surname + dice.choice(_OLD_MEN), "之父", "男", dice.randrange(1942, 1955), dice)


def _bachelor(surname: str, dice: random.Random) -> Iterator[CastPerson]:
    yield _person(surname + dice.choice(_MEN), "本人", "男", dice.randrange(1962, 1980), dice, away=dice.random() < 0.5)
