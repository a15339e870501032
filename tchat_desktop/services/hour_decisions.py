"""What was decided for a whole hour: all of it on hold, or on by pages though keys were meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tchat_desktop.domain import decisions
from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.keys_rule import tells_of_keys
from tchat_desktop.domain.outgoing import WAITING, OutboxPost
from tchat_desktop.services.ports import HourState, OutboxStore


class HourDecisions:
    """The decisions about one hour, on disk too, and what they make of its rows.

    Methods may raise StoreError. What changes it is called under the lock of the outbox.
    """

    def __init__(self, store: OutboxStore, chat_id: str, occasion: Occasion, route: Route) -> None:
        self._store = store
        self._chat_id = chat_id
        self._occasion = occasion
        self._route = route
        self._state = HourState()
        self._no_account = False
        self.keys_told: OutboxPost | None = None
        """The row that told of the keys last, as it was then, whatever became of it since.

        None once the hour goes on without keys: whoever takes them up again tries them anew.
        """

    @property
    def paused(self) -> bool:
        """Whether the organiser put everything on hold."""
        return self._state.paused

    @property
    def without_keys(self) -> bool:
        """Whether the hour goes on by pre-filled pages although it was planned by keys."""
        return self._route is Route.KEYS and (self._state.without_keys or self._no_account)

    @property
    def by_pages(self) -> bool:
        """Whether what waits for keys opens as a page."""
        return self.without_keys or self._route is Route.ASSISTED

    def take_up(self) -> None:
        """Read what was decided before the app was closed."""
        self._state = self._store.hour_state(self._chat_id, self._occasion)
        # An hour that could not begin is taken up twice.
        self._no_account = False

    def forget(self) -> None:
        """Nothing is decided any more: the disk has forgotten it, too."""
        self._state = HourState()
        self.keys_told = None

    def hold(self, paused: bool) -> None:
        """Hold everything, or no longer; for as long as the app runs where the disk refuses it."""
        self._state = replace(self._state, paused=paused)
        self._store.keep_hour_state(self._chat_id, self._occasion, self._state)

    def leave_keys(self, keep: bool) -> None:
        """On by pages. Unless it is to be kept, a restart forgets it."""
        if keep:
            self._keep(replace(self._state, without_keys=True))
        else:
            self._no_account = True
        self.keys_told = None

    def take_keys(self) -> None:
        """On with keys again."""
        self._keep(replace(self._state, without_keys=False))
        self._no_account = False
        self.keys_told = None

    def _keep(self, state: HourState) -> None:
        self._store.keep_hour_state(self._chat_id, self._occasion, state)
        self._state = state

    def note(self, row: OutboxPost) -> None:
        """Take note of what became of a row, where that tells of the keys."""
        if tells_of_keys(row):
            self.keys_told = row

    def as_it_goes(self, row: OutboxPost, now: datetime, over: bool) -> OutboxPost:
        """A row with the way it goes: where the hour goes by pages, what waits for keys is one.

        It stays by keys on disk, for when they are taken up again.
        """
        if self.by_pages and row.route is Route.KEYS and row.state in WAITING:
            # What X refuses to keys for now holds up no page.
            free = decisions.freed_of_keys(row, now, over) or row
            return replace(free, route=Route.ASSISTED)
        return row
