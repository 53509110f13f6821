"""The county's single sign-on: OpenID Connect Core 1.0, authorization code flow with PKCE (RFC 7636).

Nothing is remembered here between leaving and coming back: state, nonce and verifier are made with the field key from a
random flow that the browser keeps in a cookie, so any process can take the person back, and nobody else can.
"""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from domain.clock import Clock
from domain.failures.errors import SingleSignOnFailed

RETURN_PATH = "/login/sso/return"
FLOW_LASTS = timedelta(minutes=10)
_ALGORITHMS = ("RS256", "PS256", "ES256", "ES384", "EdDSA")
"""Signatures by a key of the issuer; never `none`, never one by a shared secret."""
_CLOCKS_DIFFER_BY = 60
_SECONDS = re.compile(r"[0-9]{1,12}")
DISCOVERY = "/.well-known/openid-configuration"
"""Where an issuer describes itself, behind its own address (Discovery 1.0, 4)."""


class Fetch(Protocol):
    """Asks the county's server; SingleSignOnFailed when it does not answer with a JSON object."""

    def get(self, url: str) -> Mapping[str, Any]:
        """The object at the address."""
        ...

    def post(self, url: str, fields: Mapping[str, str], user: str, password: str) -> Mapping[str, Any]:
        """The object that answers a form, sent with basic authentication."""
        ...


@dataclass(frozen=True, kw_only=True)
class SingleSignOn:
    """One issuer, and what is asked of it."""

    issuer: str
    client_id: str
    client_secret: str
    claim: str
    """Which claim of the identity token is the user name here."""
    own_address: str
    """Under which browsers open these pages, such as https://qianshao.example."""
    label: str
    fetch: Fetch
    clock: Clock
    keyed_hash: Callable[[str, str], str]

    def new_flow(self) -> str:
        """What the browser keeps until it comes back."""
        return f"{secrets.token_urlsafe(32)}.{int(self.clock.now().timestamp())}"

    def leaving_for(self, flow: str) -> str:
        """The address at which the issuer asks who it is; SingleSignOnFailed when the issuer does not answer."""
        fields = {
            "response_type": "code",
            "scope": "openid profile",
            "client_id": self.client_id,
            "redirect_uri": self._return_address,
            "state": self._made_of(flow, "state"),
            "nonce": self._made_of(flow, "nonce"),
            "code_challenge": _challenge(self._made_of(flow, "verifier")),
            "code_challenge_method": "S256",
        }
        address = self._endpoint(self._described(), "authorization_endpoint")
        return f"{address}{'&' if '?' in address else '?'}{urlencode(fields)}"

    def user_name(self, flow: str, answer: Mapping[str, str]) -> str:
        """Whom the issuer vouches for in what the browser brought back; SingleSignOnFailed when not believed."""
        self._check_answer(flow, answer)
        described = self._described()
        fields = {
            "grant_type": "authorization_code",
            "code": answer.get("code", ""),
            "redirect_uri": self._return_address,
            "code_verifier": self._made_of(flow, "verifier"),
        }
        address = self._endpoint(described, "token_endpoint")
        tokens = self.fetch.post(address, fields, self.client_id, self.client_secret)
        keys = self.fetch.get(self._endpoint(described, "jwks_uri"))
        claims = self._claims(tokens, keys, self._made_of(flow, "nonce"))
        name = claims.get(self.claim)
        if not isinstance(name, str) or not name:
            raise SingleSignOnFailed(f"统一身份认证没有给出{self.claim}, 不知道是哪个账号", reason="no_claim")
        return name

    def _check_answer(self, flow: str, answer: Mapping[str, str]) -> None:
        begun = flow.rpartition(".")[2]
        if not _SECONDS.fullmatch(begun) or self.clock.now().timestamp() - int(begun) > FLOW_LASTS.total_seconds():
            raise SingleSignOnFailed("这次登录隔得太久了, 请重新登录", reason="too_late")
        if not hmac.compare_digest(self._made_of(flow, "state").encode(), answer.get("state", "").encode()):
            raise SingleSignOnFailed("这次登录不是从这个浏览器开始的, 请重新登录", reason="wrong_state")
        if answer.get("iss", self.issuer) != self.issuer:
            raise SingleSignOnFailed("这次登录来自别的认证服务", reason="wrong_issuer")
        if not answer.get("code"):
            raise SingleSignOnFailed("统一身份认证没有放行", reason="no_code")

    def _claims(self, tokens: Mapping[str, Any], keys: Mapping[str, Any], nonce: str) -> Mapping[str, Any]:
        """The claims of the identity token; signature, issuer, audience, times and nonce checked (Core 3.1.3.7)."""
        registry = jwt.JWTClaimsRegistry(
            now=int(self.clock.now().timestamp()),
            leeway=_CLOCKS_DIFFER_BY,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self.client_id},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            key_set = KeySet.import_key_set({"keys": list(keys["keys"])})
            claims = jwt.decode(str(tokens["id_token"]), key_set, algorithms=_ALGORITHMS).claims
            registry.validate(claims)
        except (JoseError, KeyError, TypeError, ValueError) as exc:
            raise SingleSignOnFailed("统一身份认证的凭证不可信, 请告诉系统管理员", reason="bad_token") from exc
        if isinstance(claims["aud"], list) and claims.get("azp", self.client_id) != self.client_id:
            raise SingleSignOnFailed("统一身份认证的凭证不可信, 请告诉系统管理员", reason="bad_token")
        return claims

    def _described(self) -> Mapping[str, Any]:
        """What the issuer says of itself; it has to be the issuer that is meant (Discovery 1.0, 4.3)."""
        described = self.fetch.get(self.issuer.rstrip("/") + DISCOVERY)
        if described.get("issuer") != self.issuer:
            raise SingleSignOnFailed("统一身份认证服务与设置的不是同一个", reason="wrong_issuer")
        return described

    def _endpoint(self, described: Mapping[str, Any], name: str) -> str:
        address = described.get(name)
        # A server that speaks https must not send the secret or the browser to a place that does not.
        if not isinstance(address, str) or (self.issuer.startswith("https:") and not address.startswith("https:")):
            raise SingleSignOnFailed("统一身份认证服务的说明不完整", reason="bad_description")
        return address

    @property
    def _return_address(self) -> str:
        return self.own_address.rstrip("/") + RETURN_PATH

    def _made_of(self, flow: str, what: str) -> str:
        return self.keyed_hash(f"single sign-on {what}", flow)


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
