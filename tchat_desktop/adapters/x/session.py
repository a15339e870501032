"""HTTP requests to X with `requests`, which is slow to import: import this only where used."""

from __future__ import annotations

import io
import ssl
import time
from collections.abc import Callable
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import requests
import truststore
import urllib3
from requests.adapters import HTTPAdapter

from tchat_desktop.adapters.x.errors import NoAnswer, Refusal
from tchat_desktop.adapters.x.way_out import causes, has_only_socks, obstacle_of, proxies_for
from tchat_desktop.domain.obstacles import Obstacle

SKEW_TOLERATED = 60.0
"""Seconds between X's clock and the computer's from which requests are signed with X's time.

X refuses a signature that is some minutes off like one with wrong keys, and laptops often have
wrong clocks.
"""
BIGGEST_ANSWER = 20_000_000
"""The most bytes of an answer."""


class _Leaving(io.BytesIO):
    """The body of a request, which notes in `left` whether it has begun to be sent.

    It is read only once the connection is established, TLS included.
    """

    left = False

    def read(self, size: int | None = -1, /) -> bytes:
        self.left = True
        return super().read(size)


class _TrustOfComputer(HTTPAdapter):
    """Believes the certificates that the computer believes, and those of certifi.

    So an antivirus or an office that reads along is let, if the computer was told to; and X is
    known on one whose own list is old or missing.
    """

    def __init__(self) -> None:
        self._context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        super().__init__()

    def build_connection_pool_key_attributes(self, *asked: Any, **more: Any) -> Any:
        """As `requests` says; it adds certifi's list to this context when it connects."""
        host, connection = super().build_connection_pool_key_attributes(*asked, **more)
        connection["ssl_context"] = self._context
        return host, connection


class XSession(requests.Session):
    """A session that sends every request to `base`, whatever host the caller names.

    `timeout` is (connect, read) in seconds; a whole answer may take `longest` seconds and have
    `biggest` bytes; `wall` gives Unix seconds. Each request has its own connection, because one
    kept from before the laptop slept would lose a post and leave its outcome unknown. Of the
    computer's settings only the proxies are used (none for a stand-in on this computer), and the
    certificates it believes.
    Redirects are not followed.
    """

    def __init__(
        self,
        base: str,
        timeout: tuple[float, float],
        longest: float,
        wall: Callable[[], float] = time.time,
        biggest: int = BIGGEST_ANSWER,
    ) -> None:
        super().__init__()
        self.trust_env = False
        self.mount("https://", _TrustOfComputer())
        self._base = base
        self._timeout = timeout
        self._longest = longest
        self._wall = wall
        self._biggest = biggest
        self.skew: float | None = None
        """Seconds X's clock is ahead of the computer's, by its last answer; None when not known."""

    def request(self, method: str, url: str, **asked: Any) -> requests.Response:  # type: ignore[override,unused-ignore]
        """Send a request and return its successful answer. Raises NoAnswer, Refusal.

        A signed request that X refuses because a clock was wrong is signed and sent once more.
        """
        target = self._base + urlsplit(url).path
        signature = getattr(asked.get("auth"), "client", None)
        signed_at = self.skew or 0.0
        if signature is not None and abs(signed_at) > SKEW_TOLERATED:
            self._sign_with_their_time(signature)
        else:
            signed_at = 0.0
        answer = self._exchange(requests.Request(method, target, **asked))
        # One of the clocks may have been corrected since the skew was learned.
        off = abs((self.skew or 0.0) - signed_at) > SKEW_TOLERATED
        if answer.status_code == 401 and signature is not None and off:
            self._sign_with_their_time(signature)
            answer = self._exchange(requests.Request(method, target, **asked))
        if not 200 <= answer.status_code < 300:
            raise Refusal(answer.status_code, answer.headers, answer.content)
        return answer

    def get_redirect_target(self, _answer: object) -> None:  # type: ignore[override,unused-ignore]
        """None, so that `requests` does not read a redirect, which may be no valid address."""

    def server_time(self) -> float:
        """X's present time in Unix seconds; the computer's own before the first answer."""
        return self._wall() + (self.skew or 0.0)

    def _sign_with_their_time(self, signature: Any) -> None:
        signature.timestamp = str(int(self.server_time()))

    def _exchange(self, request: requests.Request) -> requests.Response:
        """Send a request once and read its whole answer. Raises NoAnswer."""
        body = _Leaving()
        why, obstacle = "", Obstacle.UNKNOWN
        until = time.monotonic() + self._longest
        try:
            prepared = self.prepare_request(request)
            prepared.headers["Connection"] = "close"
            if isinstance(prepared.body, bytes | str):
                raw = prepared.body
                body = _Leaving(raw.encode() if isinstance(raw, str) else raw)
                prepared.body = body
            with self.send(
                prepared,
                stream=True,
                timeout=self._timeout,
                allow_redirects=False,
                proxies=proxies_for(self._base),
            ) as answer:
                whole = _read(answer.raw, until, self._biggest)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            why, obstacle = _name(error), obstacle_of(error)
            unsaid = obstacle in (Obstacle.UNKNOWN, Obstacle.OFFLINE)
            if unsaid and not body.left and has_only_socks(self._base):
                obstacle = Obstacle.SOCKS
        finally:
            self.close()
        if why:
            # Raised outside of the handler, whose error holds the request with its signature.
            raise NoAnswer(why, left=body.left, obstacle=obstacle)
        answer.raw = io.BytesIO(whole)
        self._learn_time(answer.headers.get("Date"))
        return answer

    def _learn_time(self, date: str | None) -> None:
        try:
            stamp = parsedate_to_datetime(date or "").replace(tzinfo=UTC).timestamp()
        except (ValueError, OverflowError):
            return
        # The header has whole seconds; half a second is the best guess of the fraction.
        self.skew = stamp + 0.5 - self._wall()


def _read(raw: Any, until: float, biggest: int) -> bytes:
    """The whole body. Raises OSError if it is too long, or comes after `until` (monotonic)."""
    parts = []
    size = 0
    while part := raw.read1(65536, decode_content=True):
        parts.append(part)
        size += len(part)
        if time.monotonic() > until or size > biggest:
            raise OSError("the answer takes too long")
    return b"".join(parts)


def _name(error: BaseException) -> str:
    """The class names of an error and its causes; their messages may hold addresses."""
    return " < ".join(dict.fromkeys(type(one).__name__ for one in causes(error)))
