"""The X account for the pages: every request to X or the keyring runs on a thread of its own.

The keyring may ask the organiser for a password, which takes any length of time; the GUI and the
publishing of posts must not wait for it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from tchat_desktop.domain.account_keys import Credentials, FourKeys, OAuth2Tokens, SignInProblem
from tchat_desktop.services.accounts import Accounts, Connection
from tchat_desktop.services.ports import SignInError
from tchat_desktop.ui.bridge import Runner
from tchat_desktop.ui.pages.shared.accounts_port import Done, Failed, Opened
from tchat_desktop.ui.pages.shared.portrait import portrait

log = logging.getLogger(__name__)

Result = TypeVar("Result")


class PinSignIn(Protocol):
    """Signing in with a PIN that X shows."""

    def start(self) -> str:
        """Return the address of the page to open. Raises SignInError."""

    def finish(self, pin: str) -> FourKeys:
        """Return the keys for the PIN. Raises SignInError."""


class BrowserSignIn(Protocol):
    """Signing in on X's page, which passes the result on to this computer."""

    def start(self) -> str:
        """Return the address of the page to open. Raises SignInError."""

    def finish(self, stop: threading.Event) -> OAuth2Tokens:
        """Wait for the person's answer, until `stop` is set, and return the tokens.

        Raises SignInError.
        """

    def close(self) -> None:
        """Stop without calling `finish`."""


