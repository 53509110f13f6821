"""The interface keeps what its OpenAPI description promises: generated calls, good and bad, to every operation."""

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from domain.accounts.api_key import KeyScope
from domain.sending.outgoing import cursor_of
from pipeline.policy.tables import load_policy
from review.app import create_app
from storage.store import Store
from tests.fakes import FakeClock
from tests.review.api.keys import add_key, bearer
from tests.review.office import verify
from tests.review.receiving import REFUSED, ROWS, receiving_office, register

OPERATIONS = (
    "POST /petitions",
    "POST /imports",
    "GET /imports/{import_id}",
    "GET /imports/{import_id}/receipt.xlsx",
    "GET /leads/feed",
    "POST /leads/feed/acknowledgements",
    "GET /leads/{lead_id}",
    "POST /leads/{lead_id}/outcomes",
)
_CALLS_A_MINUTE = 1_000_000


EXAMPLES = int(os.environ.get("QIANSHAO_TEST_EXAMPLES", "20"))
"""Calls of each operation and kind."""


@dataclass(frozen=True)
class Contract:
    """The description, the header of a key that may do everything, and what is there for it, by parameter."""

    schema: schemathesis.BaseSchema
    headers: dict[str, str]
    there: dict[str, str]


@pytest.fixture
def contract(sqlite_store: Store, clock: FakeClock, tmp_path: Path) -> Contract:
    limits = {"calls_per_minute": _CALLS_A_MINUTE}
    office = receiving_office(sqlite_store, clock, tmp_path / "uploads", **limits)
    verify(office, "own", "other")
    app = create_app(office.store, office.clock, load_policy().departments, reception=office.reception)
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    headers = bearer(add_key(office.store, KeyScope))
    file = ("登记表.xlsx", register(*ROWS, REFUSED))
    handed_in = office.client().post("/api/v1/imports", files={"file": file}, headers=headers).json()["id"]
    return Contract(schema, headers, {"lead_id": "own", "import_id": handed_in})


def test_the_description_is_complete(contract: Contract):
    raw = contract.schema.raw_schema

    assert raw["openapi"].startswith("3.1")
    assert {operation.ok().label for operation in contract.schema.get_all_operations()} == set(OPERATIONS)
    for path in raw["paths"].values():
        for operation in path.values():
            assert operation["summary"]
            assert operation["security"]
    for name in ("LeadOut", "FeedOut", "AcknowledgementIn", "OutcomeIn"):
        assert raw["components"]["schemas"][name]["examples"], name


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("label", OPERATIONS)
def test_every_operation_answers_as_it_is_described(contract: Contract, label: str, mode: GenerationMode):
    """Half of the good calls name what is there: no random number does, and what is answered then is described too."""
    method, path = label.split(" ")
    good = mode is GenerationMode.POSITIVE
    statuses: Counter[int] = Counter()

    @given(
        case=contract.schema[path][method].as_strategy(generation_mode=mode),
        is_there=st.booleans() if good else st.just(value=False),
    )
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def call(case: schemathesis.Case, is_there: bool) -> None:
        if is_there:
            case.path_parameters.update({name: contract.there[name] for name in case.path_parameters})
            if "cursor" in (case.body if isinstance(case.body, dict) else {}):
                case.body["cursor"] = cursor_of(0)
        statuses[case.call_and_validate(headers=contract.headers).status_code] += 1

    call()

    assert not good or any(status < 300 for status in statuses), statuses
