"""What becomes of a post on its way out when the organiser decides. Instants are UTC."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.conversation import PostLink
from tchat_desktop.domain.outgoing import (
    KEYS_OF_NO_USE,
    WAITING,
    OutboxPost,
    PostState,
    Reason,
)

COUNTDOWN = timedelta(minutes=1)
"""Left before a post that is brought back leaves: nothing in public comes as a surprise."""

SHIFTABLE = (PostState.PLANNED, PostState.DUE)


def planned_at(row: OutboxPost, due_at: datetime) -> OutboxPost:
    """The row planned for `due_at` with the same window, as if nothing had happened to it.

    What X said about going too fast still holds: it is told per account, not per post.
    """
    wait = row.not_before if row.reason is Reason.RATE_LIMIT else None
    return replace(
        row,
        state=PostState.PLANNED,
        due_at=due_at,
        expires_at=due_at + (row.expires_at - row.due_at),
        reason=Reason.RATE_LIMIT if wait else Reason.NONE,
        detail="",
        not_before=wait,
    )


def skipped(row: OutboxPost) -> OutboxPost:
    """In reserve: it does not leave, and can be brought back."""
    return replace(row, state=PostState.SKIPPED, reason=Reason.NONE, detail="")


def brought_back(row: OutboxPost, now: datetime) -> OutboxPost:
    """Planned again, at its time or in a minute when that has passed.

    A post of the reserve has no time of its own: it leaves in a minute.
    """
    soonest = now + COUNTDOWN
    in_reserve = row.state is PostState.DRAFT
    return planned_at(row, soonest if in_reserve else max(row.due_at, soonest))


def let_go(row: OutboxPost, now: datetime) -> OutboxPost | None:
    """One that was being changed, in a minute when its time has passed; None when it is to come."""
    if row.due_at > now or row.state not in SHIFTABLE:
        return None
    return planned_at(row, now + COUNTDOWN)


def by_page(row: OutboxPost, now: datetime) -> OutboxPost:
    """Through the pre-filled page; at its time when that is to come, else at once."""
    at = max(row.due_at, now) if row.state in WAITING else now
    return replace(planned_at(row, at), route=Route.ASSISTED, not_before=None)


def seen_out(row: OutboxPost, link: PostLink | None) -> OutboxPost:
    """The organiser saw it on X, at the address `link` when they say so."""
    return replace(
        row,
        state=PostState.SENT,
        reason=Reason.BY_HAND,
        remote_id=link.id if link else row.remote_id,
        url=link.url if link else row.url,
    )


def freed_of_keys(row: OutboxPost, now: datetime) -> OutboxPost | None:
    """A row by keys without what was told of them; None when nothing was.

    What keys have failed to publish a moment ago is planned at once; what is past its time stays.
    """
    if row.route is not Route.KEYS:
        return None
    if row.state in WAITING and row.not_before is not None:
        return replace(row, reason=Reason.NONE, detail="", not_before=None)
    if row.state is PostState.FAILED and row.reason in KEYS_OF_NO_USE and now < row.expires_at:
        return replace(planned_at(row, now), not_before=None)
    return None


def postponed(
    rows: Sequence[OutboxPost],
    post_id: str,
    minutes: int,
    and_following: bool,
    now: datetime,
) -> list[tuple[OutboxPost, OutboxPost]]:
    """Rows with what they become when one, and those planned after it if asked, shift by `minutes`.

    They may be negative. A post whose time has passed is counted from now, and nothing is moved
    into the past. Nothing for a post that does not wait any more. `rows` are all, by due instant.
    Raises KeyError for an unknown post.
    """
    place = next((index for index, other in enumerate(rows) if other.id == post_id), None)
    if place is None:
        raise KeyError(post_id)
    row = rows[place]
    if row.state not in (*SHIFTABLE, PostState.EXPIRED):
        return []
    since = max(row.due_at, now)
    due_at = max(now, since + timedelta(minutes=minutes))
    shift = due_at - (since if row.state is PostState.EXPIRED else row.due_at)
    following = rows[place + 1 :] if and_following else ()
    return [
        (row, planned_at(row, due_at)),
        *(
            (other, planned_at(other, max(now, other.due_at + shift)))
            for other in following
            if other.state in SHIFTABLE
        ),
    ]
