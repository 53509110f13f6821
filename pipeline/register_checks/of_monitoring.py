"""Rules about monitored households; each yields what the register says where it is broken."""

from collections.abc import Iterator, Mapping

from domain.words.vocabulary import MonitoringCategory
from pipeline.register_checks.case import Case, Check, Said, holds, month

_ILLNESS, _DISASTER, _DISABILITY, _LABOUR, _WORK, _SCHOOL = "01", "02", "03", "04", "07", "09"


def no_labour(case: Case) -> Iterator[Said]:
    """Unsteady work as the risk of a household in which nobody can work."""
    told = [one for one in case.members if one.person.labour]
    if case.has_risk(_WORK) and told and not any(case.able(one.person) for one in told):
        kinds = "、".join(sorted({one.person.labour for one in told}))
        yield Said(f"登记的劳动技能只有「{kinds}」")


def no_work(case: Case) -> Iterator[Said]:
    """Unsteady work as the risk of a household of which no work is registered."""
    if case.has_risk(_WORK) and not case.entry.only_head and not any(one.works for one in case.members):
        yield Said("全家没有务工地点和务工时间")


def uninsured(case: Case) -> Iterator[Said]:
    """Members without insurance, and illness is no risk."""
    if case.monitored is None or case.has_risk(_ILLNESS):
        return
    for one in case.members:
        if one.facts.insured is False:
            yield Said(f"{one.shown}没有参保, 风险是{_risks(case)}", one.facts.place)


def soon_removed(case: Case) -> Iterator[Said]:
    """Helped out of the risk in the month it was found, or in the next."""
    begun, ended = case.facts.identified_on, case.facts.removed_on
    if begun is None or ended is None or not holds(case.facts.removed_how, case.words.helped):
        return
    months = (ended.year - begun.year) * 12 + ended.month - begun.month
    if 0 <= months < case.checks.limits.months_until_removed:
        yield Said(f"识别{month(begun)}, 消除{month(ended)}, {case.facts.removed_how}")


def removed_before(case: Case) -> Iterator[Said]:
    """The risk gone before it was found."""
    begun, ended = case.facts.identified_on, case.facts.removed_on
    if begun is not None and ended is not None and ended < begun:
        yield Said(f"识别{month(begun)}, 消除{month(ended)}")


def half_removed(case: Case) -> Iterator[Said]:
    """A risk that is gone without a month, or a month of a risk that is not gone."""
    gone, ended = case.facts.removed, case.facts.removed_on
    if (gone and ended is None) or (gone is False and ended is not None):
        yield Said(f"风险是否已消除「{'是' if gone else '否'}」, 消除时间{month(ended)}")


def removed_somehow(case: Case) -> Iterator[Said]:
    """A risk that is gone, and nobody says how."""
    how = case.facts.removed_how
    if case.facts.removed and not holds(how, (*case.words.helped, *case.words.naturally)):
        yield Said(f"风险消除方式「{how or '未填'}」")


def no_risk(case: Case) -> Iterator[Said]:
    """Monitored for nothing."""
    if case.monitored is not None and not case.facts.risks:
        yield Said(f"类别是{case.monitored.category.label}, 风险未填")


def no_category(case: Case) -> Iterator[Said]:
    """Risks of a household that is not monitored."""
    if case.facts.risks and not case.facts.category_written:
        yield Said(f"风险是{_risks(case)}, 类别未填")


def many_risks(case: Case) -> Iterator[Said]:
    """More risks than the national system has columns for."""
    if len(case.facts.risks) > case.checks.limits.most_risks:
        yield Said(f"有{len(case.facts.risks)}个: {_risks(case)}")


def unknown_risk(case: Case) -> Iterator[Said]:
    """A risk that has no national code."""
    if case.facts.unknown_risks:
        yield Said(f"风险「{'、'.join(case.facts.unknown_risks)[:60]}」")


