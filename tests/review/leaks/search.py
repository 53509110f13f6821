"""Asks every route as every account about every object, and reports each secret that comes back where it must not."""

import io
import zipfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

import ahocorasick
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from domain.accounts.account import Account
from domain.words.vocabulary import Role
from review.sign_in.session_cookie import COOKIE
from tests.review.api.keys import bearer
from tests.review.leaks.routes import EXPECTED, Expected
from tests.review.leaks.secrets import Kind, Secret, State
from tests.review.leaks.world import World
from tests.review.office import PASSWORD

_NOBODY = "nobody"
_REFUSED = 400


@dataclass(frozen=True, slots=True)
class Leak:
    """One secret that came back."""

    account: str
    method: str
    address: str
    kind: Kind


@dataclass
class Found:
    """What a search came to."""

    cases: int = 0
    leaks: list[Leak] = field(default_factory=list)
    met: Counter[tuple[Kind, Role]] = field(default_factory=Counter)
    """How often a role met what it may meet: a search that meets nothing proves nothing."""
    statuses: Counter[int] = field(default_factory=Counter)


class Marks:
    """The values of many secrets, looked for in a text all at once."""

    def __init__(self, secrets: Sequence[Secret]) -> None:
        """Those that there are now."""
        self.count = len(secrets)
        by_value: dict[str, list[Secret]] = defaultdict(list)
        for one in secrets:
            by_value[one.value].append(one)
        self._words = ahocorasick.Automaton()
        for value, alike in by_value.items():
            self._words.add_word(value, (value, alike))
        self._words.make_automaton()

    def found_in(self, text: str) -> dict[str, list[Secret]]:
        """The secrets whose value stands in the text, by value."""
        return dict(found for _, found in self._words.iter(text)) if self.count else {}


@dataclass
class Search:
    """Over one world."""

    world: World
    app: FastAPI
    found: Found = field(default_factory=Found)
    _known: State | None = None
    _marks: Marks = field(default_factory=lambda: Marks([]))

    def __post_init__(self) -> None:
        """Sign everybody in."""
        self.accounts: dict[str, Account | None] = {_NOBODY: None, **self.world.accounts}
        self.clients = {name: self._signed_in(name) for name in self.accounts}
        self.keys = {name: TestClient(self.app, headers=bearer(key)) for name, (_, key) in self.world.keys.items()}
        self.keys[_NOBODY] = TestClient(self.app)

    def run(self, *, most_objects: int | None = None) -> Found:
        """All writing in random order between two readings of everything; of each route at most so many objects."""
        self._read(most_objects)
        self._write(most_objects)
        self._read(most_objects)
        return self.found

    def _read(self, most_objects: int | None) -> None:
        state = self.world.state()
        for (method, path), expected in EXPECTED.items():
            if method == "GET":
                for target in self._targets(expected, most_objects):
                    for query in expected.queries:
                        self._ask_all(method, path.format(**target) + query, expected, target, state)

    def _write(self, most_objects: int | None) -> None:
        posts = [
            (path, expected, target)
            for (method, path), expected in EXPECTED.items()
            if method == "POST"
            for target in self._targets(expected, most_objects)
        ]
        self.world.rng.shuffle(posts)
        for path, expected, target in posts:
            self._ask_all("POST", path.format(**target), expected, target, None)

    def _targets(self, expected: Expected, most: int | None) -> list[dict[str, str]]:
        targets = expected.objects(self.world)
        wanted = len(targets) if most is None else min(len(targets), most * expected.often)
        return self.world.rng.sample(targets, wanted)

    def _ask_all(
        self, method: str, address: str, expected: Expected, target: dict[str, str], state: State | None
    ) -> None:
        clients = self.keys if expected.by_key else self.clients
        for name, client in clients.items():
            if expected.alone and name not in expected.alone:
                continue
            before = state or self._standing()
            answer, typed = self._send(client, name, method, address, expected, target)
            self.found.cases += 1
            self.found.statuses[answer.status_code] += 1
            location = answer.headers.get("location", "")
            if location.startswith("/reveals/"):
                self.world.reveals.append(location.removeprefix("/reveals/"))
            # What a page may show may change with the very request; either side of it is right.
            changed = state is None and answer.status_code < _REFUSED
            after = self._standing(anew=True) if changed else before
            self._look(name, method, address, expected, answer, typed, (before, after))

    def _standing(self, *, anew: bool = False) -> State:
        """How the world stands, asked again only after something may have changed it."""
        if anew or self._known is None:
            self._known = self.world.state()
        return self._known

    def _send(
        self, client: TestClient, name: str, method: str, address: str, expected: Expected, target: dict[str, str]
    ) -> tuple[Response, str]:
        """The answer, and what was typed: a form that comes back with it tells nobody anything."""
        if method == "GET" or expected.form is None:
            return client.request(method, address, follow_redirects=False), ""
        content = expected.form(self.world, target)
        files, body = content.pop("files", None), content.pop("json", None)
        typed = str(content)
        if body is not None:
            return client.post(address, json=body, follow_redirects=False), typed
        fields = {**content, "csrf": self._csrf(client, name)}
        return client.post(address, data=fields, files=files, follow_redirects=expected.lands), typed

    def _look(
        self,
        name: str,
        method: str,
        address: str,
        expected: Expected,
        answer: Response,
        typed: str,
        states: tuple[State, ...],
    ) -> None:
        for value, secrets in self._found_in(readable(answer)).items():
            if value in typed:
                continue
            # A name may stand in a text and in the register: whoever may meet it as either may meet it.
            right = [
                one for one in secrets if one.kind in expected.shows and self._may_meet(name, one, expected, states)
            ]
            account = self.accounts.get(name)
            if account is not None and not expected.by_key:
                self.found.met.update((one.kind, account.role) for one in right)
            if not right:
                self.found.leaks.append(Leak(name, method, address, secrets[0].kind))

    def _found_in(self, text: str) -> dict[str, list[Secret]]:
        if self._marks.count != len(self.world.secrets):
            self._marks = Marks(self.world.secrets)
        return self._marks.found_in(text)

    def _may_meet(self, name: str, secret: Secret, expected: Expected, states: tuple[State, ...]) -> bool:
        if expected.by_key:
            return name in self.world.keys and secret.region == self.world.keys[name][0]
        account = self.accounts[name]
        if account is None:
            return False
        if secret.kind is Kind.REASON and expected.revealing:
            return True  # On the page of a reveal, which only who gave the reason can open.
        return any(state.may_meet(account, secret, revealing=expected.revealing) for state in states)

    def _signed_in(self, name: str) -> TestClient:
        client = TestClient(self.app)
        if name != _NOBODY:
            answer = client.post("/login", data={"username": name, "password": PASSWORD}, follow_redirects=False)
            assert answer.status_code == 303
        return client

    def _csrf(self, client: TestClient, name: str) -> str:
        session = client.cookies.get(COOKIE, "") or ""
        return str(self.app.state.desk.sessions.csrf_token(session)) if name != _NOBODY else ""


def readable(answer: Response) -> str:
    """Everything that came back as one text: headers, address, body; workbooks and documents unpacked."""
    head = "\n".join(f"{name}: {unquote(value)}" for name, value in answer.headers.items())
    body = answer.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"\n".join(archive.read(one) for one in archive.namelist())
    return f"{head}\n{answer.url}\n{body.decode('utf-8', errors='replace')}"
