"""Asks X whether a post of unknown outcome was published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.outgoing import OutboxPost, PostState, Reason
from tchat_desktop.services import outcome
from tchat_desktop.services.events import ServiceFailed
from tchat_desktop.services.outbox_rows import OutboxRows
from tchat_desktop.services.ports import (
    Clock,
    LookedUp,
    Publisher,
    PublishError,
    PublishLater,
    Report,
)
from tchat_desktop.services.reach import NetworkStatus

PAUSES = (5, 10, 20, 30, 60, 120)
"""Seconds before each look; after the last one the organiser must say.

X's list of the account's posts may lag by tens of seconds: the fourth look, after a minute, is the
first that can tell that a post is not there.
"""
WITHOUT_NETWORK = 15
"""Seconds before the next look when X could not be reached; such a look does not count."""
MOST_ATTEMPTS = 3
"""A post that was tried this often and not found is not sent again without the organiser."""


@dataclass(slots=True)
class _Looks:
    """The looks for one attempt of one post; instants are in UTC."""

    next_at: datetime
    set_at: datetime
    done: int = 0

    def wait(self, now: datetime, until: datetime) -> None:
        """Set the next look to `until`, from `now` on."""
        self.set_at, self.next_at = now, until

    def set_back(self, now: datetime) -> None:
        """Bring the next look forward if the computer's clock was set back since."""
        if now < self.set_at:
            self.wait(now, self.next_at - (self.set_at - now))


class UnknownPostChecker:
    """Looks a few times for each post of unknown outcome. Used on the posting thread only."""

    def __init__(
        self,
        outbox: OutboxRows,
        publishers: Mapping[Route, Publisher],
        clock: Clock,
        report: Report,
        reach: NetworkStatus,
    ) -> None:
        self._outbox = outbox
        self._publishers = publishers
        self._clock = clock
        self._report = report
        self._reach = reach
        self._looks: dict[tuple[str, int], _Looks] = {}

    def look(self, row: OutboxPost) -> None:
        """Look for a row if it is time to, and write what was found. Raises StoreError."""
        now = self._clock.now()
        first = now + timedelta(seconds=PAUSES[0])
        looks = self._looks.setdefault((row.id, row.attempts), _Looks(first, now))
        looks.set_back(now)
        publisher = self._publishers.get(row.route)
        if publisher is None:
            looks.done = len(PAUSES)
        if publisher is None or looks.done >= len(PAUSES) or now < looks.next_at:
            return
        try:
            found = publisher.look_up(row, self._outbox.others(row))
            self._reach.seen(True)
        except PublishLater as error:
            self._reach.seen(error.reason is not Reason.NETWORK, error.obstacle)
            now = self._clock.now()
            looks.wait(now, max(now + timedelta(seconds=WITHOUT_NETWORK), error.until))
            return
        except PublishError:
            found = LookedUp(None, certain=False)
        except Exception as error:
            self._report(ServiceFailed("poster", error))
            found = LookedUp(None, certain=False)
        self._conclude(row, found)
        looks.done += 1
        if looks.done < len(PAUSES):
            now = self._clock.now()
            looks.wait(now, now + timedelta(seconds=PAUSES[looks.done]))

    def next_look(self, row: OutboxPost) -> datetime | None:
        """When a row is looked for next (UTC); None when it is not looked for any more."""
        looks = self._looks.get((row.id, row.attempts))
        if looks is None or row.state is not PostState.UNKNOWN or looks.done >= len(PAUSES):
            return None
        return looks.next_at

    def _conclude(self, row: OutboxPost, found: LookedUp) -> None:
        if found.published is not None:
            self._outbox.change(row.id, {PostState.UNKNOWN}, outcome.found(found.published))
        elif found.certain and row.attempts < MOST_ATTEMPTS and row.reason is not Reason.DUPLICATE:
            self._outbox.change(row.id, {PostState.UNKNOWN}, outcome.absent)
