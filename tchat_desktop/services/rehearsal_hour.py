"""The hour as it is rehearsed: in the way the chat has chosen, at a pace that can be changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.domain.routes import summons
from tchat_desktop.services.clock import RehearsalClock
from tchat_desktop.services.events import OutboxChanged, PageOpened
from tchat_desktop.services.hour import Hour
from tchat_desktop.services.hour_parts import HourConditions, HourParts, HourStores
from tchat_desktop.services.leaving import not_typing
from tchat_desktop.services.ports import Publisher, Report
from tchat_desktop.services.rehearsal import SimulatedX
from tchat_desktop.services.rehearsal_pages import SimulatedPages
from tchat_desktop.services.rehearsal_script import Script

SPEED = 6.0
"""An hour in ten minutes, while nothing is being done by hand."""
BY_HAND = 1.0
"""While a page is open or the network is gone, as slow as the real hour."""
CUT_LASTS = timedelta(minutes=4)
"""Where nobody watches, the network comes back by itself."""


def rehearsed_way(chat: Chat) -> Route:
    """The way a rehearsal goes: with keys posts leave by themselves, else each opens as a page."""
    return Route.REHEARSAL if chat.route is Route.KEYS else Route.ASSISTED


class RehearsalHour(Hour):
    """A rehearsal: nothing leaves, and the time of the chat begins at `clock_start` (UTC).

    `plan` gives the rows of a chat: those of its own run sheet, whatever is edited meanwhile.
    `pages` makes the pages of the way without keys, see SimulatedPages. With `speed` nobody
    watches: everything goes by itself, at that speed.
    """

    def __init__(
        self,
        chat: Chat,
        plan: Callable[[Chat], Sequence[OutboxPost]],
        stores: HourStores,
        script: Script,
        pages: Publisher,
        report: Report,
        *,
        rules: NetworkRules,
        clock_start: datetime,
        speed: float | None = None,
        seed: int = 0,
        typing: Callable[[], float] = not_typing,
    ) -> None:
        self.watched = speed is None
        self.outdated = False
        """Whether the chat is another than the one rehearsed: to be begun anew."""
        self._said_out: frozenset[str] = frozenset()
        self._plan = plan
        self.by_hand = self.watched and rehearsed_way(chat) is Route.ASSISTED
        self.rehearsal_clock = RehearsalClock(clock_start, speed or SPEED)
        self.x = SimulatedX(
            script, self.rehearsal_clock, chat, rules, seed, None if self.watched else CUT_LASTS
        )

        def opened(page: str) -> None:
            report(PageOpened(chat.id, page))

        def heard(event: object) -> None:
            if isinstance(event, OutboxChanged):
                self.x.expect(event.rows)
                self._said_out = frozenset(
                    row.id for row in event.rows if row.state is PostState.SENT
                )
            report(event)

        by_page = SimulatedPages(pages, self.x, opened) if self.watched else self.x
        super().__init__(
            chat,
            Occasion.REHEARSAL,
            Route.ASSISTED if self.by_hand else Route.REHEARSAL,
            plan(chat),
            HourParts(
                stores,
                # Even "by the web page" goes nowhere in a rehearsal.
                {Route.ASSISTED: by_page, Route.KEYS: self.x, Route.REHEARSAL: self.x},
                heard,
                self.rehearsal_clock,
                rules,
                reader=None if self.by_hand else self.x,
            ),
            HourConditions(typing=typing),
        )

    def follow_chat(self, chat: Chat, same: bool) -> None:
        """Go on with the chat as edited, while its day, length, tag and way are the `same`."""
        self.outdated = not same
        if same:
            self.x.follow(chat)
            self.follow(chat, partial(self._plan, chat), at_once=False)

    @property
    def said_too_early(self) -> str:
        """The page of a message said to be published whose button was not pressed; "" for none.

        The real hour cannot know; a rehearsal notices a message that was never sent.
        """
        return self.x.left_alone(self._said_out)

    def _reply_way(self, to: Post, text: str) -> Route:
        """As in the real hour: keys may not answer somebody who did not mention the account."""
        if self.watched and not summons(to.text, self.chat.account, self._rules):
            return Route.ASSISTED
        return super()._reply_way(to, text)
