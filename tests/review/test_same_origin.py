"""What another site makes a browser send is refused before anything is looked at."""

import pytest

from pipeline.policy.tables import load_policy
from review.app import create_app
from storage.store import Store
from tests.fakes import FakeClock
from tests.review.office import PASSWORD, fill
from tests.review.signing_in import Doorway

FORM = {"username": "town", "password": PASSWORD}


@pytest.fixture
def doorway(sqlite_store: Store, clock: FakeClock) -> Doorway:
    fill(sqlite_store, clock)
    return Doorway(sqlite_store, clock)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"origin": "http://testserver"}, 303),
        ({"origin": "http://testserver", "sec-fetch-site": "same-origin"}, 303),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "http://testserver.evil.example"}, 403),
        ({"origin": "http://testserver:8080"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": ""}, 403),
    ],
)
def test_a_form_is_taken_from_the_own_pages_only(doorway: Doorway, headers: dict[str, str], status: int):
    assert doorway.browser().post("/login", data=FORM, headers=headers).status_code == status


def test_reading_is_not_hindered(doorway: Doorway):
    assert doorway.browser().get("/login", headers={"sec-fetch-site": "cross-site"}).status_code == 200


def test_plain_http_is_refused_where_the_county_says_so(doorway: Doorway):
    from fastapi.testclient import TestClient

    app = create_app(doorway.store, doorway.clock, load_policy().departments, https_only=True)

    assert TestClient(app).get("/login").status_code == 403
    assert TestClient(app, base_url="https://testserver").get("/login").status_code == 200


def test_every_answer_carries_the_headers_and_https_stays_https(doorway: Doorway):
    plain, safe = doorway.browser(), doorway.browser(base="https://testserver")

    for path in ("/login", "/nowhere", "/static/style.css", "/"):
        headers = plain.get(path).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self';")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        for name, value in (
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ):
            assert headers[name] == value
        assert "geolocation=()" in headers["permissions-policy"]
        assert "strict-transport-security" not in headers
        assert "max-age" in safe.get(path).headers["strict-transport-security"]
