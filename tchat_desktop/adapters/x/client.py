"""Calls X's API for one thread: keys, signing, rate limits, and whose account it is."""

from __future__ import annotations

import ipaddress
import logging
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tchat_desktop.adapters.x.errors import NoAnswer, Refusal, judge
from tchat_desktop.adapters.x.reads import read_in
from tchat_desktop.domain.account_keys import AccountSeen, Credentials, FourKeys
from tchat_desktop.domain.outgoing import Reason
from tchat_desktop.domain.spending import ReadIds
from tchat_desktop.domain.x import links
from tchat_desktop.services.ports import PublishByHand, PublishLater

if TYPE_CHECKING:
    import tweepy

TIMEOUT = (5.0, 20.0)
"""The most seconds to connect, and between two pieces of an answer."""
LONGEST_ANSWER = 45.0
"""The most seconds that a whole answer may take."""
USER_AGENT = "TchatDesktop"
_TALKATIVE = ("tweepy", "requests_oauthlib", "oauthlib", "urllib3")


@dataclass(frozen=True, slots=True)
class RateLimit:
    """X's rate limit for a kind of request: how many are left until `resets_at` (UTC)."""

    remaining: int
    resets_at: datetime


def checked_api_url(url: str) -> str:
    """The address of a stand-in for X on this computer, normalised.

    Raises ValueError for anything but plain http to a loopback address, so that keys are sent
    nowhere else.
    """
    parts = urlsplit(url.strip())
    host = "127.0.0.1" if parts.hostname == "localhost" else parts.hostname or ""
    try:
        address = ipaddress.ip_address(host)
        port = parts.port
    except ValueError as error:
        raise ValueError(f"not a loopback address: {url!r}") from error
    extras = (parts.username, parts.password, parts.query, parts.fragment)
    bare = parts.path in ("", "/") and not any(extras)
    if parts.scheme != "http" or not address.is_loopback or not bare:
        raise ValueError(f"not a plain http loopback address: {url!r}")
    name = f"[{address}]" if address.version == 6 else str(address)
    return f"http://{name}:{port}" if port else f"http://{name}"


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _not_counted(_seen: ReadIds) -> None:
    """Ignore what was read."""


def _not_known() -> AccountSeen | None:
    return None


