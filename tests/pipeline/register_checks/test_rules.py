"""Every rule against a household that breaks it and one that does not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from domain.failures.errors import ConfigError
from domain.places.region import RegionCode
from domain.register.household import Household, HouseholdId, MonitoringRecord, Person, Relation, Sex
from domain.register.id_number import check_character
from domain.register.register_entry import HouseholdEntry, HouseholdFacts, Income, PersonFacts, RowPlace
from domain.register.register_finding import FindingLevel
from domain.words.vocabulary import MonitoringCategory
from pipeline.policy.tables import load_policy
from pipeline.register_checks.checking import CHECKS, TWICE_REGISTERED, Findings
from tests.factories import VILLAGE

TODAY = date(2026, 11, 24)
CHECKS_OF_POLICY = load_policy().household_register.checks
PLACE = RowPlace(sheet="台账", row=3)


def id_number(day: str, sex: Sex, serial: int = 10) -> str:
    """Made on the spot with a right check character, of an area code that was never given out."""
    digits = f"999999{day}{serial:02d}{1 if sex is Sex.MALE else 2}"
    return digits + check_character(digits)


@dataclass
class Family:
    """A household under construction: head, spouse, child, grandmother; nothing is wrong with them."""

    persons: list[Person] = field(default_factory=list)
    facts: list[PersonFacts] = field(default_factory=list)
    household: dict[str, object] = field(default_factory=dict)
    said: dict[str, object] = field(default_factory=dict)
    only_head: bool = False

    def member(self, at: int, **changes: object) -> None:
        self.persons[at] = replace(self.persons[at], **changes)  # type: ignore[arg-type]

    def fact(self, at: int, **changes: object) -> None:
        self.facts[at] = replace(self.facts[at], **changes)  # type: ignore[arg-type]

    def monitor(self, *risks: str, codes: tuple[str, ...], **said: object) -> None:
        """Make it a monitored household."""
        record = MonitoringRecord(category=MonitoringCategory.UNSTABLE, risks=risks, identified_on=date(2022, 3, 1))
        self.household |= {"monitoring": (record,), "household_type": "脱贫户"}
        self.said |= {"category_written": True, "risks": risks, "risk_codes": codes}
        self.said |= {"identified_on": date(2022, 3, 1), "removed": False, **said}

    def entry(self) -> HouseholdEntry:
        values: dict[str, object] = {
            "id": HouseholdId("1411241042020001"),
            "village": VILLAGE,
            "group": "一组",
            "household_type": "一般农户",
            **self.household,
            "persons": tuple(self.persons),
        }
        said: dict[str, object] = {"place": PLACE, "head_name": "庞甲甲", "size": len(self.persons), **self.said}
        return HouseholdEntry(
            household=Household(**values),  # type: ignore[arg-type]
            facts=HouseholdFacts(**said),  # type: ignore[arg-type]
            persons=tuple(self.facts),
            only_head=self.only_head,
        )


def clean() -> Family:
    told = (
        ("庞甲甲", Relation.HEAD, Sex.MALE, "19750506", "长期慢性病", "普通劳动力", ""),
        ("李乙乙", Relation.SPOUSE, Sex.FEMALE, "19780607", "健康", "弱劳动力或半劳动力", ""),
        ("庞丙丙", Relation.CHILD, Sex.MALE, "20141003", "健康", "无劳动力", "小学"),
        ("张丁丁", Relation.PARENT, Sex.FEMALE, "19480101", "残疾", "丧失劳动力", ""),
    )
    family = Family()
    for row, (name, relation, sex, day, health, labour, student) in enumerate(told, start=3):
        born = date(int(day[:4]), int(day[4:6]), int(day[6:]))
        person = Person(
            name=name,
            relation=relation,
            sex=sex,
            birth_year=born.year,
            id_number=id_number(day, sex),
            health=health,
            labour=labour,
            student=student,
        )
        family.persons.append(person)
        family.facts.append(PersonFacts(place=RowPlace(sheet="台账", row=row), born_on=born, insured=True))
    family.member(0, work_place="太原市", work_months=8)
    family.fact(0, work_months=8)
    return family


def ill() -> Family:
    family = clean()
    family.monitor("因病", codes=("01",))
    return family


def removed(**said: object) -> Family:
    family = clean()
    told = {"removed": True, "removed_on": date(2023, 3, 1), "removed_how": "帮扶消除"}
    family.monitor("因病", codes=("01",), **{**told, **said})
    return family


def at_risk(word: str, code: str, **said: object) -> Family:
    family = clean()
    family.monitor(word, codes=(code,), **said)
    return family


def changed(make: Callable[[], Family], change: Callable[[Family], object]) -> Callable[[], Family]:
    def made() -> Family:
        family = make()
        change(family)
        return family

    return made


def said(make: Callable[[], Family] = clean, **facts: object) -> Callable[[], Family]:
    return changed(make, lambda family: family.said.update(facts))


def member(at: int, make: Callable[[], Family] = clean, **changes: object) -> Callable[[], Family]:
    return changed(make, lambda family: family.member(at, **changes))


def fact(at: int, make: Callable[[], Family] = clean, **changes: object) -> Callable[[], Family]:
    return changed(make, lambda family: family.fact(at, **changes))


def income(**sums: float) -> Callable[[], Family]:
    told = {"wages": 20000.0, "business": 9000.0, "property": 0.0, "transfers": 3000.0, "business_costs": 2000.0}
    return said(income=Income(**{**told, "net": 30000.0, "per_head": 7500.0, **sums}))  # type: ignore[arg-type]


MAN = id_number("19750506", Sex.MALE)
WRONG = MAN[:17] + ("0" if MAN[17] != "0" else "1")

Case = tuple[Callable[[], Family], Callable[[], Family]]
"""A household that breaks the rule, and one near it that does not."""
CASES: Mapping[str, Case] = {
    "P01": (member(0, id_number=WRONG), member(0, id_number=MAN)),
    "P02": (fact(0, born_on=date(1975, 5, 7)), fact(0, born_on=None)),
    "P03": (member(0, sex=Sex.FEMALE), member(0, sex=Sex.UNKNOWN)),
    "P04": (member(0, id_number=MAN[:6] + MAN[8:17]), clean),
    "P06": (member(0, id_number=""), clean),
    "P07": (member(0, id_number="999999197502301118"), clean),
    "P08": (
        fact(3, disability_card=id_number("19480101", Sex.FEMALE) + "85"),
        fact(3, disability_card=id_number("19480101", Sex.FEMALE) + "43"),
    ),
    "P09": (
        fact(1, disability_card=id_number("19780607", Sex.FEMALE) + "43"),
        fact(3, disability_card=id_number("19480101", Sex.FEMALE) + "43"),
    ),
    "P10": (
        fact(3, disability_card=id_number("19480101", Sex.FEMALE, 33) + "43"),
        fact(3, disability_card=id_number("19480101", Sex.FEMALE) + "43"),
    ),
    "P11": (member(2, student="非在校生"), member(1, student="非在校生")),
    "P12": (member(2, labour="普通劳动力"), member(2, labour="")),
    "P13": (fact(0, work_months=15), fact(0, work_months=12)),
    "P14": (member(0, work_place=""), member(0, work_months=8)),
    "P15": (
        changed(clean, lambda one: (one.member(2, work_place="太原市"), one.fact(2, work_months=2))),
        clean,
    ),
    "P16": (
        changed(clean, lambda one: (one.member(3, work_place="太原市"), one.fact(3, work_months=2))),
        clean,
    ),
    "P17": (fact(3, allowance=True, supported=True), fact(3, allowance=True, supported=False)),
    "H01": (said(heads=2), said(heads=1)),
    "H02": (said(head_name="庞某某"), said(head_name="")),
    "H03": (said(size=5), said(size=None)),
    "H04": (member(1, sex=Sex.MALE, id_number=id_number("19780607", Sex.MALE)), clean),
    "H05": (member(2, birth_year=1970), member(2, birth_year=None)),
    "H06": (
        member(0, id_number=id_number("20120101", Sex.MALE)),
        member(0, id_number=id_number("20100101", Sex.MALE)),
    ),
    "H07": (
        changed(said(relocated=True), lambda one: one.household.update(relocation_site="搬迁安置点")),
        changed(said(relocated=True), lambda one: one.household.update(relocation_site="某某新村")),
    ),
    "H08": (income(net=31000.0, per_head=7750.0), income()),
    "H09": (income(per_head=8000.0), income(per_head=7500.4)),
    "H10": (said(income=Income(per_head=7000.0)), said(ill, income=Income(per_head=7000.0))),
    "H11": (said(unsafe_house=True), said(ill, unsafe_house=True)),
    "H12": (said(without_labour=True), said(without_labour=False)),
    "H13": (
        changed(said(uninsured=False), lambda one: one.fact(1, insured=False)),
        said(uninsured=False),
    ),
    "M01": (
        changed(
            lambda: at_risk("因务工就业不稳", "07"),
            lambda one: (one.member(0, labour="丧失劳动力"), one.member(1, labour="无劳动力")),
        ),
        lambda: at_risk("因务工就业不稳", "07"),
    ),
    "M02": (
        changed(
            lambda: at_risk("因务工就业不稳", "07"),
            lambda one: (one.member(0, work_place="", work_months=0), one.fact(0, work_months=None)),
        ),
        lambda: at_risk("因务工就业不稳", "07"),
    ),
    "M03": (fact(1, lambda: at_risk("因残", "03"), insured=False), fact(1, ill, insured=False)),
    "M04": (lambda: removed(removed_on=date(2022, 4, 1)), lambda: removed(removed_on=date(2022, 5, 1))),
    "M05": (lambda: removed(removed_on=date(2022, 2, 1)), removed),
    "M06": (lambda: removed(removed_on=None), removed),
    "M07": (lambda: removed(removed_how="死亡"), lambda: removed(removed_how="自然消除")),
    "M08": (said(ill, risks=(), risk_codes=()), ill),
    "M09": (said(risks=("因病",), risk_codes=("01",)), ill),
    "M10": (
        said(ill, risks=("因病", "因残", "因学", "因意外事故", "其他", "因产业失败")),
        said(ill, risks=("因病", "因残", "因学", "因意外事故", "其他")),
    ),
    "M11": (said(ill, unknown_risks=("因故",)), ill),
    "M12": (lambda: at_risk("因自然灾害", "02"), lambda: at_risk("因自然灾害", "02", disaster="旱灾")),
    "M13": (member(3, lambda: at_risk("因残", "03"), health="健康"), lambda: at_risk("因残", "03")),
    "M14": (
        changed(ill, lambda one: (one.member(0, health="健康"), one.member(3, health="健康"))),
        ill,
    ),
    "M15": (member(2, lambda: at_risk("因学", "09"), student="非在校生"), lambda: at_risk("因学", "09")),
    "M16": (
        changed(
            lambda: at_risk("因缺劳动力", "04"),
            lambda one: (one.member(1, labour="普通劳动力"), one.member(3, labour="普通劳动力")),
        ),
        lambda: at_risk("因缺劳动力", "04"),
    ),
    "M17": (changed(ill, lambda one: one.household.update(household_type="一般农户")), ill),
    "M18": (lambda: removed(without_labour=True), removed),
    "M19": (said(ill, identified_on=date(2019, 3, 1)), said(ill, identified_on=date(2020, 3, 1))),
    "M20": (lambda: removed(unsafe_water=True), removed),
}


def rules_of(family: Family) -> set[str]:
    return {one.rule for one in Findings([family.entry()], CHECKS_OF_POLICY, TODAY)}


def test_every_rule_of_the_table_is_checked_and_tested():
    rules = [rule.id for rule in CHECKS_OF_POLICY.rule]
    assert len(set(rules)) == len(rules)
    assert set(rules) == {*CHECKS, TWICE_REGISTERED} == {*CASES, TWICE_REGISTERED}


@pytest.mark.parametrize("family", [clean, ill, removed], ids=["not monitored", "monitored", "removed"])
def test_nothing_is_found_in_a_household_that_agrees_with_itself(family: Callable[[], Family]):
    assert rules_of(family()) == set()


@pytest.mark.parametrize("rule", CASES)
def test_a_household_that_breaks_the_rule_is_found(rule: str):
    breaking, _ = CASES[rule]
    assert rule in rules_of(breaking())


@pytest.mark.parametrize("rule", CASES)
def test_a_household_near_it_is_not(rule: str):
    _, keeping = CASES[rule]
    assert rule not in rules_of(keeping())


def test_a_person_in_two_households_is_told_to_both_with_the_other_number():
    here, there = clean(), clean()
    there.household["id"] = HouseholdId("1411241042020002")
    for at in (0, 2, 3):
        there.member(at, id_number=id_number("19990101", Sex.MALE, 40 + at))
    old = there.persons[1].id_number
    there.member(1, id_number=old[:6] + old[8:17])

    found = [
        one for one in Findings([here.entry(), there.entry()], CHECKS_OF_POLICY, TODAY) if one.rule == TWICE_REGISTERED
    ]

    assert [(one.household_id, one.says, one.place.row) for one in found] == [
        ("1411241042020001", "李**: 也登记在户编号1411241042020002", 4),
        ("1411241042020002", "李**: 也登记在户编号1411241042020001", 4),
    ]
    assert found[0].level is FindingLevel.ERROR


def test_a_finding_says_where_what_and_what_to_do_and_shows_no_name_or_number():
    [found] = Findings([member(0, id_number=WRONG)().entry()], CHECKS_OF_POLICY, TODAY)

    assert (found.household_id, found.village, found.place) == ("1411241042020001", VILLAGE, PLACE)
    assert (found.wrong, found.advice) == ("身份证号的校验码不对", "照身份证或户口簿改正号码")
    assert "庞**" in found.says
    assert "庞甲甲" not in found.says
    assert WRONG not in found.says


def test_a_line_is_that_of_the_latest_known_year_and_of_the_narrowest_region():
    assert CHECKS_OF_POLICY.income_line_of(VILLAGE, 2020) is None
    assert CHECKS_OF_POLICY.income_line_of(RegionCode("990124104202"), 2026) is None
    line = CHECKS_OF_POLICY.income_line_of(VILLAGE, 2026)
    assert line is not None
    assert (line.year, line.amount) == (2023, 7100)
    county = line.model_copy(update={"region": "141124", "amount": 7200})
    narrower = CHECKS_OF_POLICY.model_copy(update={"income_line": (*CHECKS_OF_POLICY.income_line, county)})
    assert narrower.income_line_of(VILLAGE, 2026) == county


def test_a_county_may_leave_rules_out_but_not_invent_them():
    fewer = CHECKS_OF_POLICY.model_copy(update={"rule": CHECKS_OF_POLICY.rule[1:]})
    assert list(Findings([member(0, id_number=WRONG)().entry()], fewer, TODAY)) == []
    invented = CHECKS_OF_POLICY.rule[0].model_copy(update={"id": "X99"})
    with pytest.raises(ConfigError, match=r"register_checks.toml 里没有规则 X99"):
        Findings([], CHECKS_OF_POLICY.model_copy(update={"rule": (invented,)}), TODAY)


def test_families_that_the_file_does_not_name_are_not_counted():
    family = said(size=6)()
    family.only_head = True
    assert rules_of(family) == set()
