"""What is looked at shortly before the hour, and what each finding means for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from tchat_desktop.domain.account_keys import AccountSeen, is_other_account
from tchat_desktop.domain.outgoing import Reason
from tchat_desktop.domain.run_items import ProblemKind, RunItem, RunSheet

BATTERY_WANTED = 50
"""Percent of battery that may be enough for the hour, and for what comes before and after it."""
CLOCK_TOLERATED = timedelta(seconds=30)
"""Posts leave by the computer's clock; nobody notices half a minute."""


class Readiness(StrEnum):
    """Whether the hour can begin with what was found."""

    WELL = "well"
    LOOK = "look"
    """It can begin, but something could be better, or is not known."""
    STOP = "stop"
    """Posts would not leave as wished."""


class Finding(StrEnum):
    """What was found, told in a sentence by the screen."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    ON_TIME = "on_time"
    CLOCK_OFF = "clock_off"
    CLOCK_UNKNOWN = "clock_unknown"
    KEPT = "kept"
    NOT_KEPT = "not_kept"
    """The keys live until the app ends."""
    KEYRING_CLOSED = "keyring_closed"
    """The keyring is locked, or does not answer."""
    KEYS_WORK = "keys_work"
    NO_KEYS = "no_keys"
    KEYS_REFUSED = "keys_refused"
    KEYS_UNKNOWN = "keys_unknown"
    """X could not be asked."""
    KEYS_NOT_TRIED = "keys_not_tried"
    """Trying them costs a cent: it waits for the organiser's word."""
    OTHER_ACCOUNT = "other_account"
    MAY_WRITE = "may_write"
    READ_ONLY = "read_only"
    CREDIT = "credit"
    """A reading was paid; how much is left, X tells only on its own page."""
    NO_CREDIT = "no_credit"
    CAPPED = "capped"
    PLUGGED_IN = "plugged_in"
    NO_BATTERY = "no_battery"
    ON_BATTERY = "on_battery"
    BATTERY_LOW = "battery_low"
    POWER_UNKNOWN = "power_unknown"
    STAYS_AWAKE = "stays_awake"
    MAY_SLEEP = "may_sleep"
    """The system does not listen to who asks it to stay awake."""
    ALL_DIFFERENT = "all_different"
    SAME_TWICE = "same_twice"


_WELL = frozenset(
    {
        Finding.REACHED,
        Finding.ON_TIME,
        Finding.KEPT,
        Finding.KEYS_WORK,
        Finding.MAY_WRITE,
        Finding.CREDIT,
        Finding.PLUGGED_IN,
        Finding.NO_BATTERY,
        Finding.STAYS_AWAKE,
        Finding.ALL_DIFFERENT,
    }
)
_LOOK = frozenset(
    {
        Finding.CLOCK_UNKNOWN,
        Finding.CLOCK_OFF,
        Finding.NOT_KEPT,
        Finding.KEYS_UNKNOWN,
        Finding.KEYS_NOT_TRIED,
        Finding.OTHER_ACCOUNT,
        Finding.ON_BATTERY,
        Finding.POWER_UNKNOWN,
        Finding.MAY_SLEEP,
    }
)


@dataclass(frozen=True, slots=True)
class PreflightCheck:
    """One thing that was looked at."""

    finding: Finding
    value: str | int | timedelta | RunItem = ""
    """What the finding is about: an account, a post, how far the computer's clock is behind, the
    percent of the battery, the obstacle on the way to X."""

    @property
    def verdict(self) -> Readiness:
        """What it means for the hour."""
        if self.finding in _WELL:
            return Readiness.WELL
        return Readiness.LOOK if self.finding in _LOOK else Readiness.STOP


def clock_check(skew: timedelta | None) -> PreflightCheck:
    """Whether the computer's clock is right; `skew` is how far X's is ahead, None when unknown."""
    if skew is None:
        return PreflightCheck(Finding.CLOCK_UNKNOWN)
    off = abs(skew) > CLOCK_TOLERATED
    return PreflightCheck(Finding.CLOCK_OFF, skew) if off else PreflightCheck(Finding.ON_TIME)


@dataclass(frozen=True, slots=True)
class Power:
    """What keeps the computer running."""

    plugged_in: bool
    percent: int
    """How full the battery is."""


def power_check(power: Power | None) -> PreflightCheck:
    """Whether the computer lasts the hour; None when it has no battery."""
    if power is None:
        return PreflightCheck(Finding.NO_BATTERY)
    if power.plugged_in:
        return PreflightCheck(Finding.PLUGGED_IN)
    enough = power.percent >= BATTERY_WANTED
    return PreflightCheck(Finding.ON_BATTERY if enough else Finding.BATTERY_LOW, power.percent)


def account_checks(account: AccountSeen, wanted: str) -> tuple[PreflightCheck, ...]:
    """What X's answer about the keys means for a chat of the account `wanted` (bare, or "")."""
    keys = PreflightCheck(Finding.KEYS_WORK, account.handle)
    if is_other_account(account, wanted):
        keys = PreflightCheck(Finding.OTHER_ACCOUNT, account.handle)
    rights = Finding.MAY_WRITE if account.may_write else Finding.READ_ONLY
    return keys, PreflightCheck(rights), PreflightCheck(Finding.CREDIT)


def refusal_check(reason: Reason) -> PreflightCheck:
    """What it means that X did not tell whose the keys are."""
    known = {
        Reason.NO_CREDIT: Finding.NO_CREDIT,
        Reason.CAPPED: Finding.CAPPED,
        Reason.READ_ONLY: Finding.READ_ONLY,
        Reason.KEYS_REFUSED: Finding.KEYS_REFUSED,
        Reason.NOT_ENROLLED: Finding.KEYS_REFUSED,
    }
    return PreflightCheck(known.get(reason, Finding.KEYS_UNKNOWN))


def run_sheet_check(sheet: RunSheet) -> PreflightCheck:
    """Whether two posts of the hour say the same, which X refuses."""
    for problem in sheet.problems:
        if problem.kind is ProblemKind.DUPLICATE_TEXT:
            return PreflightCheck(Finding.SAME_TWICE, sheet.item(problem.key))
    return PreflightCheck(Finding.ALL_DIFFERENT)
