"""Checks shortly before a chat what its hour needs: network, clock, keys, power, run sheet."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from tchat_desktop.domain.chat import Chat, Route
from tchat_desktop.domain.preflight import (
    Finding,
    Power,
    PreflightCheck,
    account_checks,
    clock_check,
    power_check,
    refusal_check,
    run_sheet_check,
)
from tchat_desktop.domain.run_items import RunSheet
from tchat_desktop.services.accounts import Connection
from tchat_desktop.services.ports import NotReached, PublishError, VaultError

log = logging.getLogger(__name__)

MeasureSkew = Callable[[], timedelta | None]
"""Asks X's web site how far its clock is ahead of the computer's. Raises NotReached.

None when its answer does not tell."""


@dataclass(frozen=True, slots=True)
class Computer:
    """What is asked of the computer. Both calls may take seconds."""

    power: Callable[[], Power | None]
    """The state of the battery; None when it has none. Raises OSError when that is not known."""
    stays_awake: Callable[[], bool]
    """Whether the computer can be kept from sleeping during the hour."""


class AccountCheck(Protocol):
    """What is asked of the account; `services.accounts.Accounts` fulfils it."""

    def current(self) -> Connection | None:
        """The connected account, None if there is none; does not wait."""

    def restore(self) -> Connection | None:
        """Connect the account kept in the keyring, None if there is none. Raises VaultError."""

    def check(self) -> Connection | None:
        """Ask X about the connected account, None if there is none. Raises PublishError."""


def look(
    chat: Chat,
    sheet: RunSheet,
    reach: MeasureSkew,
    account: AccountCheck,
    computer: Computer,
    *,
    paying: bool = True,
) -> tuple[PreflightCheck, ...]:
    """All checks for a chat, in the order they are shown.

    It waits for X and the keyring: never call it on the GUI thread. With keys X charges the reading
    of one user, unless `paying` is false, when the keys are not tried.
    """
    checks: tuple[PreflightCheck, ...]
    try:
        checks = (PreflightCheck(Finding.REACHED), clock_check(reach()))
        reached = True
    except NotReached as error:
        log.info("X not reached: %s", error)
        checks = (PreflightCheck(Finding.NOT_REACHED, error.obstacle),)
        reached = False
    if chat.route is Route.KEYS:
        checks += _look_at_keys(chat, account, reached, paying)
    return (*checks, *_look_at_computer(computer), run_sheet_check(sheet))


def _look_at_computer(computer: Computer) -> tuple[PreflightCheck, ...]:
    try:
        power = power_check(computer.power())
    except OSError as error:
        log.info("the battery does not tell: %s", type(error).__name__)
        power = PreflightCheck(Finding.POWER_UNKNOWN)
    awake = Finding.STAYS_AWAKE if computer.stays_awake() else Finding.MAY_SLEEP
    return power, PreflightCheck(awake)


def _look_at_keys(
    chat: Chat, account: AccountCheck, reached: bool, paying: bool
) -> tuple[PreflightCheck, ...]:
    """The checks of keyring and keys."""
    keyring = _look_at_keyring(account)
    if account.current() is None:
        if keyring is not None and keyring.finding is Finding.KEYRING_CLOSED:
            return (keyring,)
        return (PreflightCheck(Finding.NO_KEYS),)
    known = () if keyring is None else (keyring,)
    if not reached:
        return (*known, PreflightCheck(Finding.KEYS_UNKNOWN))
    if not paying:
        return (*known, PreflightCheck(Finding.KEYS_NOT_TRIED))
    return (*known, *_try_keys(chat, account))


def _try_keys(chat: Chat, account: AccountCheck) -> tuple[PreflightCheck, ...]:
    """The checks of the keys with X, which charges the reading of one user."""
    try:
        connection = account.check()
    except PublishError as error:
        log.info("keys not checked: %s", error)
        return (refusal_check(error.reason),)
    if connection is None:
        return (PreflightCheck(Finding.NO_KEYS),)
    return account_checks(connection.account, chat.account)


def _look_at_keyring(account: AccountCheck) -> PreflightCheck | None:
    """The check of the keyring; None if it has no keys and no account is connected."""
    connection = account.current()
    if connection is not None and not connection.kept:
        return PreflightCheck(Finding.NOT_KEPT)
    try:
        kept = account.restore()
    except VaultError as error:
        log.info("keyring: %s", type(error).__name__)
        return PreflightCheck(Finding.KEYRING_CLOSED)
    if kept is not None:
        return PreflightCheck(Finding.KEPT)
    return None if connection is None else PreflightCheck(Finding.NOT_KEPT)


if TYPE_CHECKING:
    from tchat_desktop.services.accounts import Accounts

    def _is_an_account(accounts: Accounts) -> AccountCheck:
        return accounts
