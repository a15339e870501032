"""A chat that is open: every edit is handed to autosave, and hours never run twice."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tchat_desktop.domain.chat import Announcement, Chat, Occasion, Route, is_out
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.services.autosave import Autosave
from tchat_desktop.services.clock import SystemClock
from tchat_desktop.services.events import ChatSaved, SaveFailed
from tchat_desktop.services.ports import SavedChat, StoreFull
from tchat_desktop.services.session import Session
from tests.fakes.outgoing import planned

CHAT = Chat(id="chat-1", topic="")
NOW = datetime(2026, 12, 5, 20, tzinfo=UTC)


class Disk:
    """A ChatStore that can be full."""

    def __init__(self) -> None:
        self.saved: list[Chat] = []
        self.full = False

    def save(self, chat: Chat, changed_at: datetime) -> None:
        if self.full:
            raise StoreFull("no room")
        self.saved.append(chat)

    def chats(self) -> list[SavedChat]:
        raise NotImplementedError

    def load(self, chat_id: str) -> Chat:
        raise NotImplementedError

    def delete(self, chat_id: str) -> None:
        raise NotImplementedError


class FakeHour:
    """An hour that only remembers whether it was stopped."""

    def __init__(self, chat: Chat, occasion: Occasion) -> None:
        self.chat, self.occasion = chat, occasion
        self.stopped = 0

        self.followed: list[tuple[Chat, bool]] = []

    def stop(self) -> None:
        self.stopped += 1

    def follow(self, chat: Chat, plan: Callable[[], object], at_once: bool) -> None:
        assert plan() == f"plan of {chat.topic}"
        self.chat = chat
        self.followed.append((chat, at_once))


def plan(chat: Chat) -> str:
    return f"plan of {chat.topic}"


@pytest.fixture
def disk() -> Disk:
    return Disk()


class Events:
    """What was told; autosave tells it only after `flush` may have returned."""

    def __init__(self) -> None:
        self.told: queue.SimpleQueue[object] = queue.SimpleQueue()

    def wait_for(self, kind: type) -> None:
        """Wait until one of that kind is told."""
        while not isinstance(self.told.get(timeout=20), kind):
            pass


@pytest.fixture
def events() -> Events:
    return Events()


@pytest.fixture
def autosave(disk: Disk, events: Events) -> Iterator[Autosave]:
    autosave = Autosave(disk, SystemClock(), events.told.put)
    yield autosave
    disk.full = False
    autosave.stop()


@pytest.fixture
def session(autosave: Autosave) -> Session:
    return Session(CHAT, autosave, FakeHour, plan)  # type: ignore[arg-type]


def test_an_edit_is_on_disk_after_a_flush(session: Session, disk: Disk) -> None:
    session.editor.edit(replace(CHAT, topic="Mariage des enfants"))
    assert session.flush()
    assert disk.saved[-1].topic == "Mariage des enfants"


def test_opening_a_chat_writes_nothing(session: Session, disk: Disk) -> None:
    assert session.flush()
    assert disk.saved == []


def test_undo_is_written_too(session: Session, disk: Disk) -> None:
    session.editor.edit(replace(CHAT, topic="A"))
    session.flush()
    session.editor.undo()
    session.flush()
    assert disk.saved[-1] == CHAT


def test_a_full_disk_is_told_and_the_edit_kept(
    session: Session, disk: Disk, events: Events
) -> None:
    disk.full = True
    session.editor.edit(replace(CHAT, topic="A"))
    assert not session.flush()
    events.wait_for(SaveFailed)
    disk.full = False
    assert session.flush()
    assert disk.saved[-1].topic == "A"
    events.wait_for(ChatSaved)


def test_closing_stops_the_hours_and_writes(session: Session, disk: Disk) -> None:
    hour = session.start_rehearsal()
    session.editor.edit(replace(CHAT, topic="A"))
    assert session.close()
    assert hour.stopped == 1  # type: ignore[attr-defined]
    assert session.hour(Occasion.REHEARSAL) is None
    assert disk.saved[-1].topic == "A"


def test_a_rehearsal_started_again_stops_the_one_before(session: Session) -> None:
    first = session.start_rehearsal()
    second = session.start_rehearsal()
    assert first is not second
    assert first.stopped == 1  # type: ignore[attr-defined]
    assert second.stopped == 0  # type: ignore[attr-defined]
    assert session.hour(Occasion.REHEARSAL) is second


def test_the_live_hour_is_never_started_twice(session: Session) -> None:
    assert session.start_live() is session.start_live()
    assert session.start_live().stopped == 0  # type: ignore[attr-defined]


def test_both_hours_may_run_and_know_their_occasion(session: Session) -> None:
    session.start_live()
    session.start_rehearsal()
    for occasion in (Occasion.LIVE, Occasion.REHEARSAL):
        hour = session.hour(occasion)
        assert hour is not None
        assert hour.occasion is occasion  # type: ignore[attr-defined]
    session.stop_hours()
    assert all(session.hour(occasion) is None for occasion in Occasion)


def test_an_hour_starts_from_the_chat_as_it_is_now(session: Session) -> None:
    session.editor.edit(replace(CHAT, topic="Santé"))
    assert session.start_live().chat.topic == "Santé"  # type: ignore[attr-defined]


# --- edits while the hour is open -------------------------------------------------------------


def live(session: Session) -> FakeHour:
    hour = session.start_live()
    assert isinstance(hour, FakeHour)
    return hour


def test_without_an_hour_there_is_nothing_to_follow(session: Session) -> None:
    session.editor.edit(replace(CHAT, topic="A"))
    session.start_rehearsal()
    assert session.follow_edits()


def test_an_edit_is_followed_by_the_hour_that_is_open(session: Session) -> None:
    hour = live(session)
    edited = replace(CHAT, topic="Mariage des enfants")
    session.editor.edit(edited)
    assert session.follow_edits(at_once=True)
    assert hour.followed == [(edited, True)]


@pytest.mark.parametrize(
    "changes",
    [
        {"starts_at": NOW},
        {"minutes": 90},
        {"time_zone": "Europe/Paris"},
        {"route": Route.KEYS},
        {"account": "autre"},
        {"hashtag": "Autre"},
        {"language": "en"},
    ],
)
def test_another_day_tag_account_or_way_asks_for_an_hour_opened_anew(
    session: Session, changes: dict[str, object]
) -> None:
    hour = live(session)
    session.editor.edit(replace(CHAT, **changes))  # type: ignore[arg-type]
    assert not session.follow_edits()
    assert hour.followed == []
    session.stop_live()
    assert hour.stopped == 1
    assert live(session) is not hour
    assert session.follow_edits()


@pytest.mark.parametrize(
    ("chat", "can"),
    [
        (replace(CHAT, starts_at=NOW, route=Route.KEYS), True),
        (replace(CHAT, starts_at=NOW, route=Route.ASSISTED), True),
        (replace(CHAT, starts_at=NOW, route=Route.REHEARSAL), False),
        (replace(CHAT, starts_at=NOW, route=None), False),
        (replace(CHAT, starts_at=None, route=Route.KEYS), False),
    ],
)
def test_the_real_hour_needs_a_day_and_a_way(session: Session, chat: Chat, can: bool) -> None:
    session.editor.edit(chat)
    assert session.can_go_live is can


def test_a_copy_of_a_chat_open_elsewhere_starts_only_when_it_is_taken_over(
    autosave: Autosave,
) -> None:
    chat = replace(CHAT, starts_at=NOW, route=Route.ASSISTED, live_elsewhere=NOW)
    session = Session(chat, autosave, FakeHour, plan)  # type: ignore[arg-type]
    assert not session.can_go_live
    with pytest.raises(ValueError, match="elsewhere"):
        session.start_live()
    assert not session.is_live
    hour = session.take_over()
    assert session.is_live
    # It may not have begun: closed now, it would have to be taken over again.
    assert not session.can_go_live
    assert session.start_live() is session.take_over() is hour
    session.taken_over()
    assert session.can_go_live
    assert session.editor.chat.live_elsewhere is None
    assert session.start_live() is hour


def test_no_undo_gives_a_chat_back_that_was_taken_over(autosave: Autosave) -> None:
    chat = replace(CHAT, starts_at=NOW, route=Route.ASSISTED, live_elsewhere=NOW)
    session = Session(chat, autosave, FakeHour, plan)  # type: ignore[arg-type]
    session.editor.edit(replace(chat, topic="Before"))
    session.take_over()
    session.taken_over()
    session.editor.edit(replace(session.editor.chat, topic="After"))
    for _step in range(3):
        session.editor.undo()
        assert session.can_go_live
    session.editor.redo()
    assert session.can_go_live


# --- announcements that leave by themselves ---------------------------------------------------


class FakeAnnouncer:
    def __init__(self, chat: Chat) -> None:
        self.followed = [chat]
        self.stopped = False

    def follow(self, chat: Chat) -> None:
        self.followed.append(chat)

    def stop(self) -> bool:
        self.stopped = True
        return True


def test_an_announcer_is_made_once_something_is_to_leave_by_itself(autosave: Autosave) -> None:
    made: list[FakeAnnouncer] = []

    def make(chat: Chat) -> FakeAnnouncer:
        made.append(FakeAnnouncer(chat))
        return made[-1]

    by_keys = Announcement("a", by_keys=True)
    chat = replace(CHAT, route=Route.KEYS, announcements=(Announcement("a"),))
    session = Session(chat, autosave, FakeHour, lambda _chat: (), make_announcer=make)
    session.announce()
    assert made == []
    session.editor.edit(replace(chat, announcements=(by_keys,)))
    session.editor.edit(chat)
    (announcer,) = made
    assert announcer.followed[-1] == chat, "it hears that nothing is to leave any more"
    session.stop_hours()
    assert announcer.stopped
    session.editor.edit(replace(chat, announcements=(by_keys,)))
    assert len(made) == 1, "nothing leaves while the chats are moved, or the chat is closed"
    session.announce()
    assert len(made) == 2
    session.stop_hours()


def test_what_left_by_itself_is_noted_and_never_undone(autosave: Autosave) -> None:
    by_keys = Announcement("a", by_keys=True)
    chat = replace(CHAT, route=Route.KEYS, announcements=(by_keys, Announcement("b")))
    session = Session(chat, autosave, FakeHour, lambda _chat: ())
    session.editor.edit(replace(chat, topic="Agir"))
    row = planned("x", slot="a", state=PostState.SENT)
    session.note_announced((row, planned("y", slot="gone", state=PostState.SENT)))
    assert session.editor.chat.announced == ("a",)
    session.editor.undo()
    assert session.editor.chat.announced == ("a",)
    assert is_out(session.editor.chat, by_keys)


def test_the_tag_with_which_an_announcement_left_is_noted_once(autosave: Autosave) -> None:
    by_keys = Announcement("a", by_keys=True)
    chat = replace(CHAT, hashtag="Ancien", announcements=(by_keys,))
    session = Session(chat, autosave, FakeHour, lambda _chat: ())
    row = planned("Venez ! #ancien", slot="a", state=PostState.SENT)
    session.note_announced((row,))
    assert session.editor.chat.announced_tags == (("a", "Ancien"),)
    session.editor.edit(replace(session.editor.chat, hashtag="Nouveau"))
    session.note_announced((row,))
    assert session.editor.chat.announced_tags == (("a", "Ancien"),), "as it left"
