"""How the fake X misbehaves: the errors of its documentation, and what networks do to answers."""

from __future__ import annotations

import json
import random
import threading
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

PORTAL = (
    b"<!DOCTYPE html>\n<html><head><title>Bienvenue</title></head>"
    b"<body>Connectez-vous au Wi-Fi de la gare</body></html>"
)


@dataclass(frozen=True)
class Fault:
    """One way to misbehave. With no `status` the true answer is given, but late, cut or lost."""

    name: str
    status: int = 0
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    stores: bool = False
    """Whether the request is carried out although the answer is another."""
    drops: bool = False
    """Whether the connection is cut instead of answering."""
    latency: float = 0.0
    """Seconds before anything is done."""
    cut: bool = False
    """Whether the true answer is cut in its middle."""
    drip: float = 0.0
    """Seconds between two bytes of the answer."""
    reset_in: float | None = None
    """Seconds until x-rate-limit-reset, on X's clock; None leaves the header out."""

    @property
    def answers(self) -> bool:
        """Whether the request is carried out."""
        return self.stores or not (self.status or self.drops)


def _problem(
    name: str, status: int, title: str, detail: str, kind: str = "about:blank", **more: object
) -> Fault:
    body = {"title": title, "detail": detail, "type": kind, "status": status, **more}
    return Fault(name, status, json.dumps(body).encode())


def _types(name: str) -> str:
    return f"https://api.twitter.com/2/problems/{name}"


DROP_BEFORE = Fault("drop_before", drops=True)
DROP_AFTER = Fault("drop_after", drops=True, stores=True)
TRUNCATED = Fault("truncated", cut=True)
CAPTIVE_PORTAL = Fault("captive_portal", 200, PORTAL)
CAPTIVE_PORTAL_AFTER = replace(CAPTIVE_PORTAL, name="captive_portal_after", stores=True)
SERVER_ERROR = Fault("server_error", 500, b'{"title":"Internal Server Error","status":500}')
SERVER_ERROR_AFTER = replace(SERVER_ERROR, name="server_error_after", stores=True)
BAD_GATEWAY = Fault("bad_gateway", 502, b"<html><body>502 Bad Gateway</body></html>")
UNAVAILABLE = Fault("unavailable", 503, b'{"title":"Service Unavailable","status":503}')
TIMED_OUT_AFTER = Fault("timed_out_after", 504, b"", stores=True)
UNAUTHORIZED = _problem("unauthorized", 401, "Unauthorized", "Unauthorized")
NO_CREDIT = _problem(
    "no_credit",
    402,
    "CreditsDepleted",
    "Your enrolled account does not have any credits to fulfill this request.",
    "https://api.x.com/2/problems/credits",
)
DUPLICATE = _problem(
    "duplicate",
    403,
    "Forbidden",
    "You are not allowed to create a Tweet with duplicate content.",
)
NOT_SUMMONED = _problem(
    "not_summoned",
    403,
    "Forbidden",
    "Reply to this conversation is not allowed because you have not been mentioned or otherwise "
    "engaged by the author of the post you are replying to.",
)
NOT_SUMMONED_EITHER = _problem(
    "not_summoned_either",
    403,
    "Forbidden",
    "You can only reply to or quote posts where you are mentioned or quoted.",
)
READ_ONLY = _problem(
    "read_only",
    403,
    "Forbidden",
    "Your client app is not configured with the appropriate oauth1 app permissions for this "
    "endpoint.",
    _types("oauth1-permissions"),
)
NOT_ENROLLED = _problem(
    "not_enrolled",
    403,
    "Client Forbidden",
    "When authenticating requests to the Twitter API v2 endpoints, you must use keys and tokens "
    "from a Twitter developer App that is attached to a Project.",
    _types("client-forbidden"),
    reason="client-not-enrolled",
    required_enrollment="Appropriate Level of API Access",
)
LEGACY_453 = Fault(
    "legacy_453",
    403,
    b'{"errors":[{"message":"You currently have access to a subset of endpoints","code":453}]}',
)
FORBIDDEN = _problem("forbidden", 403, "Forbidden", "You are not permitted to perform this action.")
RATE_LIMIT = replace(
    _problem("rate_limit", 429, "Too Many Requests", "Too Many Requests"), reset_in=300.0
)
RATE_LIMIT_UNSAID = replace(RATE_LIMIT, name="rate_limit_unsaid", reset_in=None)
RATE_LIMIT_DAY = replace(
    RATE_LIMIT,
    name="rate_limit_day",
    headers={"x-user-limit-24hour-limit": "100", "x-user-limit-24hour-remaining": "0"},
)
USAGE_CAPPED = _problem(
    "usage_capped",
    429,
    "UsageCapExceeded",
    "Usage cap exceeded: Monthly product cap",
    _types("usage-capped"),
    period="Monthly",
    scope="Product",
)


