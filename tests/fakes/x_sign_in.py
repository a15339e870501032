"""The fake X's pages and calls for signing in: a number to type, or OAuth 2.0 with PKCE."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from tests.fakes.x_signing import BadSignature, OAuth1Checker
from tests.fakes.x_world import Refused, Token, World, XUser, invalid

WRITING_SCOPE = "tweet.write"


@dataclass
class Request:
    """A request as it came. `body` is decoded: JSON, or the fields of a form."""

    method: str
    path: str
    url: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any = None
    form: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Answer:
    """An answer to be; a body of str or bytes is sent as it is, anything else as JSON."""

    body: Any = None
    status: int = 200
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


class SignIn:
    """Makes tokens; `owner` is who says yes on X's pages."""

    def __init__(
        self,
        world: World,
        checker: OAuth1Checker,
        tokens: dict[str, Token],
        bearers: dict[str, Token],
    ) -> None:
        self.world = world
        self.owner: XUser | None = None
        self.refreshes: dict[str, XUser] = {}
        self.requested: dict[str, tuple[str, str]] = {}
        """Request token -> its secret and its PIN."""
        self.codes: dict[str, tuple[str, str]] = {}
        """OAuth 2.0 code -> challenge and redirect address."""
        self._checker = checker
        self._tokens = tokens
        self._bearers = bearers
        self.routes: list[tuple[str, str, Callable[..., Answer]]] = [
            ("POST", "/oauth/request_token", self._request_token),
            ("GET", "/oauth/authorize", self._pin_page),
            ("POST", "/oauth/access_token", self._access_token),
            ("GET", "/i/oauth2/authorize", self._consent),
            ("POST", "/2/oauth2/token", self._oauth2_token),
        ]

    def _request_token(self, request: Request) -> Answer:
        said = self._signed(request)
        if said.get("oauth_callback") != "oob":
            body = {"errors": [{"code": 415, "message": "Callback URL not approved"}]}
            return Answer(body, 403)
        token, secret = secrets.token_hex(13), secrets.token_hex(16)
        self.requested[token] = (secret, str(secrets.randbelow(9_000_000) + 1_000_000))
        fields = {"oauth_token": token, "oauth_token_secret": secret}
        return _form(fields | {"oauth_callback_confirmed": "true"})

    def _pin_page(self, request: Request) -> Answer:
        _, pin = self.requested.get(request.query.get("oauth_token", ""), ("", ""))
        if not pin:
            return Answer("<p>Cette page n’est plus valable.</p>", 403, "text/html")
        return Answer(f"<p>Votre code : <code>{pin}</code></p>", 200, "text/html")

    def _access_token(self, request: Request) -> Answer:
        said = self._signed(request)
        found = self.requested.get(said.get("oauth_token", ""))
        if found is None or self.owner is None:
            return Answer("Request token missing", 401, "text/plain")
        if not secrets.compare_digest(said.get("oauth_verifier", ""), found[1]):
            body = "Error processing your OAuth request: Invalid oauth_verifier parameter"
            return Answer(body, 401, "text/plain")
        del self.requested[said["oauth_token"]]
        token, secret = f"{self.owner.id}-{secrets.token_hex(16)}", secrets.token_hex(22)
        self._tokens[token] = Token(self.owner, secret)
        fields = {"oauth_token": token, "oauth_token_secret": secret}
        return _form(fields | {"user_id": self.owner.id, "screen_name": self.owner.handle})

    def _signed(self, request: Request) -> Mapping[str, str]:
        header = request.headers.get("Authorization", "")
        try:
            return self._checker.check(request.method, request.url, header, request.form).parameters
        except BadSignature as error:
            raise Refused(401, "Could not authenticate you.") from error

    def _consent(self, request: Request) -> Answer:
        asked = request.query
        if asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge"):
            raise invalid("PKCE is required.")
        code = secrets.token_urlsafe(24)
        self.codes[code] = (asked["code_challenge"], asked["redirect_uri"])
        answer = urlencode({"state": asked.get("state", ""), "code": code})
        return Answer("", 302, "text/plain", {"Location": f"{asked['redirect_uri']}?{answer}"})

    def _oauth2_token(self, request: Request) -> Answer:
        said = dict(request.form)
        if said.get("grant_type") == "authorization_code":
            challenge, address = self.codes.pop(said.get("code", ""), ("", ""))
            digest = hashlib.sha256(said.get("code_verifier", "").encode()).digest()
            proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
            user = self.owner if (challenge, address) == (proof, said.get("redirect_uri")) else None
        else:
            user = self.refreshes.pop(said.get("refresh_token", ""), None)
        if user is None:
            kind = {"error": "invalid_request", "error_description": "Value passed was invalid."}
            return Answer(kind, 400)
        access, refresh = secrets.token_urlsafe(40), secrets.token_urlsafe(40)
        scope = f"{WRITING_SCOPE} tweet.read users.read media.write offline.access"
        expires_at = self.world.now() + 7200
        self._bearers[access] = Token(user, access=scope, expires_at=expires_at)
        self.refreshes[refresh] = user
        return Answer(
            {
                "token_type": "bearer",
                "expires_in": 7200,
                "access_token": access,
                "refresh_token": refresh,
                "scope": scope,
            }
        )


def _form(fields: Mapping[str, str]) -> Answer:
    return Answer(urlencode(fields, quote_via=quote), 200, "text/html;charset=utf-8")
