"""While the hour is open, the bar counts the next post down, and undo is about the times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.events import OutboxChanged
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.ui.shell import top_bar
from tchat_desktop.wording.i18n import _
from tests.ui.running import Person, running

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def me(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    with running(qapp, tmp_path) as app:
        me = Person(app, qtbot)
        me.open_example()
        yield me


def open_hour(me: Person, before: timedelta) -> list[OutboxChanged]:
    """The hour is open, and its first post leaves after `before`."""
    told: list[OutboxChanged] = []
    me.app.bridge.outbox_changed.connect(told.append)
    editor = me.session.editor
    starts_at = datetime.now(UTC) + before
    editor.edit(replace(editor.chat, route=Route.ASSISTED, starts_at=starts_at))
    me.session.start_live()
    me.wait(lambda: told)
    return told


def test_the_other_pages_count_the_next_post_down(
    me: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(top_bar, "announce", lambda _widget, words: said.append(words))
    me.workspace.open_step(StepId.RUN_SHEET)
    told = open_hour(me, timedelta(seconds=110))
    name = _("{post} leaves soon: to the chat").format(post=_("Word of welcome"))
    me.wait(lambda: name in me.buttons())
    first = me.buttons()[name].text()
    me.wait(lambda: me.buttons()[name].text() != first)
    assert len(said) == 1
    # On hold, nothing leaves.
    hour = me.session.hour(Occasion.LIVE)
    assert hour is not None
    hour.do(Outbox.pause)
    me.wait(lambda: told[-1].paused and name not in me.buttons())
    hour.do(Outbox.resume)
    me.press(name)
    assert me.workspace.step is StepId.HOUR
    assert name not in me.buttons()


def test_where_the_bar_is_narrow_only_the_time_is_shown(me: Person) -> None:
    bar = me.window.bar
    bar.show_next("Word of welcome leaves in 0:29", "0:29", "Word of welcome leaves soon")
    wide = bar._next.sizeHint().width()
    bar.resize(400, bar.height())
    bar.show_next("Word of welcome leaves in 0:29", "0:29", "Word of welcome leaves soon")
    assert bar._next.text() == "0:29"
    assert bar._next.sizeHint().width() < wide
    assert bar._next.accessibleName() == "Word of welcome leaves soon"


def test_far_from_the_next_post_nothing_is_counted(me: Person) -> None:
    me.workspace.open_step(StepId.RUN_SHEET)
    open_hour(me, timedelta(minutes=20))
    me.window.on_air.show()
    assert me.window.bar._next.isHidden()


def test_on_the_page_of_the_hour_undo_is_about_the_hour_and_says_what_it_undid(
    me: Person,
) -> None:
    told = open_hour(me, timedelta(minutes=20))
    me.window.resize(1366, 768)
    me.workspace.open_step(StepId.HOUR)
    bar, chat, toast = me.window.bar, me.session.editor.chat, me.window._toast
    assert me.session.editor.can_undo
    # Nothing of the preparation is undone instead.
    me.wait(lambda: bar._in_hour)
    bar.undo.click()
    nothing = _(
        "There is nothing to undo in the chat. What you prepared is undone on its own pages."
    )
    me.wait(lambda: toast.text == nothing)
    assert me.session.editor.chat == chat
    hour = me.session.hour(Occasion.LIVE)
    assert hour is not None
    before = [row.due_at for row in told[-1].rows]
    hour.do(Outbox.postpone, told[-1].rows[0].id, 5)
    me.wait(lambda: told[-1].can_undo)
    bar.undo.click()
    me.wait(lambda: [row.due_at for row in told[-1].rows] == before)
    what = _("the delay of {post} and what follows by {count} min").format(
        post=_("“{text}”").format(text=_("Word of welcome")), count=5
    )
    me.wait(lambda: toast.text == _("Undone: {what}.").format(what=what))
    covered = toast.geometry()
    for button in me.window.centralWidget().findChildren(QAbstractButton):
        seen = button.visibleRegion().boundingRect()
        at = button.mapTo(me.window.centralWidget(), QPoint(0, 0))
        assert seen.isEmpty() or not covered.intersects(seen.translated(at)), button.text()
    assert me.session.editor.chat == chat
    me.workspace.open_step(StepId.RUN_SHEET)
    assert bar.undo.isEnabled()
