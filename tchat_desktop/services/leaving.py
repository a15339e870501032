"""What keeps posts from leaving besides their time: edited texts, typing, and missed posts.

All of it is in memory only: after a restart nobody is typing, editing a text or being asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from tchat_desktop.domain import catching_up, decisions
from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.decisions import COUNTDOWN
from tchat_desktop.domain.outgoing import WAITING, OutboxPost, PostState, chained
from tchat_desktop.services.ports import Clock

_SOON = 0.1
"""Seconds after which it is looked again whether the mouse rests."""
PRIVATELY = timedelta(minutes=4)
"""How long a private answer keeps pages from opening automatically.

It is less than the time a late post still makes sense (see outgoing.late_window).
"""


HAND_MOST = timedelta(seconds=4)
"""How long at most the mouse keeps a page from opening under it, in all."""


def at_rest() -> float:
    """Return 0.0: nobody is typing, and no mouse is moving."""
    return 0.0


class Hands(NamedTuple):
    """What the organiser does at the screen; both are called from any thread."""

    typing: Callable[[], float] = at_rest
    """Returns for how many seconds no page may open automatically: it would take the keyboard."""
    pointing: Callable[[], float] = at_rest
    """Returns for how many seconds a page that opens may take a click that is on its way."""


NOBODY = Hands()
"""Nobody is at the screen."""


class Leaving:
    """What holds posts back besides their time: a text being edited, typing, and missed posts.

    With `asks`, the posts that were missed wait for the organiser's decision (see
    domain.catching_up); without it they leave late, or expire and wait for the organiser
    afterwards. For `hands` see there.

    Nothing here reads the disk. `rows` are always all rows of the hour, as they are now. Methods
    that change something are called under the lock of the outbox.
    """

    def __init__(self, clock: Clock, *, asks: bool, hands: Hands) -> None:
        self._clock = clock
        self._asks = asks
        self._hands = hands
        self._wanted: dict[str, datetime] = {}
        """By row id, the due instant (UTC) at which a post leaves because that was asked for.

        If the post is moved to another instant, it leaves like the others.
        """
        self._in_private: dict[str, datetime] = {}
        """By private answer, until when (UTC) it keeps pages from opening automatically."""
        self._typed_over: dict[str, datetime] = {}
        """By row id, the due instant (UTC) of the pages that waited for the end of typing."""
        self._under_hand: dict[str, datetime] = {}
        """By row id, since when (UTC) a page that could open waits for the mouse to rest."""
        self._asked_for: set[str] = set()
        """The ids of the posts that the organiser has just asked to leave at once."""
        self.held: frozenset[str] = frozenset()
        """The ids of the posts whose text is being edited: they neither leave nor expire."""

    # --- what holds posts back -------------------------------------------------------------

    def withheld(self, rows: Sequence[OutboxPost]) -> frozenset[str]:
        """Return the ids of the posts that wait for a decision about the missed ones.

        A waiting post that the organiser asked for, or that is being edited, is neither counted as
        missed nor held back. Posts that have left are considered, whether they were asked for or
        not.
        """
        if not self._asks:
            return frozenset()
        apart = self.held | self.wanted(rows)
        judged = [row for row in rows if row.id not in apart or row.state not in WAITING]
        if not catching_up.must_ask(judged, self._clock.now(), _still(self._typed_over, rows)):
            return frozenset()
        return frozenset(row.id for row in rows if row.planned is not None and row.id not in apart)

    def waits_for_word(self, rows: Sequence[OutboxPost]) -> bool:
        """Return whether the organiser is asked about missed posts.

        They are not asked while they edit a post whose time has passed.
        """
        return not self.behind(rows) and bool(self.withheld(rows))

    def behind(self, rows: Sequence[OutboxPost]) -> frozenset[str]:
        """Return the ids of the posts that wait behind one being edited past its time."""
        return decisions.behind(rows, self.held, self._clock.now()) - self.wanted(rows)

    def staying(self, rows: Sequence[OutboxPost]) -> frozenset[str]:
        """Return the ids of the posts that may not leave now, except for those held by typing."""
        return self.held | self.behind(rows) | self.withheld(rows)

    def kept_back(self, rows: Sequence[OutboxPost]) -> frozenset[str]:
        """Return the ids of the posts that may not leave now, whether they are due or not.

        A post of a thread may not before the one it answers is out.
        """
        waiting = {row.id: row.due_at for row in rows if self.waits_for_typing(row)}
        # A post delayed by the organiser's own typing does not count as missed afterwards.
        self._typed_over |= waiting
        kept = self.staying(rows) | frozenset(waiting) | chained(rows)
        return kept | self._waiting_for_rest(rows, kept)

    def waits_for_typing(self, row: OutboxPost) -> bool:
        """Return whether a page that is due waits until the organiser has finished writing.

        That is while they type, or answer somebody in private. A post that they asked for a moment
        ago opens at once: a reply, a repost, or one sent on purpose. After a pause it no longer
        does.
        """
        return self._opens_by_itself(row) and self.typing_for > 0

    def looks_again_in(self, row: OutboxPost) -> float | None:
        """Return in how many seconds a page that waits may be able to open; None without one."""
        if self.waits_for_typing(row):
            return self.typing_for
        waits = row.id in self._under_hand and self._opens_by_itself(row)
        return max(_SOON, self._hands.pointing()) if waits else None

    def _opens_by_itself(self, row: OutboxPost) -> bool:
        opens = row.state is PostState.DUE and row.route is Route.ASSISTED
        return opens and row.id not in self._asked_for

    def _waiting_for_rest(self, rows: Sequence[OutboxPost], kept: frozenset[str]) -> frozenset[str]:
        """Return the ids of the pages that would open now, while the mouse is on its way.

        It is for so short a while that nothing on screen tells of it.
        """
        now = self._clock.now()
        ready = [row.id for row in rows if row.id not in kept and self._opens_by_itself(row)]
        since = {one: min(now, self._under_hand.get(one, now)) for one in ready}
        moving = self._hands.pointing() > 0
        waiting = {one: at for one, at in since.items() if moving and now - at < HAND_MOST}
        # One that has waited its time is not let go only to wait anew.
        self._under_hand = since if moving else {}
        return frozenset(waiting)

    # --- a text being changed --------------------------------------------------------------

    def hold(self, post_id: str) -> None:
        """Note that the text of a post is being edited."""
        self.held |= {post_id}

    def let_go(self, post_id: str) -> None:
        """Note that the text of a post is no longer being edited."""
        self.held -= {post_id}

    def let_go_of_all(self) -> None:
        """Note that no text is being edited any more, because all rows were deleted."""
        self.held = frozenset()

    # --- what was asked for ----------------------------------------------------------------

    def wanted(self, rows: Iterable[OutboxPost]) -> frozenset[str]:
        """Return the ids of the posts that leave at their time because they were asked for."""
        return _still(self._wanted, rows)

    def want(self, row: OutboxPost) -> None:
        """Note that a row leaves because it was asked for, if it is to leave within a minute."""
        if row.state in decisions.SHIFTABLE and row.due_at <= self._clock.now() + COUNTDOWN:
            self._wanted[row.id] = row.due_at
        else:
            self._wanted.pop(row.id, None)

    def ask_for(self, post_id: str) -> None:
        """Note that a post was asked to leave at once: its page opens even while somebody types."""
        self._asked_for.add(post_id)

    def no_longer_ask_for(self, post_id: str) -> None:
        """Note that a post has left, or is to leave later."""
        self._asked_for.discard(post_id)

    def count_down(
        self, moved: Iterable[tuple[OutboxPost, OutboxPost]], wanted: frozenset[str]
    ) -> None:
        """Note rows moved after a pause; a post in `wanted` is still asked for at its new time."""
        for row, made in moved:
            if row.id in wanted:
                self._wanted[row.id] = made.due_at
            # They asked for it a while ago: no page may open over what they type now.
            self._asked_for.discard(row.id)

    def forget(self, post_id: str) -> None:
        """Forget that a post was asked for, because that was undone."""
        self._asked_for.discard(post_id)
        self._wanted.pop(post_id, None)
        self._typed_over.pop(post_id, None)

    # --- typing, and answers in private ----------------------------------------------------

    @property
    def typing_for(self) -> float:
        """For how many seconds no page opens automatically; 0 while nobody types or answers."""
        return max(self._hands.typing(), self._privately_for)

    @property
    def in_private(self) -> bool:
        """Whether a private answer is being written: it must not be typed into a public page."""
        return self._privately_for > 0

    @property
    def _privately_for(self) -> float:
        until = max(self._in_private.copy().values(), default=None)
        return 0.0 if until is None else max(0.0, (until - self._clock.now()).total_seconds())

    def begin_in_private(self, what: str) -> bool:
        """Note that the private answer `what` begins; return False if it is under way already."""
        now = self._clock.now()
        if self._in_private.get(what, now) > now:
            return False
        self._in_private[what] = now + PRIVATELY
        return True

    def end_in_private(self, what: str) -> bool:
        """Note that the private answer `what` was sent or given up; False if it had not begun."""
        return self._in_private.pop(what, None) is not None


def _still(instants: Mapping[str, datetime], rows: Iterable[OutboxPost]) -> frozenset[str]:
    """Return the ids of the rows that are still due at the instant noted for them."""
    return frozenset(row.id for row in rows if instants.get(row.id) == row.due_at)
