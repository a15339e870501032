"""The thread that publishes posts, so that none is lost and none is published twice.

A row is written as `sending` on disk before its request leaves. When the answer is lost the row
becomes `unknown`: the poster asks X whether the post is published, and when that cannot be known
the organiser decides. A post past its `expires_at` is never sent automatically.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.decisions import SHIFTABLE
from tchat_desktop.domain.obstacles import Obstacle
from tchat_desktop.domain.outgoing import OutboxPost, PostState, Reason, leaves_at
from tchat_desktop.domain.pace import ON_TIME
from tchat_desktop.services import outcome
from tchat_desktop.services.ahead import PictureUploads
from tchat_desktop.services.events import HourEnded, ServiceFailed
from tchat_desktop.services.look_ups import UnknownPostChecker
from tchat_desktop.services.outbox_rows import OutboxRows
from tchat_desktop.services.outcome import Outcome
from tchat_desktop.services.ports import (
    Clock,
    Publisher,
    PublishError,
    PublishRefused,
    Report,
)
from tchat_desktop.services.reach import NetworkStatus

LONGEST_WAIT = 60.0
"""Seconds after which the rows are read again even when nothing is expected."""
CATCHING_UP = timedelta(seconds=30)
"""The longest spacing kept between two posts that are late together.

Posts that the run sheet has minutes apart, such as two questions, must not follow at once.
"""
SLOWEST = timedelta(seconds=5)
"""How long sending a post on time may take without making the next one late."""
INSTANT = timedelta(milliseconds=1)
"""The shortest time after ON_TIME at which a post counts as missed."""
_AFTER_TROUBLE = 5.0
"""Seconds before the next step when one has failed, for instance because the disk refused."""


def _nowhere(_point: str) -> None:
    """Do nothing: the default for `at_point`, which tests use to stop the app at a named point."""


def nothing() -> None:
    """Do nothing: the default for `prepare`."""


class Poster:
    """Publishes the rows of an outbox, each by its route, on a thread of its own.

    `spacing` is the least number of seconds between two posts, so that catching up after a network
    cut does not look automated. Posts that the run sheet has further apart stay further apart, up
    to CATCHING_UP, unless the organiser sends them. Every post passes `OutboxRows.take`, which
    holds posts back (pause, lateness, limits). `ends_at` is the end of the chat that was announced,
    in UTC; another one that the organiser decides is asked of the outbox. `prepare` is called once
    on the thread before the first post, for slow first-time work such as imports; `finished` is
    called when the thread ends.
    """

    def __init__(
        self,
        outbox: OutboxRows,
        publishers: Mapping[Route, Publisher],
        clock: Clock,
        report: Report,
        *,
        ends_at: datetime,
        reach: NetworkStatus | None = None,
        spacing: float = 2.0,
        prepare: Callable[[], object] = nothing,
        finished: Callable[[], object] = nothing,
        at_point: Callable[[str], None] = _nowhere,
    ) -> None:
        self._outbox = outbox
        self._leaving = outbox.leaving
        self._publishers = publishers
        self._clock = clock
        self._report = report
        self._ends_at = ends_at
        self._reach = reach or NetworkStatus(report)
        self._spacing = spacing
        self._prepare = prepare
        self._finished = finished
        self._at_point = at_point
        self._look_ups = UnknownPostChecker(outbox, publishers, clock, report, self._reach)
        self._ahead = PictureUploads(publishers, clock)
        self._unwritten: tuple[str, Outcome] | None = None
        """The id of the last post with its outcome, until that is on disk."""
        self._last_tried_at: datetime | None = None
        self._last_planned_at: datetime | None = None
        """The planned time (UTC) of the last post that left at the time of the run sheet."""
        self._trouble = ""
        """The last error reported, so that the same one is not reported at every step."""
        self._over = False
        self._ended_by_hand = False
        self._stopping = False
        self._thread: threading.Thread | None = None

    # --- the thread ------------------------------------------------------------------------

    def start(self) -> None:
        """Start the thread, which publishes what is due."""
        self._thread = threading.Thread(target=self._run, name="poster", daemon=True)
        self._thread.start()

    def stop(self, seconds: float = 5.0) -> bool:
        """End the thread after the post under way; False if that takes longer than `seconds`."""
        self._stopping = True
        self._outbox.changed.set()
        if self._thread is None:
            return True
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def end_hour(self) -> None:
        """End the hour before its time; HourEnded is reported once no post is on its way."""
        self._ended_by_hand = True
        self._outbox.changed.set()

    @property
    def is_over(self) -> bool:
        """Whether HourEnded was reported."""
        return self._over

    def reopen(self) -> None:
        """Go on with the hour after its end; HourEnded is reported again later."""
        self._over = self._ended_by_hand = False
        self._outbox.changed.set()

    def _run(self) -> None:
        try:
            self._prepare()
        except Exception as error:
            self._report(ServiceFailed("poster", error))
        self._turn()
        self._finished()

    def _turn(self) -> None:
        while not self._stopping:
            self._outbox.changed.clear()
            try:
                seconds = self.step()
                self._trouble = ""
            except Exception as error:
                # The thread must go on after any error; the same error is reported only once.
                if self._trouble != repr(error):
                    self._trouble = repr(error)
                    self._report(ServiceFailed("poster", error))
                seconds = _AFTER_TROUBLE
            if not self._stopping:
                self._clock.wait(self._outbox.changed, seconds)

    def step(self) -> float:
        """Do what is to be done now, with at most one post; return the seconds until the next step.

        Raises StoreError; the next step then continues where this one stopped.
        """
        self._write_outcome()
        for row in self._outbox.look():
            if row.state is PostState.SENDING:
                # No request is under way: the app stopped while sending, or the disk failed then.
                self._outbox.change(row.id, {row.state}, outcome.lost(Reason.INTERRUPTED))
        for row in self._outbox.last_seen():
            if row.state is PostState.UNKNOWN:
                self._look_ups.look(row)
        now = self._clock.now()
        rows = self._outbox.last_seen()
        for row in rows:
            self._ripen(row, rows, now)
        rows = self._outbox.last_seen()
        kept = self._leaving.kept_back(rows)
        self._outbox.tell_if_it_waits(rows)
        due = [row for row in rows if row.state is PostState.DUE and row.id not in kept]
        if due and not self._outbox.paused:
            # A post the organiser sends does not wait behind late ones.
            row = min(due, key=lambda row: self._too_soon(row, now))
            wait = self._too_soon(row, now)
            if wait:
                return wait
            # Before the row is `sending`, so that it can still be held, or expire, in the meantime.
            more = self._get_ready(row)
            if more is None:
                self._send(row)
            return more or 0.0
        self._tell_end(rows, now)
        ahead = None if self._outbox.paused else self._ahead.step(rows)
        return self._until_next(rows, ahead)

    # --- sending ---------------------------------------------------------------------------

    def _ripen(self, row: OutboxPost, rows: Sequence[OutboxPost], now: datetime) -> None:
        """Make a planned row due when its time has come, and expired when that has passed.

        A row that expired because the clock was wrongly ahead is planned again.
        """
        if row.state is PostState.EXPIRED and now < row.due_at:
            ripe = outcome.absent(row)
        elif row.state not in (PostState.PLANNED, PostState.DUE) or row.id in self._leaving.held:
            # While its text is edited, a row neither becomes due nor expires.
            return
        elif now >= row.expires_at or self._is_missed(row, rows):
            ripe = outcome.expired(row)
        elif row.state is PostState.PLANNED and leaves_at(row, rows) <= now:
            ripe = replace(row, state=PostState.DUE)
        else:
            return
        # If the organiser has just changed the row, the next step looks at it again.
        self._outbox.change(row.id, {row.state}, lambda seen: ripe if seen == row else None)
        self._at_point("after_due")

    def _is_missed(self, row: OutboxPost, rows: Sequence[OutboxPost]) -> bool:
        """Return whether a late post was waiting for a decision when the hour ended.

        It then expires, because no new times are proposed after the end.
        """
        late = self._clock.now() - row.due_at > ON_TIME
        return late and self._outbox.is_over and row.id in self._leaving.withheld(rows)

    def _too_soon(self, row: OutboxPost, now: datetime) -> float:
        """Return the seconds to wait for the spacing; a clock set back does not make them more."""
        if self._last_tried_at is None:
            return 0.0
        self._last_tried_at = min(self._last_tried_at, now)
        spacing = timedelta(seconds=self._spacing)
        planned_at = _as_planned(row)
        if planned_at is not None and self._last_planned_at is not None:
            apart = planned_at - self._last_planned_at - SLOWEST
            spacing = max(spacing, min(apart, CATCHING_UP))
        return max(0.0, (self._last_tried_at + spacing - now).total_seconds())

    def _get_ready(self, row: OutboxPost) -> float | None:
        """Upload the picture of a due row; return the seconds until there is more to do.

        None means that the row is ready. When that fails, the row is written as failed, or planned
        again if X asked to wait, and 0 is returned.
        """
        try:
            return self._ahead.at_last(row)
        except PublishError as error:
            self._refused(row, error)
            became = outcome.not_ready(error)
        except Exception as error:
            self._report(ServiceFailed("poster", error))
            became = outcome.not_ready(PublishRefused(Reason.PICTURE, type(error).__name__))
        self._outbox.change(row.id, {PostState.DUE}, became)
        # Spacing applies even when X names an earlier instant for the next try.
        self._last_tried_at = self._clock.now()
        return 0.0

    def _send(self, row: OutboxPost) -> None:
        self._at_point("before_sending_row")
        taken = self._outbox.take(row.id)
        if taken is None:
            return
        self._at_point("after_sending_row")
        became = self._publish(taken)
        self._unwritten = (taken.id, became)
        self._last_tried_at = self._clock.now()
        self._last_planned_at = _as_planned(taken) or self._last_planned_at
        self._at_point("after_publish")
        self._write_outcome()
        self._at_point("after_sent_row")

    def _publish(self, row: OutboxPost) -> Outcome:
        publisher = self._publishers.get(row.route)
        if publisher is None:
            return outcome.refused(
                PublishRefused(Reason.REFUSED, f"no way to publish: {row.route}")
            )
        try:
            result = publisher.publish(row)
        except PublishError as error:
            self._refused(row, error)
            return outcome.refused(error)
        except BaseException as error:
            # After an unforeseen error the post may be published, and later posts must still leave.
            known = error if isinstance(error, Exception) else RuntimeError(repr(error))
            self._report(ServiceFailed("poster", known))
            return outcome.lost(Reason.ANSWER_LOST, type(error).__name__)
        self._seen(row, True)
        return outcome.done(result)

    def _refused(self, row: OutboxPost, error: PublishError) -> None:
        reachable = error.reason not in (Reason.NETWORK, Reason.ANSWER_LOST)
        self._seen(row, reachable, error.obstacle)

    def _seen(
        self, row: OutboxPost, reachable: bool, obstacle: Obstacle = Obstacle.UNKNOWN
    ) -> None:
        """Note whether X was reached; a page opened in the browser says nothing about that."""
        if row.route is not Route.ASSISTED:
            self._reach.seen(reachable, obstacle)

    def _write_outcome(self) -> None:
        """Write the outcome of the last post; it is kept in memory until the disk takes it."""
        if self._unwritten is None:
            return
        post_id, became = self._unwritten
        # Another process that found the row in `sending` may have written `unknown` meanwhile.
        self._outbox.change(post_id, {PostState.SENDING, PostState.UNKNOWN}, became)
        self._unwritten = None

    # --- time ------------------------------------------------------------------------------

    @property
    def _end(self) -> datetime:
        """When the hour ends (UTC), as announced or as the organiser has moved it."""
        return self._outbox.moved_end or self._ends_at

    def _until_next(self, rows: Sequence[OutboxPost], ahead: datetime | None) -> float:
        """Return the seconds to wait; `ahead` is when to upload the next picture (UTC), or None."""
        # Uploading a picture may have taken a while.
        now = self._clock.now()
        instants = [now + timedelta(seconds=LONGEST_WAIT)]
        if now < self._end:
            instants.append(self._end)
        if ahead is not None:
            instants.append(ahead)
        for row in rows:
            if row.id in self._leaving.held:
                continue
            missed_at = row.due_at + ON_TIME + INSTANT
            if row.state in SHIFTABLE and now < missed_at:
                # The organiser may have to be asked about missed posts then.
                instants.append(missed_at)
            look_at = self._look_ups.next_look(row)
            if look_at is not None:
                instants.append(look_at)
            elif row.state is PostState.DUE:
                instants.append(row.expires_at)
                seconds = self._leaving.looks_again_in(row)
                if seconds is not None:
                    instants.append(now + timedelta(seconds=seconds))
            elif row.state is PostState.PLANNED:
                instants += [leaves_at(row, rows), row.expires_at]
        return max(0.0, (min(instants) - now).total_seconds())

    def _tell_end(self, rows: Sequence[OutboxPost], now: datetime) -> None:
        """Report HourEnded once, when the end has come and no post is on its way any more."""
        if self._over or not (self._ended_by_hand or now >= self._end):
            return
        moving = (PostState.PLANNED, PostState.DUE, PostState.SENDING)
        if any(row.state in moving for row in rows):
            return
        if not self._ended_by_hand and any(self._look_ups.next_look(row) for row in rows):
            return
        self._over = True
        self._report(HourEnded(self._outbox.chat_id, self._outbox.occasion))


def _as_planned(row: OutboxPost) -> datetime | None:
    """Return when a row is due by the run sheet (UTC); None when its time was changed since."""
    by_sheet = row.planned is not None and row.planned.due_at == row.due_at
    return row.due_at if by_sheet else None
