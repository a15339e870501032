"""The thread that publishes: nothing lost, nothing twice.

A row says `sending` on disk before its request leaves. A lost answer makes it `unknown`: the poster
looks whether it is out, and what it cannot know the organiser decides. A post whose window has
passed never leaves by itself.
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
"""At least between two posts that are late together: nobody answers three questions at once."""
SLOWEST = timedelta(seconds=5)
"""What a post on time may take to leave without making the next one late."""
INSTANT = timedelta(milliseconds=1)
_AFTER_TROUBLE = 5.0
"""Seconds before trying again when the disk refused."""


def _nowhere(_point: str) -> None:
    """The named points of the poster are for tests that stop the app there."""


def nothing() -> None:
    """Do nothing: the default for `prepare`."""


class Poster:
    """Publishes the rows of an outbox, each by its route, on a thread of its own.

    `spacing` is the least number of seconds between two posts, so that catching up after a cut
    looks like a person and not like a machine; what the run sheet has further apart stays further
    apart, unless the organiser sends it. `Outbox.take` is the one gate every post passes:
    what holds posts back (pause, lateness, limits) stands there. `prepare` is called once on the
    thread, so that what is slow the first time does not make the first post late; `finished` when
    the thread ends, however long its last post took.
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
        self._last_tried_at: datetime | None = None
        self._last_planned_at: datetime | None = None
        """When the run sheet had the last post that left at its own time."""
        self._trouble = ""
        self._over = False
        self._ended_by_hand = False
        self._stopping = False
        self._thread: threading.Thread | None = None

    # --- the thread ------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to publish what is due."""
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
        """The organiser ends the hour: it is over as soon as nothing is left to publish."""
        self._ended_by_hand = True
        self._outbox.changed.set()

    @property
    def is_over(self) -> bool:
        """Whether the end of the hour was told."""
        return self._over

    def reopen(self) -> None:
        """The hour goes on after all: its end is told again when it comes."""
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
                # The poster outlives whatever happens to it, and says the same trouble once.
                if self._trouble != repr(error):
                    self._trouble = repr(error)
                    self._report(ServiceFailed("poster", error))
                seconds = _AFTER_TROUBLE
            if not self._stopping:
                self._clock.wait(self._outbox.changed, seconds)

    def step(self) -> float:
        """Do what is to be done now, one post at most; the seconds until there is more.

        Raises StoreError; the next step then takes up where this one stopped.
        """
        self._write_outcome()
        for row in self._outbox.look():
            if row.state is PostState.SENDING:
                # Nobody is sending it: the app stopped in the middle, or the disk failed then.
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
            # What the organiser sends does not wait behind what catches up.
            row = min(due, key=lambda row: self._too_soon(row, now))
            wait = self._too_soon(row, now)
            if wait:
                return wait
            # Before it says `sending`: meanwhile it can be held, and its time can pass.
            more = self._get_ready(row)
            if more is None:
                self._send(row)
            return more or 0.0
        self._tell_end(rows, now)
        ahead = None if self._outbox.paused else self._ahead.step(rows)
        return self._until_next(rows, ahead)

    # --- sending ---------------------------------------------------------------------------

    def _ripen(self, row: OutboxPost, rows: Sequence[OutboxPost], now: datetime) -> None:
        """Make a planned row due when its time has come, and expired when it has passed.

        One that expired by a clock that was ahead, and has been put right, is planned again.
        """
        if row.state is PostState.EXPIRED and now < row.due_at:
            ripe = outcome.absent(row)
        elif row.state not in (PostState.PLANNED, PostState.DUE) or row.id in self._leaving.held:
            # Whoever changes it has not had their word yet.
            return
        elif now >= row.expires_at or self._is_missed(row, rows):
            ripe = outcome.expired(row)
        elif row.state is PostState.PLANNED and leaves_at(row, rows) <= now:
            ripe = replace(row, state=PostState.DUE)
        else:
            return
        # Not if the organiser has just changed it: then it is looked at again.
        self._outbox.change(row.id, {row.state}, lambda seen: ripe if seen == row else None)
        self._at_point("after_due")

    def _is_missed(self, row: OutboxPost, rows: Sequence[OutboxPost]) -> bool:
        """Whether it was left behind when the hour ended: what comes late then is not proposed."""
        late = self._clock.now() - row.due_at > ON_TIME
        return late and self._outbox.is_over and row.id in self._leaving.withheld(rows)

    def _too_soon(self, row: OutboxPost, now: datetime) -> float:
        """Seconds to wait for the sake of spacing; a clock set back does not lengthen them."""
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
        """Do what is left to do before it leaves; seconds until there is more, None for nothing."""
        try:
            return self._ahead.at_last(row)
        except PublishError as error:
            self._refused(row, error)
            became = outcome.not_ready(error)
        except Exception as error:
            self._report(ServiceFailed("poster", error))
            became = outcome.not_ready(PublishRefused(Reason.PICTURE, type(error).__name__))
        self._outbox.change(row.id, {PostState.DUE}, became)
        # Whatever instant was named, it is not tried again at once.
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
            # Whatever it was, the post may be out, and the posts after it must leave.
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
        """A page opened in the browser says nothing about X."""
        if row.route is not Route.ASSISTED:
            self._reach.seen(reachable, obstacle)

    def _write_outcome(self) -> None:
        """Write what became of the last post; kept until the disk takes it."""
        if self._unwritten is None:
            return
        post_id, became = self._unwritten
        # Another instance that found the row in `sending` may have called it unknown meanwhile.
        self._outbox.change(post_id, {PostState.SENDING, PostState.UNKNOWN}, became)
        self._unwritten = None

    # --- time ------------------------------------------------------------------------------

    def _until_next(self, rows: Sequence[OutboxPost], ahead: datetime | None) -> float:
        """Seconds to wait; `ahead` is when more can be got ready."""
        # Getting ready took its time.
        now = self._clock.now()
        instants = [now + timedelta(seconds=LONGEST_WAIT)]
        if now < self._ends_at:
            instants.append(self._ends_at)
        if ahead is not None:
            instants.append(ahead)
        for row in rows:
            if row.id in self._leaving.held:
                continue
            missed_at = row.due_at + ON_TIME + INSTANT
            if row.state in SHIFTABLE and now < missed_at:
                # The organiser may have to be asked then.
                instants.append(missed_at)
            look_at = self._look_ups.next_look(row)
            if look_at is not None:
                instants.append(look_at)
            elif row.state is PostState.DUE:
                instants.append(row.expires_at)
                if self._leaving.waits_for_typing(row):
                    instants.append(now + timedelta(seconds=self._leaving.typing_for))
            elif row.state is PostState.PLANNED:
                instants += [leaves_at(row, rows), row.expires_at]
        return max(0.0, (min(instants) - now).total_seconds())

    def _tell_end(self, rows: Sequence[OutboxPost], now: datetime) -> None:
        """Say once that the hour is over: its time has passed and nothing moves any more."""
        if self._over or not (self._ended_by_hand or now >= self._ends_at):
            return
        moving = (PostState.PLANNED, PostState.DUE, PostState.SENDING)
        if any(row.state in moving for row in rows):
            return
        if not self._ended_by_hand and any(self._look_ups.next_look(row) for row in rows):
            return
        self._over = True
        self._report(HourEnded(self._outbox.chat_id, self._outbox.occasion))


def _as_planned(row: OutboxPost) -> datetime | None:
    """When a row is due by the run sheet; None when somebody decided otherwise."""
    by_sheet = row.planned is not None and row.planned.due_at == row.due_at
    return row.due_at if by_sheet else None