def which_disaster(case: Case) -> Iterator[Said]:
    """A disaster without its kind."""
    if _DISASTER in case.facts.risk_codes and not case.facts.disaster:
        yield Said("因自然灾害子项未填")


def nobody_disabled(case: Case) -> Iterator[Said]:
    """Disability as the risk of a household in which nobody is disabled."""
    told = [one for one in case.members if one.person.health or one.facts.disability_card]
    if case.has_risk(_DISABILITY) and told and not any(case.disabled(one) for one in told):
        yield Said(f"健康状况有「{'、'.join(sorted({one.person.health for one in told}))}」")


def nobody_ill(case: Case) -> Iterator[Said]:
    """Illness as the risk of a household in which everybody is well."""
    words = case.words
    told = [one.person.health for one in case.members]
    if case.has_risk(_ILLNESS) and all(
        holds(health, words.healthy) and not holds(health, (*words.ill, *words.disabled)) for health in told
    ):
        yield Said(f"全家{len(told)}人的健康状况都是健康")


def nobody_at_school(case: Case) -> Iterator[Said]:
    """Schooling as the risk of a household without a pupil or student."""
    told = [one.person for one in case.members if one.person.student]
    if case.has_risk(_SCHOOL) and told and not any(case.at_school(person) for person in told):
        yield Said(f"在校生状况只有「{'、'.join(sorted({person.student for person in told}))}」")


def enough_labour(case: Case) -> Iterator[Said]:
    """Want of labour as the risk of a household in which every adult can work."""
    adults = [one for one in case.members if one.age is not None and one.age >= case.checks.ages.work_from]
    grown = [one.person for one in adults if not case.at_school(one.person)]
    if case.has_risk(_LABOUR) and grown and all(case.able(person) and "弱" not in person.labour for person in grown):
        yield Said(f"{len(grown)}个成年人都有劳动力")


def other_type(case: Case) -> Iterator[Said]:
    """A category that does not go with the type of the household."""
    kind = case.household.household_type
    if case.monitored is None or not kind:
        return
    never = holds(kind, case.words.never_poor)
    wanted_poor = case.monitored.category is MonitoringCategory.UNSTABLE and never
    wanted_other = (
        case.monitored.category is MonitoringCategory.MARGINAL and holds(kind, case.words.poor_before) and not never
    )
    if wanted_poor or wanted_other:
        yield Said(f"户类型「{kind}」, 监测对象类别「{case.monitored.category.label}」")


def removed_without_labour(case: Case) -> Iterator[Said]:
    """A household without labour whose risk is said to be gone."""
    if case.facts.without_labour and case.facts.removed:
        yield Said(f"兜底保障户, 消除时间{month(case.facts.removed_on)}")


def when_identified(case: Case) -> Iterator[Said]:
    """Monitored since nobody knows when, since before there was monitoring, or from some day to come."""
    begun = case.facts.identified_on
    if case.monitored is not None and (begun is None or not case.checks.limits.first_month <= begun <= case.today):
        yield Said(f"识别监测时间{month(begun)}")


def removed_in_trouble(case: Case) -> Iterator[Said]:
    """The risk gone, and house, water, school or insurance still in trouble."""
    if case.facts.removed and case.troubles:
        yield Said(f"风险已消除, {'、'.join(case.troubles)}有问题")


def _risks(case: Case) -> str:
    return "、".join(case.facts.risks)[:60] or "未填"


CHECKS: Mapping[str, Check] = {
    "M01": no_labour,
    "M02": no_work,
    "M03": uninsured,
    "M04": soon_removed,
    "M05": removed_before,
    "M06": half_removed,
    "M07": removed_somehow,
    "M08": no_risk,
    "M09": no_category,
    "M10": many_risks,
    "M11": unknown_risk,
    "M12": which_disaster,
    "M13": nobody_disabled,
    "M14": nobody_ill,
    "M15": nobody_at_school,
    "M16": enough_labour,
    "M17": other_type,
    "M18": removed_without_labour,
    "M19": when_identified,
    "M20": removed_in_trouble,
}
