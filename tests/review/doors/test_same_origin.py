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
        ({"origin": "http://["}, 403),
    ],
)
def test_a_form_is_taken_from_the_own_pages_only(doorway: Doorway, headers: dict[str, str], status: int):
    assert doorway.browser().post("/login", data=FORM, headers=headers).status_code == status


@pytest.mark.parametrize("host", ["[", "a b", "a/b", "a@b", "", "a:x", "[::1"])
def test_a_host_that_is_none_is_refused_and_is_no_error_of_the_program(doorway: Doorway, host: str):
    for path in ("/login", "/static/style.css", "/nowhere", "/api/v1/docs"):
        assert doorway.browser().get(path, headers={"host": host}).status_code == 400


def test_what_is_refused_before_anything_is_looked_at_carries_the_headers_too(doorway: Doorway):
    safe = doorway.browser(base="https://testserver")
    refused = [
        safe.post("/login", data=FORM, headers={"origin": "http://evil.example"}),
        safe.get("/login", headers={"host": "a b"}),
        safe.post("/login", content=b"", headers={"content-length": str(2**40)}),
    ]

    assert [one.status_code for one in refused] == [403, 400, 413]
    for one in refused:
        assert "frame-ancestors 'none'" in one.headers["content-security-policy"]
        assert one.headers["cache-control"] == "no-store"
        assert "max-age" in one.headers["strict-transport-security"]


@pytest.mark.parametrize("host", ["testserver", "10.0.0.1:8000", "[::1]:8000", "xn--fiq228c.example"])
def test_a_host_is_a_name_or_a_number(doorway: Doorway, host: str):
    assert doorway.browser().get("/login", headers={"host": host}).status_code == 200


def test_no_page_answers_a_method_that_was_not_declared(doorway: Doorway):
    for path in ("/login", "/", "/static/style.css"):
        for method in ("TRACE", "PUT", "DELETE", "PATCH"):
            assert doorway.browser().request(method, path).status_code == 405


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
