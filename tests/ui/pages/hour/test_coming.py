"""All that is to come in one list: its buttons, what they would change, and its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QWidget

from tchat_desktop.domain.course import coming
from tchat_desktop.domain.outgoing import PostKind, PostState
from tchat_desktop.ui.pages.shared.hour_words import hour_of
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.wording.i18n import _
from tests.ui.pages.fake_hours import FakeHour, participant
from tests.ui.pages.hour.conftest import Cockpit, settle
from tests.ui.pages.hour.test_cockpit import buttons, said

Make = Callable[..., Cockpit]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def button(cockpit: Cockpit, slot: str, what: str) -> Button:
    """A button of the row of a post: "send", "later", "keep" or "edit"."""
    assert isinstance(cockpit.hour, FakeHour)
    found = getattr(cockpit.board.coming._shown[cockpit.hour.row(slot).id], f"_{what}")
    assert isinstance(found, Button)
    return found


def at(cockpit: Cockpit, widget: QWidget, kind: QEvent.Type) -> None:
    """Have the keyboard come to a button, or leave it."""
    QApplication.sendEvent(widget, QFocusEvent(kind, Qt.FocusReason.TabFocusReason))


def test_every_post_to_come_stands_in_the_list_with_its_minute(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    rows = cockpit.board.coming._rows.rows
    names = [one.accessibleName() for one in rows]
    wanted = coming(hour.rows)
    assert len(names) == len(wanted) > 4
    for name, post in zip(names, wanted, strict=True):
        assert name.startswith(hour_of(post.due_at, hour.chat))


def test_each_button_does_what_it_says(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    q4 = hour.row("q:q4").id
    button(cockpit, "q:q4", "later").click()
    button(cockpit, "q:q4", "keep").click()
    button(cockpit, "q:q4", "send").click()
    assert hour.asked == [("postpone", q4, 5), ("skip", q4), ("send_now", q4)]


def test_what_a_button_would_change_is_told_before(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    later = button(cockpit, "q:q4", "later")
    at(cockpit, later, QEvent.Type.FocusIn)
    for slot in ("q:q4", "thanks"):
        assert hour_of(hour.row(slot).due_at + timedelta(minutes=5), hour.chat) in (
            cockpit.board.coming.told
        )
    assert later.accessibleDescription()
    assert hour.asked == []
    at(cockpit, later, QEvent.Type.FocusOut)
    assert hour_of(hour.row("thanks").due_at, hour.chat) not in cockpit.board.coming.told
    at(cockpit, button(cockpit, "q:q4", "keep"), QEvent.Type.FocusIn)
    assert _("In reserve: {posts}.").format(posts="Q4") in cockpit.board.coming.told


def test_a_text_is_changed_in_the_one_editor_and_its_post_held(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    q4 = hour.row("q:q4")
    button(cockpit, "q:q4", "edit").click()
    settle()
    assert q4.id in hour.held
    assert cockpit.board.next.changing.edit.toPlainText() == q4.text
    assert not button(cockpit, "q:q4", "send").isEnabled()
    cockpit.board.next.changing.edit.setPlainText("Autre texte")
    # Another one does not take the place of what is being written.
    button(cockpit, "q:q5", "edit").click()
    settle()
    assert cockpit.board.next.changing.edit.toPlainText() == "Autre texte"
    assert hour.row("q:q5").id not in hour.held


def test_what_left_keeps_its_place_under_the_mouse(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    card = cockpit.board.coming
    keep = button(cockpit, "q:q4", "keep")
    place = keep.mapTo(card, QPoint(0, 0))
    count = len(card._rows.rows)
    card.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
    hour.at_minute(23)
    settle()
    assert hour.row("q:q3").state is PostState.SENT
    assert keep.mapTo(card, QPoint(0, 0)) == place
    assert not button(cockpit, "q:q3", "send").isEnabled()
    card.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    cockpit.board.show_now()
    settle()
    assert len(card._rows.rows) < count


def test_on_hold_nothing_can_be_published_and_after_the_end_nothing_is_listed(
    make_cockpit: Make,
) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    hour.paused = True
    hour.say_rows()
    settle()
    assert not button(cockpit, "q:q4", "send").isEnabled()
    assert button(cockpit, "q:q4", "keep").isEnabled()
    hour.say_ended()
    settle()
    assert not cockpit.board.coming._rows.rows


def test_the_dial_shows_what_the_words_say(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start(minute=30)
    dial = cockpit.board._time.dial
    assert dial.gone == 0.5
    asked = sum(one.kind is PostKind.QUESTION and one.state is PostState.SENT for one in hour.rows)
    assert sum(dot.asked for dot in dial.dots) == asked > 0
    words = said(cockpit.board._time)
    assert _("{count} min of {whole} gone").format(count=30, whole=60) in words
    assert str(asked) in words
    assert _("{count} min of {whole} gone").format(count=30, whole=60) in (
        dial.accessibleDescription()
    )


@pytest.mark.parametrize(("answers", "taken"), [(6, "Wait 5 min"), (0, "5 min more")])
def test_many_answers_or_few_let_the_next_question_wait(
    make_cockpit: Make, answers: int, taken: str
) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start(minute=20.2)
    written = hour.clock.at - timedelta(seconds=40)
    hour.say_posts(
        *(
            participant(one, f"R2 Oui {one}", written, f"p{one}", question_id="q2")
            for one in range(answers)
        )
    )
    settle()
    cockpit.board.show_now()
    card = cockpit.board.catching_up.times
    assert _(taken) in buttons(card)
    later = hour_of(hour.row("q:q3").due_at + timedelta(minutes=5), hour.chat)
    assert later in said(card)
