"""The matrix of roles and rights is one table, and the printed one is the same."""

from pathlib import Path

import pytest

from domain.words.vocabulary import Role
from review.rights.permissions import PERMISSIONS, SEES, Right, permission_document

DOCUMENT = Path(__file__).parents[3] / "docs" / "permissions.md"


def test_the_printed_matrix_is_the_one_that_decides():
    assert DOCUMENT.read_text(encoding="utf-8") == permission_document()


def test_every_right_has_a_row_and_every_role_a_column():
    assert set(PERMISSIONS) == set(Right)
    assert set(SEES) == set(Role)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR])
def test_who_runs_or_checks_the_system_reads_nothing_of_the_matter(role: Role):
    of_the_matter = [right for right in Right if right.value.startswith(("read_", "reveal_", "know_"))]

    assert {right for right in of_the_matter if role in PERMISSIONS[right]} <= {Right.READ_AUDIT}


def test_accusations_and_petitioners_are_known_to_the_petition_office_alone():
    for right in (Right.READ_RESTRICTED, Right.READ_PETITIONERS, Right.READ_TEXTS):
        assert PERMISSIONS[right] == {Role.CLERK}


@pytest.mark.parametrize("role", [Role.VILLAGE, Role.DEPARTMENT])
def test_a_village_and_a_department_have_no_way_to_a_petitioner(role: Role):
    about = [right for right in Right if "petitioner" in right.value or right.value.endswith("text")]

    assert about
    assert not [right for right in about if role in PERMISSIONS[right]]
