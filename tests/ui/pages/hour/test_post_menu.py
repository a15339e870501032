"""The menu of a post, and the letters that do the same: thank, welcome, give, mark as answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tchat_desktop.domain.conversation import FeedPost, Mark, Marking
from tchat_desktop.ui.pages.hour.feed_keys import feed_keys
from tchat_desktop.ui.pages.hour.post_menu import GiveMenu
from tchat_desktop.wording.i18n import _
from tests.ui.pages.fake_hours import START, participant
from tests.ui.pages.hour.conftest import Cockpit, settle

Make = Callable[..., Cockpit]
Key = Qt.Key
AT = START + timedelta(minutes=17)
SAID = participant(1, "R1 Les tantes en parlent. #UnionsPrécoces", AT)
GRAVE = participant(2, "J’ai 15 ans et on veut me marier cet été.", AT, "lectrice_ex", "Lectrice")
GUEST = participant(3, "R1 La loi dit 18 ans.", AT, "sagefemme_ex", "Sage-femme")

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def cockpit(make_cockpit: Make) -> Cockpit:
    made = make_cockpit()
    made.start().say_posts(SAID, GRAVE, GUEST)
    made.page.activateWindow()
    settle()
    return made


def menu(cockpit: Cockpit, feed: FeedPost = SAID) -> dict[str, QAction]:
    actions = cockpit.board.feed._cards[feed.post.id].menu().actions()
    return {one.text(): one for one in actions if one.text()}


def post(cockpit: Cockpit, feed: FeedPost = SAID) -> FeedPost:
    entry = cockpit.board.feed.model.get(feed.post.id)
    assert entry is not None
    return entry.feed


def press(cockpit: Cockpit, *keys: Qt.Key) -> None:
    cockpit.board.feed.posts.stand_on_first([SAID.post.id])
    settle()
    for key in keys:
        at = QApplication.focusWidget()
        assert at is not None
        QTest.keyClick(at, key)
        settle()


def reply(cockpit: Cockpit) -> str:
    panel = cockpit.board.feed.reply
    return panel._edit.toPlainText() if panel.isVisible() else ""


def thank_by_menu(cockpit: Cockpit) -> None:
    menu(cockpit)[_("Thank")].trigger()
    settle()


def welcome_by_menu(cockpit: Cockpit) -> None:
    menu(cockpit)[_("Welcome")].trigger()
    settle()


@pytest.mark.parametrize("act", [thank_by_menu, lambda one: press(one, Key.Key_1)])
def test_a_thank_you_stands_in_the_reply(cockpit: Cockpit, act: Callable[[Cockpit], None]) -> None:
    act(cockpit)
    assert reply(cockpit) == "Merci @prof_ex\u00a0! #UnionsPrécoces"
    assert cockpit.hour.asked == []


@pytest.mark.parametrize("act", [welcome_by_menu, lambda one: press(one, Key.Key_A)])
def test_a_word_of_welcome_stands_in_the_reply(
    cockpit: Cockpit, act: Callable[[Cockpit], None]
) -> None:
    act(cockpit)
    assert "@prof_ex" in reply(cockpit)
    assert "bienvenue" in reply(cockpit).lower()
    assert "#UnionsPrécoces" in reply(cockpit)
    assert cockpit.hour.asked == []


def test_no_ready_word_is_offered_to_who_confides_something(cockpit: Cockpit) -> None:
    assert not {_("Thank"), _("Welcome")} & menu(cockpit, GRAVE).keys()
    card = cockpit.board.feed._cards[GRAVE.post.id]
    card.welcome()
    card.thank()
    settle()
    assert reply(cockpit) == ""


def test_a_guest_is_thanked_and_not_welcomed(cockpit: Cockpit) -> None:
    offered = menu(cockpit, GUEST)
    assert _("Thank") in offered
    assert _("Welcome") not in offered


def test_where_another_computer_publishes_no_reply_is_offered(cockpit: Cockpit) -> None:
    feed = cockpit.board.feed
    feed.follow()
    later = participant(9, "R1 Oui.", AT + timedelta(seconds=1), "tard_ex")
    cockpit.hour.say_posts(later)
    settle()
    feed.reveal()
    settle()
    assert not {_("Thank"), _("Welcome")} & menu(cockpit, later).keys()
    feed._cards[later.post.id].welcome()
    assert reply(cockpit) == ""


def test_a_letter_marks_as_answered_and_again_as_not(cockpit: Cockpit) -> None:
    press(cockpit, Key.Key_V)
    assert post(cockpit).answered
    press(cockpit, Key.Key_V)
    assert not post(cockpit).answered


def test_a_letter_shows_to_whom_a_post_can_be_given(cockpit: Cockpit) -> None:
    press(cockpit, Key.Key_C)
    shown = QApplication.activePopupWidget()
    assert isinstance(shown, GiveMenu)
    (guest,) = shown.actions()
    guest.trigger()
    shown.close()
    settle()
    assert post(cockpit).assigned_to == "guest"
    assert _("Give to…") in menu(cockpit)


def test_without_anybody_to_give_it_to_nothing_is_offered(make_cockpit: Make) -> None:
    made = make_cockpit()
    made.editor.edit(replace(made.editor.chat, people=()))
    made.start().say_posts(SAID)
    made.page.activateWindow()
    settle()
    assert _("Give to…") not in menu(made)
    press(made, Key.Key_C)
    assert QApplication.activePopupWidget() is None


def test_the_menu_shows_the_keys_that_the_sheet_of_keys_tells(cockpit: Cockpit) -> None:
    told = {keys for keys, _what in feed_keys(publishes=True)}
    shown = {
        one.text(): one.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        for one in menu(cockpit).values()
        if not one.shortcut().isEmpty()
    }
    wanted = {"Thank": "1", "Welcome": "A", "Mark as answered": "V", "Hide this post": "H"}
    assert shown == {_(words): key for words, key in wanted.items()}
    assert {"A", "C", "V", "H", "1–4"} <= told


def test_a_key_in_the_open_menu_does_nothing_behind_it(cockpit: Cockpit) -> None:
    card = cockpit.board.feed._cards[SAID.post.id]
    card.acts.more.click()
    settle()
    shown = QApplication.activePopupWidget()
    assert isinstance(shown, QMenu)
    QTest.keyClick(shown, Key.Key_V)
    settle()
    assert not post(cockpit).answered
    shown.close()


def test_undo_is_asked_of_the_hour(cockpit: Cockpit) -> None:
    cockpit.hour.mark(Marking(SAID.post.id, Mark.ASSIGNED, "guest"))
    settle()
    cockpit.page.undo()
    assert cockpit.hour.asked == [("undo",)]
