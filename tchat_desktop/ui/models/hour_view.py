"""An hour as the screen shows it at one instant: everything its cards need, in one value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tchat_desktop.domain.catching_up import Proposal
from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.means import Means
from tchat_desktop.domain.obstacles import Obstacle
from tchat_desktop.domain.outgoing import (
    ASKED_FOR,
    MOVING,
    OUT,
    WAITING,
    OutboxPost,
    PostKind,
    PostState,
    Reason,
    left_at,
    needing,
)
from tchat_desktop.domain.pace import Pace
from tchat_desktop.services.poster import CATCHING_UP

_MINUTE = timedelta(minutes=1)
_QUARTER = timedelta(minutes=15)
_LONG = timedelta(minutes=2)
"""An editor may be forgotten, open so long past the time of its post."""
PASSING = (PostKind.REPLY, PostKind.REPOST)
"""What belongs to its moment of the conversation: dropped, it is gone."""


def is_over(rows: Sequence[OutboxPost], now: datetime, ends_at: datetime) -> bool:
    """Whether the time has passed (UTC) and nothing moves any more by itself."""
    return bool(rows) and now >= ends_at and not any(row.state in MOVING for row in rows)


@dataclass(frozen=True, slots=True)
class HourView:
    """Instants are UTC, `now` is the hour's own."""

    chat: Chat
    occasion: Occasion
    rows: tuple[OutboxPost, ...]
    paused: bool
    reachable: bool
    ended: bool
    now: datetime
    pace: Pace
    means: Means
    """What the keys may still do."""
    ends_at: datetime
    """When the hour ends: as announced, or as the organiser has moved it."""
    obstacle: Obstacle = Obstacle.UNKNOWN
    """What bars the way to X while it is not reachable."""
    cut: bool = False
    """Whether a rehearsal plays a network that is gone."""
    closed_unsent: frozenset[str] = frozenset()
    """The ids of the posts whose page was closed without posting; only a rehearsal knows it."""
    without_keys: bool = False
    """Whether an hour with keys goes on by pre-filled pages."""
    held_up: bool = False
    """Whether the hour could not begin here."""
    held: frozenset[str] = frozenset()
    """The ids of the posts that are being changed, and do not leave meanwhile."""
    waits_for_word: bool = False
    """Whether nothing leaves before the organiser has decided about the posts missed."""
    leaves_next: OutboxPost | None = None
    """What leaves, or opens, next by itself: of the run sheet, or asked for and counted down."""
    waits_for_typing: bool = False
    """Whether its page waits until nobody is typing any more."""
    in_private: bool = False
    """Whether it is a private answer that it waits for."""
    needing_care: int = 0
    """How many posts of the public could expose somebody, and are neither answered nor hidden."""
    urgent: int = 0
    """In how many of these somebody confides something."""
    tag_unseen: bool = False
    """Whether nobody has looked at the tag for a while, and nothing but looking shows it."""
    proposal: Proposal | None = None
    """What would draw the rest nearer, or end it in time; see domain.catching_up."""

    @property
    def rehearsing(self) -> bool:
        """Whether nothing really leaves."""
        return self.occasion is Occasion.REHEARSAL

    @property
    def to_check(self) -> tuple[OutboxPost, ...]:
        """The rows that wait for the organiser's word."""
        return needing(self.rows)

    @property
    def unconfirmed(self) -> tuple[OutboxPost, ...]:
        """What the run sheet has, was begun, and is not known to be out: it cannot wait."""
        return tuple(row for row in self.to_check if row.planned is not None)

    @property
    def minutes_left(self) -> int:
        """How much of the time of the chat is left; all of it before it begins."""
        chat = self.chat
        if chat.starts_at is None:
            return self.pace.minutes_left
        return min(self.pace.minutes_left, (self.ends_at - chat.starts_at) // _MINUTE)

    @property
    def is_past_end(self) -> bool:
        """Whether the time is up while the hour goes on, for what is still to leave."""
        return self.now >= self.ends_at and not self.ended

    @property
    def begins_in(self) -> timedelta | None:
        """How long until the chat begins; None once it has, or without a day."""
        start = self.chat.starts_at
        return start - self.now if start is not None and self.now < start else None

    @property
    def on_the_way(self) -> tuple[OutboxPost, ...]:
        """Replies and reposts that were asked for and have not left yet."""
        waits = WAITING | {PostState.SENDING}
        return tuple(row for row in self.rows if row.kind in ASKED_FOR and row.state in waits)

    @property
    def to_come_by_keys(self) -> int:
        """How many posts are to leave by keys still."""
        coming = (PostState.PLANNED, PostState.DUE)
        return sum(row.route is Route.KEYS and row.state in coming for row in self.rows)

    @property
    def keys_failure(self) -> OutboxPost | None:
        """The post that did not leave by keys, while others are to and none has since."""
        told = self.means.told
        failed = told is not None and told.state is PostState.FAILED
        return told if failed and self.to_come_by_keys else None

    @property
    def keys_trouble(self) -> OutboxPost | None:
        """The same while it shows that those to come by keys will not leave either."""
        return self.means.trouble if self.to_come_by_keys else None

    @property
    def barred(self) -> Reason:
        """Why keys will not take the next post, as far as that is known before it is tried."""
        following = self.pace.following
        return Reason.NONE if following is None else self.means.barred(following)

    def _left_at(self, row: OutboxPost) -> datetime:
        return left_at(row, self.means.rules)

    @property
    def handed_over(self) -> tuple[OutboxPost, ...]:
        """The rows whose page is open in the browser, the first opened first."""
        rows = [row for row in self.rows if row.state is PostState.HANDED_OVER]
        return tuple(sorted(rows, key=self._left_at))

    @property
    def sent(self) -> tuple[OutboxPost, ...]:
        """What is out, the first first."""
        rows = [row for row in self.rows if row.state is PostState.SENT]
        return tuple(sorted(rows, key=self._left_at))

    @property
    def sent_lately(self) -> int:
        """How many posts left in the quarter of an hour that X counts by."""
        since = self.now - _QUARTER
        return sum(self._left_at(row) > since for row in self.sent)

    @property
    def left_out(self) -> tuple[OutboxPost, ...]:
        """What the run sheet has and the organiser put in reserve: it has not left."""
        kept = (row for row in self.rows if row.state is PostState.SKIPPED)
        return tuple(row for row in kept if row.planned is not None)

    @property
    def kept_waiting(self) -> OutboxPost | None:
        """The post whose editor stays open well past its time; None when no other is held up."""
        late = (row for row in self.rows if row.id in self.held and row.state in WAITING)
        return next((row for row in late if self.now - row.due_at >= _LONG), None)

    @property
    def waits_behind(self) -> OutboxPost | None:
        """The post whose page was opened just now, behind which the next one waits for its turn."""
        following = self.leaves_next
        if following is None or following.state is not PostState.DUE or self.waits_for_typing:
            return None
        before = [row for row in self.rows if row.state in OUT and row.id != following.id]
        last = max(before, key=self._left_at, default=None)
        close = last is not None and self.now - self._left_at(last) < CATCHING_UP
        return last if close and following.route is Route.ASSISTED else None

    @property
    def unpublished(self) -> tuple[OutboxPost, ...]:
        """What the run sheet meant to publish and is not known to be out."""
        return tuple(
            row
            for row in self.rows
            if row.planned is not None
            and row.planned.state is not PostState.DRAFT
            and row.state is not PostState.SENT
        )

    @property
    def in_reserve(self) -> tuple[OutboxPost, ...]:
        """What was left out and may still come; a reply or a repost that was dropped may not."""
        kept = (PostState.DRAFT, PostState.SKIPPED)
        return tuple(row for row in self.rows if row.state in kept and row.kind not in PASSING)
