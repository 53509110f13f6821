"""Rules about one person; each yields what the register says where it is broken."""

from collections.abc import Iterator, Mapping

from domain.register.household import Sex
from domain.register.id_number import born_on, eighteen, has_right_check, is_old, is_whole, sex_of
from pipeline.register_checks.case import Case, Check, Member, Said

_KINDS = range(1, 8)
_GRADES = range(1, 5)


def _said(member: Member, text: str) -> Said:
    return Said(f"{member.shown}: {text}", member.facts.place)


def wrong_check(case: Case) -> Iterator[Said]:
    """An ID number whose last character does not belong to the others."""
    for one in case.members:
        number = one.person.id_number
        if number and not is_old(number) and not has_right_check(number):
            yield _said(one, f"身份证号最后一位是{number[-1]}, 按前17位算出来不是")


def other_birth(case: Case) -> Iterator[Said]:
    """A birth date that is not the ID number's."""
    for one in case.members:
        day = born_on(one.person.id_number)
        if day and one.facts.born_on and day != one.facts.born_on:
            yield _said(one, f"出生日期一列与身份证号相差{abs((day - one.facts.born_on).days)}天")


def other_sex(case: Case) -> Iterator[Said]:
    """A sex that is not the ID number's."""
    for one in case.members:
        sex = sex_of(one.person.id_number)
        if Sex.UNKNOWN not in (sex, one.person.sex) and sex is not one.person.sex:
            yield _said(one, f"性别填{one.person.sex.label}, 身份证号第17位表示{sex.label}")


def old_number(case: Case) -> Iterator[Said]:
    """An ID number of fifteen digits."""
    for one in case.members:
        if is_old(one.person.id_number):
            yield _said(one, "身份证号只有15位")


def no_number(case: Case) -> Iterator[Said]:
    """Nobody's ID number, or one that could not be read."""
    for one in case.members:
        if not one.person.id_number:
            yield _said(one, "身份证号没有填或读不出来")


def impossible_birth(case: Case) -> Iterator[Said]:
    """An ID number with a day of birth that there is not, or not yet."""
    for one in case.members:
        number = one.person.id_number
        day = born_on(number)
        if is_whole(number) and (day is None or day > case.today):
            yield _said(one, "身份证号第7到14位不是一个过去的日子")


def wrong_card(case: Case) -> Iterator[Said]:
    """A disability card of an unknown kind or grade."""
    for one in case.members:
        card = one.facts.disability_card
        if card and not (int(card[18]) in _KINDS and int(card[19]) in _GRADES):
            yield _said(one, f"类别{card[18]}, 等级{card[19]}")


def card_of_the_healthy(case: Case) -> Iterator[Said]:
    """A disability card of somebody whose health says nothing of it."""
    for one in case.members:
        health = one.person.health
        if one.facts.disability_card and not any(word in health for word in case.words.disabled):
            yield _said(one, f"健康状况是「{health or '未填'}」")


def card_of_another(case: Case) -> Iterator[Said]:
    """A disability card that does not begin with the person's ID number."""
    for one in case.members:
        card, number = one.facts.disability_card, one.person.id_number
        if card and number and card[:18] != eighteen(number):
            yield _said(one, "两个号码不同")


def not_at_school(case: Case) -> Iterator[Said]:
    """A child of school age who is registered as out of school."""
    ages = case.checks.ages
    for one in case.members:
        of_age = one.age is not None and ages.school_from < one.age <= ages.school_to
        if of_age and one.person.student and not case.at_school(one.person):
            yield _said(one, f"{one.age}岁, 在校生状况是「{one.person.student}」")


def child_labour(case: Case) -> Iterator[Said]:
    """Somebody too young to work who is counted as labour."""
    for one in case.members:
        if one.age is not None and one.age < case.checks.ages.work_from and case.able(one.person):
            yield _said(one, f"{one.age}岁, 劳动技能是「{one.person.labour}」")


def too_many_months(case: Case) -> Iterator[Said]:
    """More months of work than a year has."""
    for one in case.members:
        if (one.facts.work_months or 0) > 12:
            yield _said(one, f"务工时间{one.facts.work_months}个月")


def half_told_work(case: Case) -> Iterator[Said]:
    """A place of work without months, or months without a place."""
    for one in case.members:
        if bool(one.person.work_place) != bool(one.facts.work_months or one.person.work_months):
            yield _said(one, "只有务工地点" if one.person.work_place else "只有务工时间")


def working_student(case: Case) -> Iterator[Said]:
    """A pupil or student with work away from home."""
    for one in case.members:
        if case.at_school(one.person) and one.works:
            yield _said(one, f"在校生状况是「{one.person.student}」, 又填了务工")


def working_unable(case: Case) -> Iterator[Said]:
    """Somebody who cannot work with work away from home."""
    for one in case.members:
        if case.unable(one.person) and one.works:
            yield _said(one, f"劳动技能是「{one.person.labour}」, 又填了务工")


def paid_twice(case: Case) -> Iterator[Said]:
    """Minimum allowance and support of the destitute at once."""
    for one in case.members:
        if one.facts.allowance and one.facts.supported:
            yield _said(one, "低保和特困供养都是「是」")


CHECKS: Mapping[str, Check] = {
    "P01": wrong_check,
    "P02": other_birth,
    "P03": other_sex,
    "P04": old_number,
    "P06": no_number,
    "P07": impossible_birth,
    "P08": wrong_card,
    "P09": card_of_the_healthy,
    "P10": card_of_another,
    "P11": not_at_school,
    "P12": child_labour,
    "P13": too_many_months,
    "P14": half_told_work,
    "P15": working_student,
    "P16": working_unable,
    "P17": paid_twice,
}
