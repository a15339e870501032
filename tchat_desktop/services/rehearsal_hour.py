"""An Hour that is a rehearsal: by the route the chat has chosen, at a speed that can be changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.chat_fields import Use, part_of
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.domain.people import handle_problem, normalise_handle
from tchat_desktop.domain.routes import summons
from tchat_desktop.services.clock import RehearsalClock
from tchat_desktop.services.events import OutboxChanged, PageOpened
from tchat_desktop.services.hour import Hour
from tchat_desktop.services.hour_parts import HourConditions, HourParts, HourStores
from tchat_desktop.services.leaving import NOBODY, Hands
from tchat_desktop.services.ports import Publisher, Report
from tchat_desktop.services.rehearsal import SimulatedX
from tchat_desktop.services.rehearsal_pages import SimulatedPages
from tchat_desktop.services.rehearsal_script import Script

SPEED = 6.0
"""How many times faster than real time a rehearsal runs while nothing is done by hand."""
BY_HAND = 1.0
"""The speed while a page is open or the network is cut: real time."""
CUT_LASTS = timedelta(minutes=4)
"""When nobody watches the rehearsal, the network works again after this time."""

MADE_UP_ACCOUNT = "organisation"
"""Who publishes in the rehearsal of a chat without an account that can be one."""


def rehearsed_way(chat: Chat) -> Route:
    """Return the route of a rehearsal: with keys posts leave automatically, else as pages."""
    return Route.REHEARSAL if chat.route is Route.KEYS else Route.ASSISTED


def rehearsed(chat: Chat, rules: NetworkRules) -> Chat:
    """Return the chat as it is rehearsed: by an account that exists at least in form.

    One that is missing or mistyped would make links that the rehearsal itself takes for wrong. The
    step of the account speaks of it.
    """
    account = chat.account
    bare = normalise_handle(account, rules) == account
    is_one = bare and handle_problem(account, rules) is None
    return chat if is_one else replace(chat, account=MADE_UP_ACCOUNT)


class RehearsalHour(Hour):
    """A rehearsal: nothing leaves the app, and its clock begins at `clock_start` (UTC).

    `plan` returns the rows of a chat, called again when the chat is edited. `pages` makes the pages
    of the route without keys (see SimulatedPages). With `speed` nobody watches: everything happens
    automatically at that speed.
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
        hands: Hands = NOBODY,
    ) -> None:
        chat = rehearsed(chat, rules)
        self.watched = speed is None
        self.outdated = False
        """Whether the chat was edited so much that the rehearsal should begin again."""
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
            HourConditions(hands=hands),
        )

    def follow_chat(self, chat: Chat) -> None:
        """Continue with the chat as edited, if its day, length, tag, account and route stay.

        Otherwise the rehearsal is marked as outdated.
        """
        chat = rehearsed(chat, self._rules)
        self.outdated = part_of(chat, Use.FIXES_HOUR) != part_of(self.chat, Use.FIXES_HOUR)
        if not self.outdated:
            self.x.follow(chat)
            self.follow(chat, partial(self._plan, chat), at_once=False)

    @property
    def said_too_early(self) -> str:
        """The page of a post said to be published that was never sent; "" for none.

        The real hour cannot know this; a rehearsal can.
        """
        return self.x.left_alone(self._said_out)

    def _reply_way(self, to: Post, text: str) -> Route:
        """Return the route of a reply: as on X, keys may only answer a post that mentions us."""
        if self.watched and not summons(to.text, self.chat.account, self._rules):
            return Route.ASSISTED
        return super()._reply_way(to, text)
