"""The interface keeps what its OpenAPI description promises: generated calls, good and bad, to every operation."""

from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from domain.api_key import KeyScope
from pipeline.policy.tables import load_policy
from review.app import create_app
from storage.store import Store
from tests.fakes import FakeClock
from tests.review.api.keys import add_key, bearer
from tests.review.office import verify
from tests.review.receiving import receiving_office

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


@pytest.fixture
def contract(sqlite_store: Store, clock: FakeClock, tmp_path: Path) -> tuple[schemathesis.BaseSchema, dict[str, str]]:
    """The description, and the header of a key that may do everything."""
    limits = {"calls_per_minute": _CALLS_A_MINUTE}
    office = receiving_office(sqlite_store, clock, tmp_path / "uploads", **limits)
    verify(office, "own", "other")
    app = create_app(office.store, office.clock, load_policy().departments, reception=office.reception)
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    return schema, bearer(add_key(office.store, KeyScope))


def test_the_description_is_complete(contract: tuple[schemathesis.BaseSchema, dict[str, str]]):
    schema, _ = contract
    raw = schema.raw_schema

    assert raw["openapi"].startswith("3.1")
    assert {operation.ok().label for operation in schema.get_all_operations()} == set(OPERATIONS)
    for path in raw["paths"].values():
        for operation in path.values():
            assert operation["summary"]
            assert operation["security"]
    for name in ("LeadOut", "FeedOut", "AcknowledgementIn", "OutcomeIn"):
        assert raw["components"]["schemas"][name]["examples"], name


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("label", OPERATIONS)
def test_every_operation_answers_as_it_is_described(
    contract: tuple[schemathesis.BaseSchema, dict[str, str]], label: str, mode: GenerationMode
):
    schema, headers = contract
    method, path = label.split(" ")

    @given(case=schema[path][method].as_strategy(generation_mode=mode))
    @settings(
        max_examples=20,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def call(case: schemathesis.Case) -> None:
        case.call_and_validate(headers=headers)

    call()
