"""Which posts of an hour leave for now, and which wait for the organiser.

All of it is in memory alone: after a restart nobody is typing, changing a text or being asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from tchat_desktop.domain import catching_up, decisions
from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.decisions import COUNTDOWN
from tchat_desktop.domain.outgoing import WAITING, OutboxPost, PostState
from tchat_desktop.services.ports import Clock

PRIVATELY = timedelta(minutes=4)
"""For how long a private answer keeps every page from opening by itself: within the time in which
the post that waits still makes sense (see outgoing.late_window)."""


def not_typing() -> float:
    """Nobody is typing."""
    return 0.0


class Leaving:
    """What holds posts back besides their time: a text being changed, typing, posts missed.

    With `asks`, what the hour has missed waits for the organiser (see domain.catching_up);
    without, somebody must see to it afterwards. `typing` tells for how many seconds the organiser,
    who is typing, must not have a page open by itself: it would take the keyboard.

    Nothing here reads the disk: `rows` are all rows of the hour, as they are now. What changes it
    is called under the lock of the outbox.
    """

    def __init__(self, clock: Clock, *, asks: bool, typing: Callable[[], float]) -> None:
        self._clock = clock
        self._asks = asks
        self._typing = typing
        self._wanted: dict[str, datetime] = {}
        """By id, the instant (UTC) at which a post leaves because that was asked for, at once or
        counted down. Moved to another instant it leaves like the others."""
        self._in_private: dict[str, datetime] = {}
        """Until when (UTC) each private answer that was begun keeps pages from opening."""
        self._typed_over: dict[str, datetime] = {}
        """By id, the due instant of the pages that have waited until nobody was typing."""
        self._asked_for: set[str] = set()
        """The ids of what the organiser has just asked to leave at once."""
        self.held: frozenset[str] = frozenset()
        """The ids of the posts that are being changed: they neither leave nor expire meanwhile."""

    # --- what holds posts back -------------------------------------------------------------

    def withheld(self, rows: Sequence[OutboxPost]) -> frozenset[str]:
        """The ids of what leaves only once the organiser has decided about the posts missed.

        What is to leave because it was asked for, or is being changed, does not count; what has
        left does, on purpose or not.
        """
        if not self._asks:
            return frozenset()
        apart = self.held | self.wanted(rows)
        judged = [row for row in rows if row.id not in apart or row.state not in WAITING]
        if not catching_up.must_ask(judged, self._clock.now(), _still(self._typed_over, rows)):
            return frozenset()
        return frozenset(row.id for row in rows if row.planned is not None and row.id not in apart)

    def waits_for_word(self, rows: Sequence[OutboxPost]) -> bool:
        """Whether the organiser is asked about the posts missed.

        Not while a post is being changed past its time: they are busy with that one.
        """
        return not self.behind(rows) and bool(self.withheld(rows))

    def behind(self, rows: Sequence[OutboxPost]) -> frozenset[str]:
        """The ids of what waits behind a post that is being changed past its time."""
        return decisions.behind(rows, self.held, self._clock.now()) - self.wanted(rows)

    def staying(self, rows: Sequence[OutboxPost]) -> frozenset[str]:
        """The ids of what does not leave for now, whoever is typing."""
        return self.held | self.behind(rows) | self.withheld(rows)

    def kept_back(self, rows: Sequence[OutboxPost]) -> frozenset[str]:
        """The ids of what does not leave for now, due or not."""
        waiting = {row.id: row.due_at for row in rows if self.waits_for_typing(row)}
        # What the organiser's own typing holds up is not missed once it has ended.
        self._typed_over |= waiting
        return self.staying(rows) | frozenset(waiting)

    def waits_for_typing(self, row: OutboxPost) -> bool:
        """Whether a page that is due waits until the organiser has finished writing.

        They type, or answer somebody in private. What was asked for a moment ago opens at once:
        replies, reposts, and what was sent on purpose; not when it was held up meanwhile.
        """
        opens = row.state is PostState.DUE and row.route is Route.ASSISTED
        by_itself = row.id not in self._asked_for
        return opens and by_itself and self.typing_for > 0

    # --- a text being changed --------------------------------------------------------------

    def hold(self, post_id: str) -> None:
        """A post is being changed."""
        self.held |= {post_id}

    def let_go(self, post_id: str) -> None:
        """It no longer is."""
        self.held -= {post_id}

    def let_go_of_all(self) -> None:
        """There are other rows now."""
        self.held = frozenset()

    # --- what was asked for ----------------------------------------------------------------

    def wanted(self, rows: Iterable[OutboxPost]) -> frozenset[str]:
        """The ids of what leaves because that was asked for."""
        return _still(self._wanted, rows)

    def want(self, row: OutboxPost) -> None:
        """Take note that a row leaves because it was asked for, unless that is yet to come."""
        if row.state in decisions.SHIFTABLE and row.due_at <= self._clock.now() + COUNTDOWN:
            self._wanted[row.id] = row.due_at
        else:
            self._wanted.pop(row.id, None)

    def ask_for(self, post_id: str) -> None:
        """A post was asked to leave at once: its page opens whoever is typing."""
        self._asked_for.add(post_id)

    def no_longer_ask_for(self, post_id: str) -> None:
        """It has left, or is to leave later."""
        self._asked_for.discard(post_id)

    def count_down(
        self, moved: Iterable[tuple[OutboxPost, OutboxPost]], wanted: frozenset[str]
    ) -> None:
        """Take note of rows that were held up, with what they become; what was wanted still is."""
        for row, made in moved:
            if row.id in wanted:
                self._wanted[row.id] = made.due_at
            # Asked for a while ago: no page opens over what is being typed now.
            self._asked_for.discard(row.id)

    def forget(self, post_id: str) -> None:
        """What was asked for about a post was undone."""
        self._asked_for.discard(post_id)
        self._wanted.pop(post_id, None)
        self._typed_over.pop(post_id, None)

    # --- typing, and answers in private ----------------------------------------------------

    @property
    def typing_for(self) -> float:
        """For how many seconds no page opens by itself; 0 while nobody is typing."""
        return max(self._typing(), self._privately_for)

    @property
    def in_private(self) -> bool:
        """Whether a private answer is under way: its words must not land on a public page."""
        return self._privately_for > 0

    @property
    def _privately_for(self) -> float:
        until = max(self._in_private.copy().values(), default=None)
        return 0.0 if until is None else max(0.0, (until - self._clock.now()).total_seconds())

    def begin_in_private(self, what: str) -> bool:
        """A private answer begins, `what` tells which; False if it goes on already."""
        now = self._clock.now()
        if self._in_private.get(what, now) > now:
            return False
        self._in_private[what] = now + PRIVATELY
        return True

    def end_in_private(self, what: str) -> bool:
        """It is answered, or put away; False if it had not begun."""
        return self._in_private.pop(what, None) is not None


def _still(instants: Mapping[str, datetime], rows: Iterable[OutboxPost]) -> frozenset[str]:
    """The ids of the rows that are due at the instant noted for them."""
    return frozenset(row.id for row in rows if instants.get(row.id) == row.due_at)
