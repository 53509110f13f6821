"""Names as written and as registered: which can be looked up whole, which hide a part, and how far two agree."""

import re
from enum import StrEnum
from functools import lru_cache

from domain.words.similar_characters import similar_in_names_of_persons
from pipeline.linking.sounds import sound_of

_HAN = "[\u3400-\u9fff\U00020000-\U0003ffff]"
_FULL = re.compile(rf"{_HAN}{{2,4}}|{_HAN}{{1,8}}(?:[·•・]{_HAN}{{1,10}})+")
_HIDDEN = re.compile(r"[某*＊×○xXＸ]")
_HIDDEN_END = re.compile(rf"({_HAN}{{1,2}}?)[某*＊×○xXＸ]{{1,2}}")
_FAMILIAR = re.compile(rf"^[老小阿大]({_HAN})$")
_ADDRESSED = re.compile(
    r"(?:大爷|大娘|大妈|大伯|大叔|大婶|大嫂|大姐|大哥|老汉|老太太?|老人|老伯|老爹|师傅|爷爷|奶奶|婆婆|阿姨|叔叔"
    r"|阿婆|阿公|婶子?|嫂|姨|老爷子|女士|先生|同志|某)$"
)
_PET = re.compile(rf"^(?:[小阿大]({_HAN})|({_HAN})(?:娃|子|儿|蛋|女|\2))$")
_COMPOUND = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "司徒",
    "东方",
    "夏侯",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "呼延",
    "端木",
)
_LONG_ENOUGH = 3
"""Characters of a name in which one may be wrong; of two characters one alone is only a surname or a given name."""


class NameAgreement(StrEnum):
    """How far a written name and a registered one agree; the values are keys of `parameters.toml`."""

    IDENTICAL = "identical"
    SOUND = "sound"
    """Other characters with the same sound: 庞建国 and 庞健国."""
    SHAPE = "shape"
    """One character of similar shape: 薛俊梅 and 薛俊海."""
    ONE_CHARACTER = "one_character"
    """Any other one character of three or more."""
    MASKED = "masked"
    """庞某某, 李*华: what is shown agrees."""
    SURNAME = "surname"
    """薛大爷, 老张: the surname agrees."""
    PET_NAME = "pet_name"
    """小军, 军娃: a character of the given name."""


MISSPELT = frozenset({NameAgreement.SOUND, NameAgreement.SHAPE, NameAgreement.ONE_CHARACTER})


def is_full(name: str) -> bool:
    """True when the name can be looked up as it stands."""
    return bool(_FULL.fullmatch(name)) and not is_partial(name)


@lru_cache(maxsize=10_000)
def is_partial(name: str) -> bool:
    """True when the name hides a part: 庞某某, 李*华, 薛大爷, 老张, 小军."""
    return bool(_HIDDEN.search(name) or _FAMILIAR.match(name) or _PET.match(name) or _ADDRESSED.search(name[1:]))


def surname_of(name: str) -> str:
    """The surname of a full name."""
    return name[:2] if name.startswith(_COMPOUND) and len(name) > 2 else name[:1]


@lru_cache(maxsize=20_000)
def agreement(written: str, full: str) -> NameAgreement | None:
    """How a written name agrees with a registered one; None when it does not."""
    if written == full:
        return NameAgreement.IDENTICAL
    if not is_partial(written):
        return _misspelt(written, full)
    if _HIDDEN.search(_ADDRESSED.sub("", written)):
        return NameAgreement.MASKED if _pattern(_ADDRESSED.sub("", written)).fullmatch(full) else None
    if full.startswith(shown_surname(written) or "\0"):
        return NameAgreement.SURNAME
    pet = _PET.match(written)
    given = full[len(surname_of(full)) :]
    return NameAgreement.PET_NAME if pet and (pet[1] or pet[2]) in given else None


@lru_cache(maxsize=1_000)
def shown_surname(partial: str) -> str:
    """The surname that a partial name shows: 庞 of 庞某某, 李 of 李*华, 薛 of 薛大爷, 张 of 老张; none of 军娃."""
    familiar = _FAMILIAR.match(partial)
    if familiar or _PET.match(partial):
        return familiar[1] if familiar else ""
    return surname_of(_shown(partial))


def shown_given(partial: str) -> str:
    """The characters of the given name that a partial name shows: 华 of 李*华, 军 of 军娃."""
    if _FAMILIAR.match(partial):
        return ""
    pet = _PET.match(partial)
    return pet[1] or pet[2] if pet else _shown(partial)[len(shown_surname(partial)) :]


def shown_characters(partial: str) -> int:
    """How many characters of the real name the partial one shows."""
    return len(shown_surname(partial)) + len(shown_given(partial))


def _shown(partial: str) -> str:
    return _HIDDEN.sub("", _ADDRESSED.sub("", partial))


def _misspelt(written: str, full: str) -> NameAgreement | None:
    if len(written) != len(full):
        return None
    if sound_of(written) == sound_of(full):
        return NameAgreement.SOUND
    differing = [(one, other) for one, other in zip(written, full, strict=True) if one != other]
    if len(differing) != 1:
        return None
    [(one, other)] = differing
    if other in similar_in_names_of_persons().get(one, ""):
        return NameAgreement.SHAPE
    return NameAgreement.ONE_CHARACTER if len(written) >= _LONG_ENOUGH else None


@lru_cache(maxsize=1_000)
def _pattern(partial: str) -> re.Pattern[str]:
    # 庞某 and 庞某某 are both written for names of two and of three characters; 李*华 shows where the gap is.
    shown = _HIDDEN_END.fullmatch(partial)
    if shown:
        return re.compile(shown[1] + rf"{_HAN}{{1,2}}")
    return re.compile(_HIDDEN.sub(_HAN, partial))
