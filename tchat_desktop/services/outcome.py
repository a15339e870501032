"""What becomes of a row of the outbox once its post was tried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from tchat_desktop.domain.outgoing import OutboxPost, PostState, Reason, with_reason
from tchat_desktop.services.ports import (
    HandedOver,
    Published,
    PublishError,
    PublishLater,
    PublishUnknown,
)

Outcome = Callable[[OutboxPost], OutboxPost | None]
"""From a row as it is on disk to what it becomes; None when that no longer applies."""


def done(result: Published | HandedOver) -> Outcome:
    """The post is out, or its page is open in the browser."""
    if isinstance(result, HandedOver):
        page = result.page
        return _sending(lambda row: _arrived(row, PostState.HANDED_OVER, page=page))

    def sent(row: OutboxPost) -> OutboxPost:
        made = _arrived(row, PostState.SENT, result.note)
        return replace(made, url=result.url, remote_id=result.remote_id)

    return sent


def found(published: Published) -> Outcome:
    """The post was seen on X: it is out, whichever request brought it there."""
    sent = done(published)

    def seen(row: OutboxPost) -> OutboxPost | None:
        made = sent(row)
        return replace(made, reason=Reason.FOUND) if made is not None else None

    return seen


def refused(error: PublishError) -> Outcome:
    """The post did not leave, or its outcome is not known."""
    if isinstance(error, PublishLater):
        until = error.until

        def planned(row: OutboxPost) -> OutboxPost | None:
            if row.state is not PostState.SENDING:
                return None
            made = _refused(row, PostState.PLANNED, error)
            # What never left for X is no attempt: it fills no limit, and X charges nothing.
            in_vain = error.reason is Reason.NETWORK
            return replace(made, not_before=until, attempts=row.attempts - in_vain)

        return planned
    if isinstance(error, PublishUnknown) or error.reason is Reason.DUPLICATE:
        # A duplicate is out already: perhaps from the attempt whose answer was lost.
        return _sending(lambda row: _refused(row, PostState.UNKNOWN, error))
    return _sending(lambda row: _refused(row, PostState.FAILED, error))


def not_ready(error: PublishError) -> Outcome:
    """A row that is due cannot leave as it is, and nothing of it is out."""
    state = PostState.FAILED
    until: datetime | None = None
    if isinstance(error, PublishLater):
        state, until = PostState.PLANNED, error.until

    def became(row: OutboxPost) -> OutboxPost:
        return replace(_refused(row, state, error), not_before=until)

    return became


def lost(reason: Reason, detail: str = "") -> Outcome:
    """Whether the post is out is not known."""
    return _sending(lambda row: _arrived(row, PostState.UNKNOWN, reason, detail))


def expired(row: OutboxPost) -> OutboxPost:
    """The row once its window has passed: it no longer leaves by itself."""
    return replace(row, state=PostState.EXPIRED, reason=Reason.TOO_LATE, not_before=None)


def absent(row: OutboxPost) -> OutboxPost:
    """The row planned again: its post is certainly not out. It expires if its window is over."""
    return _arrived(row, PostState.PLANNED)


def _sending(became: Outcome) -> Outcome:
    """For a row that is being sent: one that was called unknown meanwhile stays so, unless the post
    is known to be out."""
    return lambda row: became(row) if row.state is PostState.SENDING else None


def _refused(row: OutboxPost, state: PostState, error: PublishError) -> OutboxPost:
    return _arrived(row, state, error.reason, error.detail, error.said)


def _arrived(
    row: OutboxPost,
    state: PostState,
    reason: Reason = Reason.NONE,
    detail: str = "",
    said: str = "",
    page: str = "",
) -> OutboxPost:
    told = with_reason(row, reason, detail, said, page)
    return replace(told, state=state, not_before=None)
