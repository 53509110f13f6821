"""No role meets on any route what the matrix says it must not; benchmarks/leaks searches longer."""

from pathlib import Path

from domain.words.vocabulary import Role
from review.rights.permissions import PERMISSIONS, Right
from storage.store import Store
from tests.fakes import FakeClock
from tests.review.leaks.office import application, searched
from tests.review.leaks.routes import EXPECTED, routes_of
from tests.review.leaks.secrets import Kind
from tests.review.leaks.world import fill
from tests.review.receiving import receiving_office

_AT_LEAST = (
    *((Kind.EVIDENCE, role) for role in PERMISSIONS[Right.READ_LEADS]),
    (Kind.BODY, Role.CLERK),
    (Kind.NAMED, Role.CLERK),
    (Kind.PETITIONER_NAME, Role.CLERK),
    (Kind.ACCUSATION, Role.CLERK),
    (Kind.HEALTH, Role.TOWN),
    (Kind.NEWS, Role.LEADER),
)
"""Whom even a short search has to see meeting what; the long one asks for every pair of the matrix."""


def test_every_route_says_what_may_show_on_it(sqlite_store: Store, clock: FakeClock, tmp_path: Path):
    office = receiving_office(sqlite_store, clock, tmp_path)
    assert office.reception is not None
    world = fill(sqlite_store, clock, office.reception, seed=0)

    assert set(routes_of(application(world))) == set(EXPECTED)


def test_nobody_meets_what_the_matrix_does_not_let_them_see(sqlite_store: Store, tmp_path: Path):
    found = searched(sqlite_store, tmp_path, seed=7, most_objects=1)

    assert found.leaks == []
    assert [pair for pair in _AT_LEAST if not found.met[pair]] == []
