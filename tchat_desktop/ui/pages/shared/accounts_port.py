"""What the pages ask about the account on X; every method returns at once.

The result of a method is reported in the GUI thread: first `changed` is emitted if the account or
what is known of it is different, then `done` or `failed` is called, unless `owner` was deleted.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtGui import QImage

from tchat_desktop.domain.account_keys import Credentials
from tchat_desktop.services.accounts import Connection

Result = TypeVar("Result")
Done = Callable[[Connection | None], object]
Opened = Callable[[str], object]
Failed = Callable[[Exception], object]
"""A callback that receives a PublishError, SignInError or VaultError."""


class AccountsPort(Protocol):
    """The X account that this computer publishes with."""

    signed_in_on: date | None
    """The last day for which the organiser said that they are signed in to X in the browser."""
    looked_on: date | None
    """The last day on which X and this computer were checked."""

    def note_day(self, signed_in_on: date | None, looked_on: date | None) -> None:
        """Store both days, so that they survive a restart."""

    @property
    def changed(self) -> SignalInstance:
        """The signal emitted when the account, or what is known of it, has changed."""

    @property
    def picture(self) -> QImage | None:
        """The picture of the connected account or None; `changed` is emitted when it arrives."""

    @property
    def asked(self) -> bool:
        """Whether the keyring has answered if it holds an account."""

    @property
    def must_reconnect(self) -> bool:
        """Whether X has ended the sign-in, so that the account must be connected again."""

    @property
    def return_addresses(self) -> tuple[str, ...]:
        """The addresses to which X's page leads back, as entered in the app's settings on X."""

    def current(self) -> Connection | None:
        """Return the connected account, or None, without waiting for anything."""

    def restore(self, owner: QObject, done: Done, failed: Failed) -> None:
        """Connect the account that is stored in the keyring."""

    def connect_with(
        self, owner: QObject, credentials: Credentials, done: Done, failed: Failed
    ) -> None:
        """Test keys with X, then store them in the keyring."""

    def check(self, owner: QObject, done: Done, failed: Failed) -> None:
        """Ask X again about the account: its rights may have changed."""

    def keep(self, owner: QObject, done: Done, failed: Failed) -> None:
        """Try again to store in the keyring what it refused before."""

    def forget(self, owner: QObject, done: Done, failed: Failed) -> None:
        """Remove the account from memory and from the keyring."""

    def start_pin(
        self,
        owner: QObject,
        consumer_key: str,
        consumer_secret: str,
        opened: Opened,
        failed: Failed,
    ) -> None:
        """Ask X for the page that shows a PIN; `opened` receives the address of that page."""

    def finish_pin(self, owner: QObject, pin: str, done: Done, failed: Failed) -> None:
        """Sign in with the PIN as it was typed."""

    def browser_sign_in(
        self, owner: QObject, client_id: str, opened: Opened, done: Done, failed: Failed
    ) -> None:
        """Ask X for its sign-in page, pass its address to `opened`, and await the answer there."""

    def run(
        self,
        owner: QObject,
        job: Callable[[], Result],
        done: Callable[[Result], object],
        failed: Failed,
    ) -> None:
        """Run another job that asks about the account, in its turn, off the GUI thread."""

    def stop_browser(self) -> None:
        """Stop waiting for an answer in the browser."""
