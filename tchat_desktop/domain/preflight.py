"""What is looked at shortly before the hour, and what each finding means for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from tchat_desktop.domain.credentials import AccountSeen, is_other_account
from tchat_desktop.domain.outgoing import Reason
from tchat_desktop.domain.run_items import ProblemKind, RunItem, RunSheet

CLOCK_TOLERATED = timedelta(seconds=30)
"""Posts leave by the computer's clock; nobody notices half a minute."""


class Verdict(StrEnum):
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
    OTHER_ACCOUNT = "other_account"
    MAY_WRITE = "may_write"
    READ_ONLY = "read_only"
    CREDIT = "credit"
    """A reading was paid; how much is left, X tells only on its own page."""
    NO_CREDIT = "no_credit"
    CAPPED = "capped"
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
        Finding.ALL_DIFFERENT,
    }
)
_LOOK = frozenset(
    {
        Finding.CLOCK_UNKNOWN,
        Finding.CLOCK_OFF,
        Finding.NOT_KEPT,
        Finding.KEYS_UNKNOWN,
        Finding.OTHER_ACCOUNT,
    }
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    finding: Finding
    value: str | timedelta | RunItem = ""
    """What the finding is about: an account, a post, or how far the computer's clock is behind."""

    @property
    def verdict(self) -> Verdict:
        """What it means for the hour."""
        if self.finding in _WELL:
            return Verdict.WELL
        return Verdict.LOOK if self.finding in _LOOK else Verdict.STOP


def clock_check(skew: timedelta | None) -> Check:
    """Whether the computer's clock is right; `skew` is how far X's is ahead, None when unknown."""
    if skew is None:
        return Check(Finding.CLOCK_UNKNOWN)
    off = abs(skew) > CLOCK_TOLERATED
    return Check(Finding.CLOCK_OFF, skew) if off else Check(Finding.ON_TIME)


def account_checks(account: AccountSeen, wanted: str) -> tuple[Check, ...]:
    """What X's answer about the keys means for a chat of the account `wanted` (bare, or "")."""
    keys = Check(Finding.KEYS_WORK, account.handle)
    if is_other_account(account, wanted):
        keys = Check(Finding.OTHER_ACCOUNT, account.handle)
    rights = Finding.MAY_WRITE if account.may_write else Finding.READ_ONLY
    return keys, Check(rights), Check(Finding.CREDIT)


def refusal_check(reason: Reason) -> Check:
    """What it means that X did not tell whose the keys are."""
    known = {
        Reason.NO_CREDIT: Finding.NO_CREDIT,
        Reason.CAPPED: Finding.CAPPED,
        Reason.READ_ONLY: Finding.READ_ONLY,
        Reason.KEYS_REFUSED: Finding.KEYS_REFUSED,
        Reason.NOT_ENROLLED: Finding.KEYS_REFUSED,
    }
    return Check(known.get(reason, Finding.KEYS_UNKNOWN))


def run_sheet_check(sheet: RunSheet) -> Check:
    """Whether two posts of the hour say the same, which X refuses."""
    for problem in sheet.problems:
        if problem.kind is ProblemKind.DUPLICATE_TEXT:
            return Check(Finding.SAME_TWICE, sheet.item(problem.key))
    return Check(Finding.ALL_DIFFERENT)
