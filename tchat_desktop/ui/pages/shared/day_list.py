"""The checklist of the day: what must be ready shortly before the chat, shared by all pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal

from tchat_desktop.domain.chat import Chat, Route
from tchat_desktop.domain.guide import Missing
from tchat_desktop.domain.preflight import PreflightCheck, Readiness
from tchat_desktop.domain.schedule import time_to_rehearse
from tchat_desktop.ui.pages.shared.accounts_port import AccountsPort
from tchat_desktop.ui.pages.shared.preflight_lines import ITEMS, Item
from tchat_desktop.wording.i18n import _, ngettext
from tchat_desktop.wording.tone import Tone

_SOON = timedelta(hours=2)
"""How long before the start X and the computer are checked as soon as the list is on screen."""
BY_PAGES = (Route.ASSISTED, Route.KEYS)
"""The routes by which some posts open in the browser."""


class DayList(QObject):
    """What of the chat is ready, and what the checks of X and the computer found.

    `check` waits for X and the keyring, so it runs in turn with the other requests to them. Its
    argument tells whether it may cost money. `changed` is emitted after every change.
    """

    changed = Signal()

    def __init__(
        self,
        check: Callable[[bool], tuple[PreflightCheck, ...]],
        missing_of: Callable[[Chat], frozenset[Missing]],
        connections: AccountsPort,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self._check = check
        self._missing_of = missing_of
        self._connections = connections
        self._now = now
        self.chat: Chat | None = None
        self.missing: frozenset[Missing] = frozenset()
        self.looking = False
        self.looked_at: datetime | None = None
        self.checks: tuple[PreflightCheck, ...] = ()
        self.failed = False
        """Whether the last check failed."""

    def show_chat(self, chat: Chat) -> None:
        """Take over the chat; the checks are forgotten if it has another route."""
        if self.chat is not None and chat.route is not self.chat.route:
            # The checks were made for another route.
            self.looked_at, self.checks, self.failed = None, (), False
            self._connections.note_day(self._connections.signed_in_on, None)
        self.chat = chat
        self.missing = self._missing_of(chat)
        self.changed.emit()

    def is_ready(self, item: Item) -> bool:
        """Return whether an item is ready; a route for rehearsals does not count as one."""
        missing = set(self.missing)
        if self.chat is None or self.chat.route is Route.REHEARSAL:
            missing.add(Missing.NO_ROUTE)
        return not (item.kinds & missing)

    @property
    def is_coming(self) -> bool:
        """Whether the chat has a date and is not over."""
        chat = self.chat
        return (
            chat is not None
            and chat.ends_at is not None
            and chat.closed_at is None
            and self._now() < chat.ends_at
        )

    @property
    def time_to_rehearse(self) -> bool:
        """Whether a rehearsal can end before the chat begins, or no chat is to come."""
        return self.chat is None or time_to_rehearse(self.chat, self._now())

    @property
    def by_pages(self) -> bool:
        """Whether the organiser must be signed in to X in the browser."""
        return self.chat is not None and self.chat.route in BY_PAGES

    @property
    def signed_in(self) -> bool:
        """Whether the organiser said so for today."""
        return self._connections.signed_in_on == self._today()

    def tick_signed_in(self, ticked: bool) -> None:
        """Store whether the organiser is signed in to X in the browser today."""
        if ticked is not self.signed_in:
            day = self._today() if ticked else None
            self._connections.note_day(day, self._connections.looked_on)
            self.changed.emit()

    @property
    def summary(self) -> tuple[str, Tone]:
        """The sentence for the whole list, with its tone."""
        verdicts = [check.verdict for check in self.checks]
        things = sum(not self.is_ready(item) for item in ITEMS)
        things += sum(verdict is not Readiness.WELL for verdict in verdicts)
        if things:
            # Beside it stands how many steps are not finished, which counts other things.
            words = ngettext(
                "{count} thing to look at in this list",
                "{count} things to look at in this list",
                things,
            )
            return words.format(count=things), "stop" if Readiness.STOP in verdicts else "look"
        if self.looked_at is None:
            return _("Your chat is ready. X and this computer are still to be checked."), "plum"
        if self.by_pages and not self.signed_in:
            return _("One thing is left: sign in to X in your browser, and tick it."), "look"
        return _("Everything is ready."), "well"

    @property
    def price(self) -> str:
        """What a check costs, in words; "" when it is free."""
        by_keys = self.chat is not None and self.chat.route is Route.KEYS
        return _("With keys, each check costs one cent.") if by_keys else ""

    def look_if_soon(self) -> None:
        """Start a check that costs nothing, if one is due.

        It is due shortly before the chat, and again when a check was made today before the app was
        closed.
        """
        if self.looked_at is not None or self.failed:
            return
        if self._is_soon or self._connections.looked_on == self._today():
            self.look(paying=False)

    @property
    def _is_soon(self) -> bool:
        chat = self.chat
        if chat is None or chat.starts_at is None or chat.ends_at is None:
            return False
        return chat.starts_at - _SOON <= self._now() < chat.ends_at

    def look(self, paying: bool = True) -> None:
        """Check X and the computer; `changed` is emitted when it begins and when it ends."""
        if self.looking:
            return
        self.looking = True
        self.changed.emit()
        self._connections.run(
            self, partial(self._check, paying), self._on_found, self._on_not_looked
        )

    def _on_found(self, checks: tuple[PreflightCheck, ...]) -> None:
        self.looking, self.failed = False, False
        self.looked_at, self.checks = self._now(), checks
        self._connections.note_day(self._connections.signed_in_on, self._today())
        self.changed.emit()

    def _on_not_looked(self, _error: Exception) -> None:
        self.looking, self.failed = False, True
        self.looked_at, self.checks = None, ()
        self.changed.emit()

    def _today(self) -> date:
        zone = self.chat.zone if self.chat is not None else None
        return self._now().astimezone(zone).date()
