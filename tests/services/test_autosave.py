import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tchat_desktop.domain.chat import Chat
from tchat_desktop.services.autosave import LONGEST_UNSAVED, QUIET_WAIT, RETRY, Autosave
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.events import ChatSaved, SaveFailed
from tchat_desktop.services.ports import StoreFull
from tests.faults.autosave import Edit, lost, run

START = datetime(2026, 12, 5, 12, tzinfo=UTC)
CHAT = Chat(id="c")
OTHER = Chat(id="d")


class ByHand:
    """A time that stands still until the test moves it; also the wall clock."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.changed: threading.Condition | None = None
        self.asleep: queue.SimpleQueue[float | None] = queue.SimpleQueue()

    def monotonic(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return START + timedelta(seconds=self.seconds)

    def wait(self, changed: threading.Condition, seconds: float | None) -> None:
        self.changed = changed
        self.asleep.put(seconds)
        assert changed.wait(10), "the test has ended without waking the thread"

    def slept(self) -> float | None:
        """Wait until the thread sleeps again; for how long it wants to."""
        return self.asleep.get(timeout=10)

    def pass_by(self, seconds: float) -> None:
        assert self.changed is not None
        with self.changed:
            self.seconds += seconds
            self.changed.notify_all()


@dataclass
class Store:
    """A disk that can refuse, or keep a write waiting."""

    written: list[tuple[Chat, datetime]] = field(default_factory=list)
    refuse: Exception | None = None
    started: threading.Event = field(default_factory=threading.Event)
    may_go_on: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.may_go_on.set()

    def save(self, chat: Chat, changed_at: datetime) -> None:
        self.started.set()
        assert self.may_go_on.wait(10)
        if self.refuse:
            raise self.refuse
        self.written.append((chat, changed_at))

    @property
    def chats(self) -> list[Chat]:
        return [chat for chat, _ in self.written]


@dataclass
class Desk:
    autosave: Autosave
    store: Store
    time: ByHand
    told: list[object]

    def save(self, chat: Chat) -> float | None:
        """Save, and wait until the thread knows; how long it means to wait."""
        self.autosave.save(chat)
        return self.time.slept()

    def pass_by(self, seconds: float) -> float | None:
        self.time.pass_by(seconds)
        return self.time.slept()


@contextmanager
def working(report: Callable[[object], None] | None = None) -> Iterator[Desk]:
    time, store, told = ByHand(), Store(), []
    autosave = Autosave(store, time, report or told.append, time)
    desk = Desk(autosave, store, time, told)
    assert time.slept() is None
    yield desk
    store.may_go_on.set()
    store.refuse = None
    assert autosave.stop(10)


@pytest.fixture
def desk() -> Iterator[Desk]:
    with working() as made:
        yield made


def topic(text: str, chat: Chat = CHAT) -> Chat:
    return replace(chat, topic=text)


def test_an_edit_is_written_once_typing_has_paused(desk: Desk) -> None:
    assert desk.save(CHAT) == QUIET_WAIT
    assert desk.pass_by(QUIET_WAIT / 2) == QUIET_WAIT / 2
    assert desk.store.written == []
    assert desk.pass_by(QUIET_WAIT / 2) is None
    assert desk.store.written == [(CHAT, START)]
    assert desk.told == [ChatSaved("c", START)]


def test_edits_in_a_row_are_written_once_the_newest(desk: Desk) -> None:
    desk.save(topic("a"))
    desk.pass_by(0.2)
    assert desk.save(topic("ab")) == pytest.approx(QUIET_WAIT)
    desk.pass_by(QUIET_WAIT)
    assert desk.store.chats == [topic("ab")]


def test_typing_without_a_pause_is_written_all_the_same(desk: Desk) -> None:
    desk.save(topic("0"))
    for number in range(1, 3):
        assert desk.pass_by(0.25) is not None
        left = desk.save(topic(str(number)))
    assert left == pytest.approx(LONGEST_UNSAVED - 0.5)
    assert desk.pass_by(left + 0.001) is None
    assert desk.store.chats == [topic("2")]
    # From the next edit on it counts anew.
    assert desk.save(topic("3")) == pytest.approx(QUIET_WAIT)


def test_chats_do_not_overwrite_each_other(desk: Desk) -> None:
    desk.save(CHAT)
    desk.save(OTHER)
    desk.pass_by(QUIET_WAIT)
    assert sorted(desk.store.chats, key=lambda chat: chat.id) == [CHAT, OTHER]


def test_a_refused_snapshot_is_kept_and_tried_again(desk: Desk) -> None:
    desk.store.refuse = StoreFull("full")
    desk.save(CHAT)
    assert desk.pass_by(QUIET_WAIT) == RETRY
    assert desk.told == [SaveFailed("c", desk.store.refuse)]
    assert desk.pass_by(RETRY) == RETRY
    assert len(desk.told) == 2
    desk.store.refuse = None
    assert desk.pass_by(RETRY) is None
    assert desk.store.written == [(CHAT, START)]
    assert desk.told[-1] == ChatSaved("c", START)


def test_the_next_edit_tries_again_at_once(desk: Desk) -> None:
    desk.store.refuse = StoreFull("full")
    desk.save(topic("a"))
    desk.pass_by(QUIET_WAIT)
    desk.store.refuse = None
    assert desk.save(topic("ab")) == pytest.approx(QUIET_WAIT)
    desk.pass_by(QUIET_WAIT)
    assert desk.store.chats == [topic("ab")]


def test_an_edit_during_a_write_is_written_after_it(desk: Desk) -> None:
    desk.store.may_go_on.clear()
    desk.save(topic("a"))
    desk.time.pass_by(QUIET_WAIT)
    assert desk.store.started.wait(10)
    desk.autosave.save(topic("ab"))
    desk.store.may_go_on.set()
    assert desk.time.slept() == pytest.approx(QUIET_WAIT)
    desk.pass_by(QUIET_WAIT)
    assert desk.store.chats == [topic("a"), topic("ab")]


def test_a_refusal_does_not_bring_an_older_snapshot_back(desk: Desk) -> None:
    desk.store.may_go_on.clear()
    desk.store.refuse = StoreFull("full")
    desk.save(topic("a"))
    desk.time.pass_by(QUIET_WAIT)
    assert desk.store.started.wait(10)
    desk.autosave.save(topic("ab"))
    desk.store.may_go_on.set()
    desk.time.slept()
    desk.store.refuse = None
    desk.pass_by(QUIET_WAIT)
    assert desk.store.chats == [topic("ab")]


def test_whatever_the_store_raises_the_next_edit_is_written(desk: Desk) -> None:
    desk.store.refuse = ZeroDivisionError()
    desk.save(topic("a"))
    desk.pass_by(QUIET_WAIT)
    assert isinstance(desk.told[0], SaveFailed)
    desk.store.refuse = None
    desk.save(topic("ab"))
    desk.pass_by(QUIET_WAIT)
    assert desk.store.chats == [topic("ab")]


def test_a_report_that_fails_does_not_stop_the_writing() -> None:
    def fail(event: object) -> None:
        raise ZeroDivisionError

    with working(fail) as desk:
        for text in ("a", "ab"):
            desk.save(topic(text))
            desk.pass_by(QUIET_WAIT)
        assert desk.store.chats == [topic("a"), topic("ab")]


def test_flush_writes_at_once(desk: Desk) -> None:
    desk.save(CHAT)
    desk.save(OTHER)
    assert desk.autosave.flush(10)
    assert len(desk.store.written) == 2
    assert desk.time.seconds == 0


def test_flush_with_nothing_to_do_says_so(desk: Desk) -> None:
    assert desk.autosave.flush(0)


def test_flush_says_when_the_disk_refuses_and_gives_each_chat_its_try(desk: Desk) -> None:
    class Refusing(Exception):
        pass

    tried: set[str] = set()

    def refuse(chat: Chat, changed_at: datetime) -> None:
        tried.add(chat.id)
        raise Refusing

    willing = desk.store.save
    desk.store.save = refuse
    desk.save(CHAT)
    desk.save(OTHER)
    assert not desk.autosave.flush(10)
    assert tried == {"c", "d"}
    desk.store.save = willing


def test_flush_gives_up_on_a_disk_that_hangs(desk: Desk) -> None:
    desk.store.may_go_on.clear()
    desk.save(CHAT)
    assert not desk.autosave.flush(0.01)
    desk.store.may_go_on.set()
    assert desk.autosave.flush(10)
    assert desk.store.chats == [CHAT]


def test_a_forgotten_chat_is_not_written(desk: Desk) -> None:
    desk.save(CHAT)
    desk.autosave.forget("c")
    assert desk.autosave.flush(10)
    assert desk.store.written == []


def test_forgetting_waits_for_the_write_under_way(desk: Desk) -> None:
    desk.store.may_go_on.clear()
    desk.save(CHAT)
    desk.time.pass_by(QUIET_WAIT)
    assert desk.store.started.wait(10)
    forgetting = threading.Thread(target=desk.autosave.forget, args=("c",))
    forgetting.start()
    forgetting.join(0.02)
    assert forgetting.is_alive()
    desk.store.may_go_on.set()
    forgetting.join(10)
    assert not forgetting.is_alive()
    assert desk.store.chats == [CHAT]


def test_stop_writes_what_is_left() -> None:
    with working() as desk:
        desk.save(CHAT)
        assert desk.autosave.stop(10)
        assert desk.store.chats == [CHAT]


def test_stop_says_when_something_is_not_on_disk() -> None:
    with working() as desk:
        desk.store.refuse = StoreFull("full")
        desk.save(CHAT)
        assert not desk.autosave.stop(10)
        # Nothing more is tried once it has stopped; the snapshot is let go for the fixture.
        desk.autosave.forget("c")


def test_after_stop_nothing_is_written(caplog: pytest.LogCaptureFixture) -> None:
    with working() as desk:
        assert desk.autosave.stop(10)
        desk.autosave.save(CHAT)
        assert desk.store.written == []
        assert "after autosave was stopped" in caplog.text


def test_an_editor_saves_through_it(desk: Desk) -> None:
    editor = ChatEditor(CHAT)
    editor.observe(desk.autosave.save)
    editor.edit(topic("a"))
    editor.undo()
    desk.autosave.flush(10)
    assert desk.store.chats[-1] == CHAT


# --- the fault run -------------------------------------------------------------------------


def test_a_lost_edit_is_counted_from_its_own_instant() -> None:
    edits = [Edit(1, 10.0), Edit(2, 10.4), Edit(3, 11.6)]
    assert lost(edits, saved=3, killed_at=12.0) == 0
    assert lost(edits, saved=2, killed_at=12.0) == pytest.approx(0.4)
    assert lost(edits, saved=1, killed_at=12.0) == pytest.approx(1.6)
    assert lost(edits, saved=0, killed_at=12.0) == pytest.approx(2.0)
    assert lost([], saved=0, killed_at=12.0) == 0


def test_a_killed_process_loses_a_second_at_most(tmp_path: Path) -> None:
    outcome = run(runs=4, seed=7)
    assert outcome.violations == []
    assert outcome.summary.startswith("runs=4 lost_over_1s=0 damaged=0 worst_loss_ms=")


def test_the_newest_of_a_chat_is_known_until_it_is_on_disk(desk: Desk) -> None:
    desk.store.may_go_on.clear()
    desk.save(CHAT)
    assert desk.autosave.newest("c") == CHAT
    desk.time.pass_by(QUIET_WAIT)
    assert desk.store.started.wait(10)
    assert desk.autosave.newest("c") == CHAT
    assert desk.autosave.newest("d") is None
    edited = replace(CHAT, topic="Corrigé")
    desk.autosave.save(edited)
    assert desk.autosave.newest("c") == edited
    desk.store.may_go_on.set()
    assert desk.autosave.flush(10)
    assert desk.autosave.newest("c") is None
