"""What the pages ask about the account on X; each call returns at once.

What came of a call is told in the GUI thread: `changed` first when the account is another one, then
`done` or `failed`, unless `owner` is gone by then.
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
"""Gets a PublishError, SignInError or VaultError."""


class AccountsPort(Protocol):
    """The account this computer posts for."""

    signed_in_on: date | None
    """The day on which the organiser said to be signed in to X in the browser too."""
    looked_on: date | None
    """The day on which X and this computer were looked at last."""

    def note_day(self, signed_in_on: date | None, looked_on: date | None) -> None:
        """Keep both over a restart."""

    @property
    def changed(self) -> SignalInstance:
        """Another account, or none, or what is known of it has changed."""

    @property
    def picture(self) -> QImage | None:
        """The picture of the account connected; `changed` tells when it is there."""

    @property
    def asked(self) -> bool:
        """Whether the keyring has told if an account is kept in it."""

    @property
    def must_reconnect(self) -> bool:
        """Whether X has ended the sign-in."""

    @property
    def return_addresses(self) -> tuple[str, ...]:
        """Where the browser comes back to; the organisation writes them in its app's settings."""

    def current(self) -> Connection | None:
        """The account connected, without waiting for anything."""

    def restore(self, owner: QObject, done: Done, failed: Failed) -> None:
        """Take up the account kept in the keyring."""

    def connect_with(
        self, owner: QObject, credentials: Credentials, done: Done, failed: Failed
    ) -> None:
        """Test keys with X, then keep them."""

    def check(self, owner: QObject, done: Done, failed: Failed) -> None:
        """Ask X anew about the account: its rights may have changed."""

    def keep(self, owner: QObject, done: Done, failed: Failed) -> None:
        """Try again to keep what the keyring did not take."""

    def forget(self, owner: QObject, done: Done, failed: Failed) -> None:
        """Forget the account, here and in the keyring."""

    def start_pin(
        self,
        owner: QObject,
        consumer_key: str,
        consumer_secret: str,
        opened: Opened,
        failed: Failed,
    ) -> None:
        """Ask for the page on which X shows a number; `opened` is told its address."""

    def finish_pin(self, owner: QObject, pin: str, done: Done, failed: Failed) -> None:
        """Sign in with the number as it was typed."""

    def browser_sign_in(
        self, owner: QObject, client_id: str, opened: Opened, done: Done, failed: Failed
    ) -> None:
        """Ask for X's page, tell `opened` its address, and wait for the person's answer there."""

    def run(
        self,
        owner: QObject,
        job: Callable[[], Result],
        done: Callable[[Result], object],
        failed: Failed,
    ) -> None:
        """Do something else that asks about the account, in its turn, off the GUI thread."""

    def stop_browser(self) -> None:
        """Wait no longer for an answer in the browser."""
