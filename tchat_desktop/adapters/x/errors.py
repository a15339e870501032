"""Translates error answers of X, and missing answers, into errors of the services.

The error bodies are those in X's documentation and in reports of its users. A body may be anything:
JSON in several dialects, a list, plain text, or the page of a captive portal.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from tchat_desktop.domain.obstacles import Obstacle
from tchat_desktop.domain.outgoing import POST_FAILS, Reason
from tchat_desktop.domain.x.rules import X_RULES
from tchat_desktop.services.ports import (
    PublishByHand,
    PublishError,
    PublishLater,
    PublishRefused,
    PublishUnknown,
)

NETWORK_PAUSE = 15.0
"""Seconds before trying again when X could not be reached."""
FIRST_PAUSE = 60.0
"""Seconds to wait after a status 429 without a time of reset; doubled each time in a row."""
WINDOW = 900.0
"""Length of X's rate-limit windows in seconds, which no wait exceeds."""
LONGEST_DETAIL = 300
_ADDRESS = re.compile("about:|http")

Later = Callable[[float], datetime]
"""Gives the instant of the chat's clock after a number of real seconds."""


class NoAnswer(Exception):
    """No complete answer of X arrived. `left` tells whether the request had begun to leave."""

    def __init__(self, why: str, *, left: bool, obstacle: Obstacle = Obstacle.UNKNOWN) -> None:
        super().__init__(why)
        self.why = why
        self.left = left
        self.obstacle = obstacle


class Refusal(Exception):
    """X answered with a status other than a success."""

    def __init__(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status
        self.headers = headers
        self.body = body


def judge(
    error: NoAnswer | Refusal,
    *,
    creates: bool,
    later: Later,
    server_time: float,
    repeats: int = 0,
) -> PublishError:
    """The error that the services get for a failed request.

    `creates` tells that the request publishes something, so that after a lost answer the outcome is
    unknown. `server_time` is X's present time in Unix seconds. `repeats` counts the answers with
    status 429 in a row before this one.
    """
    if isinstance(error, NoAnswer):
        return _unanswered(error.why, creates and error.left, later, error.obstacle)
    words = _words(error.body)
    judged = _judged(error, ", ".join(words), creates, later, server_time, repeats)
    # Addresses of X's documentation do not help the organiser.
    judged.said = _short(" · ".join(one for one in words if not _ADDRESS.match(one)))
    return judged


def _judged(
    error: Refusal, said: str, creates: bool, later: Later, server_time: float, repeats: int
) -> PublishError:
    """The error for a refusal, from its status and the texts in its body."""
    detail = _short(f"{error.status} {said}".strip())
    if _is_page(error.body) or not 400 <= error.status < 500 or error.status == 408:
        # A page, even with status 200, does not come from X's API but from a captive portal, a
        # proxy or a filter, which may have passed the request on and replaced the answer. With
        # status 408 it is not known either whether X got the request.
        stranger = _is_page(error.body) and error.status < 500
        obstacle = Obstacle.STRANGER if stranger else Obstacle.UNKNOWN
        return _unanswered(detail, creates, later, obstacle)
    if error.status == 401:
        return PublishByHand(Reason.KEYS_REFUSED, detail)
    found = X_RULES.reason_in(said)
    reason = Reason.NONE if found in POST_FAILS else found
    if creates and not reason and "not permitted to perform this action" in said.lower():
        # For a request that reads, the same words do not mean that keys may not publish.
        reason = Reason.NOT_PERMITTED
    if error.status == 402:
        reason = reason or Reason.NO_CREDIT
    if reason:
        return PublishByHand(reason, detail)
    if error.status == 429:
        return _too_fast(error.headers, detail, later, server_time, repeats)
    return PublishRefused(found or Reason.REFUSED, detail)


def _unanswered(why: str, may_be_out: bool, later: Later, obstacle: Obstacle) -> PublishError:
    """The error for a request without an answer of X."""
    if may_be_out:
        return PublishUnknown(Reason.ANSWER_LOST, why)
    error = PublishLater(Reason.NETWORK, later(NETWORK_PAUSE), why)
    error.obstacle = obstacle
    return error


def _too_fast(
    headers: Mapping[str, str], detail: str, later: Later, server_time: float, repeats: int
) -> PublishError:
    """The error for status 429, with the instant from which to try again."""
    daily = ("x-user-limit-24hour-remaining", "x-app-limit-24hour-remaining")
    if any(_number(headers.get(name)) == 0 for name in daily):
        # The wait is hours, longer than any post of the chat makes sense.
        return PublishByHand(Reason.CAPPED, detail)
    reset = _number(headers.get("x-rate-limit-reset"))
    wait = FIRST_PAUSE * 2.0 ** min(repeats, 10)
    # After a reset in the past a second is enough, but not twice in a row: X may charge refusals.
    if reset is not None and (reset > server_time or not repeats):
        wait = reset - server_time + 1
    return PublishLater(Reason.RATE_LIMIT, later(min(max(wait, 1.0), WINDOW)), detail)


def _words(body: bytes) -> list[str]:
    """The texts and codes of an error body, each once; a web page gives none.

    Fields in which X repeats the request are left out.
    """
    found: list[str] = []
    try:
        _collect(json.loads(body), found)
    except (ValueError, RecursionError):
        plain = "" if _is_page(body) else body.decode("utf-8", "replace").strip()
        found = [plain]
    return [one for one in dict.fromkeys(found) if one]


def _short(text: str) -> str:
    """The text cut between two words, since the log would not recognise half of a key as secret."""
    return text if len(text) <= LONGEST_DETAIL else text[:LONGEST_DETAIL].rpartition(" ")[0]


def _collect(part: Any, found: list[str]) -> None:
    """Add the texts and codes of a part of an error body to `found`."""
    if isinstance(part, list):
        for each in part:
            _collect(each, found)
    elif isinstance(part, str):
        found.append(part)
    elif isinstance(part, dict):
        if "code" in part:
            found.append(f"code {part['code']}")
        for name in ("title", "type", "reason", "detail", "message", "error"):
            if isinstance(part.get(name), str):
                found.append(part[name])
        _collect(part.get("errors"), found)


def _is_page(body: bytes) -> bool:
    return body.lstrip()[:1] == b"<"


def _number(text: str | None) -> int | None:
    try:
        return None if text is None else int(text)
    except ValueError:
        return None
