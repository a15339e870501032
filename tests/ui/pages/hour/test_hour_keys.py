"""Every action of the hour has a key, shown on it and on the sheet of keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from tchat_desktop.domain.chat import Picture, Route
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.ui.pages.hour.feed_card import FeedCard
from tchat_desktop.ui.pages.hour.hour_keys import HourKey
from tchat_desktop.ui.pages.shared.feed_filters import FeedFilters
from tchat_desktop.ui.shortcuts import Shortcut, sequence
from tchat_desktop.ui.widgets.tool_tip import tip_of
from tests.ui.pages.fake_hours import full_chat, participant
from tests.ui.pages.hour.conftest import Cockpit, Seconds, settle

Make = Callable[..., Cockpit]
Key = Qt.Key
Ctrl = Qt.KeyboardModifier.ControlModifier

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

QUESTION = "q:q2"


@pytest.fixture(params=[Route.ASSISTED, Route.KEYS])
def either(request: pytest.FixtureRequest, make_cockpit: Make) -> Cockpit:
    return under_way(make_cockpit(full_chat(request.param)))


@pytest.fixture
def cockpit(make_cockpit: Make) -> Cockpit:
    return under_way(make_cockpit(full_chat(Route.ASSISTED)))


def under_way(cockpit: Cockpit) -> Cockpit:
    """An hour with a post in question that has a picture, one to come, and posts of the public."""
    hour = cockpit.start()
    picture = Picture("p", "image/png", "Une affiche")
    page = "https://x.com/intent/tweet?text=a"
    hour.becomes(QUESTION, PostState.HANDED_OVER, page=page, picture=picture)
    hour.say_rows()
    at = hour.clock.at - timedelta(minutes=2)
    hour.say_posts(*(participant(one, f"Oui {one}", at, f"p{one}") for one in range(3)))
    cockpit.page.activateWindow()
    settle()
    return cockpit


def waits(cockpit: Cockpit) -> bool:
    return cockpit.hour.row(QUESTION).state is PostState.HANDED_OVER


def keys_of(cockpit: Cockpit) -> Sequence[HourKey]:
    return cockpit.board.keys._keys


def in_box(box: QWidget) -> Iterator[QAbstractButton]:
    """Every button that can be pressed in a box; the filters are one field with arrows."""
    for one in box.findChildren(QAbstractButton):
        among = one.parentWidget()
        while among is not None and not isinstance(among, FeedFilters):
            among = among.parentWidget()
        if one.isVisible() and one.isEnabled() and among is None:
            yield one


def test_every_button_about_a_post_or_the_feed_shows_a_key_of_the_sheet(either: Cockpit) -> None:
    board, told = either.board, dict(either.page.keys)
    assert waits(either)
    boxes: list[QWidget] = [board.now, board.next, board.feed._tools, board.feed.pasted]
    boxes += [card.acts for card in board.feed._cards.values()]
    buttons = [one for box in boxes for one in in_box(box)]
    assert len(buttons) > 20
    lacking = [
        one.accessibleName()
        for one in buttons
        if not any(line.split()[-1] in told for line in tip_of(one).splitlines())
    ]
    assert not lacking
    # The others that act on the hour as a whole.
    for one in (board.strip._pause, board.composer._send):
        assert any(line.split()[-1] in told for line in tip_of(one).splitlines())


def test_no_key_has_two_meanings_on_the_page(either: Cockpit) -> None:
    assert max(Counter(keys for keys, _what in either.page.keys).values()) == 1
    window = either.page.window()
    wide = [
        keys.toString()
        for one in window.findChildren(QShortcut)
        if one.context() is Qt.ShortcutContext.WindowShortcut
        for keys in QShortcut.keys(one)
    ]
    wide += [one.shortcut().toString() for one in window.findChildren(QAction)]
    assert max(Counter(filter(None, wide)).values()) == 1
    hour, elsewhere = {one.shortcut for one in keys_of(either)}, set(Shortcut)
    assert not {sequence(one).toString() for one in hour} & {
        sequence(one).toString() for one in elsewhere - hour
    }


@pytest.mark.parametrize("command", Shortcut)
def test_no_key_types_a_sign_on_any_keyboard(command: Shortcut) -> None:
    """Alt and Ctrl together are AltGr on Windows, with which the French type @, # and others."""
    alt_gr = Ctrl | Qt.KeyboardModifier.AltModifier
    combined = QKeySequence(command.value[0])[0]
    assert combined.keyboardModifiers() & alt_gr != alt_gr
    # Nor is a figure or a sign asked for, which take Shift there.
    key = combined.key()
    assert not (0x20 < key < 0x100) or Key.Key_A <= key <= Key.Key_Z


