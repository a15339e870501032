"""The chat is not closed by a hurried hand while its posts are about to leave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Announcement, Channel, Occasion, Route, ThreadPost
from tchat_desktop.domain.outgoing import PostState, Reason
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.thread_rows import thread_followed
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.events import OutboxChanged
from tchat_desktop.services.ports import ChatFile, StoreError
from tchat_desktop.services.session import Session
from tchat_desktop.ui import dialogs
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.hour.page import CockpitPage
from tchat_desktop.ui.shell.close_guard import LiveGuard
from tchat_desktop.wording.i18n import _
from tests.fakes.network import NETWORK
from tests.ui.pages.fake_hours import START, FakeHour, full_chat
from tests.ui.running import Person, running

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def me(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    with running(qapp, tmp_path) as app:
        me = Person(app, qtbot)
        me.open_example()
        yield me


def open_hour(me: Person, before: timedelta) -> None:
    """The hour is open, and begins after `before`."""
    told: list[OutboxChanged] = []
    me.app.bridge.outbox_changed.connect(told.append)
    editor = me.session.editor
    starts_at = datetime.now(UTC) + before
    editor.edit(replace(editor.chat, route=Route.ASSISTED, starts_at=starts_at))
    me.workspace.open_step(StepId.HOUR)
    if before < timedelta(hours=1):
        me.press("Ouvrir le tchat")
    else:
        me.session.start_live()
    me.wait(lambda: told)


class Asked:
    """Answers the question that is asked, and counts how often it was."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.leaves = False
        self.times = 0
        self.soon = self.thread = False
        self.typed: Sequence[str] = ()
        monkeypatch.setattr(dialogs, "confirms_leaving", self)

    def __call__(
        self, _parent: object, soon: bool, typed: Sequence[str], thread: bool = False
    ) -> bool:
        self.times += 1
        self.soon, self.typed, self.thread = soon, typed, thread
        return self.leaves


