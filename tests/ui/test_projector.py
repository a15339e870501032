"""The window for the projector: opened from the hour, large, and with nothing private in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.conversation import Mark, Marking
from tchat_desktop.domain.projected import (
    ProjectedQuestion,
    Quote,
    projected_time,
)
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.events import OutboxChanged, PostMarked, PostRemoved, PostsArrived
from tchat_desktop.ui.pages.hour.fit_text import FitText
from tchat_desktop.ui.pages.hour.projecting import Projecting
from tchat_desktop.ui.pages.hour.projector import Projected, Projector
from tests.ui.pages.fake_hours import START, full_chat, participant
from tests.ui.running import Person, running

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
LIVE = Occasion.LIVE
LONG = "Dans notre village, ce sont les grands-mères qui décident, et nous les écoutons. " * 3


@pytest.fixture
def projector(qtbot: QtBot) -> Projector:
    window = Projector()
    qtbot.addWidget(window)
    return window


def projected(question: str = "Qui a changé d’avis ?", *texts: str) -> Projected:
    chat = full_chat()
    return Projected(
        chat,
        projected_time(chat, START + timedelta(minutes=17)),
        ProjectedQuestion(2, question),
        ProjectedQuestion(3, "Et après ?"),
        tuple(Quote("Fatou", one) for one in texts),
    )


@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768), (1024, 768), (800, 600)])
def test_everything_fits_whatever_the_screen(projector: Projector, size: tuple[int, int]) -> None:
    projector.resize(*size)
    projector.show_hour(projected(LONG, LONG, LONG, LONG))
    projector.show()
    QApplication.processEvents()
    shown = [one for one in projector.findChildren(FitText) if one.isVisible() and one.whole]
    assert len(shown) >= 8
    for text in shown:
        taken = text.fontMetrics().boundingRect(
            0, 0, text.width(), 100_000, int(Qt.TextFlag.TextWordWrap), text.text()
        )
        assert taken.height() <= text.height(), text.whole
        assert projector.rect().contains(text.geometry().translated(0, 0).topLeft())
    assert projector.question.whole == LONG
    assert not projector.question.text().endswith("…")


def test_a_short_question_is_larger_than_a_long_one(projector: Projector) -> None:
    projector.resize(1920, 1080)
    projector.show_hour(projected(LONG))
    projector.show()
    QApplication.processEvents()
    long = projector.question.pixels
    projector.show_hour(projected("Et après ?"))
    assert projector.question.pixels > long >= 40


def test_words_of_the_public_are_no_markup(projector: Projector) -> None:
    projector.show_hour(projected("<b>Q</b>", "<img src=x>"))
    assert projector.question.textFormat() is Qt.TextFormat.PlainText
    assert projector.quotes[0].words.textFormat() is Qt.TextFormat.PlainText


def test_arabic_begins_at_the_right(projector: Projector) -> None:
    projector.show_hour(projected("كيف يمكننا حماية الفتيات؟", "R3 نتحدث مع الآباء أولاً"))
    assert projector.question.text().startswith("\u200f")
    assert projector.quotes[0].words.text().startswith("\u200f")
    assert projector.quotes[0].words.accessibleName() == "R3 نتحدث مع الآباء أولاً"
    assert not projector.quotes[0].author.text().startswith("\u200f")


def test_the_next_question_is_shown_on_demand(projector: Projector) -> None:
    projector.show_hour(projected())
    assert "Et après ?" in projector.to_come.whole
    projector.shows_next.click()
    assert projector.to_come.whole == ""
    projector.show_hour(projected())
    assert projector.to_come.whole == ""


def test_the_keys_fill_the_screen_and_give_it_back(qtbot: QtBot, projector: Projector) -> None:
    projector.show()
    projector.activateWindow()
    qtbot.waitUntil(projector.isActiveWindow)
    QTest.keyClick(projector, Qt.Key.Key_F11)
    qtbot.waitUntil(projector.isFullScreen)
    assert projector.buttons.isHidden()
    QTest.keyClick(projector, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not projector.isFullScreen())
    assert not projector.buttons.isHidden()


def test_every_button_has_its_name_and_the_room_may_be_dark(projector: Projector) -> None:
    names = [one.accessibleName() for one in projector.findChildren(QPushButton)]
    assert all(names)
    assert len(set(names)) == len(names)
    before = projector.styleSheet()
    projector.is_dark.click()
    assert projector.styleSheet() != before
    projector.is_dark.click()
    assert projector.styleSheet() == before


# --- in the app ----------------------------------------------------------------------------------


@pytest.fixture
def me(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    with running(qapp, tmp_path) as app:
        me = Person(app, qtbot)
        me.open_example()
        editor = me.session.editor
        starts_at = datetime.now(UTC) - timedelta(minutes=17)
        editor.edit(replace(editor.chat, route=Route.ASSISTED, starts_at=starts_at))
        me.workspace.open_step(StepId.HOUR)
        yield me


def projecting(me: Person) -> Projecting:
    offers = {one.words: one.act for one in me.window.bar.offers()}
    offers["Ouvrir pour le vidéoprojecteur"]()
    return me.app.projecting()


def shown_quotes(opened: Projecting) -> list[str]:
    assert opened.window is not None
    return [one.words.whole for one in opened.window.quotes if not one.isHidden()]


def test_highlights_come_and_go_with_their_marks(me: Person) -> None:
    opened = projecting(me)
    assert opened.window is not None
    assert opened.window.isVisible()
    chat_id, bridge = me.session.editor.chat.id, me.app.bridge
    feed = participant(1, "R1 Les mères en parlent au puits.", datetime.now(UTC), "fatou_ex")
    bridge.posts_arrived.emit(PostsArrived(chat_id, LIVE, (feed,)))
    bridge.posts_arrived.emit(PostsArrived(chat_id, Occasion.REHEARSAL, (feed,)))
    opened._choose()
    assert shown_quotes(opened) == []
    bridge.post_marked.emit(PostMarked(chat_id, LIVE, Marking(feed.post.id, Mark.STARRED, True)))
    assert shown_quotes(opened) == [feed.post.text]
    bridge.post_marked.emit(PostMarked(chat_id, LIVE, Marking(feed.post.id, Mark.HIDDEN, True)))
    assert shown_quotes(opened) == []
    bridge.post_marked.emit(PostMarked(chat_id, LIVE, Marking(feed.post.id, Mark.HIDDEN, False)))
    bridge.post_removed.emit(PostRemoved(chat_id, LIVE, feed.post.id))
    assert shown_quotes(opened) == []


def test_the_question_follows_the_hour(me: Person) -> None:
    me.session.start_live()
    told: list[OutboxChanged] = []
    me.app.bridge.outbox_changed.connect(told.append)
    me.wait(lambda: [one for one in told if one.occasion is LIVE])
    opened = projecting(me)
    me.wait(lambda: opened._rows)
    assert opened.window is not None
    assert opened.window.question.whole


def test_the_window_outlives_a_change_of_language_but_not_the_chat(me: Person) -> None:
    opened = projecting(me)
    window = opened.window
    me.app._on_language_chosen("en")
    assert opened.window is window
    opened._show()
    assert window is not None
    assert "minutes left" in window.left.whole
    me.window.go_home()
    assert opened.window is None
