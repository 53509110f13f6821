"""A small OpenID Connect server on loopback that signs real tokens, and can be told to lie."""

import base64
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from tests.fakes import FakeClock

CLIENT, SECRET = "qianshao", "a-secret-of-the-tests"


@dataclass
class CountyServer:
    """What it knows, and how it departs from the truth."""

    clock: FakeClock
    address: str = ""
    user: str = "town"
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    signing_key: RSAKey | None = None
    """Another key than the published one, where it lies."""
    claims: dict[str, Any] = field(default_factory=dict)
    description: dict[str, Any] = field(default_factory=dict)
    raw: bytes = b""
    """Sent instead of any answer, where there is something."""
    drip: float = 0.0
    """Seconds between the bytes of an answer, where there is something."""
    granted: dict[str, dict[str, str]] = field(default_factory=dict)
    closing: Event = field(default_factory=Event)
    asked: int = 0

    def grant(self, leaving: str) -> dict[str, str]:
        """What the browser brings back after the person has signed in at the address it was sent to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(leaving).query).items()}
        code = f"code{len(self.granted)}"
        self.granted[code] = asked
        return {"code": code, "state": asked["state"]}

    def described(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            **self.description,
        }

    def keys(self) -> dict[str, Any]:
        return dict(KeySet([self.key]).as_dict(private=False))

    def token(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        expected = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        asked = self.granted.pop(form.get("code", ""), None)
        if asked is None or authorization != f"Basic {expected}" or form["redirect_uri"] != asked["redirect_uri"]:
            return None
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return None
        now = int(self.clock.now().timestamp())
        claims = {
            "iss": self.address,
            "aud": CLIENT,
            "sub": "4711",
            "iat": now,
            "exp": now + 60,
            "nonce": asked["nonce"],
            "preferred_username": self.user,
            **self.claims,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        return {"id_token": jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signing_key or self.key)}


@contextmanager
def county_server(clock: FakeClock) -> Iterator[CountyServer]:
    """The server, answering."""
    county = CountyServer(clock)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = {"/.well-known/openid-configuration": county.described, "/keys": county.keys}.get(self.path)
            self._answer(found() if found else None)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._answer(county.token(form, self.headers.get("authorization", "")))

        def _answer(self, found: dict[str, Any] | None) -> None:
            body = county.raw or json.dumps(found or {"error": "invalid_grant"}).encode()
            county.asked += 1
            self.send_response(200 if found else 400)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            if not county.drip:
                self.wfile.write(body)
                return
            with suppress(OSError):
                for byte in body:
                    self.wfile.write(bytes([byte]))
                    if county.closing.wait(county.drip):
                        return

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    county.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield county
    county.closing.set()
    server.shutdown()
    thread.join()
    server.server_close()
