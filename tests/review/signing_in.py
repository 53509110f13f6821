"""Browsers of a test that sign in by the full rules, with an authenticator in hand."""

import re
from dataclasses import dataclass
from dataclasses import field as dataclass_field

import pyotp
from fastapi.testclient import TestClient

from domain.accounts.account import AuditEntry
from domain.accounts.sign_in import SignInPolicy
from pipeline.policy.tables import load_policy
from review.app import create_app
from review.sign_in.policy import load_sign_in_policy
from storage.store import Store
from tests.fakes import FakeClock
from tests.review.office import PASSWORD

PASSPHRASE = "四月的杏花开在河对岸上面"


@dataclass(frozen=True)
class Doorway:
    """The application under the shipped rules."""

    store: Store
    clock: FakeClock
    policy: SignInPolicy = dataclass_field(default_factory=load_sign_in_policy)

    def browser(self, address: str = "10.0.0.1", base: str = "http://testserver") -> TestClient:
        """Another browser, at an address, before an application that was only just started."""
        app = create_app(self.store, self.clock, load_policy().departments, sign_in=self.policy)
        return TestClient(app, follow_redirects=False, client=(address, 40000), base_url=base)

    def code(self, secret: str) -> str:
        """What the authenticator shows now."""
        return pyotp.TOTP(secret).at(self.clock.now())

    def acts(self, action: str) -> list[AuditEntry]:
        """The entries of the audit log of one kind, the latest first."""
        with self.store.reading() as work:
            return [entry for entry in work.audit.recent(500) if entry.action == action]


def form_token(page: str) -> str:
    """The form token on a page."""
    found = re.search(r'name="csrf" value="(\w+)"', page)
    assert found
    return found[1]


def enter(client: TestClient, name: str, password: str = PASSWORD) -> str:
    """Where the browser is sent after the password, or what status it got."""
    answer = client.post("/login", data={"username": name, "password": password})
    return answer.headers.get("location", str(answer.status_code))


def enrol(doorway: Doorway, client: TestClient, password: str = PASSWORD) -> tuple[str, list[str]]:
    """Set up an authenticator in a browser that is signed in; its secret and the recovery codes."""
    token = form_token(client.get("/account/second-factor").text)
    begun = client.post("/account/second-factor/begin", data={"csrf": token, "password": password})
    assert begun.status_code == 303
    page = client.get("/account/second-factor").text
    shown = re.search(r"手工输入密钥: <code>([A-Z2-7 ]+)</code>", page)
    assert shown
    secret = shown[1].replace(" ", "")
    done = client.post("/account/second-factor", data={"csrf": form_token(page), "code": doorway.code(secret)})
    assert done.status_code == 200
    return secret, re.findall(r"<code>([a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4})</code>", done.text)


def give_code(client: TestClient, code: str) -> str:
    """Where the browser is sent after the code, or what status it got."""
    token = form_token(client.get("/login/code").text)
    answer = client.post("/login/code", data={"csrf": token, "code": code})
    return answer.headers.get("location", str(answer.status_code))