class Connections(QObject):
    """Runs the requests of the pages, one after the other, and reports in the GUI thread.

    Any request made while an answer in the browser is awaited ends that waiting.
    """

    changed = Signal()
    day_noted = Signal()
    """Emitted when `note_day` has changed one of the days."""

    def __init__(
        self,
        accounts: Accounts,
        make_pin: Callable[[str, str], PinSignIn],
        make_browser: Callable[[str], BrowserSignIn],
        return_addresses: tuple[str, ...] = (),
        fetch: Callable[[str], bytes] | None = None,
    ) -> None:
        """Remember the doors to X and to the keyring; nothing is asked yet.

        `fetch` returns the content at the address of an account's picture; it may raise any
        exception.
        """
        super().__init__()
        self.accounts = accounts
        self._make_pin = make_pin
        self._make_browser = make_browser
        self.return_addresses = return_addresses
        self.asked = False
        self.signed_in_on: date | None = None
        self.looked_on: date | None = None
        self._fetch = fetch
        self._pictured = ""
        self._picture: QImage | None = None
        self._told = accounts.current()
        self._pin: _Pin | None = None
        self._waiting: threading.Event | None = None
        self._runner = Runner("account")

    def note_day(self, signed_in_on: date | None, looked_on: date | None) -> None:
        """Store the day of being signed in to X in the browser and the day of the last check."""
        self.signed_in_on, self.looked_on = signed_in_on, looked_on
        self.day_noted.emit()

    @property
    def must_reconnect(self) -> bool:
        """Whether X has ended the sign-in, so that the account must be connected again."""
        return self.accounts.must_reconnect

    def current(self) -> Connection | None:
        """Return the connected account, or None, without waiting for anything."""
        return self.accounts.current()

    @property
    def picture(self) -> QImage | None:
        """The picture of the connected account, or None until it has arrived."""
        current = self.current()
        shown = current is not None and current.account.picture == self._pictured
        return self._picture if shown else None

    def restore(self, owner: QObject, done: Done, failed: Failed) -> None:
        """Connect the account stored in the keyring, unless another was connected meanwhile."""

        def restored() -> Connection | None:
            return self.accounts.current() or self.accounts.restore()

        def told(connection: Connection | None) -> None:
            self.asked = True
            done(connection)

        self._ask(owner, restored, told, failed)

    def connect_with(
        self, owner: QObject, credentials: Credentials, done: Done, failed: Failed
    ) -> None:
        """Test keys with X, then store them in the keyring."""
        self._ask(owner, lambda: self.accounts.connect(credentials), done, failed)

    def check(self, owner: QObject, done: Done, failed: Failed) -> None:
        """Ask X again about the account."""
        self._ask(owner, self.accounts.check, done, failed)

    def keep(self, owner: QObject, done: Done, failed: Failed) -> None:
        """Try again to store in the keyring what it refused before."""
        self._ask(owner, self.accounts.keep, done, failed)

    def forget(self, owner: QObject, done: Done, failed: Failed) -> None:
        """Remove the account from memory and from the keyring."""
        self._pin = None

        def forgotten() -> None:
            self.accounts.forget()

        self._ask(owner, forgotten, done, failed)

    def start_pin(
        self,
        owner: QObject,
        consumer_key: str,
        consumer_secret: str,
        opened: Opened,
        failed: Failed,
    ) -> None:
        """Ask X for the page that shows a PIN; `opened` receives the address of that page."""

        def start() -> tuple[_Pin, str]:
            pin = _Pin(self._make_pin(consumer_key, consumer_secret))
            return pin, pin.start()

        def started(made: tuple[_Pin, str]) -> None:
            self._pin = made[0]
            opened(made[1])

        self._ask(owner, start, started, failed)

    def finish_pin(self, owner: QObject, pin: str, done: Done, failed: Failed) -> None:
        """Sign in with the PIN as it was typed."""
        signing = self._pin

        def finish() -> Connection:
            if signing is None:
                raise SignInError(SignInProblem.LATE_PIN, "no page was opened")
            return self.accounts.connect(signing.keys(pin))

        def finished(connection: Connection | None) -> None:
            self._pin = None
            done(connection)

        self._ask(owner, finish, finished, failed)

    def browser_sign_in(
        self, owner: QObject, client_id: str, opened: Opened, done: Done, failed: Failed
    ) -> None:
        """Ask X for its sign-in page, pass its address to `opened`, and await the answer there."""

        def start() -> tuple[BrowserSignIn, str]:
            signing = self._make_browser(client_id)
            return signing, signing.start()

        def started(made: tuple[BrowserSignIn, str]) -> None:
            signing, page = made
            if not shiboken6.isValid(owner):
                signing.close()
                return
            opened(page)
            stop = threading.Event()

            def finish() -> Connection:
                return self.accounts.connect(signing.finish(stop))

            self._ask(owner, finish, done, failed)
            self._waiting = stop

        # Called even when the page was deleted: the local port that the browser returns to must be
        # closed.
        self._ask(self, start, started, lambda error: _tell(owner, failed, error))

    def run(
        self,
        owner: QObject,
        job: Callable[[], Result],
        done: Callable[[Result], object],
        failed: Failed,
    ) -> None:
        """Run another job that asks about the account, in its turn, off the GUI thread."""
        self._ask(owner, job, done, failed)

    def stop_browser(self) -> None:
        """Stop waiting for an answer in the browser."""
        if self._waiting is not None:
            self._waiting.set()
            self._waiting = None

    def stop(self) -> bool:
        """End the thread. Return False if it still waits for X or the keyring."""
        self.stop_browser()
        return self._runner.stop()

    def _ask(
        self,
        owner: QObject,
        job: Callable[[], Result],
        done: Callable[[Result], object],
        failed: Failed,
    ) -> None:
        self.stop_browser()

        def on_done(result: Result) -> None:
            self._tell_change()
            _tell(owner, done, result)

        def on_failed(error: Exception) -> None:
            self._tell_change()
            _tell(owner, failed, error)

        self._runner.run(self, job, on_done, on_failed)

    def _tell_change(self) -> None:
        current = self.current()
        if current != self._told:
            self._told = current
            self.changed.emit()
            if current is not None:
                self._want_picture(current.account.picture)

    def _want_picture(self, address: str) -> None:
        fetch = self._fetch
        if fetch is None or not address or address == self._pictured:
            return
        self._pictured, self._picture = address, None

        def look() -> tuple[str, QImage]:
            return address, portrait(fetch(address))

        self._runner.run(self, look, self._on_picture, self._on_no_picture)

    def _on_picture(self, seen: tuple[str, QImage]) -> None:
        address, picture = seen
        if address == self._pictured:
            self._picture = picture
            self.changed.emit()

    def _on_no_picture(self, error: Exception) -> None:
        # The initials are shown instead; the picture is requested again for another account.
        log.info("no picture of the account: %s", error)


class _Pin:
    """A sign-in by PIN; keys obtained are kept while X or the network fails to confirm them."""

    def __init__(self, signing: PinSignIn) -> None:
        self._signing = signing
        self._keys: FourKeys | None = None

    def start(self) -> str:
        return self._signing.start()

    def keys(self, pin: str) -> FourKeys:
        if self._keys is None:
            self._keys = self._signing.finish(pin)
        return self._keys


def _tell(owner: QObject, call: Callable[[Result], object], what: Result) -> None:
    if shiboken6.isValid(owner):
        call(what)


if TYPE_CHECKING:
    from tchat_desktop.ui.pages.shared import accounts_port

    def _is_a_connections(connections: Connections) -> accounts_port.AccountsPort:
        return connections
