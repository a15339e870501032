"""The posts by keyboard: one Tab stop, arrows, letters; and after each action the same post."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tchat_desktop.domain.conversation import Mark, Marking
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.ui.models.feed_entry import FeedFilter
from tchat_desktop.ui.pages.hour.feed_card import FeedCard
from tchat_desktop.ui.pages.hour.feed_view import FeedView
from tchat_desktop.ui.pages.hour.hidden_line import HiddenLine
from tchat_desktop.ui.widgets import roles
from tchat_desktop.wording.i18n import _
from tests.ui.pages.fake_hours import FakeHour, participant
from tests.ui.pages.hour.conftest import Cockpit, settle
from tests.ui.survey import tabbed

Make = Callable[..., Cockpit]
Role = QAccessible.Role
Key = Qt.Key

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

POSTS = 8


class Desk:
    """A small screen with more posts than it shows, and the keyboard in the window."""

    def __init__(self, cockpit: Cockpit) -> None:
        self.page = cockpit.page
        self.page.resize(1126, 620)
        self.hour: FakeHour = cockpit.start()
        self.board = cockpit.board
        self.say(*range(POSTS))
        self.page.activateWindow()
        settle()

    @property
    def feed(self) -> FeedView:
        return self.board.feed

    def say(self, *numbers: int) -> None:
        """Have participants write; the higher the number, the later."""
        at = self.hour.clock.at - timedelta(minutes=9)
        self.hour.say_posts(
            *(
                participant(one, f"Est-ce vrai ? {one}", at + timedelta(seconds=one), f"p{one}")
                for one in numbers
            )
        )
        settle()

    def card(self, number: int) -> FeedCard:
        return self.feed._cards[str(1000 + number)]

    def stand_on(self, number: int) -> FeedCard:
        card = self.card(number)
        self.feed._list.keyboard.stand_on(card)
        settle()
        return card

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.at, key)
            settle()

    @property
    def at(self) -> QWidget:
        at = QApplication.focusWidget()
        assert at is not None
        return at

    def holds(self, widget: QWidget) -> bool:
        """Whether the keyboard is on it or in it, and in sight, not under the strip."""
        top = self.at.mapTo(self.page.viewport(), QPoint(0, 0)).y()
        in_sight = self.page.covered <= top < self.page.viewport().height()
        return in_sight and (widget is self.at or widget.isAncestorOf(self.at))


@pytest.fixture
def desk(make_cockpit: Make, qapp: QApplication) -> Desk:
    roles.install(qapp)
    return Desk(make_cockpit())


def said(widget: QWidget, kind: QAccessible.Text) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(kind)


# --- the list ------------------------------------------------------------------------------


def test_the_posts_are_one_tab_stop_and_so_are_the_filters(desk: Desk) -> None:
    stops = tabbed(desk.page)
    feed = [one for one in stops if desk.feed.isAncestorOf(one)]
    assert [type(one).__name__ for one in feed] == [
        "_Line", "_Choice", "MoreFilters", "Toggle", "FeedCard",
    ]  # fmt: skip


def test_arrows_go_from_post_to_post_and_none_hides_under_the_strip(desk: Desk) -> None:
    desk.stand_on(POSTS - 1)
    for number in reversed(range(POSTS - 1)):
        desk.press(Key.Key_Down)
        assert desk.at is desk.card(number)
        assert desk.holds(desk.card(number))
    desk.press(Key.Key_Down)
    assert desk.at is desk.card(0)
    for number in range(1, POSTS):
        desk.press(Key.Key_Up)
        assert desk.holds(desk.card(number))
    desk.press(Key.Key_End)
    assert desk.holds(desk.card(0))
    desk.press(Key.Key_Home)
    assert desk.holds(desk.card(POSTS - 1))


def test_a_post_says_who_wrote_what_where_it_stands_and_what_became_of_it(desk: Desk) -> None:
    card = desk.card(2)
    box = QAccessible.queryAccessibleInterface(desk.feed._list)
    assert (box.role(), box.childCount()) == (Role.List, POSTS)
    assert QAccessible.queryAccessibleInterface(card).role() == Role.ListItem
    name = said(card, QAccessible.Text.Name)
    told = _("{name}: {words}").format(name="Enseignante, Thiès", words="Est-ce vrai ? 2")
    assert name.startswith(told)
    assert name.endswith("question du public")
    assert said(card, QAccessible.Text.Description) == f"{POSTS - 2} sur {POSTS}"
    desk.hour.mark(Marking("1002", Mark.ANSWERED, True))
    desk.hour.mark(Marking("1002", Mark.STARRED, True))
    settle()
    assert said(card, QAccessible.Text.Name).endswith(", moment fort, répondu")


def test_a_highlight_is_a_pressed_button(desk: Desk) -> None:
    star = desk.card(2)._star
    heard = QAccessible.queryAccessibleInterface(star)
    assert heard.role() == Role.Button
    for starred in (True, False):
        star.click()
        # Nothing is so before it is told.
        assert heard.state().checked is not starred
        settle()
        assert (heard.state().checkable, heard.state().checked) == (1, starred)


def test_what_the_actions_say_moves_none_of_them(desk: Desk) -> None:
    card = desk.card(2)
    buttons = (card._reply, card._star, card._repost, card._more)
    places = [one.geometry() for one in buttons]
    assert {one.height() for one in places} == {28}
    desk.hour.mark(Marking("1002", Mark.STARRED, True))
    card._repost.click()
    settle()
    for state in (PostState.UNKNOWN, PostState.SENT):
        desk.hour.becomes("repost:1002", state)
        desk.hour.say_rows()
        settle()
        assert [one.geometry() for one in buttons] == places


# --- letters -------------------------------------------------------------------------------


def test_no_letter_publishes(desk: Desk) -> None:
    card = desk.stand_on(3)
    before = list(desk.hour.asked)
    desk.press(Key.Key_R)
    assert desk.at is card._repost
    desk.press(Key.Key_R, Key.Key_Space)
    assert desk.hour.asked == before
    desk.press(Key.Key_Return)
    assert desk.hour.asked == [*before, ("repost", "1003")]


def test_letters_answer_highlight_and_hide(desk: Desk) -> None:
    card = desk.stand_on(3)
    desk.press(Key.Key_M)
    assert card.entry.feed.starred
    assert desk.at is card
    desk.press(Key.Key_T)
    assert desk.feed.reply.isVisible()
    assert desk.at is desk.feed.reply._edit
    # What is written takes its letters.
    before = desk.feed.reply._edit.toPlainText()
    desk.press(Key.Key_H, Key.Key_M)
    assert desk.feed.reply._edit.toPlainText() == "hm" + before
    assert not card.entry.feed.hidden
    desk.press(Key.Key_Escape)
    assert desk.holds(card)
    desk.press(Key.Key_H)
    assert "1003" not in desk.feed._cards


def test_the_sheet_of_keys_tells_of_them(desk: Desk) -> None:
    keys = dict(desk.page.keys)
    assert {"R", "T", "M", "H"} <= keys.keys()
    desk.page.board = None
    assert not {"R", "T", "M", "H"} & dict(desk.page.keys).keys()
    desk.page.board = desk.board


# --- after each action ---------------------------------------------------------------------


def answer(desk: Desk, card: FeedCard) -> None:
    desk.press(Key.Key_T)
    desk.feed.reply._edit.setPlainText("Oui #UnionsPrécoces")
    QTest.keyClick(desk.at, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def answered(desk: Desk, card: FeedCard) -> None:
    answer(desk, card)
    settle()
    desk.hour.becomes(f"reply:{card.entry.feed.post.id}", PostState.SENT)
    desk.hour.say_rows()


def repost(desk: Desk, card: FeedCard) -> None:
    desk.press(Key.Key_R, Key.Key_Return)


def reposted(desk: Desk, card: FeedCard) -> None:
    repost(desk, card)
    settle()
    desk.hour.becomes(f"repost:{card.entry.feed.post.id}", PostState.SENT)
    desk.hour.say_rows()


def star(desk: Desk, card: FeedCard) -> None:
    desk.press(Key.Key_M)


def star_by_its_button(desk: Desk, card: FeedCard) -> None:
    card._star.setFocus()
    desk.press(Key.Key_Space)


def mark(which: Mark) -> Callable[[Desk, FeedCard], None]:
    def act(desk: Desk, card: FeedCard) -> None:
        desk.hour.mark(Marking(card.entry.feed.post.id, which, True))

    return act


ACTIONS = {
    "answer": answer,
    "answered": answered,
    "repost": repost,
    "reposted": reposted,
    "star": star,
    "star by its button": star_by_its_button,
    "answered by hand": mark(Mark.ANSWERED),
    "confided": mark(Mark.CONFIDED),
    "names a child": mark(Mark.NAMES_CHILD),
}


@pytest.mark.parametrize("which", [FeedFilter.ALL, FeedFilter.UNANSWERED])
@pytest.mark.parametrize("action", ACTIONS)
def test_the_keyboard_stays_on_the_post_acted_on(
    desk: Desk, action: str, which: FeedFilter
) -> None:
    desk.feed.filters.button(which).click()
    settle()
    card = desk.stand_on(4)
    ACTIONS[action](desk, card)
    settle()
    assert desk.holds(card), desk.at.accessibleName()
    desk.say(20, 21)
    assert desk.holds(card), "while others write"


def test_in_place_of_a_hidden_post_stands_a_line_that_undoes_it(desk: Desk) -> None:
    desk.stand_on(4)
    desk.press(Key.Key_H)
    line = desk.at
    assert isinstance(line, HiddenLine)
    assert desk.holds(line)
    desk.press(Key.Key_Down)
    assert desk.at is desk.card(3)
    desk.press(Key.Key_Up, Key.Key_Return)
    assert desk.at is line.undo
    desk.press(Key.Key_Space)
    assert desk.holds(desk.card(4))


def test_a_post_that_another_list_leaves_out_hands_the_keyboard_to_its_neighbour(
    desk: Desk,
) -> None:
    desk.feed.filters.button(FeedFilter.UNANSWERED).click()
    settle()
    desk.stand_on(4)
    desk.hour.mark(Marking("1004", Mark.ANSWERED, True))
    settle()
    desk.feed.reveal()
    settle()
    assert desk.at is desk.card(3)


# --- what is above -------------------------------------------------------------------------


def test_the_bar_of_new_posts_moves_nothing_and_leads_to_the_first_of_them(desk: Desk) -> None:
    card = desk.stand_on(POSTS - 1)
    before = card.mapTo(desk.page, QPoint(0, 0))
    desk.say(20, 21)
    assert desk.feed.new.isVisible()
    assert desk.feed.new.height() == 32
    assert card.mapTo(desk.page, QPoint(0, 0)) == before
    desk.feed.new.setFocus()
    desk.press(Key.Key_Space)
    assert not desk.feed.new.isVisible()
    assert desk.at is desk.card(21)
    assert desk.holds(desk.card(21))


def test_new_posts_that_the_filter_leaves_out_leave_the_keyboard_above(desk: Desk) -> None:
    desk.feed.filters.button(FeedFilter.STARRED).click()
    desk.hour.mark(Marking("1001", Mark.STARRED, True))
    desk.hour.mark(Marking("1002", Mark.STARRED, True))
    desk.hour.mark(Marking("1003", Mark.STARRED, True))
    settle()
    desk.feed.reveal()
    settle()
    desk.say(20)
    desk.feed.new.setFocus()
    desk.press(Key.Key_Space)
    assert desk.at is desk.feed.filters.button(FeedFilter.STARRED)


def test_arrows_choose_among_the_filters(desk: Desk) -> None:
    filters = desk.feed.filters
    filters.button(FeedFilter.ALL).setFocus()
    heard = QAccessible.queryAccessibleInterface(filters.button(FeedFilter.QUESTIONS))
    assert heard.role() == Role.RadioButton
    assert not heard.state().checked
    desk.press(Key.Key_Right)
    assert filters.chosen is FeedFilter.QUESTIONS
    assert heard.state().checked
    assert heard.text(QAccessible.Text.Name).endswith(f" {POSTS}")
    assert [one for one in tabbed(desk.page) if filters.isAncestorOf(one)] == [
        filters.button(FeedFilter.QUESTIONS)
    ]
    filters.button(FeedFilter.QUESTIONS).setFocus()
    desk.press(Key.Key_Left, Key.Key_Left)
    assert filters.chosen is FeedFilter.STARRED, "round to the last that shows"


def test_the_search_unfolds_and_moves_nothing(desk: Desk) -> None:
    tools, card = desk.feed._tools, desk.card(POSTS - 1)
    place = card.mapTo(desk.feed, QPoint(0, 0))
    assert not tools.search.isVisible()
    tools.finder.setFocus()
    desk.press(Key.Key_Space)
    assert desk.at is tools.search
    assert card.mapTo(desk.feed, QPoint(0, 0)) == place
    tools.search.setText("rien de tel")
    tools._settle.timeout.emit()
    settle()
    assert not desk.feed._cards
    desk.press(Key.Key_Escape)
    tools._settle.timeout.emit()
    settle()
    assert desk.at is tools.finder
    assert not tools.search.isVisible()
    assert len(desk.feed._cards) == POSTS
