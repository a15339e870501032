"""Connections that reach nothing: what was asked waits until the test answers it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from tchat_desktop.domain.account_keys import AccountSeen, Credentials
from tchat_desktop.services.accounts import Connection

ACCOUNT = AccountSeen("42", "Voix des filles", "voixdesfilles")


class FakeConnections(QObject):
    """Keeps each question in `asked_for`, newest last; `answer` and `refuse` answer the newest."""

    changed = Signal()

    def __init__(self, connection: Connection | None = None, asked: bool = True) -> None:
        super().__init__()
        self.connection = connection
        self.asked = asked
        self.must_reconnect = False
        self.picture: QImage | None = None
        self.signed_in_on: date | None = None
        self.looked_on: date | None = None
        self.return_addresses = ("http://127.0.0.1:8734/callback",)
        self.asked_for: list[tuple[object, ...]] = []
        self.opened: Callable[[str], object] | None = None
        self._done: Callable[..., object] = print
        self._failed: Callable[[Exception], object] = print

    # --- what the test does ----------------------------------------------------------------

    def become(self, connection: Connection | None) -> None:
        """The account is another one now."""
        self.connection = connection
        self.changed.emit()

    def answer(self, connection: Connection | None = None) -> None:
        """What was asked last went well, and this is the account now."""
        if self.asked_for[-1][0] == "restore":
            self.asked = True
        if connection != self.connection:
            self.become(connection)
        self._done(connection)

    def refuse(self, error: Exception) -> None:
        """What was asked last did not go well."""
        self._failed(error)

    def open(self, page: str) -> None:
        """X has told the page to open."""
        assert self.opened is not None
        self.opened(page)

    def note_day(self, signed_in_on: date | None, looked_on: date | None) -> None:
        self.signed_in_on, self.looked_on = signed_in_on, looked_on

    # --- Connections -----------------------------------------------------------------------

    def current(self) -> Connection | None:
        return self.connection

    def restore(self, owner: QObject, done: object, failed: object) -> None:
        self._ask(done, failed, "restore")

    def connect_with(
        self, owner: QObject, credentials: Credentials, done: object, failed: object
    ) -> None:
        self._ask(done, failed, "connect", credentials)

    def check(self, owner: QObject, done: object, failed: object) -> None:
        self._ask(done, failed, "check")

    def keep(self, owner: QObject, done: object, failed: object) -> None:
        self._ask(done, failed, "keep")

    def forget(self, owner: QObject, done: object, failed: object) -> None:
        self._ask(done, failed, "forget")

    def start_pin(
        self, owner: QObject, key: str, secret: str, opened: object, failed: object
    ) -> None:
        self.opened = opened  # type: ignore[assignment]
        self._ask(opened, failed, "start_pin", key, secret)

    def finish_pin(self, owner: QObject, pin: str, done: object, failed: object) -> None:
        self._ask(done, failed, "finish_pin", pin)

    def browser_sign_in(
        self, owner: QObject, client: str, opened: object, done: object, failed: object
    ) -> None:
        self.opened = opened  # type: ignore[assignment]
        self._ask(done, failed, "browser", client)

    def run(self, owner: QObject, job: object, done: object, failed: object) -> None:
        self._ask(done, failed, "run", job)

    def stop_browser(self) -> None:
        self.asked_for.append(("stop_browser",))

    def _ask(self, done: object, failed: object, *asked: object) -> None:
        self.asked_for.append(asked)
        self._done, self._failed = done, failed  # type: ignore[assignment]


if TYPE_CHECKING:
    from tchat_desktop.ui.pages.shared.accounts_port import AccountsPort

    def _is_a_connections(connections: FakeConnections) -> AccountsPort:
        return connections