class XClient:
    """A client of X's API, for one thread. It is cheap to make; the first call imports tweepy.

    `credentials` may be a function that gives the keys to use now, and `account` tells whose they
    are, if known. `now` is the clock of the chat (UTC), which runs `speed` times faster than real
    time; instants given to the services are on that clock. `timeout` (connect, read) and `longest`
    are real seconds; `wall` gives Unix seconds. `on_read` is called with what X charges of each
    answer. Raises ValueError for an `api_url` that is not on this computer.
    """

    def __init__(
        self,
        credentials: Credentials | Callable[[], Credentials | None],
        api_url: str | None = None,
        *,
        account: Callable[[], AccountSeen | None] = _not_known,
        now: Callable[[], datetime] = _utc_now,
        speed: float = 1.0,
        timeout: tuple[float, float] = TIMEOUT,
        longest: float = LONGEST_ANSWER,
        wall: Callable[[], float] = time.time,
        on_read: Callable[[ReadIds], object] = _not_counted,
    ) -> None:
        self._on_read = on_read
        self._credentials = credentials
        self._base = checked_api_url(api_url) if api_url else links.API
        self._speed = speed
        self._timeout = timeout
        self._longest = longest
        self._wall = wall
        self._tweepy: tweepy.Client | None = None
        self._in_use: Credentials | None = None
        self._known = account
        self._verified: AccountSeen | None = None
        self._limits: dict[str, RateLimit] = {}
        self._too_fast = 0
        self.now = now

    @property
    def handle(self) -> str:
        """The name of the account without the @ sign; "" while it is not known."""
        account = self._account()
        return account.handle if account else ""

    def closed_until(self, kind: str) -> datetime | None:
        """When X's rate limit ends for a kind of request, such as "POST /2/tweets".

        The instant is on the clock of the chat (UTC); None when X has told of no such limit.
        """
        said = self._limits.get(kind)
        if said is None or said.remaining > 0:
            return None
        left = said.resets_at - self.server_now
        return self.now() + left * self._speed if left > timedelta() else None

    def since(self, instant: datetime) -> timedelta:
        """The real time since an instant (UTC) on the clock of the chat."""
        return (self.now() - instant) / self._speed

    @property
    def skew(self) -> timedelta | None:
        """How far X's clock is ahead of the computer's; None before the first answer."""
        skew = self._tweepy.session.skew if self._tweepy else None
        return None if skew is None else timedelta(seconds=skew)

    @property
    def server_now(self) -> datetime:
        """X's present time in UTC; the computer's own before the first answer."""
        return datetime.fromtimestamp(self._wall(), UTC) + (self.skew or timedelta())

    def verify(self) -> AccountSeen:
        """Ask X which account the keys belong to. Raises PublishError.

        X charges the reading of one user.
        """
        body, headers = self._call(
            "GET",
            "/2/users/me",
            needs=("id", "username"),
            params={"user.fields": "name,profile_image_url,username"},
        )
        data = body["data"]
        picture = str(data.get("profile_image_url") or "")
        self._verified = AccountSeen(
            id=str(data["id"]),
            name=str(data.get("name") or data["username"]),
            handle=str(data["username"]),
            picture=picture if picture.startswith("https://") else "",
            may_write=headers.get("x-access-level", "") != "read",
        )
        return self._verified

    def user_id(self) -> str:
        """The id of the account, which X is asked for only if it is not known.

        Raises PublishError.
        """
        keys = self._keys()
        account = self._account()
        if account is None and isinstance(keys, FourKeys):
            prefix, dash, _ = keys.access_token.partition("-")
            if dash and prefix.isascii() and prefix.isdigit():
                return prefix
        return (account or self.verify()).id

    def _account(self) -> AccountSeen | None:
        return self._known() or self._verified

    def call(
        self,
        method: str,
        path: str,
        *,
        needs: tuple[str, ...] = (),
        creates: bool = False,
        **asked: Any,
    ) -> Any:
        """Send one request and return X's answer decoded from JSON.

        `needs` are the fields that its "data" must have. `creates` tells that the request publishes
        something. `asked` are the params, json, data and files of the request. Raises PublishError.
        """
        return self._call(method, path, needs=needs, creates=creates, **asked)[0]

    def close(self) -> None:
        """Close the connection, if any; the client can be used again."""
        if self._tweepy is not None:
            self._tweepy.session.close()

    def _call(
        self,
        method: str,
        path: str,
        *,
        needs: tuple[str, ...] = (),
        creates: bool = False,
        **asked: Any,
    ) -> tuple[Any, Mapping[str, str]]:
        """Send one request; returns the decoded answer and its headers. Raises PublishError."""
        error: NoAnswer | Refusal
        try:
            answer = self._send(method, path, **asked)
            self._learn_limit(method, path, answer.headers)
            body = _decoded(answer, needs)
            self._too_fast = 0
            if method == "GET":
                self._on_read(read_in(path, body))
            return body, answer.headers
        except NoAnswer as lost:
            error = lost
        except Refusal as refusal:
            self._learn_limit(method, path, refusal.headers)
            error = refusal
        trouble = judge(
            error,
            creates=creates,
            later=lambda seconds: self.now() + timedelta(seconds=seconds * self._speed),
            server_time=self.server_now.timestamp(),
            repeats=self._too_fast,
        )
        too_fast = isinstance(error, Refusal) and error.status == 429
        self._too_fast = self._too_fast + 1 if too_fast else 0
        raise trouble

    def _keys(self) -> Credentials:
        """The keys to use now. Raises PublishByHand without an account, PublishLater."""
        try:
            keys = self._credentials() if callable(self._credentials) else self._credentials
        except PublishLater as error:
            # The accounts use real time, and the chat may run at another speed.
            wait = error.until - datetime.fromtimestamp(self._wall(), UTC)
            error.until = self.now() + wait * self._speed
            raise
        if keys is None:
            raise PublishByHand(Reason.KEYS_REFUSED, "no account is connected")
        return keys

    def _send(self, method: str, path: str, **asked: Any) -> Any:
        """Send one request with the present keys; returns X's answer. Raises NoAnswer, Refusal."""
        keys = self._keys()
        if self._tweepy is None or keys != self._in_use:
            self._tweepy = self._connect(keys)
            self._in_use = keys
        if "files" not in asked:
            by_four = isinstance(keys, FourKeys)
            return self._tweepy.request(method, path, user_auth=by_four, **asked)
        headers = {"User-Agent": USER_AGENT}
        if isinstance(keys, FourKeys):
            asked["auth"] = _signing(keys)
        else:
            headers["Authorization"] = f"Bearer {keys.access_token}"
        return self._tweepy.session.request(method, path, headers=headers, **asked)

    def _connect(self, keys: Credentials) -> tweepy.Client:
        """A tweepy client for these keys, which keeps the session of the former one."""
        import requests
        import tweepy

        from tchat_desktop.adapters.x.session import XSession

        # The debug lines of these libraries print the access token.
        for name in _TALKATIVE:
            log = logging.getLogger(name)
            log.setLevel(max(log.level, logging.INFO))
        if isinstance(keys, FourKeys):
            client = tweepy.Client(
                consumer_key=keys.consumer_key,
                consumer_secret=keys.consumer_secret,
                access_token=keys.access_token,
                access_token_secret=keys.access_token_secret,
                return_type=requests.Response,
            )
        else:
            client = tweepy.Client(bearer_token=keys.access_token, return_type=requests.Response)
        client.user_agent = USER_AGENT
        if self._tweepy is None:
            client.session = XSession(self._base, self._timeout, self._longest, self._wall)
        else:
            client.session = self._tweepy.session
        return client

    def _learn_limit(self, method: str, path: str, headers: Mapping[str, str]) -> None:
        """Remember the rate limit that the headers of an answer tell."""
        try:
            remaining, reset = (
                int(headers[f"x-rate-limit-{name}"]) for name in ("remaining", "reset")
            )
            resets_at = datetime.fromtimestamp(reset, UTC)
        except (KeyError, ValueError, OverflowError, OSError):
            return
        kind = f"{method} {re.sub(r'(?<=[a-z])/[0-9]+', '/:id', path)}"
        self._limits[kind] = RateLimit(remaining, resets_at)


def _signing(keys: FourKeys) -> Any:
    import tweepy

    return tweepy.OAuth1UserHandler(
        keys.consumer_key, keys.consumer_secret, keys.access_token, keys.access_token_secret
    ).apply_auth()


def _decoded(answer: Any, needs: tuple[str, ...]) -> Any:
    """The JSON of a successful answer.

    Raises NoAnswer if it is incomplete, Refusal if it is a web page.
    """
    if not needs and not answer.content:
        return {}
    try:
        body = answer.json()
    except (ValueError, RecursionError):
        if answer.content.lstrip()[:1] == b"<":
            raise Refusal(answer.status_code, answer.headers, answer.content) from None
        raise NoAnswer(f"{answer.status_code}, not JSON", left=True) from None
    data = body.get("data") if isinstance(body, dict) else None
    whole = isinstance(data, dict) and all(data.get(name) for name in needs)
    if not isinstance(body, dict) or (needs and not whole):
        raise NoAnswer(f"{answer.status_code}, without what was asked", left=True)
    return body
