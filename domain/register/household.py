"""The registry: who lives where, with whom, and in which monitoring category."""

from dataclasses import dataclass
from datetime import date
from typing import NewType

from domain.labelled import Labelled
from domain.places.region import RegionCode
from domain.words.vocabulary import MonitoringCategory

HouseholdId = NewType("HouseholdId", str)


class Relation(Labelled):
    """Relation to the head of the household (与户主关系)."""

    HEAD = "head", "本人"
    SPOUSE = "spouse", "配偶"
    CHILD = "child", "子女"
    CHILD_IN_LAW = "child_in_law", "儿媳或女婿"
    GRANDCHILD = "grandchild", "孙辈"
    PARENT = "parent", "父母"
    GRANDPARENT = "grandparent", "祖父母"
    SIBLING = "sibling", "兄弟姐妹"
    OTHER = "other", "其他"


class Sex(Labelled):
    """Sex as registered."""

    MALE = "male", "男"
    FEMALE = "female", "女"
    UNKNOWN = "unknown", "未填"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One registered person."""

    name: str
    relation: Relation
    sex: Sex = Sex.UNKNOWN
    birth_year: int | None = None
    id_number: str = ""
    phone: str = ""
    health: str = ""
    """As registered: 健康, 长期慢性病, 患有大病, 残疾; several joined by 、"""
    labour: str = ""
    work_place: str = ""
    work_months: int = 0
    student: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringRecord:
    """One entry of a household's monitoring history."""

    category: MonitoringCategory
    risks: tuple[str, ...]
    """The registered risks in the words of the register, such as 因病."""
    identified_on: date | None = None
    removed_on: date | None = None
    removed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """One registered household; the first person is the head."""

    id: HouseholdId
    """The register's own household number (户编号)."""
    village: RegionCode
    group: str
    persons: tuple[Person, ...]
    household_type: str = ""
    natural_village: str = ""
    address: str = ""
    relocation_site: str = ""
    """Name of the relocation site the household lives in; empty when it does not."""
    monitoring: tuple[MonitoringRecord, ...] = ()

    @property
    def head(self) -> Person:
        """The head of the household, or its first person when the register names no head."""
        return next((person for person in self.persons if person.relation is Relation.HEAD), self.persons[0])

    @property
    def under_monitoring(self) -> MonitoringRecord | None:
        """The monitoring record in force, if there is one."""
        return next((record for record in self.monitoring if not record.removed), None)
