"""Signs in to X with an account of the organisation, in the browser.

There are two ways, as X documents them: a code that X shows and the person types in the app (OAuth
1.0a, "oob"), or a redirect of the browser to this computer (OAuth 2.0 with PKCE, for an app without
a secret). Everything here waits for X: never call it on the GUI thread.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import re
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode

from tchat_desktop.adapters.x.client import LONGEST_ANSWER, TIMEOUT, checked_api_url
from tchat_desktop.adapters.x.errors import NoAnswer, Refusal
from tchat_desktop.adapters.x.hand_over import HandOver, Words
from tchat_desktop.domain.account_keys import FourKeys, OAuth2Tokens, SignInProblem
from tchat_desktop.domain.x import links
from tchat_desktop.domain.x.pasted_keys import clean_pin
from tchat_desktop.services.ports import SignInError

if TYPE_CHECKING:
    from tchat_desktop.adapters.x.session import XSession

log = logging.getLogger(__name__)

PIN_PAGE = "/oauth/authorize"
CONSENT_PAGE = "/i/oauth2/authorize"
SCOPES = ("tweet.read", "tweet.write", "users.read", "media.write", "offline.access")
"""The rights that are asked for: to read, to post with pictures, and to stay signed in."""
_PATIENCE = 300.0
"""The most seconds to wait for the person to answer on X's page."""

_NOT_ALLOWED = re.compile(
    r"\b(415|417)\b|callback|redirect_uri|desktop applications|unauthorized_client", re.I
)
"""Marks of a refusal for the settings of the organisation's app on X.

The callback is not listed there (codes 415 and 417), or the app is not set as a "native app"."""


def _session(api_url: str | None) -> XSession:
    from tchat_desktop.adapters.x.session import XSession

    for name in ("requests_oauthlib", "oauthlib", "urllib3"):
        # The debug lines of these libraries print secrets.
        talkative = logging.getLogger(name)
        talkative.setLevel(max(talkative.level, logging.INFO))
    return XSession(_base(api_url), TIMEOUT, LONGEST_ANSWER)


def _base(api_url: str | None) -> str:
    return checked_api_url(api_url) if api_url else links.API


class XPinSignIn:
    """A sign-in with the code that X shows; use one object for one sign-in.

    `api_url` is a stand-in for X on this computer. Raises ValueError when it is elsewhere.
    """

    def __init__(self, consumer_key: str, consumer_secret: str, api_url: str | None = None) -> None:
        self._app = (consumer_key, consumer_secret)
        self._session = _session(api_url)
        self._page = _base(api_url) + PIN_PAGE
        self._request: tuple[str, str] | None = None

    def __repr__(self) -> str:
        return "PinSignIn(hidden)"

    def start(self) -> str:
        """The address of the page to open, on which X shows the code. Raises SignInError."""
        try:
            answer = self._ask("/oauth/request_token", callback_uri="oob")
        except Refusal as error:
            raise _refused(error, SignInProblem.KEYS_REFUSED) from None
        self._request = _pair(answer)
        return f"{self._page}?{urlencode({'oauth_token': self._request[0]})}"

    def finish(self, pin: str) -> FourKeys:
        """The keys of the account that was signed in, given the code as typed.

        Raises SignInError: after WRONG_PIN the code can be typed again, after LATE_PIN `start` must
        be called again.
        """
        if self._request is None:
            raise SignInError(SignInProblem.LATE_PIN, "no page was opened")
        if not (number := clean_pin(pin)):
            raise SignInError(SignInProblem.WRONG_PIN, "not a number")
        token, secret = self._request
        try:
            answer = self._ask(
                "/oauth/access_token",
                resource_owner_key=token,
                resource_owner_secret=secret,
                verifier=number,
            )
        except Refusal as error:
            # X names the "oauth_verifier" when the code is wrong, and the token when the page is
            # too old.
            wrong = b"verifier" in error.body
            problem = SignInProblem.WRONG_PIN if wrong else SignInProblem.LATE_PIN
            raise _refused(error, problem) from None
        self._request = None
        return FourKeys(*self._app, *_pair(answer))

    def _ask(self, path: str, **signed: str) -> Any:
        from requests_oauthlib import OAuth1

        key, secret = self._app
        auth = OAuth1(key, client_secret=secret, **signed)
        try:
            return self._session.request("POST", path, auth=auth)
        except NoAnswer as error:
            raise _unanswered(SignInProblem.NETWORK, error) from None