def test_while_something_is_written_no_key_acts(cockpit: Cockpit) -> None:
    hour, board = cockpit.hour, cockpit.board
    before = list(hour.asked)
    board.composer.begin()
    board.composer._edit.show_text("Merci à toutes")
    settle()
    for one in keys_of(cockpit):
        QTest.keySequence(board.composer._edit, sequence(one.shortcut))
        settle()
    assert hour.asked == before
    assert cockpit.pages == []
    assert QApplication.focusWidget() is board.composer._edit
    assert board.composer._edit.toPlainText() != ""
    # In the empty field of the link, where the keyboard comes by itself, nothing is written yet.
    board.composer._fold()
    board.now.take_focus()
    assert QApplication.focusWidget() is board.now._link
    QTest.keySequence(board.now._link, sequence(Shortcut.OPEN_AGAIN))
    assert cockpit.pages == ["https://x.com/intent/tweet?text=a"]


def press(cockpit: Cockpit, command: Shortcut) -> None:
    cockpit.board.strip.title.setFocus()
    QTest.keySequence(cockpit.page, sequence(command))
    settle()


def test_keys_move_keep_and_drop(cockpit: Cockpit) -> None:
    hour, board = cockpit.hour, cockpit.board
    post = board.next._post
    assert post is not None
    press(cockpit, Shortcut.NEXT_LATER)
    press(cockpit, Shortcut.NEXT_IN_RESERVE)
    press(cockpit, Shortcut.DROP)
    press(cockpit, Shortcut.PAUSE)
    asked = [one for one in hour.asked if one[0] not in ("search", "tell")]
    assert len(asked) == 3
    assert hour.paused
    assert [post.id in one for one in asked[:2]] == [True, True]
    assert hour.row(QUESTION).id in asked[2]


def test_the_key_of_what_publishes_only_leads_to_it(cockpit: Cockpit) -> None:
    hour, before = cockpit.hour, list(cockpit.hour.asked)
    press(cockpit, Shortcut.PUBLISH_NEXT)
    assert QApplication.focusWidget() is cockpit.board.next._send
    assert hour.asked == before


def test_a_key_pressed_too_soon_does_nothing(cockpit: Cockpit, seconds: Seconds) -> None:
    hour, later = cockpit.hour, cockpit.board.next._later
    seconds.runs = False
    later.means("another post")
    before = list(hour.asked)
    press(cockpit, Shortcut.NEXT_LATER)
    assert hour.asked == before
    seconds.at += 60
    press(cockpit, Shortcut.NEXT_LATER)
    assert hour.asked != before


def test_the_figures_of_a_french_keyboard_need_no_shift(cockpit: Cockpit) -> None:
    feed = cockpit.board.feed
    card = next(iter(feed._cards.values()))
    assert isinstance(card, FeedCard)
    feed._list.keyboard.stand_on(card)
    settle()
    QTest.keyClick(card, Key.Key_Eacute)
    settle()
    assert feed.reply.isVisible()


def test_the_search_and_the_new_posts(cockpit: Cockpit) -> None:
    press(cockpit, Shortcut.SEARCH)
    assert QApplication.focusWidget() is cockpit.board.feed.search


def test_a_key_of_what_is_not_there_does_nothing(cockpit: Cockpit) -> None:
    hour = cockpit.hour
    hour.becomes(QUESTION, PostState.SENT)
    hour.say_rows()
    settle()
    before = list(hour.asked)
    for command in (Shortcut.DROP, Shortcut.NOT_YET, Shortcut.OPEN_AGAIN, Shortcut.COMPLETE):
        press(cockpit, command)
    assert hour.asked == before
    assert cockpit.pages == []
