"""No role meets on any route what the matrix says it must not; benchmarks/leaks searches longer."""

from pathlib import Path

from domain.vocabulary import Role
from review.permissions import PERMISSIONS, Right
from storage.store import Store
from tests.fakes import FakeClock
from tests.review.leaks.office import application, searched
from tests.review.leaks.routes import EXPECTED, routes_of
from tests.review.leaks.secrets import Kind
from tests.review.leaks.world import fill
from tests.review.receiving import receiving_office

_AT_LEAST = {
    Kind.EVIDENCE: PERMISSIONS[Right.READ_LEADS],
    Kind.HEALTH: PERMISSIONS[Right.READ_LEADS],
    Kind.BODY: PERMISSIONS[Right.READ_TEXTS] | PERMISSIONS[Right.REVEAL_TEXT],
    Kind.PETITIONER_NAME: PERMISSIONS[Right.READ_PETITIONERS],
    Kind.ACCUSATION: PERMISSIONS[Right.READ_RESTRICTED],
    Kind.UNREAD: PERMISSIONS[Right.JUDGE_READINGS],
    Kind.FILE: PERMISSIONS[Right.SUBMIT_PETITIONS],
    Kind.HOUSEHOLD_PHONES: PERMISSIONS[Right.REVEAL_HOUSEHOLD_PHONES],
}
"""Whom the search has to see meeting what: one that meets nothing proves nothing."""


def test_every_route_says_what_may_show_on_it(sqlite_store: Store, clock: FakeClock, tmp_path: Path):
    office = receiving_office(sqlite_store, clock, tmp_path)
    assert office.reception is not None
    world = fill(sqlite_store, clock, office.reception, seed=0)

    assert set(routes_of(application(world))) == set(EXPECTED)


def test_nobody_meets_what_the_matrix_does_not_let_them_see(sqlite_store: Store, tmp_path: Path):
    found = searched(sqlite_store, tmp_path, seed=7, most_objects=3)

    assert found.leaks == []
    missing = {(kind, role) for kind, roles in _AT_LEAST.items() for role in roles if not found.met[kind, role]}
    assert missing <= {(Kind.FILE, Role.CLERK)}
