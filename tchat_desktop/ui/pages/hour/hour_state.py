"""The state of an hour on screen, collected from its events; the rules are those of the domain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from tchat_desktop.domain.catching_up import Proposal
from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.coming import all_by_page, leaves_next, next_at
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.means import Means
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.obstacles import Obstacle
from tchat_desktop.domain.outgoing import OutboxPost, PostState, left_at
from tchat_desktop.domain.pace import ends, pace
from tchat_desktop.domain.routes import RouteChoice, action_of
from tchat_desktop.domain.spending import Reads
from tchat_desktop.services.accounts import Connection
from tchat_desktop.services.events import OutboxChanged
from tchat_desktop.ui.models.hour_view import HourView, is_over
from tchat_desktop.ui.pages.shared.hour_ports import HourPort

UNSEEN_FOR = timedelta(minutes=4)
"""How long the tag may go unread, when nothing is read with keys, before that is shown."""


class StateShown:
    """The state that the board collects from the events.

    `account` returns the connected account or None, `announced` the rows of the announcements that
    leave with keys.
    """

    def __init__(
        self,
        hour: HourPort,
        rules: NetworkRules,
        account: Callable[[], Connection | None],
        announced: Callable[[], Sequence[OutboxPost]],
    ) -> None:
        self._announced = announced
        self._hour = hour
        self._rules = rules
        self._account = account
        self.rows: tuple[OutboxPost, ...] = ()
        self.paused = self.held_up = self.ended = False
        self.reachable = True
        self.obstacle = Obstacle.UNKNOWN
        self.reads = Reads()
        self.limit_cents: float = hour.chat.spending_limit_cents
        self.looked_at: datetime | None = None
        """When the tag was last opened here or a post pasted, in UTC; None for never."""
        self.with_keys = not all_by_page(hour.planned)
        # Without keys the tag is not read: posts are pasted, and shown at once.
        self.by_hand = not self.with_keys
        self._without_keys = False
        self._keys_told: OutboxPost | None = None
        self._held: frozenset[str] = frozenset()
        self._moved_end: datetime | None = None

    def hear(self, event: OutboxChanged) -> None:
        """Take over the rows and flags of an event."""
        self.rows = event.rows
        self.paused = event.paused
        self._without_keys = event.without_keys
        self._keys_told = event.keys_told
        self._held = event.held
        self._moved_end = event.ends_at
        now = self._hour.clock.now()
        # The end may have been reported before this board was made.
        self.ended = self.ended or is_over(event.rows, now, self.ends_at(now))

    def ends_at(self, now: datetime) -> datetime:
        """Return the end of the hour, in UTC: the announced one unless the organiser moved it."""
        return self._moved_end or self.announced_end(now)

    def announced_end(self, now: datetime) -> datetime:
        """Return the end of the hour as announced, in UTC."""
        return ends(self._hour.chat, self._hour.planned, now)

    def means(self) -> Means:
        """Return what can still be done with the keys."""
        connection = self._account()
        at = connection.connected_at if connection else None
        return Means(
            self._rules,
            self.limit_cents,
            self.rows,
            self.reads,
            self._keys_told,
            at,
            self._announced(),
        )

    def choose_reply(self, feed: FeedPost, text: str) -> RouteChoice:
        """Return the route by which a reply would leave, by the same rule as the service."""
        account = self._hour.chat.account
        return self.means().choose_reply(feed.post, account, self._route, text)

    def choose_post(self, text: str) -> RouteChoice:
        """Return the route by which a post written now would leave, by the same rule."""
        return self.means().choose(action_of(text, self._rules), self._route, text)

    @property
    def _route(self) -> Route:
        """The route of the hour as it goes now."""
        if self._hour.occasion is Occasion.REHEARSAL:
            return Route.REHEARSAL
        return Route.KEYS if self.with_keys and not self._without_keys else Route.ASSISTED

    def next_at(self) -> datetime | None:
        """Return when the next post is due (UTC); None while one waits or all are on hold."""
        return None if self.paused else next_at(self.rows)

    def view(
        self,
        *,
        cut: bool,
        closed_unsent: frozenset[str],
        waits_for_word: bool,
        needing_care: int,
        urgent: int,
        proposal: Proposal | None,
    ) -> HourView:
        """Return the state of the hour at this instant.

        `cut` tells that a rehearsal simulates a lost network, `closed_unsent` which posts it knows
        not to be out; see HourView for these and the other arguments.
        """
        now, hour = self._hour.clock.now(), self._hour
        ends_at = self.ends_at(now)
        now_and_next = pace(self.rows, now, ends_at)
        coming = leaves_next(self.rows, now_and_next.following, now, hour.waits_for_typing)
        typing = coming is not None and hour.waits_for_typing(coming)
        return HourView(
            chat=hour.chat,
            occasion=hour.occasion,
            rows=self.rows,
            paused=self.paused,
            reachable=self.reachable,
            obstacle=self.obstacle,
            cut=cut,
            closed_unsent=closed_unsent,
            ended=self.ended,
            now=now,
            pace=now_and_next,
            means=self.means(),
            ends_at=ends_at,
            without_keys=self._without_keys,
            held_up=self.held_up,
            held=self._held,
            waits_for_word=waits_for_word,
            leaves_next=coming,
            waits_for_typing=typing and not self.paused and not waits_for_word,
            in_private=hour.in_private,
            needing_care=needing_care,
            urgent=urgent,
            tag_unseen=self._tag_unseen(now),
            proposal=proposal,
        )

    def _tag_unseen(self, now: datetime) -> bool:
        """Return whether nobody has looked at the tag for a while; False in a rehearsal."""
        hour = self._hour
        if not self.by_hand or not hour.chat.hashtag or hour.occasion is Occasion.REHEARSAL:
            return False
        out = (left_at(row, self._rules) for row in self.rows if row.state is PostState.SENT)
        since = self.looked_at or min(out, default=None)
        return since is not None and now - since >= UNSEEN_FOR
