"""What threads report arrives in the GUI thread, in order, and never reaches what is gone."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.outgoing import Reason
from tchat_desktop.domain.spending import Reads
from tchat_desktop.services import events
from tchat_desktop.ui.bridge import Bridge

NOW = datetime(2026, 12, 5, 20, tzinfo=UTC)


@pytest.fixture
def bridge() -> Iterator[Bridge]:
    bridge = Bridge()
    yield bridge
    assert bridge.stop()


class Ear(QObject):
    """Remembers what it hears and in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.in_gui: list[bool] = []

    def hear(self, thing: object = None) -> None:
        self.heard.append(thing)
        self.in_gui.append(QThread.currentThread() is self.thread())

    @property
    def well(self) -> bool:
        return bool(self.in_gui) and all(self.in_gui)


def from_thread(act: object) -> None:
    thread = threading.Thread(target=act)  # type: ignore[arg-type]
    thread.start()
    thread.join()


EVENTS = [
    ("chat_saved", events.ChatSaved("c", NOW)),
    ("save_failed", events.SaveFailed("c", OSError("full"))),
    ("outbox_changed", events.OutboxChanged("c", Occasion.LIVE, (), paused=False)),
    ("posts_arrived", events.PostsArrived("c", Occasion.LIVE, ())),
    ("page_opened", events.PageOpened("c", "https://x.com/intent/tweet?text=a")),
    ("network_changed", events.NetworkChanged(reachable=False)),
    ("reads_counted", events.ReadsCounted("c", Reads(posts=3))),
    ("reading_held", events.ReadingHeld("c", Occasion.LIVE, Reason.SPENDING_LIMIT)),
    ("hour_not_begun", events.HourNotBegun("c", Occasion.LIVE, None)),
    ("hour_ended", events.HourEnded("c", Occasion.REHEARSAL)),
    ("service_failed", events.ServiceFailed("feed", ValueError("x"))),
]


@pytest.mark.parametrize(("signal", "event"), EVENTS, ids=[name for name, _event in EVENTS])
def test_an_event_reported_in_a_thread_is_heard_in_the_gui_thread(
    bridge: Bridge, qtbot: QtBot, signal: str, event: object
) -> None:
    ear = Ear()
    getattr(bridge, signal).connect(ear.hear)
    from_thread(lambda: bridge.report(event))
    assert ear.heard == [], "heard before the event loop ran: in the wrong thread"
    qtbot.waitUntil(lambda: bool(ear.heard))
    assert ear.heard == [event]
    assert ear.well


def test_every_event_there_is_has_a_signal(bridge: Bridge) -> None:
    kinds = {
        one
        for one in vars(events).values()
        if isinstance(one, type) and one.__module__ == events.__name__
    }
    assert set(bridge._signals()) == kinds


def test_an_event_reported_in_the_gui_thread_is_heard_later_not_within(
    bridge: Bridge, qtbot: QtBot
) -> None:
    ear = Ear()
    bridge.network_changed.connect(ear.hear)
    bridge.report(events.NetworkChanged(reachable=True))
    assert ear.heard == []
    qtbot.waitUntil(lambda: bool(ear.heard))


def test_events_keep_their_order(bridge: Bridge, qtbot: QtBot) -> None:
    ear = Ear()
    bridge.chat_saved.connect(ear.hear)
    sent = [events.ChatSaved(str(number), NOW) for number in range(500)]

    def report() -> None:
        for event in sent:
            bridge.report(event)

    from_thread(report)
    qtbot.waitUntil(lambda: len(ear.heard) == len(sent))
    assert ear.heard == sent


def test_a_crash_in_a_thread_is_heard_in_the_gui_thread(bridge: Bridge, qtbot: QtBot) -> None:
    ear = Ear()
    bridge.crashed.connect(ear.hear)
    error = ValueError("nobody caught it")
    from_thread(lambda: bridge.report_crash(error))
    qtbot.waitUntil(lambda: bool(ear.heard))
    assert ear.heard == [error]
    assert ear.well


# --- slow things -------------------------------------------------------------------------------


def test_a_job_runs_off_the_gui_thread_and_its_result_comes_back_in_it(
    bridge: Bridge, qtbot: QtBot
) -> None:
    ear, wrong = Ear(), Ear()
    where: list[threading.Thread] = []

    def job() -> str:
        where.append(threading.current_thread())
        return "read"

    bridge.run(ear, job, ear.hear, wrong.hear)
    qtbot.waitUntil(lambda: bool(ear.heard))
    assert ear.heard == ["read"]
    assert ear.well
    assert where[0] is not threading.main_thread()
    assert wrong.heard == []


