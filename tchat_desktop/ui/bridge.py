"""The one door from threads to the screens.

Services report from whatever thread they run on; the bridge lives in the GUI thread and says the
same there. Only its own bound methods are connected across threads: a lambda or partial would run
in the thread that emits.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, SignalInstance, Slot

from tchat_desktop.services.worker import Worker
from tchat_desktop.ui.garbage import GuiGarbage

log = logging.getLogger(__name__)

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Answer:
    owner: QObject
    call: Callable[[], object]


class Runner(QObject):
    """Runs slow things on a thread of its own, and tells in the GUI thread what came of them."""

    _answered = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)
        self._worker = Worker(name, self._on_job_failed)

    def run(
        self,
        owner: QObject,
        job: Callable[[], Result],
        done: Callable[[Result], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Do `job` off the GUI thread, then call `done` or `failed` in it.

        Jobs are done one after another. Nothing is called once `owner` is gone.
        """

        def work() -> None:
            try:
                result = job()
            except Exception as error:
                caught = error
                self._answered.emit(_Answer(owner, lambda: failed(caught)))
            else:
                self._answered.emit(_Answer(owner, lambda: done(result)))

        self._worker.do(work)

    def stop(self) -> bool:
        """Finish the jobs handed in; False if that took too long."""
        return self._worker.stop()

    @Slot(object)
    def _on_answered(self, answer: _Answer) -> None:
        if shiboken6.isValid(answer.owner):
            answer.call()

    def _on_job_failed(self, error: Exception) -> None:
        log.error("a background job failed", exc_info=error)


class Bridge(Runner):
    """Says in the GUI thread what services report, and runs slow things off it.

    From then on threads collect no garbage: see `ui/garbage.py`.
    """

    chat_saved = Signal(object)
    save_failed = Signal(object)
    outbox_changed = Signal(object)
    posts_arrived = Signal(object)
    post_marked = Signal(object)
    network_changed = Signal(object)
    reading_changed = Signal(object)
    hour_not_begun = Signal(object)
    hour_ended = Signal(object)
    service_failed = Signal(object)
    crashed = Signal(object)

    _reported = Signal(object)

    def __init__(self) -> None:
        super().__init__("background")
        self._garbage = GuiGarbage(self)
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
            events.PostsArrived: self.posts_arrived,
            events.PostMarked: self.post_marked,
            events.NetworkChanged: self.network_changed,
            events.ReadingChanged: self.reading_changed,
            events.HourNotBegun: self.hour_not_begun,
            events.HourEnded: self.hour_ended,
            events.ServiceFailed: self.service_failed,
        }
