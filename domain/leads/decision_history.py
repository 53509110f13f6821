"""What people decided about a lead, as each role may read it."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from domain.leads.lead import Decision, LeadStatus, LeadView, Phase
from domain.leads.step import Step
from domain.leads.workflow import ABOVE, READS_DISCIPLINE
from domain.privacy.masking import mask_text
from domain.words.vocabulary import Role

UNNAMED = "above"
"""Stands for who decided above, where that person must not be known."""


Mask = Callable[[str], str]
"""Makes of what somebody wrote what may be shown of it."""


def shown_decisions(view: LeadView, role: Role, mask: Mask = mask_text) -> list[Decision]:
    """The decisions, oldest first, as the role may read them.

    For those below, what was handed up and what went to discipline inspection look alike: no person, no reason, nothing
    filled in, from that step on until the lead is open again. What people wrote goes through `mask`; that hides numbers
    at least.
    """
    told = view.decisions if role in READS_DISCIPLINE else _hidden(view)
    return [_masked(one, mask) for one in told]


def as_shown(view: LeadView, role: Role, mask: Mask = mask_text) -> LeadView:
    """The lead with its decisions as the role may read them; its status is the last of these."""
    return replace(view, decisions=tuple(shown_decisions(view, role, mask)))


def _masked(decision: Decision, mask: Mask) -> Decision:
    return replace(
        decision,
        reason=mask(decision.reason),
        measures=mask(decision.measures),
        not_taken_in=mask(decision.not_taken_in),
    )


def _hidden(view: LeadView) -> Iterator[Decision]:
    above = False
    for decision in view.decisions:
        above = decision.status in ABOVE or (above and decision.status.phase is not Phase.OPEN)
        yield _without_content(decision) if above else decision


def _without_content(decision: Decision) -> Decision:
    went_up = decision.status in ABOVE
    return replace(
        decision,
        status=LeadStatus.HANDLED_ABOVE if went_up else decision.status,
        step=Step.HAND_UP if went_up else decision.step,
        decided_by=UNNAMED,
        reason="",
        visited_on=None,
        department="",
        other_lead=None,
        measures="",
        not_taken_in="",
        signed=None,
    )
