"""What every test of the pages is spared: passwords at their real cost, an event loop for each request."""

from collections.abc import Iterator

import pytest
from anyio.from_thread import start_blocking_portal
from fastapi.testclient import TestClient

from tests.review.office import CHEAP, HASH


@pytest.fixture(scope="module", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Hash and renew at the cost of the office's hash; test_passwords.py has the real one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("review.sign_in.passwords._HASHER", CHEAP)
        patch.setattr("review.sign_in.entrance.UNKNOWN_USER_HASH", HASH)
        yield


@pytest.fixture(scope="module", autouse=True)
def _one_event_loop() -> Iterator[None]:
    """Every browser of a module asks in one event loop; of its own it would begin one and two threads per request."""
    with start_blocking_portal() as portal, pytest.MonkeyPatch.context() as patch:
        patch.setattr(TestClient, "portal", portal)
        yield
