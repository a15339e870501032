"""Computes what an outbox row becomes after its post was tried."""

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
"""Maps a row as it is on disk to what it becomes; None when that no longer applies."""


def done(result: Published | HandedOver) -> Outcome:
    """The outcome when the post was published, or its page was opened in the browser."""
    if isinstance(result, HandedOver):
        page = result.page
        return _sending(lambda row: _arrived(row, PostState.HANDED_OVER, page=page))

    def sent(row: OutboxPost) -> OutboxPost:
        made = _arrived(row, PostState.SENT, result.note)
        return replace(made, url=result.url, remote_id=result.remote_id)

    return sent


def found(published: Published) -> Outcome:
    """The outcome when the post was seen on X, so that it is published."""
    sent = done(published)

    def seen(row: OutboxPost) -> OutboxPost | None:
        made = sent(row)
        return replace(made, reason=Reason.FOUND) if made is not None else None

    return seen


def refused(error: PublishError) -> Outcome:
    """The outcome when publishing raised an error: planned again, unknown, or failed."""
    if isinstance(error, PublishLater):
        until = error.until

        def planned(row: OutboxPost) -> OutboxPost | None:
            if row.state is not PostState.SENDING:
                return None
            made = _refused(row, PostState.PLANNED, error)
            # A request that never reached X is no attempt: it fills no limit and costs nothing.
            in_vain = error.reason is Reason.NETWORK
            return replace(made, not_before=until, attempts=row.attempts - in_vain)

        return planned
    if isinstance(error, PublishUnknown) or error.reason is Reason.DUPLICATE:
        # A duplicate is published already, perhaps by the attempt whose answer was lost.
        return _sending(lambda row: _refused(row, PostState.UNKNOWN, error))
    return _sending(lambda row: _refused(row, PostState.FAILED, error))


def not_ready(error: PublishError) -> Outcome:
    """The outcome when preparing a due row raised an error, so that nothing was published."""
    state = PostState.FAILED
    until: datetime | None = None
    if isinstance(error, PublishLater):
        state, until = PostState.PLANNED, error.until

    def became(row: OutboxPost) -> OutboxPost:
        return replace(_refused(row, state, error), not_before=until)

    return became


def lost(reason: Reason, detail: str = "") -> Outcome:
    """The outcome when it is not known whether the post was published."""
    return _sending(lambda row: _arrived(row, PostState.UNKNOWN, reason, detail))


def expired(row: OutboxPost) -> OutboxPost:
    """The row after the time in which it makes sense: it no longer leaves by itself."""
    return replace(row, state=PostState.EXPIRED, reason=Reason.TOO_LATE, not_before=None)


def absent(row: OutboxPost) -> OutboxPost:
    """The row planned again, because its post is certainly not published."""
    return _arrived(row, PostState.PLANNED)


def _sending(became: Outcome) -> Outcome:
    """The outcome limited to a row that is still in state SENDING.

    A row that was set to UNKNOWN meanwhile stays so, as the organiser may have been asked already.
    """
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
    """The row in another state, with the reason for it."""
    told = with_reason(row, reason, detail, said, page)
    return replace(told, state=state, not_before=None)