def test_a_job_that_fails_tells_its_error_in_the_gui_thread(bridge: Bridge, qtbot: QtBot) -> None:
    ear, wrong = Ear(), Ear()
    error = OSError("no such disk")

    def job() -> str:
        raise error

    bridge.run(ear, job, ear.hear, wrong.hear)
    qtbot.waitUntil(lambda: bool(wrong.heard))
    assert wrong.heard == [error]
    assert wrong.well
    assert ear.heard == []


def test_answers_come_in_the_order_of_the_jobs(bridge: Bridge, qtbot: QtBot) -> None:
    ear = Ear()
    for number in range(200):
        bridge.run(ear, lambda number=number: number, ear.hear, ear.hear)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(ear.heard) == 200)
    assert ear.heard == list(range(200))


def test_handing_in_a_job_waits_for_nothing(bridge: Bridge, qtbot: QtBot) -> None:
    ear, gate = Ear(), threading.Event()
    bridge.run(ear, lambda: gate.wait(10), ear.hear, ear.hear)
    assert ear.heard == []
    gate.set()
    qtbot.waitUntil(lambda: bool(ear.heard))


@pytest.mark.parametrize("fails", [False, True])
def test_nothing_is_called_once_the_owner_is_deleted(
    bridge: Bridge, qtbot: QtBot, fails: bool
) -> None:
    owner, called, gate = QObject(), Ear(), threading.Event()

    def job() -> None:
        gate.wait(10)
        if fails:
            raise OSError("late")

    bridge.run(owner, job, called.hear, called.hear)
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(owner)
    gate.set()
    after = Ear()
    bridge.run(after, lambda: "later", after.hear, after.hear)
    qtbot.waitUntil(lambda: bool(after.heard))
    assert called.heard == []


def test_nothing_is_called_when_the_owner_goes_between_the_job_and_its_answer(
    bridge: Bridge, qtbot: QtBot
) -> None:
    owner, called, done = QObject(), Ear(), threading.Event()
    bridge.run(owner, lambda: None, called.hear, called.hear)
    bridge.run(called, done.set, lambda _nothing: None, called.hear)
    # Both jobs are done; their answers wait for the event loop, which has not run.
    assert done.wait(10)
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete)
    after = Ear()
    bridge.run(after, lambda: "later", after.hear, after.hear)
    qtbot.waitUntil(lambda: bool(after.heard))
    assert called.heard == []


def test_an_answer_that_raises_does_not_stop_the_next(bridge: Bridge, qtbot: QtBot) -> None:
    ear = Ear()

    def fail(_result: object) -> None:
        raise ValueError("in the page")

    with qtbot.captureExceptions() as caught:
        bridge.run(ear, lambda: None, fail, ear.hear)
        bridge.run(ear, lambda: "next", ear.hear, ear.hear)
        qtbot.waitUntil(lambda: bool(ear.heard))
    assert ear.heard == ["next"]
    assert [kind for kind, _error, _trace in caught] == [ValueError]


def test_neither_owner_nor_result_is_kept(bridge: Bridge, qtbot: QtBot) -> None:
    class Result:
        """Something large."""

    results: list[weakref.ref[Result]] = []
    owners: list[weakref.ref[Ear]] = []

    def job() -> Result:
        result = Result()
        results.append(weakref.ref(result))
        return result

    for _turn in range(20):
        owner = Ear()
        owners.append(weakref.ref(owner))
        bridge.run(owner, job, lambda _result: None, lambda _error: None)
        del owner
    last = Ear()
    bridge.run(last, lambda: "last", last.hear, last.hear)
    qtbot.waitUntil(lambda: bool(last.heard))
    gc.collect()
    assert [one for one in results if one() is not None] == []
    assert [one for one in owners if one() is not None] == []


def test_stop_finishes_what_was_handed_in(qtbot: QtBot) -> None:
    bridge, ear = Bridge(), Ear()
    done: list[int] = []
    for number in range(50):
        bridge.run(ear, lambda number=number: done.append(number), ear.hear, ear.hear)  # type: ignore[misc]
    assert bridge.stop()
    assert done == list(range(50))


@pytest.mark.parametrize("fails", [False, True])
def test_what_a_job_holds_is_destroyed_in_the_gui_thread(
    bridge: Bridge, qtbot: QtBot, fails: bool
) -> None:
    """Whoever asked is gone before the answer: the job is the last to hold its parts."""
    ready = threading.Event()
    destroyed_in: list[str] = []

    def ask() -> None:
        owner, held = QObject(), QObject()
        weakref.finalize(held, lambda: destroyed_in.append(threading.current_thread().name))

        def job() -> str:
            ready.wait(10)
            if fails:
                raise OSError(held.objectName())
            return held.objectName()

        bridge.run(owner, job, held.setObjectName, lambda _error: held.objectName())

    ask()
    ready.set()
    qtbot.waitUntil(lambda: bool(destroyed_in))
    assert destroyed_in == ["MainThread"]
