"""Why one lead stands above another: points from the policy table, each with its sentence."""

from dataclasses import dataclass

from domain.leads.lead import PriorityReason
from domain.register.household import Household
from domain.risk import Risk
from domain.texts.analysis import Reading
from domain.words.vocabulary import Scope
from pipeline.policy.tables import PriorityPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the priority of a lead depends on."""

    risks: frozenset[Risk]
    urgent: bool
    scope: Scope
    readings: tuple[Reading, ...]
    voices: int
    """Independent ones: reprints of one report are one, and so are the petitions of one person."""
    times: int
    """How often the most patient petitioner has brought the matter in."""
    household: Household | None
    year: int


def assess(standing: Standing, policy: PriorityPolicy) -> tuple[int, tuple[PriorityReason, ...]]:
    """The points and all reasons, strongest first."""
    reasons = [
        *_urgency(standing, policy),
        *_risks(standing, policy),
        *_groups(standing, policy),
        *_repeats(standing, policy),
        *_household(standing, policy),
    ]
    reasons.sort(key=lambda reason: (-reason.points, reason.reason))
    return sum(reason.points for reason in reasons), tuple(reasons)


def _urgency(standing: Standing, policy: PriorityPolicy) -> list[PriorityReason]:
    reasons = []
    if standing.urgent:
        reasons.append(PriorityReason(points=policy.urgent.points, reason=policy.urgent.reason))
    if standing.scope is Scope.AREA:
        reasons.append(PriorityReason(points=policy.area.points, reason=policy.area.reason))
    return reasons


def _risks(standing: Standing, policy: PriorityPolicy) -> list[PriorityReason]:
    reasons = [PriorityReason(points=policy.risk[risk], reason=risk.label) for risk in standing.risks]
    beyond = len(standing.risks) - 1
    if beyond > 0:
        several = policy.several_risks
        points = min(several.points_each_beyond_first * beyond, several.most)
        reasons.append(PriorityReason(points=points, reason=several.reason.format(count=beyond + 1)))
    return reasons


def _groups(standing: Standing, policy: PriorityPolicy) -> list[PriorityReason]:
    groups = sorted({group for reading in standing.readings for group in reading.groups})
    if not groups:
        return []
    points = min(policy.group.points_each * len(groups), policy.group.most)
    return [
        PriorityReason(
            points=points, reason=policy.group.reason.format(groups="、".join(group.label for group in groups))
        )
    ]


def _repeats(standing: Standing, policy: PriorityPolicy) -> list[PriorityReason]:
    counted = ((standing.voices, policy.repeat), (standing.times, policy.series))
    return [
        PriorityReason(
            points=min(rule.points_each * (count - 1), rule.most),
            reason=rule.reason.format(count=count),
            of_sources=True,
        )
        for count, rule in counted
        if count > 1
    ]


def _household(standing: Standing, policy: PriorityPolicy) -> list[PriorityReason]:
    household, rules = standing.household, policy.household
    if household is None:
        return []
    reasons = [PriorityReason(points=rules.linked, reason=rules.linked_reason)]
    current = household.under_monitoring
    if current is not None:
        sentence = rules.under_monitoring_reason.format(category=current.category.label)
        reasons.append(PriorityReason(points=rules.under_monitoring, reason=sentence))
    elif household.monitoring:
        reasons.append(PriorityReason(points=rules.removed, reason=rules.removed_reason))
    if _is_lone_elder(household, standing.year, rules.lone_elder_age):
        reasons.append(PriorityReason(points=rules.lone_elder, reason=rules.lone_elder_reason))
    return reasons


def _is_lone_elder(household: Household, year: int, age: int) -> bool:
    born = household.persons[0].birth_year
    return len(household.persons) == 1 and born is not None and year - born >= age
