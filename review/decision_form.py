"""What the form for the next step of a lead offers: the steps that this person may make now, and what each needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.account import Account
from domain.document import DocumentId
from domain.lead import LeadStatus, LeadView, Phase
from domain.step import Step
from domain.workflow import Requirement, Transition
from review.assigning import may_get
from review.decisions import last_own_step
from review.lead_doors import steps_now
from review.merging import MAY_SPLIT
from review.views import open_evidence
from review.workflow import Workflow
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One status that may be set."""

    status: LeadStatus
    label: str
    needs: str
    """What has to be filled in, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepGroup:
    """The choices of one step."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionForm:
    """The form; without groups there is nothing that this person may do now."""

    groups: tuple[StepGroup, ...]
    asked: frozenset[Requirement]
    """What any of the choices needs: only these fields are shown."""
    assignees: Mapping[str, str]
    """Name by user name of whom the lead can be given to; empty where nobody can be chosen."""
    departments: Mapping[str, str]
    may_undo: bool
    splittable: Sequence[DocumentId]


def decision_form(
    work: UnitOfWork, account: Account, view: LeadView, workflow: Workflow | None, at: datetime
) -> DecisionForm:
    """The form for this person and lead at this moment."""
    rows = steps_now(work, account, view)
    steps = {row.step for row in rows}
    return DecisionForm(
        groups=tuple(_group(step, rows, view) for step in Step if step in steps),
        asked=frozenset(one for row in rows for one in row.requires),
        assignees=_assignees(work, account, view) if Step.ASSIGN in steps else {},
        departments=workflow.departments if workflow else {},
        may_undo=workflow is not None and last_own_step(view, account, at, workflow) is not None,
        splittable=_splittable(work, account, view) if rows else (),
    )


def _group(step: Step, rows: Sequence[Transition], view: LeadView) -> StepGroup:
    return StepGroup(
        label=step.label,
        choices=tuple(
            Choice(
                status=row.follows(view.status),
                label=row.after.label if row.after and row.step is not Step.ASSIGN else step.label,
                needs="、".join(one.label for one in Requirement if one in row.requires),
            )
            for row in rows
            if row.step is step
        ),
    )


def _assignees(work: UnitOfWork, giver: Account, view: LeadView) -> dict[str, str]:
    """Nobody is left out for recusal: a name that is missing would tell whom the texts name."""
    able = [one for one in work.accounts.all() if may_get(one, view, giver)]
    return {one.username: f"{one.display_name}({one.role.label})" for one in able}


def _splittable(work: UnitOfWork, account: Account, view: LeadView) -> tuple[DocumentId, ...]:
    """In the order and number of the texts on the page, which tells of no text that is hidden."""
    if account.role not in MAY_SPLIT or view.status.phase not in (Phase.OPEN, Phase.VERIFIED):
        return ()
    shown = [one.document_id for one in open_evidence(work, view)]
    return tuple(shown) if len(shown) > 1 else ()
