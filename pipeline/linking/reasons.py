"""The kinds of evidence that a text speaks of a household, each with the sentence a cadre reads.

No sentence says who petitioned. Where a neighbour reports, his own household is only ever shown with a neutral
sentence, to nobody who may not know who petitioned, and not at all when the household he speaks of is found.
"""

from dataclasses import dataclass

from domain.labelled import Labelled
from domain.links.link import OF_REPORTER
from pipeline.linking.names import NameAgreement
from pipeline.linking.place_agreement import PlaceAgreement


class Reason(Labelled):
    """Why a household may be meant, or why it may not; the slug is the key in `parameters.toml`."""

    ID_NUMBER = "id_number", "身份证号一致"
    PHONE = "phone", "联系电话一致"
    PHONE_AND_NAME = "phone_and_name", "联系电话一致，姓名也相符"
    REPORTER_ID_NUMBER = "reporter_id_number", OF_REPORTER
    REPORTER_PHONE = "reporter_phone", OF_REPORTER
    NAME_AND_VILLAGE = "name_and_village", "同村、姓名相同"
    NAME_AND_TOWN = "name_and_town", "同乡镇、姓名相同，文中没有写明村"
    NAME_ONLY = "name_only", "姓名相同，文中没有写明所在村"
    NAME_OTHER_VILLAGE = "name_other_village", "姓名相同，但文中写的是另一个村"
    SOUND_AND_VILLAGE = "sound_and_village", "同村、姓名同音（字不同）"
    SOUND = "sound", "姓名同音（字不同），村未写明或不符"
    MISSPELT_AND_VILLAGE = "misspelt_and_village", "同村、姓名只差一个字"
    MISSPELT = "misspelt", "姓名只差一个字，村未写明或不符"
    REPORTER_NAME = "reporter_name", OF_REPORTER
    MENTIONED_ASIDE = "mentioned_aside", "文中只是提到此人，没有说其家庭情况"
    NAME_DISAGREES = "name_disagrees", "该户台账中没有文中的姓名"
    SECOND_MEMBER = "second_member", "文中还提到该户另一名成员"
    OTHER_MISSING = "other_missing", "文中提到的另一人不在该户台账中"
    ANOTHER_NAMED = "another_named", "文中还说到不在该户的另一人"
    KIN = "kin", "文中说到的家人，台账中也有"
    KIN_AGE = "kin_age", "文中说到的家人，关系和年龄与台账相符"
    KIN_MISSING = "kin_missing", "文中说到的家人，台账中没有"
    RELATION = "relation", "文中说的家庭关系与台账一致"
    PARTIAL_NAME_AND_VILLAGE = "partial_name_and_village", "同村，姓氏和写出的字相符（姓名不全）"
    PARTIAL_NAME = "partial_name", "写出的姓名部分相符"
    MASKED_ID_NUMBER = "masked_id_number", "部分遮盖的证件号相符"
    ID_NUMBER_DIFFERS = "id_number_differs", "文中的证件号不是该户的"
    PHONE_DIFFERS = "phone_differs", "文中的电话不是该户登记的"
    BIRTH_YEAR = "birth_year", "年龄与台账相符"
    BIRTH_YEAR_ONE_OFF = "birth_year_one_off", "年龄与台账相差一岁"
    BIRTH_YEAR_NEAR = "birth_year_near", "年龄与台账相差二至四岁"
    BIRTH_YEAR_DIFFERS = "birth_year_differs", "年龄与台账相差较大"
    SEX = "sex", "性别与台账相符"
    SEX_DIFFERS = "sex_differs", "性别与台账不符"
    TITLE = "title", "称呼与年龄、性别相符"
    TITLE_DIFFERS = "title_differs", "称呼与年龄或性别不符"
    HEAD = "head", "相符的人是户主"
    NOT_HEAD = "not_head", "相符的人不是户主"
    HEALTH = "health", "台账登记的健康状况与所述病情相符"
    GROUP = "group", "村民小组相同"
    GROUP_DIFFERS = "group_differs", "村民小组与台账不同"
    RELOCATION_SITE = "relocation_site", "住同一安置点"


@dataclass(frozen=True, slots=True)
class Basis:
    """How a name agrees, and how many persons agree so by chance where it was looked for."""

    chance: float
    agreement: NameAgreement | None = None
    place: PlaceAgreement | None = None
    given_shown: bool = False
    """True for a partial name that shows the surname and a character of the given name: 李*华."""
    beside_number: bool = False
    """True where a number agrees as well: a name that agrees, however common, then never speaks against."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason with its weight, and the person of the household it rests on where there is one."""

    reason: Reason
    weight: float
    """Log-odds that it adds, natural logarithm."""
    person: str = ""
    basis: Basis | None = None
    """What the weight was computed from, where it is no fixed one of the reason."""


_NAMED = frozenset({Reason.NAME_AND_VILLAGE, Reason.NAME_AND_TOWN, Reason.NAME_ONLY, Reason.NAME_OTHER_VILLAGE})
REPORTER = frozenset({Reason.REPORTER_ID_NUMBER, Reason.REPORTER_PHONE, Reason.REPORTER_NAME})
"""What ties a household to whoever brought the matter in, while the text speaks of somebody else."""

NAME_REASONS = _NAMED | {
    Reason.SOUND_AND_VILLAGE,
    Reason.SOUND,
    Reason.MISSPELT_AND_VILLAGE,
    Reason.MISSPELT,
    Reason.PARTIAL_NAME_AND_VILLAGE,
    Reason.PARTIAL_NAME,
}
"""What these weigh is computed from the register."""
COMPUTED_REASONS = frozenset({Reason.SECOND_MEMBER, Reason.MASKED_ID_NUMBER})
"""How often these hold by chance is computed."""
UNSAID = frozenset({Reason.HEAD, Reason.NOT_HEAD})
"""These order those of one surname, and tell a cadre nothing that he could look up."""
SAME_AGE = (Reason.BIRTH_YEAR, Reason.BIRTH_YEAR_ONE_OFF)
"""An age that agrees: some count the years of a life and some the birthdays."""
IDENTIFYING = frozenset({Reason.ID_NUMBER, Reason.PHONE, Reason.PHONE_AND_NAME})
"""Beside one of these a name that agrees, however common, does not speak against the household."""


def sentence(evidence: Evidence, same_name_count: int) -> str:
    """The reason in Chinese, with how many households know the name: 同村、姓名相同；全镇同名2户."""
    namesake = evidence.reason in _NAMED and same_name_count > 1
    return f"{evidence.reason.label}；台账中同名{same_name_count}户" if namesake else evidence.reason.label
