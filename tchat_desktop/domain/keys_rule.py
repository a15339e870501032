"""Whether the organisation's keys still serve: one rule for the screen and for the hour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.outgoing import (
    ACCOUNT_FAILS,
    BARRED_EVERYWHERE,
    KEYS_OF_NO_USE,
    MONEY_FAILS,
    OutboxPost,
    PostState,
    Reason,
    with_reason,
)


def tells_of_keys(row: OutboxPost) -> bool:
    """Whether the state of a row shows that keys can publish, or that they cannot.

    A post that the organiser saw on X, or that was found there by reading, shows neither.
    """
    if row.route is not Route.KEYS:
        return False
    if row.state is PostState.SENT:
        return row.reason in (Reason.NONE, Reason.UNDESCRIBED)
    return row.state is PostState.FAILED and row.reason in KEYS_OF_NO_USE


def last_word(rows: Iterable[OutboxPost]) -> OutboxPost | None:
    """The row that told of the keys last, as far as the rows still tell it.

    A failed row no longer does once it is dropped, tried again or opened as a page; whoever sees
    the rows change (`services.outbox`) remembers it.
    """
    telling = (row for row in rows if tells_of_keys(row))
    return max(telling, key=lambda row: row.changed_at or row.due_at, default=None)


def keys_trouble(told: OutboxPost | None, connected_at: datetime | None) -> OutboxPost | None:
    """The failure that stands against the keys, given the row that told of them last.

    It stands until another post leaves by keys, or an account is connected after it (UTC). A
    failure for lack of credit stands even then.
    """
    if told is None or told.state is not PostState.FAILED:
        return None
    anew = connected_at is not None and connected_at > (told.changed_at or told.due_at)
    return None if anew and told.reason not in MONEY_FAILS else told


def barred(row: OutboxPost, trouble: OutboxPost | None, *, too_dear: bool) -> Reason:
    """Why keys will not take a post that is to come, as far as that is known before it is tried.

    `trouble` is what stands against the keys; `too_dear` that it would pass the amount set.
    """
    if row.route is not Route.KEYS:
        return Reason.NONE
    if trouble is not None:
        return trouble.reason
    return Reason.SPENDING_LIMIT if too_dear else Reason.NONE


def stopped(row: OutboxPost, trouble: OutboxPost | None, *, pages: bool) -> OutboxPost | None:
    """What a post becomes instead of leaving by keys after X has refused the account itself.

    It goes by the page where that can help and there are `pages`; else it fails with the reason
    of the last refusal, and X is not asked again. None when the post may leave: one the organiser
    sends on purpose tries whether the refusal still stands.
    """
    by_sheet = row.planned is not None and row.planned.due_at == row.due_at
    if trouble is None or trouble.reason not in ACCOUNT_FAILS or not by_sheet:
        return None
    if pages and trouble.reason not in BARRED_EVERYWHERE:
        return replace(row, state=PostState.PLANNED, route=Route.ASSISTED, not_before=None)
    failed = with_reason(row, trouble.reason, trouble.detail, trouble.said)
    return replace(failed, state=PostState.FAILED)
