"""Nothing is confirmed by an Enter, or a paste, that was meant for another message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from tchat_desktop.domain.by_hand import LinkProblem
from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.domain.x.post_ids import FIRST_INSTANT
from tchat_desktop.ui.pages.hour.now_card import NowCard
from tchat_desktop.ui.pages.shared.link_words import link_words
from tchat_desktop.ui.widgets.steady_button import SETTLED, UNHURRIED, SteadyButton
from tchat_desktop.wording.i18n import _
from tests.ui.pages.fake_hours import FakeHour, full_chat, participant
from tests.ui.pages.hour.conftest import LONG_ENOUGH, Cockpit, Seconds, settle

Make = Callable[..., Cockpit]
SLOTS = ("q:q1", "q:q2", "q:q3")
ENTER = Qt.Key.Key_Return


def link_at(instant: datetime) -> str:
    number = (instant - FIRST_INSTANT) // timedelta(milliseconds=1) << 22
    return f"https://x.com/voixdesfilles/status/{number}"


class Volunteer:
    """Three pages are open in the browser; each confirmation is carried out, as by a real hour."""

    def __init__(self, cockpit: Cockpit, seconds: Seconds) -> None:
        self.hour: FakeHour = cockpit.start(minute=40)
        self.cockpit = cockpit
        self.seconds = seconds
        self.confirmed: list[tuple[str, str]] = []
        for slot in SLOTS:
            self.hour.becomes(slot, PostState.HANDED_OVER, page="https://x.com/intent/tweet")
        cockpit.page.activateWindow()
        self.hour.say_posts(participant(1, "Comment faire ?", self.hour.clock.at))
        self.hour.say_rows()
        settle()
        seconds.runs = False
        self.wait()
        self.card.take_focus()

    @property
    def card(self) -> NowCard:
        return self.cockpit.board.now

    def wait(self, seconds: float = LONG_ENOUGH) -> None:
        self.seconds.at += seconds

    def link(self, slot: str) -> str:
        return link_at(self.hour.row(slot).due_at + timedelta(seconds=20))

    def key(self, key: Qt.Key) -> None:
        """Press a key where the keyboard is, and let the hour do what was asked."""
        at = QApplication.focusWidget()
        assert at is not None
        QTest.keyClick(at, key)
        self.carry_out()

    def paste(self, text: str) -> None:
        at = QApplication.focusWidget()
        if isinstance(at, QLineEdit | QPlainTextEdit):
            QApplication.clipboard().setText(text)
            at.paste()
        self.carry_out()

    def carry_out(self) -> None:
        settle()
        for one in self.hour.asked:
            assert one[0] == "confirm_sent"
            slot = next(row.slot for row in self.hour.rows if row.id == one[1])
            self.confirmed.append((slot, str(one[2])))
            self.hour.becomes(slot, PostState.SENT)
        if self.hour.asked:
            self.hour.asked.clear()
            self.hour.say_rows()
        settle()


@pytest.fixture
def me(make_cockpit: Make, seconds: Seconds) -> Volunteer:
    return Volunteer(make_cockpit(full_chat(Route.ASSISTED)), seconds)


@pytest.mark.parametrize("pause", [0.0, 0.3, SETTLED, 3.0])
@pytest.mark.parametrize("enters", [1, 2, 3])
def test_a_link_and_enter_confirm_one_message(me: Volunteer, pause: float, enters: int) -> None:
    me.paste(me.link("q:q1"))
    for _press in range(enters):
        me.wait(pause)
        me.key(ENTER)
    assert me.confirmed == [("q:q1", me.link("q:q1"))]


@pytest.mark.parametrize("pause", [0.0, 0.3, SETTLED, 3.0])
def test_enter_pressed_again_confirms_no_other_message(me: Volunteer, pause: float) -> None:
    me.paste(me.link("q:q1"))
    for key in (ENTER, Qt.Key.Key_Enter, Qt.Key.Key_Space, ENTER):
        me.wait(pause)
        me.key(key)
    assert me.confirmed == [("q:q1", me.link("q:q1"))]


def test_a_link_pasted_twice_is_in_no_other_field(me: Volunteer) -> None:
    me.paste(me.link("q:q1"))
    me.wait()
    me.paste(me.link("q:q1"))
    assert me.confirmed == [("q:q1", me.link("q:q1"))]
    assert me.card._link.text() == ""
    assert me.card.hasFocus()


def test_after_the_last_one_the_keyboard_is_in_nobody_elses_field(me: Volunteer) -> None:
    for slot in SLOTS:
        me.wait()
        me.card.take_focus()
        me.card._link.setText(me.link(slot))
        me.key(ENTER)
    assert [slot for slot, _link in me.confirmed] == list(SLOTS)
    assert me.card.hasFocus()
    assert me.card.accessibleName()


def test_three_messages_are_confirmed_each_by_its_own_link(me: Volunteer) -> None:
    for slot in SLOTS:
        me.wait()
        # Back from the browser.
        QApplication.sendEvent(me.card, QEvent(QEvent.Type.ActivationChange))
        me.paste(me.link(slot))
    assert me.confirmed == [(slot, me.link(slot)) for slot in SLOTS]


def test_enter_without_a_link_confirms_nothing_and_says_what_does(me: Volunteer) -> None:
    for _press in range(3):
        me.wait(3)
        me.key(ENTER)
    assert me.confirmed == []
    assert me.card._link_field.verdict == _("Click “Yes, it is published”, or paste the link.")
    me.card._yes.click()
    me.carry_out()
    assert me.confirmed == [("q:q1", "")]


def test_enter_counts_once_the_message_was_there_to_read(me: Volunteer) -> None:
    me.paste(me.link("q:q1"))
    me.card.take_focus()
    me.card._link.setText(me.link("q:q2"))
    me.wait(SETTLED / 2)
    me.key(ENTER)
    assert len(me.confirmed) == 1
    me.wait()
    me.key(ENTER)
    assert [slot for slot, _link in me.confirmed] == ["q:q1", "q:q2"]


@pytest.mark.parametrize(
    ("place", "button"),
    [("now", "_yes"), ("now", "_later"), ("now", "_drop"), ("check", "_yes"), ("check", "_drop")],
)
def test_a_second_press_in_the_same_place_is_about_no_other_message(
    me: Volunteer, place: str, button: str
) -> None:
    card = me.card if place == "now" else me.cockpit.board.check
    words = {"_yes": _("Yes, it is published"), "_drop": _("Drop it"), "_later": _("Not yet")}

    def press() -> None:
        # The uppermost: where one was, the next one comes.
        found = [
            one
            for one in card.findChildren(SteadyButton)
            if one.isVisible() and one.accessibleName().startswith(words[button])
        ]
        first = min(found, key=lambda one: one.mapTo(card, one.rect().topLeft()).y())
        QTest.mouseClick(first, Qt.MouseButton.LeftButton)
        settle()

    def done() -> int:
        # "Not yet" is remembered by the card, the others by the hour.
        return len(me.hour.asked) + len(me.card._put_off)

    def carried_out() -> None:
        slot, *_rest = me.hour.asked[-1:] or [None]
        if slot is not None:
            row = next(one for one in me.hour.rows if one.id == slot[1])
            me.hour.becomes(row.slot, PostState.SENT)
            me.hour.say_rows()
        settle()

    press()
    assert done() == 1
    carried_out()
    me.wait(SETTLED + 0.1)
    press()
    assert done() == 1, "a double press, though a slow one"
    me.wait(UNHURRIED)
    press()
    assert done() == 2


def test_what_is_pasted_too_early_waits_in_the_field(me: Volunteer) -> None:
    me.paste(me.link("q:q1"))
    me.card.take_focus()
    me.paste(me.link("q:q2"))
    assert len(me.confirmed) == 1
    me.wait()
    me.key(ENTER)
    assert me.confirmed[1:] == [("q:q2", me.link("q:q2"))]


def test_an_enter_that_is_held_down_is_one(me: Volunteer) -> None:
    me.card._link.setText("x")
    for repeats in (False, True, True):
        at = QApplication.focusWidget()
        assert at is not None
        no_key = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(
            at, QKeyEvent(QEvent.Type.KeyPress, ENTER, no_key, "\r", autorep=repeats)
        )
        me.card._link.clear()
        me.wait()
        me.carry_out()
    assert me.confirmed == []


def test_a_link_that_may_be_another_ones_is_asked_about_and_not_answered_by_its_enter(
    me: Volunteer,
) -> None:
    """The link of the third, pasted under the first: the Enter of the paste confirms nothing."""
    me.paste(me.link("q:q3"))
    assert me.card._link_field.verdict == link_words(LinkProblem.OF_A_LATER_PAGE, "")
    me.wait(3)
    me.key(ENTER)
    assert me.confirmed == []
    me.key(ENTER)
    assert me.confirmed == [("q:q1", me.link("q:q3"))]


def test_a_refused_link_is_said_again_at_each_press_and_can_be_typed_over(me: Volunteer) -> None:
    wrong = "https://example.org/not-a-message"
    me.paste(wrong)
    for _press in range(2):
        me.wait()
        me.card._link.deselect()
        me.card._yes.setFocus()
        me.card._yes.click()
        me.carry_out()
        assert me.card._link_field.verdict
        assert me.card._link.hasFocus()
        assert me.card._link.selectedText() == wrong
    assert me.confirmed == []
    # The right one takes its place at once, as a link pasted into an empty field does.
    me.wait()
    me.paste(me.link("q:q1"))
    assert me.confirmed == [("q:q1", me.link("q:q1"))]
