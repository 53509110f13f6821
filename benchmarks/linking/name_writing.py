"""Writes how a person is called and what is said right behind the name."""

from random import Random

from benchmarks.linking.composition import YEAR
from benchmarks.linking.gold import NameForm
from benchmarks.linking.miswriting import Miswriting
from benchmarks.linking.telling import age_of
from domain.register.household import Person, Sex

_OLD_MEN = ("大爷", "老汉", "大伯", "老人", "爷爷")
_OLD_WOMEN = ("大娘", "老人", "奶奶", "老太太", "婆婆", "大妈")
_OLD_WOMEN_FROM = 70
_DIGITS = "零一二三四五六七八九"


def written_name(person: Person, form: NameForm, miswriting: Miswriting, dice: Random) -> str | None:
    """The person's name in the form; None when it cannot be written so."""
    name = person.name
    if form is NameForm.HOMOPHONE:
        return miswriting.homophone(name, dice, first=1 if dice.random() < 0.85 else 0)
    if form is NameForm.SIMILAR:
        return miswriting.similar(name, dice, first=1)
    if form is NameForm.MASKED:
        return name[0] + ("某" if dice.random() < 0.4 else "某某")
    if form is NameForm.STARRED:
        hidden = dice.choice("**某＊")
        return name[0] + hidden + name[2:]
    if form is NameForm.FAMILIAR:
        return "老" + name[0]
    if form is NameForm.ADDRESSED:
        return name[0] + _address(person, dice)
    if form is NameForm.POLITE:
        return name[0] + ("先生" if person.sex is Sex.MALE else "女士")
    return name


def profile(birth_year: int | None, sex: Sex, after: str, dice: Random) -> str:
    """Sex and age behind a name: （女，68岁）, or ，68岁 where punctuation follows; empty when neither is told."""
    told = [{Sex.MALE: "男", Sex.FEMALE: "女"}[sex]] if sex is not Sex.UNKNOWN else []
    if birth_year is not None:
        told.append(dice.choice(_birth(birth_year)))
    if not told:
        return ""
    plain = after in ("，", "。") and dice.random() < 0.6
    return "，" + "，".join(told) if plain else f"（{'，'.join(told)}）"


def numeral(number: int) -> str:
    """A number below one hundred in Chinese: 68 is 六十八."""
    tens, ones = divmod(number, 10)
    first = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return first + (_DIGITS[ones] if ones or not tens else "")


def _birth(birth_year: int) -> tuple[str, ...]:
    age = max(YEAR - birth_year, 1)
    spelt = numeral(age) if age < 100 else str(age)
    return (
        f"{age}岁",
        f"{age}岁",
        f"现年{age}岁",
        f"{spelt}岁",
        f"今年{age}岁",
        f"{birth_year}年生",
        f"{birth_year}年出生",
    )


def _address(person: Person, dice: Random) -> str:
    if person.sex is Sex.MALE:
        return dice.choice(_OLD_MEN)
    return dice.choice(_OLD_WOMEN if age_of(person) >= _OLD_WOMEN_FROM else ("大娘", "大妈", "婶子"))