def test_closing_asks_while_posts_are_about_to_leave(
    me: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(monkeypatch)
    open_hour(me, timedelta(minutes=30))
    me.wait(lambda: any("Laissez cette fenêtre ouverte" in one for one in me.words()))
    assert not me.window.close()
    assert me.window.isVisible()
    assert me.session.is_live
    me.window.go_home()
    assert me.session.hour(Occasion.LIVE) is not None
    # Another chat does not push it aside either.
    me.window.open_chat(replace(me.session.editor.chat, id="other"))
    assert me.session.editor.chat.id != "other"
    assert asked.times == 3
    asked.leaves = True
    me.window.go_home()
    me.wait(lambda: "Nouveau tchat" in me.buttons())
    assert me.window.session is None
    assert me.window.close()
    assert asked.times == 4


def test_closing_asks_while_the_thread_is_leaving_and_says_where_it_stands_next_time(
    me: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(monkeypatch)
    posts = tuple(ThreadPost(f"post-{n}", f"Texte {n}") for n in (1, 2, 3))
    me.session.editor.edit(replace(me.session.editor.chat, thread=posts))
    chat = me.session.editor.chat
    now = datetime.now(UTC)
    first, *rest = thread_followed(chat, (), Route.KEYS, now, NETWORK).added
    rows = (replace(first, state=PostState.SENT, remote_id="7"), *rest)

    def told(paused: bool) -> None:
        me.app.bridge.report(OutboxChanged(chat.id, Occasion.THREAD, rows, paused=paused))

    told(paused=False)
    me.wait(lambda: me.session.editor.chat.thread_out == (("post-1", "7"),))
    assert not me.window.close()
    assert (asked.soon, asked.thread) == (False, True)
    asked.leaves = True
    chat = me.session.editor.chat
    me.window.go_home()
    me.wait(lambda: me.window.session is None)
    assert me.window.open_chat(chat)
    assert "1 message sur 3" in me.notice()
    # It leads to this chat, and is said of no other.
    me.window.go_home()
    me.wait(lambda: me.window.session is None)
    assert me.window.notice.isHidden()
    times = asked.times
    assert me.window.open_chat(chat)
    me.press("Continuer le fil")
    assert me.workspace.step is StepId.RECAP
    # On hold it stays where it is: nobody has to be asked.
    told(paused=True)
    me.wait(
        lambda: me.app.window._guard._thread is not None and me.app.window._guard._thread.paused
    )
    assert me.window.close()
    assert asked.times == times


def test_what_is_typed_is_not_lost_without_a_word(
    me: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(monkeypatch)
    open_hour(me, timedelta(minutes=30))
    page = me.workspace.page(StepId.HOUR)
    assert isinstance(page, CockpitPage)
    board = page.board
    assert board is not None
    assert not me.window.close()
    assert (asked.soon, list(asked.typed)) == (True, [])
    board.feed.reply.drafts["1"] = "Bonjour Awa"
    board.feed.add.open_panel()
    board.feed.add._link.setText("https://x.com/")
    assert not me.window.close()
    # It is on disk: nothing is lost, and nothing is asked about.
    assert list(asked.typed) == []
    unsent = me.app.data().unsent
    me.wait(lambda: "reply:1" in unsent.texts(me.session.editor.chat.id))

    # Unless the disk takes nothing.
    def refuse(*_: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(unsent, "keep", refuse)
    board.feed.reply.drafts["1"] = "Bonjour Awa, merci"
    me.wait(lambda: page._unsent.refused)
    assert not me.window.close()
    assert list(asked.typed) == ["1 réponse", "un message à ajouter"]
    board.feed.reply.drafts.clear()
    board.feed.add._on_close()
    monkeypatch.undo()
    asked = Asked(monkeypatch)
    me.window.go_home()
    assert (asked.soon, list(asked.typed)) == (True, [])


def test_a_text_typed_on_another_page_is_asked_about_and_named(
    me: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(monkeypatch)
    me.workspace.page(StepId.THANKS).take_up({("awa_ndiaye", False): "Merci à vous"})
    assert not me.window.close()
    assert not asked.soon
    assert list(asked.typed) == ["un texte de l’étape «\u202fRemercier\u202f»"]
    asked.leaves = True
    assert me.window.close()


def test_the_question_names_what_is_typed(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    said: list[str] = []

    def read(_parent: QWidget, _question: str, explained: str, **_buttons: str) -> bool:
        said.append(explained)
        return False

    monkeypatch.setattr(dialogs, "_confirms", read)
    assert not dialogs.confirms_leaving(window, True, ["la réponse d’un·e invité·e"])
    assert not dialogs.confirms_leaving(window, False, ["1 réponse"])
    assert not dialogs.confirms_leaving(window, True, [])
    assert ["perdu" in one for one in said] == [True, True, False]
    assert ["la réponse d’un·e" in one for one in said] == [True, False, False]
    assert not any("Rien n’est perdu" in one for one in said)


@pytest.mark.parametrize("why", ["", "refused", "connected again", "too dear", "by the page"])
def test_what_keys_will_not_take_is_not_counted_down(qtbot: QtBot, why: str) -> None:
    bridge, window = Bridge(), QWidget()
    qtbot.addWidget(window)
    hour = FakeHour(full_chat(Route.KEYS), Occasion.LIVE, bridge.report)
    connected_at = START + timedelta(hours=1) if why == "connected again" else None
    guard = LiveGuard(bridge, hour.clock, window, lambda: connected_at, lambda: NETWORK)
    limit = 0 if why == "too dear" else 10_000
    editor = ChatEditor(replace(hour.chat, spending_limit_cents=limit))
    session = cast(Session, SimpleNamespace(is_live=True, editor=editor))
    first, second = hour.rows[0], hour.rows[1]
    if why in ("refused", "connected again", "by the page"):
        hour.becomes(first.slot, PostState.FAILED, reason=Reason.KEYS_REFUSED)
    else:
        hour.becomes(first.slot, PostState.SENT)
    if why == "by the page":
        hour.becomes(second.slot, PostState.PLANNED, route=Route.ASSISTED)
    hour.clock.at = second.due_at - timedelta(seconds=30)
    hour.say_rows()
    QApplication.processEvents()
    counted = guard.leaves_next(session, timedelta(minutes=2))
    assert (counted is None) == (why in ("refused", "too dear"))
    assert bridge.stop()


def test_a_file_that_was_not_opened_is_not_said_to_be(
    me: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(monkeypatch)
    open_hour(me, timedelta(minutes=30))
    file = ChatFile(replace(me.session.editor.chat, id="other"), left_out=("consumer_key",))
    me.window._errands._on_imported(file)
    assert asked.times == 1
    assert me.notice() == ""
    asked.leaves = True
    me.window._errands._on_imported(file)
    assert _("what this version of the app does not know") in me.notice()


def test_closing_days_before_or_without_an_hour_does_not_ask(
    me: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(monkeypatch)
    me.window.go_home()
    me.wait(lambda: me.window.session is None)
    me.open_example()
    open_hour(me, timedelta(days=3))
    open_here = _("The chat is open here: leave this window open.")
    assert any(open_here in one for one in me.words())
    assert me.window.close()
    assert asked.times == 0


def test_the_question_says_what_happens_and_escape_stays(me: Person, qtbot: QtBot) -> None:
    open_hour(me, timedelta(minutes=30))
    seen: list[QMessageBox] = []

    def read() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.append(box)
        assert "plus aucun ne part" in box.informativeText()
        names = {one.text() for one in box.findChildren(QPushButton)}
        assert names == {"Fermer quand même", "Rester"}
        box.reject()

    me.app.bridge.run(me.window, lambda: None, lambda _none: read(), lambda _error: None)
    assert not me.window.close()
    assert seen
    assert me.session.is_live


def test_closing_asks_while_an_announcement_leaves_by_itself(
    me: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(monkeypatch)
    last = Announcement("last", Channel.X, 60, by_keys=True)
    editor = me.session.editor
    starts_at = datetime.now(UTC) + timedelta(minutes=90)
    told: list[OutboxChanged] = []
    me.app.bridge.outbox_changed.connect(told.append)
    chat = replace(editor.chat, route=Route.KEYS, starts_at=starts_at, announcements=(last,))
    editor.edit(chat)
    me.wait(lambda: any(event.occasion is Occasion.PROMOTION and event.rows for event in told))
    assert not me.window.close()
    assert (asked.times, asked.soon) == (1, True)
    editor.edit(replace(chat, announcements=(replace(last, by_keys=False),)))
    me.wait(lambda: told[-1].rows and told[-1].rows[0].state is PostState.SKIPPED)
    assert me.window.close()
    assert asked.times == 1