def _legacy(name: str, code: int, message: str) -> Fault:
    body = {"errors": [{"code": code, "message": message}]}
    return Fault(name, 403, json.dumps(body).encode())


ACCOUNT_LOCKED = _legacy(
    "account_locked",
    326,
    "To protect our users from spam and other malicious activity, this account is temporarily "
    "locked. Please log in to https://x.com to unlock your account.",
)
LOOKS_AUTOMATED = _legacy(
    "looks_automated",
    226,
    "This request looks like it might be automated. To protect our users from spam and other "
    "malicious activity, we can't complete this action right now.",
)
DAILY_LIMIT = _legacy("daily_limit", 185, "User is over daily status update limit.")
SUSPENDED = _legacy(
    "suspended", 64, "Your account is suspended and is not permitted to access this feature."
)
APP_BARRED = _legacy("app_barred", 261, "Application cannot perform write actions.")
OF_THE_ACCOUNT = (
    ACCOUNT_LOCKED,
    LOOKS_AUTOMATED,
    DAILY_LIMIT,
    SUSPENDED,
    APP_BARRED,
    FORBIDDEN,
)
"""Refusals of the account itself: every post after it would be refused alike."""
A_LIST = Fault("a_list", 403, b'["no"]')
NOTHING = Fault("nothing", 200, b"")

RECOVERABLE = (
    DROP_BEFORE,
    DROP_AFTER,
    TRUNCATED,
    CAPTIVE_PORTAL,
    SERVER_ERROR,
    SERVER_ERROR_AFTER,
    BAD_GATEWAY,
    UNAVAILABLE,
    TIMED_OUT_AFTER,
)
"""What a bad network and a tired X do, and what passes by itself."""

BY_NAME = {each.name: each for each in list(globals().values()) if isinstance(each, Fault)}


class Trouble:
    """Which fault comes next: those queued for a route, else one at random."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queues: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._chance = random.Random(0)
        self._share = 0.0
        self._faults: Sequence[Fault] = ()
        self.happened: list[tuple[str, str]] = []
        """Route and name of each fault, in order."""

    def queue(self, route: str, *faults: Fault) -> None:
        """The next requests to a route, such as "POST /2/tweets", fail so; "*" is any route."""
        with self._lock:
            self._queues[route].extend(faults)

    def at_random(self, seed: int, share: float, faults: Sequence[Fault] = RECOVERABLE) -> None:
        """From now on that share of all requests fails."""
        with self._lock:
            self._chance = random.Random(seed)
            self._share = share
            self._faults = tuple(faults)

    def next(self, route: str) -> Fault | None:
        """What is to happen to this request."""
        with self._lock:
            queue = self._queues[route] or self._queues["*"]
            fault = None
            if queue:
                fault = queue.popleft()
            elif self._faults and self._chance.random() < self._share:
                fault = self._chance.choice(self._faults)
            if fault:
                self.happened.append((route, fault.name))
            return fault