class XBrowserSignIn:
    """A sign-in in which X redirects the browser to this computer; use each object once.

    `ports` are those whose addresses are listed in the settings of the organisation's app on X; 0
    takes any free port. `now` gives UTC; `patience` is in seconds. `api_url` is a stand-in for X on
    this computer. Raises ValueError when it is elsewhere.
    """

    def __init__(
        self,
        client_id: str,
        words: Words,
        *,
        now: Callable[[], datetime],
        api_url: str | None = None,
        ports: tuple[int, ...] = HandOver.PORTS,
        patience: float = _PATIENCE,
    ) -> None:
        self._client_id = client_id
        self._session = _session(api_url)
        self._page = (_base(api_url) if api_url else links.X) + CONSENT_PAGE
        self._now = now
        self._patience = patience
        self._verifier = secrets.token_urlsafe(64)
        self._state = secrets.token_urlsafe(32)
        self._hand_over = HandOver(words, ports)

    def __repr__(self) -> str:
        return "BrowserSignIn(hidden)"

    def start(self) -> str:
        """The address of the page to open. Raises SignInError when every port is taken."""
        self._hand_over.open()
        digest = hashlib.sha256(self._verifier.encode("ascii")).digest()
        asked = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": self._hand_over.address,
            "scope": " ".join(SCOPES),
            "state": self._state,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii"),
            "code_challenge_method": "S256",
        }
        return f"{self._page}?{urlencode(asked)}"

    def finish(self, stop: threading.Event) -> OAuth2Tokens:
        """Wait for the person's answer on X's page, or until `stop` is set; returns the keys.

        Raises SignInError. The port is free again afterwards in any case.
        """
        until = time.monotonic() + self._patience
        try:
            answer = self._hand_over.wait(until, stop, self._is_ours)
        finally:
            self._hand_over.close()
        if "error" in answer:
            denied = answer["error"] == "access_denied"
            problem = SignInProblem.DENIED if denied else SignInProblem.NOT_ALLOWED
            raise SignInError(problem, answer["error"][:60])
        asked = {
            "grant_type": "authorization_code",
            "code": answer.get("code", ""),
            "redirect_uri": self._hand_over.address,
            "client_id": self._client_id,
            "code_verifier": self._verifier,
        }
        return _tokens(self._session, asked, self._client_id, self._now)

    def close(self) -> None:
        """Free the port, if `finish` is not to be called."""
        self._hand_over.close()

    def _is_ours(self, answer: Mapping[str, str]) -> bool:
        return hmac.compare_digest(answer.get("state", "").encode(), self._state.encode())


def refresh(
    tokens: OAuth2Tokens, now: Callable[[], datetime], api_url: str | None = None
) -> OAuth2Tokens:
    """Renew an access; its refresh token is then used up, even when the answer is lost.

    `now` gives UTC. Raises SignInError: NETWORK when the request never left, ANSWER_LOST when it
    may have reached X, RECONNECT when X refused.
    """
    asked = {
        "grant_type": "refresh_token",
        "refresh_token": tokens.refresh_token,
        "client_id": tokens.client_id,
    }
    try:
        return _tokens(_session(api_url), asked, tokens.client_id, now)
    except SignInError as error:
        kept = (SignInProblem.NETWORK, SignInProblem.ANSWER_LOST)
        if error.problem in kept:
            raise
        problem, detail = SignInProblem.RECONNECT, error.detail
    raise SignInError(problem, detail)


def _tokens(
    session: XSession, asked: Mapping[str, str], client_id: str, now: Callable[[], datetime]
) -> OAuth2Tokens:
    """Ask X for tokens, with their end in UTC. Raises SignInError."""
    asked_at = now()
    try:
        answer = session.request("POST", "/2/oauth2/token", data=asked)
        body = answer.json()
        tokens = OAuth2Tokens(
            access_token=_text(body["access_token"]),
            refresh_token=_text(body["refresh_token"]),
            expires_at=asked_at + timedelta(seconds=float(body["expires_in"])),
            client_id=client_id,
        )
    except NoAnswer as error:
        lost = SignInProblem.ANSWER_LOST if error.left else SignInProblem.NETWORK
        raise _unanswered(lost, error) from None
    except Refusal as error:
        raise _refused(error, SignInProblem.KEYS_REFUSED) from None
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise SignInError(SignInProblem.ANSWER_LOST, type(error).__name__) from None
    log.info("signed in until %s", tokens.expires_at.isoformat())
    return tokens


def _unanswered(problem: SignInProblem, error: NoAnswer) -> SignInError:
    told = SignInError(problem, error.why)
    told.obstacle = error.obstacle
    return told


def _refused(error: Refusal, problem: SignInProblem) -> SignInError:
    """The error for a refusal: `problem`, unless the cause is the network or the settings on X.

    Its detail is the status alone, because the body may repeat secrets.
    """
    detail = f"HTTP {error.status}"
    if error.status == 429:
        # X refused for the rate alone and did not use the request.
        return SignInError(SignInProblem.NETWORK, detail)
    unheard = error.status == 408 or not 400 <= error.status < 500
    if unheard or error.body.lstrip()[:1] == b"<":
        return SignInError(SignInProblem.ANSWER_LOST, detail)
    if _NOT_ALLOWED.search(error.body.decode("utf-8", "replace")):
        return SignInError(SignInProblem.NOT_ALLOWED, detail)
    return SignInError(problem, detail)


def _pair(answer: Any) -> tuple[str, str]:
    """The token and its secret in a form-encoded answer. Raises SignInError."""
    fields = parse_qs(answer.text)
    try:
        return fields["oauth_token"][0], fields["oauth_token_secret"][0]
    except KeyError:
        raise SignInError(SignInProblem.ANSWER_LOST, "no token in the answer") from None


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError("not a text")
    return value
