"""The window with the columns: it says what the cockpit says, holds still, and leads there."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.conversation import FeedPost, Mark, Marking
from tchat_desktop.ui.models.feed_entry import AnswersTo, FeedFilter, PostFilter
from tchat_desktop.ui.pages.hour.column_card import ColumnCard
from tchat_desktop.ui.pages.hour.columns_beside import PLACE_SETTING, ColumnsBeside
from tchat_desktop.ui.pages.hour.columns_window import ColumnsWindow
from tchat_desktop.ui.pages.hour.post_column import CARDS_IN_COLUMN, PostColumn
from tchat_desktop.ui.pages.hour.post_marks import marks_of
from tchat_desktop.ui.widgets import roles
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.wording.i18n import _, pgettext
from tests.ui.pages.fake_hours import START, participant
from tests.ui.pages.hour.conftest import Cockpit, settle

Make = Callable[..., Cockpit]
Key = Qt.Key
AT = START + timedelta(minutes=17)
ASKS = participant(1, "Comment faire pour l’aider ?", AT, "pere_ex", "Un père")
ANSWERS = participant(2, "R2 Les tantes en parlent.", AT, question_id="q2")
GUEST = participant(3, "R1 La loi dit 18 ans.", AT, "sagefemme_ex", "Sage-femme", question_id="q1")
GRAVE = participant(4, "J’ai 15 ans, on veut me marier. Que faire ?", AT, "lectrice_ex", "L")

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Kept(dict[str, str]):
    """Settings that are kept nowhere."""

    def kept(self, field: str) -> str:
        return self.get(field, "")

    def keep(self, **changes: str) -> None:
        self.update(changes)


class Beside:
    """The cockpit, and the window with the columns beside it."""

    def __init__(self, cockpit: Cockpit) -> None:
        self.cockpit = cockpit
        self.hour = cockpit.start()
        self.led: list[str] = []
        self.kept = Kept()
        self.beside = ColumnsBeside(self.kept)
        self.beside.follow(cockpit.board.feed, self.led.append)
        self.beside.open(cockpit.page)
        self.window.resize(1100, 640)
        self.show()

    @property
    def window(self) -> ColumnsWindow:
        assert self.beside.window is not None
        return self.beside.window

    @property
    def asked(self) -> PostColumn:
        return self.window.columns[0]

    def say(self, *posts: FeedPost) -> None:
        self.hour.say_posts(*posts)
        self.show()

    def mark(self, feed: FeedPost, mark: Mark, value: bool | str = True) -> None:
        self.hour.mark(Marking(feed.post.id, mark, value))
        self.show()

    def show(self) -> None:
        """Let all that happened be shown."""
        settle()
        self.beside.refresh()
        while not self.window.is_whole:
            QApplication.processEvents()
        settle()

    def shown(self) -> list[list[str]]:
        return [list(column.shown) for column in self.window.columns]

    def card(self, feed: FeedPost) -> ColumnCard:
        return next(
            one.cards[feed.post.id] for one in self.window.columns if feed.post.id in one.cards
        )

    def point_at(self, column: PostColumn, points: bool = True) -> None:
        column.area.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, points)


@pytest.fixture
def opened(make_cockpit: Make, qapp: QApplication) -> Iterator[Beside]:
    roles.install(qapp)
    made = Beside(make_cockpit())
    yield made
    made.beside.close()
    settle()


def asks(number: int, seconds: int = 0) -> FeedPost:
    return participant(number, f"Est-ce vrai ? {number}", AT + timedelta(seconds=seconds), "p_ex")


# --- it says what the cockpit says -----------------------------------------------------------

TEXTS = ("R1 Oui.", "Comment faire ?", "Merci à vous", "R2 Aminata, 12 ans, va mieux.")
GRAVE_TEXT = "J’ai 15 ans, mes parents veulent me marier cet été. Que faire ?"
AUTHORS = ("prof_ex", "pere_ex", "sagefemme_ex", "voixdesfilles")
MARKS: tuple[tuple[Mark, bool | str], ...] = (
    *((mark, value) for mark in (Mark.STARRED, Mark.HIDDEN, Mark.ANSWERED, Mark.CONFIDED,
      Mark.HARMLESS, Mark.NAMES_CHILD) for value in (True, False)),
    (Mark.ASSIGNED, "guest"), (Mark.ASSIGNED, ""), (Mark.ASKS, "yes"), (Mark.ASKS, "no"),
    (Mark.QUESTION, "q1"), (Mark.QUESTION, "q2"), (Mark.QUESTION, ""),
)  # fmt: skip


def happen(hour_of: Beside, chance: random.Random) -> None:
    """Something that may happen in an hour."""
    hour, known = hour_of.hour, list(hour_of.hour.said)
    what = chance.choice(["post", "post", "post", "mark", "mark", "reply", "remove", "reveal"])
    if what == "post" or not known:
        text = chance.choice((*TEXTS, GRAVE_TEXT))
        at = AT - timedelta(seconds=chance.randrange(600))
        question = chance.choice(("", "q1", "q2"))
        author = chance.choice(AUTHORS)
        number = chance.randrange(60)
        hour.say_posts(participant(number, text, at, author, author, question_id=question))
    elif what == "mark":
        mark, value = chance.choice(MARKS)
        hour.mark(Marking(chance.choice(known), mark, value))
    elif what == "reply":
        hour.reply(hour.said[chance.choice(known)], "Merci !")
    elif what == "remove":
        hour.remove_by_hand(chance.choice(known))
    else:
        hour_of.cockpit.board.feed.reveal()


def in_cockpit(cockpit: Cockpit, which: PostFilter) -> dict[str, list[str]]:
    """The marks of the posts that the cockpit shows under a filter, by their ids, in order."""
    feed = cockpit.board.feed
    feed.filters.choose(which)
    feed._on_other_wanted()
    settle()
    cards = [one for one in feed.posts.keyboard.items if one in feed._cards.values()]
    shown = {}
    for card in cards:
        post_id = next(one for one, its in feed._cards.items() if its is card)
        chips = [chip.text() for chip in feed._cards[post_id]._chips if not chip.isHidden()]
        shown[post_id] = chips
    return shown


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_the_columns_and_the_cockpit_never_disagree(opened: Beside, seed: int) -> None:
    chance = random.Random(seed)
    implied = (_("question from the public"), "", pgettext("mark", "guest"))
    for _round in range(8):
        for _event in range(chance.randrange(1, 9)):
            happen(opened, chance)
        settle()
        cockpit = opened.cockpit
        # A reply that is open stays in the list whatever the filter.
        cockpit.board.feed.reply.close_panel()
        answers: dict[str, list[str]] = {}
        for question in cockpit.hour.chat.questions:
            answers |= in_cockpit(cockpit, AnswersTo(question.id))
        asked = in_cockpit(cockpit, FeedFilter.QUESTIONS)
        said = in_cockpit(cockpit, FeedFilter.GUESTS)
        opened.show()
        model = cockpit.board.feed.model
        for column, there, own in zip(opened.window.columns, (asked, answers, said), implied,
                                      strict=True):  # fmt: skip
            assert set(column.shown) == there.keys()
            assert column.title.text().endswith(f" {len(there)}")
            for post_id, marks in there.items():
                entry = model.get(post_id)
                assert entry is not None
                every = [words for words, _tone in marks_of(entry, cockpit.hour.chat) if words]
                assert marks == every
                assert column.cards[post_id].marks == [one for one in every if one != own]
        assert list(opened.asked.shown) == list(asked)


def test_each_post_stands_in_its_column_with_its_count(opened: Beside) -> None:
    opened.say(ASKS, ANSWERS, GUEST)
    assert opened.shown() == [["1001"], ["1002", "1003"], ["1003"]] or opened.shown() == [
        ["1001"], ["1003", "1002"], ["1003"],
    ]  # fmt: skip
    assert [one.title.text() for one in opened.window.columns] == [
        "Questions du public · 1",
        "Réponses · 2",
        "Invité·es · 1",
    ]


def test_those_that_wait_in_the_cockpit_are_here_at_once(opened: Beside) -> None:
    opened.say(*(asks(one) for one in range(10, 14)))
    opened.say(asks(20, seconds=5))
    assert opened.cockpit.board.feed.model.waiting == 1
    assert opened.asked.shown[0] == "1020"


def test_an_empty_column_says_so_in_words(opened: Beside) -> None:
    words = [one._empty for one in opened.window.columns]
    assert all(one.isVisible() and one.text() for one in words)
    assert len({one.text() for one in words}) == 3
    opened.say(ASKS)
    assert not words[0].isVisible()
    assert words[1].isVisible()


def test_what_somebody_may_confide_is_not_shown_here(opened: Beside) -> None:
    opened.say(GRAVE)
    card = opened.card(GRAVE)
    assert "15 ans" not in card._text.text()
    assert "15 ans" not in card._text.toolTip()
    assert "15 ans" not in card.accessibleName()
    opened.mark(GRAVE, Mark.HARMLESS)
    assert "15 ans" in card._text.text()
    opened.mark(GRAVE, Mark.CONFIDED)
    assert "15 ans" not in card._text.text() + card._text.toolTip() + card.accessibleName()


def test_a_post_put_right_shows_its_new_words(opened: Beside) -> None:
    opened.say(ASKS)
    changed = participant(1, "Comment faire pour les aider toutes ?", AT, "pere_ex", "Un père")
    opened.say(changed)
    assert "toutes" in opened.card(ASKS)._text.text()


def test_marks_come_and_go_and_move_nothing(opened: Beside) -> None:
    opened.say(ASKS, asks(9))
    card, height = opened.card(ASKS), opened.card(ASKS).height()
    assert card.marks == []
    opened.mark(ASKS, Mark.STARRED)
    opened.mark(ASKS, Mark.ANSWERED)
    assert card.marks == ["★ moment fort", "✓ répondu"]
    assert card.height() == height
    assert card.accessibleName().endswith("moment fort, répondu")


def test_the_newest_are_shown_and_the_others_on_a_press(opened: Beside) -> None:
    opened.say(*(asks(one, seconds=one) for one in range(CARDS_IN_COLUMN + 7)))
    assert len(opened.asked.shown) == CARDS_IN_COLUMN
    assert opened.asked._older.isVisible()
    opened.asked._older.click()
    opened.show()
    assert len(opened.asked.shown) == CARDS_IN_COLUMN + 7
    assert not opened.asked._older.isVisible()


# --- it holds still --------------------------------------------------------------------------


def test_new_posts_wait_while_the_pointer_is_on_the_column(opened: Beside) -> None:
    opened.say(asks(1), asks(2, 1))
    opened.point_at(opened.asked)
    before = {one: card.y() for one, card in opened.asked.cards.items()}
    opened.say(asks(3, 2), asks(4, 3))
    assert {one: card.y() for one, card in opened.asked.cards.items()} == before
    assert opened.asked.new.isVisible()
    assert "2" in opened.asked.new.text()
    assert opened.asked.title.text().endswith(" 4")
    opened.point_at(opened.asked, False)
    opened.show()
    assert list(opened.asked.shown) == ["1004", "1003", "1002", "1001"]
    assert not opened.asked.new.isVisible()


def test_the_button_lets_them_in(opened: Beside) -> None:
    opened.say(asks(1))
    opened.point_at(opened.asked)
    opened.say(asks(2, 1))
    opened.asked.new.click()
    settle()
    assert list(opened.asked.shown) == ["1002", "1001"]


def test_a_post_that_goes_keeps_its_place_while_the_pointer_is_there(opened: Beside) -> None:
    opened.say(asks(1), asks(2, 1), asks(3, 2))
    opened.point_at(opened.asked)
    before = {one: card.geometry() for one, card in opened.asked.cards.items()}
    opened.mark(asks(2), Mark.HIDDEN)
    card = opened.asked.cards["1002"]
    assert card._text.text() == card.accessibleName() == "N’est plus dans cette colonne."
    assert {one: its.geometry() for one, its in opened.asked.cards.items()} == before
    opened.mark(asks(2), Mark.HIDDEN, False)
    assert "Est-ce vrai" in card._text.text()
    opened.mark(asks(2), Mark.HIDDEN)
    opened.point_at(opened.asked, False)
    opened.show()
    assert list(opened.asked.shown) == ["1003", "1001"]


def test_who_reads_further_down_is_not_moved(opened: Beside) -> None:
    opened.say(*(asks(one, seconds=one) for one in range(12)))
    bar = opened.asked.area.verticalScrollBar()
    bar.setValue(200)
    opened.say(asks(40, 60))
    assert bar.value() == 200
    assert "1040" not in opened.asked.shown
    bar.setValue(0)
    opened.show()
    assert opened.asked.shown[0] == "1040"


# --- by keys, and to the cockpit -------------------------------------------------------------


def test_a_click_and_enter_lead_to_the_post(opened: Beside) -> None:
    opened.say(ASKS, ANSWERS)
    QTest.mouseClick(opened.card(ASKS), Qt.MouseButton.LeftButton)
    opened.card(ANSWERS).setFocus()
    QTest.keyClick(opened.card(ANSWERS), Key.Key_Return)
    assert opened.led == ["1001", "1002"]


def test_tab_goes_from_column_to_column_and_arrows_inside(opened: Beside) -> None:
    opened.say(asks(10, 1), asks(11, 2), ANSWERS, GUEST)
    opened.window.activateWindow()
    settle()
    first = opened.asked.keyboard.items[0]
    first.setFocus()
    QTest.keyClick(first, Key.Key_Down)
    assert QApplication.focusWidget() is opened.asked.keyboard.items[1]
    for column in opened.window.columns[1:]:
        at = QApplication.focusWidget()
        assert at is not None
        QTest.keyClick(at, Key.Key_Tab)
        assert QApplication.focusWidget() in column.keyboard.items


def test_a_screen_reader_hears_lists_with_items(opened: Beside) -> None:
    opened.say(asks(10, 1), asks(11, 2))
    box = QAccessible.queryAccessibleInterface(opened.asked._list)
    assert box.role() == QAccessible.Role.List
    assert box.childCount() == 2
    item = box.child(0)
    assert item is not None
    assert item.role() == QAccessible.Role.ListItem
    assert "Est-ce vrai ? 11" in item.text(QAccessible.Text.Name)


def test_a_post_is_shown_in_the_cockpit_whatever_its_filter(opened: Beside) -> None:
    opened.say(ASKS, *(asks(one, one) for one in range(10, 40)))
    feed = opened.cockpit.board.feed
    feed.filters.choose(FeedFilter.GUESTS)
    feed._on_other_wanted()
    settle()
    card = feed.show_post(ASKS.post.id)
    settle()
    assert card is not None
    assert feed.filters.chosen is FeedFilter.ALL
    assert card.isVisible()
    assert feed.show_post("nowhere") is None


# --- the window ------------------------------------------------------------------------------


def test_its_place_is_kept(opened: Beside) -> None:
    opened.window.setGeometry(40, 60, 700, 500)
    settle()
    opened.beside.close()
    assert opened.kept[PLACE_SETTING]
    opened.beside.open(opened.cockpit.page)
    settle()
    assert opened.window.size().toTuple() == (700, 500)


def test_it_closes_with_its_chat_and_with_its_page(opened: Beside) -> None:
    chat = opened.hour.chat
    opened.beside.at_chat(chat.id, "")
    assert opened.beside.window is not None
    opened.beside.at_chat("another", "")
    assert opened.beside.window is None
    opened.beside.open(opened.cockpit.page)
    opened.beside.follow(None, print)
    assert opened.beside.window is None


def test_it_follows_the_hour_that_the_page_shows(opened: Beside) -> None:
    opened.say(ASKS)
    opened.cockpit.start(Occasion.REHEARSAL)
    opened.beside.follow(opened.cockpit.board.feed, print)
    opened.show()
    assert opened.shown() == [[], [], []]
    opened.hour = opened.cockpit.hour
    opened.say(asks(7))
    assert opened.shown()[0] == ["1007"]


def test_opened_twice_it_is_one_window(opened: Beside) -> None:
    window = opened.window
    opened.beside.open(opened.cockpit.page)
    assert opened.window is window


def test_everything_that_takes_the_keyboard_has_a_name_of_its_own(opened: Beside) -> None:
    opened.say(*(asks(one, seconds=one) for one in range(CARDS_IN_COLUMN + 3)), ANSWERS, GUEST)
    opened.point_at(opened.asked)
    opened.say(asks(50, 90))
    buttons = [one for one in opened.window.findChildren(Button) if one.isVisible()]
    assert len(buttons) == 2
    areas = [column.area for column in opened.window.columns]
    for group in (buttons, areas):
        names = [one.accessibleName() for one in group]
        assert all(names)
        assert len(set(names)) == len(names)
    assert all(card.accessibleName() for card in opened.window.findChildren(ColumnCard))
