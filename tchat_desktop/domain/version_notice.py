"""When the app asks whether to tell of new versions, looks for one, and tells it.

It asks once, in a calm moment, and looks only for who said yes. All days are UTC.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.new_version import NewVersion, is_newer

ASKED_FROM_START = 3
"""The start of the app from which on it asks: who only tries it is left alone."""
BETWEEN_LOOKS = timedelta(days=7)
AFTER_FAILURE = timedelta(days=1)
PUT_OFF = timedelta(days=30)
"""How long a version is not shown again that was put off."""
AROUND_CHAT = timedelta(days=1)
"""How long before and after the beginning of a chat nothing is asked, looked for or told."""


class Wish(StrEnum):
    """What the person answered; nothing is looked for without a YES."""

    UNSAID = ""
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class VersionNotice:
    """What is remembered between two starts of the app."""

    wish: Wish = Wish.UNSAID
    starts: int = 0
    """How often the app was started, counted up to `ASKED_FROM_START`."""
    asked_on: date | None = None
    look_from: date | None = None
    """The first day on which to look again."""
    found: NewVersion | None = None
    """What was found last, whether it is newer or not."""
    later: str = ""
    """The number of the version that was put off, until the day `later_until`."""
    later_until: date | None = None

    def started(self) -> VersionNotice:
        """The app was started once more."""
        return replace(self, starts=min(self.starts + 1, ASKED_FROM_START))

    def asks(self, today: date) -> bool:
        """Whether to ask: on one day only, as who passes over a question has answered it."""
        early = self.wish is not Wish.UNSAID or self.starts < ASKED_FROM_START
        return not early and self.asked_on in (None, today)

    def asked(self, today: date) -> VersionNotice:
        """The question is on screen."""
        return replace(self, asked_on=self.asked_on or today)

    def answered(self, yes: bool) -> VersionNotice:
        """The person said yes or no, here or where it can be changed."""
        return replace(self, wish=Wish.YES if yes else Wish.NO)

    def is_due(self, today: date) -> bool:
        """Whether to look; a day further off than a look can be is a clock that was wrong."""
        waits = self.look_from is not None and today < self.look_from <= today + BETWEEN_LOOKS
        return self.wish is Wish.YES and not waits

    def looking(self, today: date) -> VersionNotice:
        """The request is about to leave; should nothing come of it, the next one is tomorrow's."""
        return replace(self, look_from=today + AFTER_FAILURE)

    def learned(self, found: NewVersion, today: date) -> VersionNotice:
        """The answer came; the next look is in a week."""
        return replace(self, found=found, look_from=today + BETWEEN_LOOKS)

    def put_off(self, today: date) -> VersionNotice:
        """The version that was told is to be told later."""
        number = self.found.number if self.found else ""
        return replace(self, later=number, later_until=today + PUT_OFF)

    def newer(self, own: str) -> NewVersion | None:
        """What was found, if it is newer than the own version."""
        found = self.found
        return found if found is not None and is_newer(found.number, own) else None

    def told(self, own: str, today: date) -> NewVersion | None:
        """The version to tell of by itself; None for nothing."""
        newer = self.newer(own)
        if newer is None or self.wish is not Wish.YES:
            return None
        until = self.later_until if self.later == newer.number else None
        return None if until is not None and today < until <= today + PUT_OFF else newer


def is_calm(chats: Iterable[Chat], now: datetime) -> bool:
    """Whether no chat is near: none goes on, and none begins or began within a day."""
    return not any(
        chat.starts_at is not None
        and chat.ends_at is not None
        and chat.starts_at - AROUND_CHAT < now < max(chat.starts_at + AROUND_CHAT, chat.ends_at)
        for chat in chats
    )
