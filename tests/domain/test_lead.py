"""The life of a lead."""

from domain.lead import ALLOWED_TRANSITIONS, OPEN_STATUSES, LeadStatus


def test_every_status_says_what_may_follow():
    assert set(ALLOWED_TRANSITIONS) == set(LeadStatus)


def test_a_closed_lead_stays_closed():
    assert ALLOWED_TRANSITIONS[LeadStatus.CLOSED] == frozenset()


def test_no_status_follows_itself():
    assert all(status not in following for status, following in ALLOWED_TRANSITIONS.items())


def test_a_lead_cannot_be_closed_before_somebody_has_verified_it():
    assert all(LeadStatus.CLOSED not in ALLOWED_TRANSITIONS[status] for status in OPEN_STATUSES)


def test_every_status_but_new_can_be_reached():
    reachable = frozenset().union(*ALLOWED_TRANSITIONS.values())

    assert reachable == set(LeadStatus) - {LeadStatus.NEW}
