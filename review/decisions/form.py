"""What the form for the next step of a lead offers: the steps that this person may make now, and what each needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.accounts.account import Account
from domain.leads.lead import LeadStatus, LeadView, Phase
from domain.leads.step import Step
from domain.leads.workflow import Requirement, Transition
from domain.texts.document import DocumentId
from review.decisions.assigning import may_get, works_there
from review.decisions.decisions import last_own_step
from review.decisions.merging import MAY_SPLIT
from review.decisions.successor import NameableLead, nameable_leads
from review.rights.lead_doors import must_not_have, steps_now
from review.shown.views import open_evidence
from review.workflow import Workflow
from storage.joined.lead_names import names_of
from storage.unit_of_work import UnitOfWork

_MAY_BE_FILLED_IN = {
    Step.ASSIGN: ("assignee",),
    Step.VERIFY: (Requirement.VISITED_ON, Requirement.SIGNED),
}
"""Fields of a step beyond those that it requires."""
_AT_THE_DOOR = (Step.VERIFY, Step.CARRY_OUT, Step.VISIT_IN_VAIN)
"""What is recorded at a household, and last that it came to nothing; the rest is done at a desk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One status that may be set."""

    status: LeadStatus
    label: str
    needs: str
    """What has to be filled in, in words."""
    asks: str
    """The fields that have to be filled in, for the script that shows no others."""
    offers: str
    """Those, and what may be filled in as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepGroup:
    """The choices of one step."""

    step: Step
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignee:
    """Somebody at work where the lead is."""

    username: str
    label: str
    available: bool
    """False for whoever cannot have it now, be it for recusal, for the level or because the account is disabled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionForm:
    """The form; without groups there is nothing that this person may do now."""

    groups: tuple[StepGroup, ...]
    asked: frozenset[Requirement]
    """What any of the choices needs: only these fields are shown."""
    assignees: Sequence[Assignee]
    """Empty where nobody can be chosen."""
    departments: Mapping[str, str]
    nameable: Sequence[NameableLead]
    """Leads that may go on in place of this one; any other is typed."""
    naming: tuple[str, ...]
    """The choices that name such a lead."""
    may_undo: bool
    splittable: Sequence[DocumentId]

    @property
    def at_the_door(self) -> "DecisionForm":
        """The part of it for a visit: what was found there comes first, and there is nothing to pass on or to begin."""
        found = {one.step: one for one in self.groups}
        groups = [found[step] for step in _AT_THE_DOOR if step in found]
        needed = {name for group in groups for choice in group.choices for name in choice.asks.split()}
        offered = {choice.label for group in groups for choice in group.choices}
        return replace(
            self,
            groups=tuple(replace(one, label="还没有结论") if one.step is Step.VISIT_IN_VAIN else one for one in groups),
            asked=frozenset(one for one in self.asked if one in needed),
            assignees=(),
            naming=tuple(one for one in self.naming if one in offered),
        )


def decision_form(
    work: UnitOfWork, account: Account, view: LeadView, workflow: Workflow | None, at: datetime
) -> DecisionForm:
    """The form for this person and lead at this moment."""
    rows = steps_now(work, account, view)
    steps = {row.step for row in rows}
    asked = frozenset(one for row in rows for one in row.requires)
    return DecisionForm(
        groups=tuple(_group(step, rows, view) for step in Step if step in steps),
        asked=asked,
        assignees=_assignees(work, account, view) if Step.ASSIGN in steps else (),
        departments=workflow.departments if workflow else {},
        nameable=nameable_leads(work, account, view) if Requirement.OTHER_LEAD in asked else (),
        naming=tuple(row.follows(view.status).label for row in rows if Requirement.OTHER_LEAD in row.requires),
        may_undo=workflow is not None and last_own_step(view, account, at, workflow) is not None,
        splittable=_splittable(work, account, view) if rows else (),
    )


def _group(step: Step, rows: Sequence[Transition], view: LeadView) -> StepGroup:
    return StepGroup(
        step=step,
        label=step.label,
        choices=tuple(
            Choice(
                status=row.follows(view.status),
                label=_label(row),
                needs="、".join(one.label for one in Requirement if one in row.requires),
                asks=" ".join(sorted(row.requires)),
                offers=" ".join(sorted({*row.requires, *_MAY_BE_FILLED_IN.get(step, ())})),
            )
            for row in rows
            if row.step is step
        ),
    )


def _label(row: Transition) -> str:
    if row.step is Step.VISIT_IN_VAIN:
        return "没见到人或说不清, 改天再去"
    return row.after.label if row.after and row.step is not Step.ASSIGN else row.step.label


def _assignees(work: UnitOfWork, giver: Account, view: LeadView) -> tuple[Assignee, ...]:
    """Everybody at work there, whoever can have it first.

    Who cannot is not told why: neither the giver nor anybody else may learn from a list whom a text names, which the
    giver may not read (信访工作条例 art. 30). So those who cannot have it for any other reason stand there alike.
    """
    there = [one for one in work.accounts.all() if works_there(one, view)]
    names = names_of(work, view)
    listed = [
        Assignee(
            username=one.username,
            label=f"{one.display_name}({one.role.label})",
            available=may_get(one, view, giver) and not must_not_have(one, names),
        )
        for one in there
    ]
    return tuple(sorted(listed, key=lambda one: not one.available))


def _splittable(work: UnitOfWork, account: Account, view: LeadView) -> tuple[DocumentId, ...]:
    """In the order and number of the texts on the page, which tells of no text that is hidden."""
    if account.role not in MAY_SPLIT or view.status.phase not in (Phase.OPEN, Phase.VERIFIED):
        return ()
    shown = [one.document_id for one in open_evidence(work, view)]
    return tuple(shown) if len(shown) > 1 else ()
