"""Who looks elsewhere during the hour is called, once, and sees what is counted down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Invitation, Occasion, Person, Route
from tchat_desktop.domain.conversation import Mark, Marking
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.events import OutboxChanged, PostMarked, PostsArrived
from tchat_desktop.ui.pages.hour.notify_card import NotifyCard
from tchat_desktop.ui.shell.attention import Attention
from tchat_desktop.ui.shell.tray import SystemTray, TraySignals
from tchat_desktop.wording.i18n import _
from tests.ui.pages.fake_hours import participant
from tests.ui.running import Person as User
from tests.ui.running import running

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
LIVE = Occasion.LIVE


class FakeTray:
    """A Tray that remembers."""

    def __init__(self) -> None:
        self.wishes = TraySignals()
        self.tip = ""
        self.shown = self.paused = False
        self.told: list[str] = []

    def show_tip(self, words: str, paused: bool) -> None:
        self.shown, self.tip, self.paused = True, words, paused

    def hide(self) -> None:
        self.shown = False

    def tell(self, _title: str, words: str) -> None:
        self.told.append(words)


@pytest.fixture
def tray() -> FakeTray:
    return FakeTray()


@pytest.fixture
def me(qapp: QApplication, qtbot: QtBot, tmp_path: Path, tray: FakeTray) -> Iterator[User]:
    with running(qapp, tmp_path) as app:
        app.attention._make_tray = lambda _parent: tray
        me = User(app, qtbot)
        me.open_example()
        yield me


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another window is in front."""
    monkeypatch.setattr(Attention, "_is_in_front", False)


@pytest.fixture
def beeps(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    heard: list[int] = []
    monkeypatch.setattr(QApplication, "beep", lambda: heard.append(1))
    return heard


def open_hour(me: User, before: timedelta = timedelta(minutes=5)) -> list[OutboxPost]:
    """The hour is open, and its first post leaves after `before`; returns its rows."""
    told: list[OutboxChanged] = []
    me.app.bridge.outbox_changed.connect(told.append)
    editor = me.session.editor
    guest = Person("g", name="M. Diop", handle="diop_ex", invitation=Invitation.ACCEPTED)
    editor.edit(
        replace(
            editor.chat,
            route=Route.ASSISTED,
            starts_at=datetime.now(UTC) + before,
            people=(*editor.chat.people, guest),
        )
    )
    me.session.start_live()
    me.wait(lambda: [one for one in told if one.occasion is LIVE])
    return list(told[-1].rows)


def tell(me: User, rows: list[OutboxPost], paused: bool = False) -> None:
    chat_id = me.session.editor.chat.id
    me.app.bridge.outbox_changed.emit(OutboxChanged(chat_id, LIVE, tuple(rows), paused))


def with_state(rows: list[OutboxPost], index: int, state: PostState) -> list[OutboxPost]:
    return [replace(row, state=state) if at == index else row for at, row in enumerate(rows)]


def test_the_title_and_the_tray_count_down(me: User, tray: FakeTray) -> None:
    open_hour(me)
    name = _("Word of welcome")
    me.wait(lambda: name in me.window.windowTitle())
    assert me.window.windowTitle().endswith(f" – {name} – Tchat")
    assert tray.shown
    assert tray.tip == me.window.windowTitle()
    me.session.stop_hours()
    me.app.attention.look()
    assert not tray.shown
    assert name not in me.window.windowTitle()


@pytest.mark.usefixtures("elsewhere")
def test_each_thing_calls_once(me: User, tray: FakeTray, beeps: list[int]) -> None:
    rows = open_hour(me)
    due = with_state(rows, 0, PostState.HANDED_OVER)
    for _turn in range(3):
        tell(me, due)
    assert tray.told == [f"{_('Word of welcome')} attend que vous le publiiez."]
    tell(me, with_state(due, 1, PostState.FAILED))
    assert len(tray.told) == 2
    assert beeps == []


def test_who_has_the_window_in_front_is_not_called(
    me: User, tray: FakeTray, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = open_hour(me)
    monkeypatch.setattr(Attention, "_is_in_front", True)
    due = with_state(rows, 0, PostState.HANDED_OVER)
    tell(me, due)
    monkeypatch.setattr(Attention, "_is_in_front", False)
    tell(me, due)
    assert tray.told == []


@pytest.mark.usefixtures("elsewhere")
def test_a_guest_who_does_not_answer(
    me: User, tray: FakeTray, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = open_hour(me)
    chat_id, bridge, clock = me.session.editor.chat.id, me.app.bridge, me.app.clock
    feed = participant(1, "Où trouver de l’aide ?", clock.now())
    bridge.posts_arrived.emit(PostsArrived(chat_id, LIVE, (feed,)))
    given = Marking(feed.post.id, Mark.ASSIGNED, "g")
    bridge.post_marked.emit(PostMarked(chat_id, LIVE, given))
    tell(me, rows)
    assert tray.told == []
    began = clock.now()
    monkeypatch.setattr(clock, "now", lambda: began + timedelta(minutes=5))
    tell(me, rows)
    assert tray.told == ["Une question confiée à M. Diop est sans réponse depuis cinq minutes."]
    assert "aide" not in tray.told[0]


@pytest.mark.usefixtures("elsewhere")
def test_the_card_keeps_what_is_wanted(me: User, tray: FakeTray, beeps: list[int]) -> None:
    rows = open_hour(me)
    me.workspace.open_step(StepId.HOUR)
    me.wait(lambda: me.hour_page().findChildren(NotifyCard))
    [card] = me.hour_page().findChildren(NotifyCard)
    assert card.notify.isChecked()
    assert not card.sound.isChecked()
    card.sound.click()
    tell(me, with_state(rows, 0, PostState.HANDED_OVER))
    assert (len(tray.told), len(beeps)) == (1, 1)
    card.notify.click()
    assert not card.sound.isEnabled()
    tell(me, with_state(rows, 1, PostState.FAILED))
    assert (len(tray.told), len(beeps)) == (1, 1)
    assert me.app.settings.now.notify == "no"


def test_the_tray_holds_everything_and_leads_back(me: User, tray: FakeTray) -> None:
    open_hour(me)
    me.wait(lambda: tray.shown)
    me.workspace.open_step(StepId.QUESTIONS)
    tray.wishes.window_wanted.emit()
    assert me.workspace.step is StepId.HOUR
    tray.wishes.hold_wanted.emit()
    me.wait(lambda: tray.paused)
    assert tray.tip.startswith(_("Everything is on hold."))


def test_without_a_tray_the_title_counts_down(me: User) -> None:
    me.app.attention._make_tray = lambda _parent: None
    open_hour(me)
    me.wait(lambda: _("Word of welcome") in me.window.windowTitle())


@pytest.mark.qt_log_ignore("No such signal QPlatformNativeInterface")
def test_the_tray_of_the_system_is_made(qapp: QApplication, qtbot: QtBot) -> None:
    owner = QObject()
    tray = SystemTray(owner)
    tray.show_tip("2:42 – Q3 – Tchat", paused=True)
    assert not tray._hold.isEnabled()
    with qtbot.waitSignal(tray.wishes.window_wanted):
        tray._menu.actions()[0].trigger()
    tray.hide()
    owner.deleteLater()
