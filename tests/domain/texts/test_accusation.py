"""What the steps of the petition office lead to."""

import pytest

from domain.texts.accusation import AccusationAct, AccusationState, AccusationStep, state_of
from domain.texts.document import DocumentId
from tests.fakes import NOON


def step(act: AccusationAct, *, alone: bool = False) -> AccusationStep:
    return AccusationStep(document_id=DocumentId("a"), act=act, made_by="clerk", at=NOON, alone=alone)


FORWARD, RELEASE = AccusationAct.FORWARD, AccusationAct.RELEASE
AGREE, OBJECT = AccusationAct.AGREE, AccusationAct.OBJECT


@pytest.mark.parametrize(
    ("acts", "state"),
    [
        pytest.param((), AccusationState.WAITING, id="nothing yet"),
        pytest.param((FORWARD,), AccusationState.FORWARD_PROPOSED, id="proposed"),
        pytest.param((FORWARD, AGREE), AccusationState.FORWARDED, id="agreed"),
        pytest.param((RELEASE, OBJECT), AccusationState.WAITING, id="objected"),
        pytest.param((RELEASE, OBJECT, AGREE), AccusationState.WAITING, id="nothing to agree to"),
        pytest.param((RELEASE, AGREE), AccusationState.RELEASED, id="released"),
        pytest.param((RELEASE, AGREE, FORWARD, AGREE), AccusationState.FORWARDED, id="restricted again"),
    ],
)
def test_a_proposal_counts_once_a_second_person_agreed(acts: tuple[AccusationAct, ...], state: AccusationState):
    assert state_of([step(act) for act in acts]) is state


def test_where_no_second_person_is_asked_for_the_first_one_decides():
    assert state_of([step(FORWARD, alone=True)]) is AccusationState.FORWARDED
