"""The life of a lead."""

from domain.lead import OPEN_STATUSES, LeadStatus, Phase


def test_every_status_belongs_to_a_phase():
    assert {status.phase for status in LeadStatus} == set(Phase)


def test_new_evidence_joins_leads_that_nobody_has_verified():
    assert {LeadStatus.NEW, LeadStatus.ASSIGNED, LeadStatus.VISITING} == OPEN_STATUSES
