"""What the organiser is called for when they look elsewhere during the hour, each at most once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tchat_desktop.domain.anonymity import comparable_handle
from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.outgoing import (
    NEEDS_ORGANISER,
    OUT,
    OutboxPost,
    PostKind,
    PostState,
)
from tchat_desktop.domain.replanning import has_begun

GIVEN_FOR = timedelta(minutes=5)
"""How long a guest has for a question before the organiser is told."""
NEARLY_OVER = timedelta(minutes=10)
"""How long before its end the chat is said to be nearly over."""


class CallFor(StrEnum):
    """What the organiser is called for."""

    DUE = "due"
    """A post without keys waits for the organiser to publish it."""
    FAILURE = "failure"
    GIVEN = "given"
    """A question given to a guest has no answer."""
    ENDING = "ending"


@dataclass(frozen=True, slots=True)
class CalledFor:
    """One reason to call the organiser, with the row or the post it is about."""

    what: CallFor
    row: OutboxPost | None = None
    feed: FeedPost | None = None
    ends_at: datetime | None = None
    """The end of the chat (UTC) that is near."""

    @property
    def key(self) -> tuple[str, str]:
        """By what it is known that the organiser was called for this already."""
        post_id = self.feed.post.id if self.feed is not None else ""
        end = self.ends_at.isoformat() if self.ends_at is not None else ""
        return self.what.value, self.row.id if self.row is not None else post_id or end


def called_for(
    rows: Sequence[OutboxPost],
    given_since: Mapping[str, datetime],
    feeds: Iterable[FeedPost],
    now: datetime,
    ends_at: datetime,
    paused: bool = False,
) -> tuple[CalledFor, ...]:
    """All that the organiser may be called for at this instant; datetimes are in UTC.

    `given_since` tells since when each post was given to a guest, by the id of the post.
    """
    calls = [CalledFor(CallFor.DUE, row=row) for row in rows if _waits_by_page(row, paused)]
    calls += [CalledFor(CallFor.FAILURE, row=row) for row in rows if _went_wrong(row)]
    calls += [
        CalledFor(CallFor.GIVEN, feed=feed)
        for feed in feeds
        if now - given_since.get(feed.post.id, now) >= GIVEN_FOR and is_unanswered(feed, rows)
    ]
    if has_begun(rows) and timedelta() < ends_at - now <= NEARLY_OVER:
        calls.append(CalledFor(CallFor.ENDING, ends_at=ends_at))
    return tuple(calls)


def is_unanswered(feed: FeedPost, rows: Iterable[OutboxPost]) -> bool:
    """Whether a post given to a guest waits still: no reply is out, and nobody says it is done."""
    if not feed.assigned_to or feed.answered or feed.hidden:
        return False
    return not any(
        row.kind is PostKind.REPLY and row.target_id == feed.post.id and row.state in OUT
        for row in rows
    )


def replied_to(feed: FeedPost, feeds: Iterable[FeedPost], guest_account: str) -> bool:
    """Whether the guest of that account has answered a post on X."""
    account = comparable_handle(guest_account)
    return bool(account) and any(
        one.post.in_reply_to == feed.post.id and comparable_handle(one.post.author) == account
        for one in feeds
    )


def _waits_by_page(row: OutboxPost, paused: bool) -> bool:
    due = row.state is PostState.DUE and not paused
    return row.route is Route.ASSISTED and (due or row.state is PostState.HANDED_OVER)


def _went_wrong(row: OutboxPost) -> bool:
    return row.state in NEEDS_ORGANISER and row.state is not PostState.HANDED_OVER
