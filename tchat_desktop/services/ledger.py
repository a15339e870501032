"""Counts what is read with keys, as X does for its charges, and stores and reports the sums."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import date, datetime

from tchat_desktop.domain.means import Means
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.domain.spending import ReadIds, Reads, affordable_reads, spent
from tchat_desktop.services.events import ReadsCounted
from tchat_desktop.services.ports import LedgerStore, Report, StoreError

log = logging.getLogger(__name__)


class Ledger:
    """Adds up what was read for each chat. Every method may be called from any thread.

    X charges the same post or person once a UTC day, so what was read since the app started is not
    counted twice on one day. `now` is the real clock (UTC), even when the chat runs on a rehearsal
    clock. Reads that the disk does not take are counted all the same, and written by the next `add`
    or `flush`.
    """

    def __init__(self, store: LedgerStore, report: Report, now: Callable[[], datetime]) -> None:
        self._store = store
        self._report = report
        self._now = now
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._day: date | None = None
        self._seen = ReadIds()
        self._before: dict[str, Reads] = {}
        self._since: dict[str, Reads] = {}
        self._unwritten: dict[tuple[str, date], Reads] = {}

    def add(self, chat_id: str, seen: ReadIds) -> None:
        """Count what an answer of X contained, for a chat; writes it on the calling thread."""
        day = self._now().date()
        with self._lock:
            fresh = self._fresh(seen, day)
            if fresh == Reads():
                return
            self._since[chat_id] = self._since.get(chat_id, Reads()) + fresh
            key = (chat_id, day)
            self._unwritten[key] = self._unwritten.get(key, Reads()) + fresh
        self.flush()
        self.tell(chat_id)

    def reads(self, chat_id: str) -> Reads:
        """Return all that was read for a chat; it waits for the disk the first time only."""
        self._load(chat_id)
        with self._lock:
            return self._before.get(chat_id, Reads()) + self._since.get(chat_id, Reads())

    def tell(self, chat_id: str) -> None:
        """Report all that was read for a chat."""
        self._report(ReadsCounted(chat_id, self.reads(chat_id)))

    def take_over(self, former: Ledger) -> None:
        """Add what another ledger could not write, whose disk refuses and is no longer used."""
        with former._lock:
            waiting = dict(former._unwritten)
        with self._lock:
            for (chat_id, day), reads in waiting.items():
                self._since[chat_id] = self._since.get(chat_id, Reads()) + reads
                key = (chat_id, day)
                self._unwritten[key] = self._unwritten.get(key, Reads()) + reads
        self.flush()

    def flush(self) -> None:
        """Write what is not on disk yet; a failure of the disk is logged, not raised."""
        with self._writing:
            with self._lock:
                waiting = list(self._unwritten)
            for key in waiting:
                # The former sum must be read first: afterwards it would include what is written
                # now.
                if self._load(key[0]):
                    self._write(*key)

    def _write(self, chat_id: str, day: date) -> None:
        """Write the reads of a chat and day that are not on disk; keep them if the disk refuses."""
        with self._lock:
            reads = self._unwritten.pop((chat_id, day), Reads())
        try:
            self._store.add(chat_id, day, reads)
        except StoreError as error:
            log.warning("what was read is not written yet: %r", error)
            with self._lock:
                more = self._unwritten.get((chat_id, day), Reads())
                self._unwritten[chat_id, day] = reads + more

    def _load(self, chat_id: str) -> bool:
        """Read what was counted before the app started; False while the disk refuses."""
        with self._lock:
            if chat_id in self._before:
                return True
        try:
            before = self._store.reads(chat_id)
        except StoreError as error:
            log.warning("what was read before is not known yet: %r", error)
            return False
        with self._lock:
            # Nothing since the start is on disk yet, because `flush` calls this before it writes.
            self._before.setdefault(chat_id, before)
        return True

    def _fresh(self, seen: ReadIds, day: date) -> Reads:
        """Return how many of `seen` X has not charged yet on that day (UTC)."""
        if day != self._day:
            self._day, self._seen = day, ReadIds()
        before = self._seen
        self._seen = ReadIds(
            before.posts | seen.posts,
            before.users | seen.users,
            before.own_posts | seen.own_posts,
        )
        return Reads(
            len(self._seen.posts) - len(before.posts),
            len(self._seen.users) - len(before.users),
            len(self._seen.own_posts) - len(before.own_posts),
        )


def nothing_announced() -> Sequence[OutboxPost]:
    """Return no rows: no announcement leaves with keys."""
    return ()


def _not_in_the_hour() -> None:
    """Return None: no account is connected while posts leave."""


class Purse:
    """What one chat has cost with keys, and what it may cost at most.

    `ceiling` returns the organiser's present limit in US cents, which may change during the chat.
    `connected_at` returns when the account was last connected (UTC), as far as the app knows.
    `announced` returns the rows of the announcements, which cost something too.
    """

    def __init__(
        self,
        ledger: Ledger,
        chat_id: str,
        rules: NetworkRules,
        ceiling: Callable[[], float],
        connected_at: Callable[[], datetime | None] = _not_in_the_hour,
        announced: Callable[[], Sequence[OutboxPost]] = nothing_announced,
    ) -> None:
        self.rules = rules
        self.ceiling = ceiling
        self.connected_at = connected_at
        self._announced = announced
        self._ledger = ledger
        self._chat_id = chat_id

    def on_read(self, seen: ReadIds) -> None:
        """Count what an answer of X contained."""
        self._ledger.add(self._chat_id, seen)

    def reads(self) -> Reads:
        """Return all that was read so far."""
        return self._ledger.reads(self._chat_id)

    def tell(self) -> None:
        """Report all that was read so far."""
        self._ledger.tell(self._chat_id)

    def means(self, rows: Sequence[OutboxPost], told: OutboxPost | None = None) -> Means:
        """Return what the keys may still do, given the rows of the hour.

        `told` is the last row whose outcome showed whether the keys work.
        """
        at = self.connected_at()
        announced = self._announced()
        return Means(self.rules, self.ceiling(), rows, self.reads(), told, at, announced)

    def affordable_reads(self, rows: Sequence[OutboxPost]) -> int:
        """Return how many more posts may be read below the ceiling."""
        so_far = spent((*rows, *self._announced()), self.rules, self.reads())
        return affordable_reads(so_far.at_most, self.ceiling(), self.rules)
