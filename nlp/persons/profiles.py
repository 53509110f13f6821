"""What stands beside a name about the person: sex, age, year of birth, illness and disability."""

import re
from dataclasses import dataclass

from domain.register.household import Sex
from nlp.persons.kinship import load_kinship
from nlp.values.chinese_numbers import lower_bound

_NUMERAL = r"(?:\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_GAP = r"[（(，,、；;：:\s]{0,2}"
_SEX = re.compile(rf"{_GAP}(?:性别[：:]?\s?)?(男|女)(?=[，,、；;）)\s]|性|性，|方)")
_AGE = re.compile(
    rf"{_GAP}(?:(?:性别[：:]?\s?)?(?:男|女)性?[，,、；;\s]{{0,2}})?(?:汉族[，,、])?"
    rf"(?:今年|现年|年龄[：:]?\s?|时年|约|虚岁|也|大概|都){{0,2}}({_NUMERAL})(?:多|几)?(?:周?岁|(?=[，,。；;）)了的\s]))"
)
_AGE_BEFORE = re.compile(rf"({_NUMERAL})(?:多|几)?岁的?(?:老人|老汉|女孩|男孩|孩子|儿子|女儿|孙子|孙女|母亲|父亲)?$")
# Further on only where a word announces it: 他腿脚不好，今年七十七了. The next sentence counts when it begins so.
_AGE_LATER = re.compile(rf"(?:今年|现年|虚岁|都快|快|已经?)({_NUMERAL})(?:多|几)?(?:周?岁|了|(?=[，,。；;）)！!\s]|$))")
_ANNOUNCED = (
    r"(?:到?今年|现年|现在|如今|虚岁|周岁|眼看|转眼|眨眼|过了年|过完年|开了?年|算下来|算起来|马上|已经?|刚刚?|整整|将近|年近"
    r"|快|都|才|也|就|是|有|满|近){1,4}"
)
_SAID = rf"{_ANNOUNCED}({_NUMERAL})(?:多|几|来)?个?周?岁"
_AGE_SAID = re.compile(rf"{_SAID}(?!以|时|那|起|前|后|就|开始|半|的?时候)")
_SAID_AT_ONCE = re.compile(rf"[。！？\n]\s?(?={_SAID})")
_BIRTH = re.compile(
    rf"{_GAP}(?:(?:性别[：:]?\s?)?(?:男|女)性?[，,、；;\s]{{0,2}})?(?:汉族[，,、；;])?(?:生于)?((?:19|20)\d{{2}})年"
    r"(?=\d{0,2}月?\d{0,2}日?(?:出?生|[，,）)。；;]))"
)
# Further on it must be said to be one: 骑车翻了沟，1941年出生. 2010年出生的孙女 and 1985年出生后 tell of other things.
_BORN = (
    r"(?:(?:出生|生)于(?P<told>(?:19|20)\d{2})年"
    r"|(?P<year>(?:19|20)\d{2})年(?:\d{1,2}月(?:\d{1,2}[日号])?)?(?:出生(?![的后前时那以])|生人|生的?(?=[，,。；;）)\s]|$)))"
)
_BORN_SAID = re.compile(_BORN)
_BORN_AT_ONCE = re.compile(rf"[。！？\n]\s?(?:他|她)?是?(?={_BORN})")
_HEALTH = re.compile(
    r"(?:[一二三四1-4]级)?(?:智力|肢体|视力|听力|精神|多重|言语)?(?:[一二三四1-4]级)?残疾|重残|"
    r"(?:胃|肝|肺|食管|食道|直肠|结肠|肠|乳腺|宫颈|甲状腺|淋巴|鼻咽|胰腺|膀胱|前列腺|卵巢|骨)癌|癌症|白血病|尿毒症|肾衰竭?|肝硬化"
    r"|脑梗塞?|脑出血|脑溢血|中风|偏瘫|瘫痪|截瘫|植物人|心梗|心脏病|先心病|冠心病|高血压|糖尿病|尘肺病?|矽肺|肺气肿|慢阻肺|肺结核"
    r"|类风湿|风湿病?|股骨头坏死|腰椎间盘突出|帕金森|阿尔茨海默病|老年痴呆|痴呆|精神分裂症?|精神病|抑郁症?|癫痫|羊角风|脑瘫|脑膜炎"
    r"|红斑狼疮|再生障碍性贫血|再障|血友病|小儿麻痹|双目失明|失明|聋哑|失能|半瘫|卧床不起|截肢"
)
_STOP = re.compile("[。！？\n]")
REACH = 48
"""Characters behind a person in which an illness is told."""
_DENIED = re.compile(r"(?:没有?|无|排除|不是|未患)$")


@dataclass(frozen=True, slots=True)
class Profile:
    """Particulars of one person; what the text does not say is None, unknown or empty."""

    sex: Sex = Sex.UNKNOWN
    age: int | None = None
    birth_year: int | None = None
    health: tuple[str, ...] = ()


def profile_beside(content: str, start: int, end: int, reach: int) -> Profile:
    """The particulars of the person named at `start` to `end`.

    Args:
        content: The whole text.
        start: Where the name begins.
        end: Where the name ends.
        reach: Where the next person is named; nothing behind it is said of this one.
    """
    sex, until = _SEX.match(content, end), _sentence_end(content, end, reach)
    birth = _birth_year(content, end, until, reach)
    age = (
        _AGE.match(content, end)
        or _AGE_BEFORE.search(content, max(start - 10, 0), start)
        or _age_later(content, end, _until_age(content, end, until, reach))
    )
    return Profile(
        sex={"男": Sex.MALE, "女": Sex.FEMALE}[sex[1]] if sex else _sex_of_birth(content, end),
        age=_years(age[1]) if age and not birth else None,
        birth_year=birth,
        health=health_words(content, end, until),
    )


def health_words(content: str, start: int, end: int) -> tuple[str, ...]:
    """The illnesses and disabilities named between `start` and `end`, each once, in the order of the text."""
    found = (match for match in _HEALTH.finditer(content, start, min(end, start + REACH)))
    return tuple(dict.fromkeys(one[0] for one in found if not _DENIED.search(content, start, one.start())))


def _age_later(content: str, start: int, end: int) -> re.Match[str] | None:
    """An age that is said further on, unless a relative is spoken of before: 庞建国的儿子今年三十岁."""
    found = _AGE_LATER.search(content, start, end) or _AGE_SAID.search(content, start, end)
    return found if found and not load_kinship().anywhere(content[start : found.start()]) else None


def _birth_year(content: str, start: int, until: int, reach: int) -> int | None:
    """The year right behind the name, or said further on of nobody else: 庞建国住在村里。出生于1952年."""
    beside = _BIRTH.match(content, start)
    if beside:
        return int(beside[1])
    begins = _BORN_AT_ONCE.match(content, until, reach)
    stop = _sentence_end(content, begins.end(), reach) if begins else until
    found = _BORN_SAID.search(content, start, stop)
    if not found or load_kinship().anywhere(content[start : found.start()]):
        return None
    return int(found["told"] or found["year"])


def _until_age(content: str, start: int, until: int, reach: int) -> int:
    """Where the sentence ends, or the one behind it when that begins with the age: 庞建国一个人过。如今六十二岁整."""
    begins = _SAID_AT_ONCE.match(content, until, reach)
    return _sentence_end(content, begins.end(), reach) if begins else until


def _sex_of_birth(content: str, end: int) -> Sex:
    match = re.compile(rf"{_GAP}(男|女)").match(content, end)
    return {"男": Sex.MALE, "女": Sex.FEMALE}[match[1]] if match and _AGE.match(content, end) else Sex.UNKNOWN


def _sentence_end(content: str, start: int, reach: int) -> int:
    match = _STOP.search(content, start, reach)
    return match.start() if match else reach


def _years(numeral: str) -> int | None:
    value = lower_bound(numeral)
    return int(value) if value is not None and value <= 120 else None
