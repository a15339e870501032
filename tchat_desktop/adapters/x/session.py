"""One HTTP exchange with X, on `requests`. Slow to import: only where it is used."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3

from tchat_desktop.adapters.x.errors import NoAnswer, Refusal
from tchat_desktop.adapters.x.way_out import causes, has_only_socks, obstacle_of, proxies_for
from tchat_desktop.domain.obstacles import Obstacle

SKEW_TOLERATED = 60.0
"""Seconds between X's clock and ours from which requests are signed with X's time.

X refuses signatures some minutes off as it refuses wrong keys, and laptops have wrong clocks.
"""
BIGGEST_ANSWER = 20_000_000


class _Leaving(io.BytesIO):
    """The body of a request; knows whether it has begun to leave.

    It is read only once the connection stands, TLS included.
    """

    left = False

    def read(self, size: int | None = -1, /) -> bytes:
        self.left = True
        return super().read(size)


class XSession(requests.Session):
    """Sends to `base` whatever host the caller names; `timeout` is (connect, read) in seconds.

    Each request has its own connection: one kept from before the laptop slept would swallow a post
    in silence, and leave its outcome unknown. Of the computer's settings only the proxies are used,
    and those not for a stand-in on this computer: no .netrc. Redirects are not followed. `longest`
    seconds bound a whole answer, `biggest` bytes its size.
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
        self._base = base
        self._timeout = timeout
        self._longest = longest
        self._wall = wall
        self._biggest = biggest
        self.skew: float | None = None
        """Seconds X's clock is ahead of ours, as of its last answer; None when not known."""

    def request(self, method: str, url: str, **asked: Any) -> requests.Response:  # type: ignore[override,unused-ignore]
        """The answer, when it is a success. Raises NoAnswer, Refusal."""
        target = self._base + urlsplit(url).path
        signature = getattr(asked.get("auth"), "client", None)
        signed_at = self.skew or 0.0
        if signature is not None and abs(signed_at) > SKEW_TOLERATED:
            self._sign_with_their_time(signature)
        else:
            signed_at = 0.0
        answer = self._exchange(requests.Request(method, target, **asked))
        # One of the clocks may have been put right since the skew was learned.
        off = abs((self.skew or 0.0) - signed_at) > SKEW_TOLERATED
        if answer.status_code == 401 and signature is not None and off:
            self._sign_with_their_time(signature)
            answer = self._exchange(requests.Request(method, target, **asked))
        if not 200 <= answer.status_code < 300:
            raise Refusal(answer.status_code, answer.headers, answer.content)
        return answer

    def get_redirect_target(self, _answer: object) -> None:  # type: ignore[override,unused-ignore]
        """Nowhere: not even looked at, for it may be no address at all."""

    def server_time(self) -> float:
        """X's present time in Unix seconds, as well as it is known."""
        return self._wall() + (self.skew or 0.0)

    def _sign_with_their_time(self, signature: Any) -> None:
        signature.timestamp = str(int(self.server_time()))

    def _exchange(self, request: requests.Request) -> requests.Response:
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
            # Raised here and not above: the request, with its signature, hangs on the error there.
            raise NoAnswer(why, left=body.left, obstacle=obstacle)
        answer.raw = io.BytesIO(whole)
        self._learn_time(answer.headers.get("Date"))
        return answer

    def _learn_time(self, date: str | None) -> None:
        try:
            stamp = parsedate_to_datetime(date or "").replace(tzinfo=UTC).timestamp()
        except (ValueError, OverflowError):
            return
        # The header has whole seconds: half of one is the best guess of what it leaves out.
        self.skew = stamp + 0.5 - self._wall()


def _read(raw: Any, until: float, biggest: int) -> bytes:
    """The whole body, unless it comes too slowly or never ends."""
    parts = []
    size = 0
    while part := raw.read1(65536, decode_content=True):
        parts.append(part)
        size += len(part)
        if time.monotonic() > until or size > biggest:
            raise OSError("the answer takes too long")
    return b"".join(parts)


def _name(error: BaseException) -> str:
    """The kinds of errors from the outer to the innermost; their texts may hold addresses."""
    return " < ".join(dict.fromkeys(type(one).__name__ for one in causes(error)))
