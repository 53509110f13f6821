"""Says beside the households that a lead's texts offer that the right one may not be in the register."""

from domain.leads.lead import LeadView
from domain.register.register_absence import AbsenceThresholds, AbsenceWord
from review.shown.views import open_evidence
from storage.unit_of_work import UnitOfWork


def absence_word(work: UnitOfWork, view: LeadView, thresholds: AbsenceThresholds) -> AbsenceWord | None:
    """The word for the text that is surest of its household; None where it is too sure, or people said who it is.

    Texts that offer no household do not count; one that was linked before the probability was stored tells nothing.
    """
    links = [work.links.latest(one.document_id) for one in open_evidence(work, view)]
    told = [one.absent for one in links if one is not None and one.candidates]
    known = [one for one in told if one is not None]
    return thresholds.word(min(known)) if known and len(known) == len(told) else None
