"""The one door from threads to the screens.

Services report from whatever thread they run on; the bridge lives in the GUI thread and says the
same there. Only its own bound methods are connected across threads: a lambda or partial would run
in the thread that emits.
"""

from __future__ import annotations

import itertools
import logging
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, SignalInstance, Slot

from tchat_desktop.services.worker import Worker

log = logging.getLogger(__name__)

Result = TypeVar("Result")


class _Asked(NamedTuple):
    owner: QObject
    job: Callable[[], Any]
    done: Callable[[Any], object]
    failed: Callable[[Exception], object]


class Runner(QObject):
    """Runs slow things on a thread of its own, and tells in the GUI thread what came of them.

    What is asked may hold widgets. Only the GUI thread keeps it, and lets go of it: the last who
    lets go of a widget destroys it, and that is for no other thread to do.
    """

    _answered = Signal(int, object, object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)
        self._numbers = itertools.count()
        self._asked: dict[int, _Asked] = {}
        self._worker = Worker(name, self._on_job_failed)

    def run(
        self,
        owner: QObject,
        job: Callable[[], Result],
        done: Callable[[Result], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Do `job` off the GUI thread, then call `done` or `failed` in it.

        Called in the GUI thread. Jobs are done one after another. Nothing is called once `owner`
        is gone.
        """
        number = next(self._numbers)
        self._asked[number] = _Asked(owner, job, done, failed)
        self._worker.do(partial(self._work, number))

    def stop(self, seconds: float = 5.0) -> bool:
        """Finish the jobs handed in; False if that took longer than `seconds`."""
        return self._worker.stop(seconds)

    def _work(self, number: int) -> None:
        result, error = None, None
        try:
            result = self._asked[number].job()
        except Exception as caught:
            log.info("a background job did not succeed", exc_info=True)
            # Its traceback holds what the job held.
            error = caught.with_traceback(None)
        self._answered.emit(number, result, error)

    @Slot(int, object, object)
    def _on_answered(self, number: int, result: object, error: Exception | None) -> None:
        asked = self._asked.pop(number)
        if not shiboken6.isValid(asked.owner):
            return
        if error is None:
            asked.done(result)
        else:
            asked.failed(error)

    def _on_job_failed(self, error: Exception) -> None:
        log.error("a background job failed", exc_info=error)


class Bridge(Runner):
    """Says in the GUI thread what services report, and runs slow things off it."""

    chat_saved = Signal(object)
    save_failed = Signal(object)
    outbox_changed = Signal(object)
    command_undone = Signal(object)
    posts_arrived = Signal(object)
    posts_found = Signal(object)
    post_marked = Signal(object)
    page_opened = Signal(object)
    post_removed = Signal(object)
    posts_taken_in = Signal(object)
    reads_counted = Signal(object)
    reading_held = Signal(object)
    network_changed = Signal(object)
    hour_not_begun = Signal(object)
    hour_taken_over = Signal(object)
    hour_ended = Signal(object)
    service_failed = Signal(object)
    crashed = Signal(object)

    _reported = Signal(object)

    def __init__(self) -> None:
        super().__init__("background")
        self._reported.connect(self._on_reported, Qt.ConnectionType.QueuedConnection)

    def report(self, event: object) -> None:
        """Hand over what happened; callable from any thread."""
        self._reported.emit(event)

    def report_crash(self, error: BaseException) -> None:
        """Hand over an error nobody caught; callable from any thread."""
        self.crashed.emit(error)

    @Slot(object)
    def _on_reported(self, event: object) -> None:
        self._signals()[type(event)].emit(event)

    def _signals(self) -> dict[type, SignalInstance]:
        # The events know the whole domain, which the first paint does not wait for.
        from tchat_desktop.services import events

        return {
            events.ChatSaved: self.chat_saved,
            events.SaveFailed: self.save_failed,
            events.OutboxChanged: self.outbox_changed,
            events.CommandUndone: self.command_undone,
            events.PostsArrived: self.posts_arrived,
            events.PostsFound: self.posts_found,
            events.PostMarked: self.post_marked,
            events.PageOpened: self.page_opened,
            events.PostRemoved: self.post_removed,
            events.PostsTakenIn: self.posts_taken_in,
            events.ReadsCounted: self.reads_counted,
            events.ReadingHeld: self.reading_held,
            events.NetworkChanged: self.network_changed,
            events.HourNotBegun: self.hour_not_begun,
            events.HourTakenOver: self.hour_taken_over,
            events.HourEnded: self.hour_ended,
            events.ServiceFailed: self.service_failed,
        }
