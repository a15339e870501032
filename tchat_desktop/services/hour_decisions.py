"""What was decided for a whole hour: to hold it, to go on without keys, to end it elsewhen."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tchat_desktop.domain import decisions
from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.keys_rule import tells_of_keys
from tchat_desktop.domain.outgoing import WAITING, OutboxPost
from tchat_desktop.services.ports import HourState, OutboxStore


class HourDecisions:
    """The decisions about one hour, stored on disk, and their effect on its rows.

    Methods may raise StoreError. Methods that change something are called under the lock of the
    outbox.
    """

    def __init__(self, store: OutboxStore, chat_id: str, occasion: Occasion, route: Route) -> None:
        self._store = store
        self._chat_id = chat_id
        self._occasion = occasion
        self._route = route
        self._state = HourState()
        self._no_account = False
        self.keys_told: OutboxPost | None = None
        """The last row whose outcome showed whether keys work, as it was then; None without one.

        It is also None once the hour goes on without keys, so that whoever returns to them tries
        them anew.
        """

    @property
    def paused(self) -> bool:
        """Whether the organiser put the whole hour on hold."""
        return self._state.paused

    @property
    def without_keys(self) -> bool:
        """Whether an hour that was planned with keys goes on with pre-filled pages."""
        return self._route is Route.KEYS and (self._state.without_keys or self._no_account)

    @property
    def by_pages(self) -> bool:
        """Whether rows that wait to leave with keys open as pre-filled pages."""
        return self.without_keys or self._route is Route.ASSISTED

    def moved_end(self, announced: datetime | None) -> datetime | None:
        """Return when the hour ends instead of its announced end; None where that holds. In UTC."""
        return self._state.ends_at if self._state.announced == announced else None

    def end_at(self, ends_at: datetime | None, announced: datetime | None) -> None:
        """Have the hour end at another instant (UTC) than announced; with None as announced."""
        self._keep(replace(self._state, ends_at=ends_at, announced=announced))

    def take_up(self) -> None:
        """Read what was decided before the app was closed. May raise StoreError."""
        self._state = self._store.hour_state(self._chat_id, self._occasion)
        # Called again when an hour that could not begin is tried again.
        self._no_account = False

    def forget(self) -> None:
        """Reset the decisions in memory; the caller deletes those on disk."""
        self._state = HourState()
        self.keys_told = None

    def hold(self, paused: bool) -> None:
        """Put the hour on hold, or end that.

        When the disk refuses to store it, it holds in memory and StoreError is raised.
        """
        self._state = replace(self._state, paused=paused)
        self._store.keep_hour_state(self._chat_id, self._occasion, self._state)

    def leave_keys(self, keep: bool) -> None:
        """Go on with pre-filled pages; without `keep` a restart forgets it."""
        if keep:
            self._keep(replace(self._state, without_keys=True))
        else:
            self._no_account = True
        self.keys_told = None

    def take_keys(self) -> None:
        """Go on with keys again."""
        self._keep(replace(self._state, without_keys=False))
        self._no_account = False
        self.keys_told = None

    def _keep(self, state: HourState) -> None:
        self._store.keep_hour_state(self._chat_id, self._occasion, state)
        self._state = state

    def note(self, row: OutboxPost) -> None:
        """Remember a row in `keys_told` if its outcome shows whether the keys work."""
        if tells_of_keys(row):
            self.keys_told = row

    def as_it_goes(self, row: OutboxPost, now: datetime, over: bool) -> OutboxPost:
        """Return a row with the route it takes: without keys, a waiting row opens as a page.

        On disk it keeps the route with keys, for when the hour goes on with keys again. `now` is in
        UTC; `over` says whether the hour has ended.
        """
        if self.by_pages and row.route is Route.KEYS and row.state in WAITING:
            # A wait that X asked for concerns keys; the page need not wait.
            free = decisions.freed_of_keys(row, now, over) or row
            return replace(free, route=Route.ASSISTED)
        return row
