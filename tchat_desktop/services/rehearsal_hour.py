"""The hour as it is rehearsed: in the way the chat has chosen, at a pace that can be changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.network_rules import Action, NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.services.clock import RehearsalClock
from tchat_desktop.services.events import OutboxChanged, PageOpened
from tchat_desktop.services.hour import Hour, HourStores
from tchat_desktop.services.outbox import not_typing
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
        self._said_out: tuple[str, ...] = ()
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
            report(event)

        by_page = SimulatedPages(pages, self.x, opened) if self.watched else self.x
        super().__init__(
            chat,
            Occasion.REHEARSAL,
            plan(chat),
            stores,
            heard,
            rules=rules,
            route=Route.ASSISTED if self.by_hand else Route.REHEARSAL,
            # Even "by the web page" goes nowhere in a rehearsal.
            publishers={
                Route.ASSISTED: by_page,
                Route.KEYS: self.x,
                Route.REHEARSAL: self.x,
            },
            reader=None if self.by_hand else self.x,
            clock=self.rehearsal_clock,
            typing=typing,
        )

    def follow_chat(self, chat: Chat, same: bool) -> None:
        """Go on with the chat as edited, while its day, length, tag and way are the `same`."""
        self.outdated = not same
        if same:
            self.x.follow(chat)
            self.follow(chat, partial(self._plan, chat), at_once=False)

    def confirm_sent(self, post_id: str, link: str = "") -> None:
        """As in the real hour; a rehearsal also notices a message that was never sent."""
        self._said_out += (post_id,)
        super().confirm_sent(post_id, link)

    @property
    def said_too_early(self) -> str:
        """The page of a message said to be published whose button was not pressed; "" for none."""
        return self.x.left_alone(self._said_out)

    def _way(self, action: Action, text: str = "", summoned: bool = False) -> Route:
        """As in the real hour: keys may not answer somebody who did not mention the account."""
        if self.watched and action is Action.REPLY and not summoned:
            return Route.ASSISTED
        return super()._way(action, text, summoned)
