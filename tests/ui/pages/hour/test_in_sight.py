"""Nothing that is gone to hides under the strip, and a form that closes gives the list back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.chat import Invitation, Occasion, Person
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.domain.undoing import Command, DoneCommand
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _
from tests.ui.pages.fake_hours import START, full_chat, participant
from tests.ui.pages.hour.conftest import Cockpit, settle

Make = Callable[..., Cockpit]
GUEST = Person("diop", name="M. Diop", no_account=True, invitation=Invitation.ACCEPTED)


@pytest.fixture
def cockpit(make_cockpit: Make) -> Cockpit:
    """A small screen, a few posts, and much beside them."""
    chat = full_chat()
    made = make_cockpit(replace(chat, people=(*chat.people, GUEST)))
    made.page.resize(1126, 620)
    hour = made.start()
    at = START + timedelta(minutes=17)
    hour.say_posts(*(participant(one, f"R1 Réponse {one}.", at, f"p{one}") for one in range(5)))
    settle()
    assert made.page.covered, "the strip stays in sight"
    return made


def top(cockpit: Cockpit, widget: QWidget) -> int:
    """How far below the strip it begins, in pixels."""
    in_view = widget.mapTo(cockpit.page.viewport(), QPoint(0, 0)).y()
    return in_view - cockpit.board.strip.height()


def is_in_sight(cockpit: Cockpit, widget: QWidget) -> bool:
    below = top(cockpit, widget)
    return 0 <= below < cockpit.page.viewport().height() - cockpit.board.strip.height()


def to_the_end(cockpit: Cockpit) -> None:
    bar = cockpit.page.verticalScrollBar()
    bar.setValue(bar.maximum())
    settle()


def test_what_is_to_check_comes_below_the_strip(cockpit: Cockpit) -> None:
    cockpit.hour.becomes("welcome", PostState.FAILED)
    cockpit.hour.say_rows()
    settle()
    to_the_end(cockpit)
    cockpit.page.show_to_check()
    settle()
    assert is_in_sight(cockpit, cockpit.board.check)
    cockpit.hour.becomes("welcome", PostState.HANDED_OVER)
    cockpit.hour.say_rows()
    settle()
    to_the_end(cockpit)
    cockpit.page.show_to_check()
    settle()
    assert is_in_sight(cockpit, cockpit.board.now)


@pytest.mark.parametrize("start", [0, 1])
def test_each_form_opens_below_the_strip(cockpit: Cockpit, start: int) -> None:
    board, bar = cockpit.board, cockpit.page.verticalScrollBar()
    card = next(iter(board.feed._cards.values()))
    forms: tuple[tuple[Callable[[], object], QWidget], ...] = (
        (board.feed.add.open_panel, board.feed.add),
        (card._on_reply, board.feed.reply),
        (board.guests._on_open, board.guests),
    )
    for opens, form in forms:
        bar.setValue(start * bar.maximum())
        settle()
        opens()
        settle()
        assert is_in_sight(cockpit, form)
    board.feed.add.open_panel()
    settle()
    to_the_end(cockpit)
    board.feed.add.say_added(participant(9, "R1", START, "awa").post, "")
    settle()
    assert is_in_sight(cockpit, board.feed.add)


def test_a_form_that_closes_leaves_the_list_where_it_was(cockpit: Cockpit) -> None:
    board, bar = cockpit.board, cockpit.page.verticalScrollBar()
    cards = tuple(board.feed._cards.values())

    def answer() -> None:
        board.feed.reply._edit.setPlainText("Merci ! #UnionsPrécoces")
        board.feed.reply._on_send()

    for opens, closes in (
        (board.feed.add.open_panel, board.feed.add._on_close),
        (cards[1]._on_reply, board.feed.reply.close_panel),
        (cards[1]._on_reply, answer),
        (board.guests._on_open, board.guests._on_open),
    ):
        bar.setValue(cards[0].mapTo(cockpit.page.widget(), QPoint(0, -300)).y())
        settle()
        before = top(cockpit, cards[0])
        assert is_in_sight(cockpit, cards[0])
        opens()
        settle()
        to_the_end(cockpit)
        closes()
        settle()
        assert top(cockpit, cards[0]) == before, closes


def test_a_reply_begun_beside_no_list_ends_at_the_list(make_cockpit: Make) -> None:
    made = make_cockpit()
    made.page.resize(1126, 620)
    hour = made.start()
    hour.say_posts(participant(1, "R1 Oui.", START + timedelta(minutes=17), "awa"))
    settle()
    to_the_end(made)
    feed = made.board.feed
    card = next(iter(feed._cards.values()))
    assert not is_in_sight(made, card), "only what stands beside it is in sight"
    feed.welcome(card.entry.feed.post.id)
    settle()
    assert is_in_sight(made, feed.reply)
    feed.reply._on_send()
    settle()
    assert is_in_sight(made, card)


def test_the_keyboard_goes_to_nothing_under_the_strip(cockpit: Cockpit) -> None:
    to_the_end(cockpit)
    cards = tuple(cockpit.board.feed._cards.values())
    cards[-1]._reply.setFocus()
    for _step in range(8):
        QTest.keyClick(cockpit.page.focusWidget(), Qt.Key.Key_Backtab)
        settle()
        at = cockpit.page.focusWidget()
        if cockpit.page.widget().isAncestorOf(at):
            assert is_in_sight(cockpit, at)


@pytest.mark.parametrize("size", [(1126, 620), (784, 452)])
def test_saving_a_text_scrolls_nowhere(make_cockpit: Make, size: tuple[int, int]) -> None:
    made = make_cockpit()
    made.page.resize(*size)
    made.start()
    card, bar = made.board.next, made.page.verticalScrollBar()
    made.page.activateWindow()
    card._edit()
    settle()
    place = bar.value()
    card.changing.edit.setPlainText("Court #UnionsPrécoces")
    card.changing._on_save()
    settle()
    assert abs(bar.value() - place) <= 2


def test_the_strip_gives_no_room_back_under_the_pointer(cockpit: Cockpit) -> None:
    hour, strip = cockpit.hour, cockpit.board.strip
    hour.do(Outbox.pause)
    hour.say_network(False)
    settle()
    tall = strip.height()
    for act in (partial(hour.do, Outbox.resume), lambda: hour.say_network(True), hour.say_ended):
        act()
        settle()
        assert strip.height() == tall


def to_the_list(cockpit: Cockpit) -> QWidget:
    """The first post of the list, brought into the middle of a page that is scrolled."""
    card = next(iter(cockpit.board.feed._cards.values()))
    bar = cockpit.page.verticalScrollBar()
    bar.setValue(card.mapTo(cockpit.page.widget(), QPoint(0, -300)).y())
    settle()
    assert is_in_sight(cockpit, card)
    assert bar.value()
    return card


def point_at(cockpit: Cockpit, points: bool) -> None:
    """Put the pointer on the page, or off it."""
    cockpit.page.viewport().setAttribute(Qt.WidgetAttribute.WA_UnderMouse, points)


def leave_keyboard(cockpit: Cockpit) -> None:
    """Have nothing of the page take the keys."""
    focus = cockpit.page.focusWidget()
    if focus is not None:
        focus.clearFocus()


@pytest.mark.parametrize("form", ["reply", "add", "guests", "none", "pointer"])
def test_the_end_pulls_nobody_away(cockpit: Cockpit, form: str) -> None:
    board = cockpit.board
    card = next(iter(board.feed._cards.values()))
    if form == "reply":
        card._on_reply()
    elif form == "add":
        board.feed.add.open_panel()
    elif form == "guests":
        board.guests._on_open()
    settle()
    if form == "none":
        card._reply.setFocus()
    to_the_list(cockpit)
    point_at(cockpit, form == "pointer")
    if form == "pointer":
        leave_keyboard(cockpit)
    before = top(cockpit, board.feed)
    cockpit.hour.say_ended()
    settle()
    assert board.end_card.isVisible()
    assert top(cockpit, board.feed) == before


def test_who_looks_on_from_afar_sees_the_end(cockpit: Cockpit) -> None:
    to_the_list(cockpit)
    point_at(cockpit, False)
    leave_keyboard(cockpit)
    cockpit.hour.say_ended()
    settle()
    assert is_in_sight(cockpit, cockpit.board.end_card)


@pytest.mark.parametrize("size", [(1126, 620), (784, 452)])
def test_what_takes_the_place_of_the_two_cards_moves_nothing(
    make_cockpit: Make, size: tuple[int, int]
) -> None:
    made = make_cockpit()
    made.page.resize(*size)
    hour = made.start()
    hour.say_posts(participant(1, "R1 Oui.", START + timedelta(minutes=17), "awa"))
    settle()
    before = made.board.feed.mapTo(made.page.widget(), QPoint(0, 0)).y()
    hour.say_ended()
    settle()
    assert made.board.end_card.isVisible()
    assert made.board.feed.mapTo(made.page.widget(), QPoint(0, 0)).y() == before
    # Who comes back to the page finds no empty room.
    made.page.hide()
    made.page.show()
    settle()
    assert made.board.feed.mapTo(made.page.widget(), QPoint(0, 0)).y() < before


def test_the_late_card_is_as_high_as_what_it_stands_for(cockpit: Cockpit) -> None:
    hour, board = cockpit.hour, cockpit.board
    place = board.feed.mapTo(cockpit.page.widget(), QPoint(0, 0)).y()
    hour.waits_for_word = True
    hour.say_rows()
    settle()
    assert board.catching_up.late.isVisible()
    assert board.feed.mapTo(cockpit.page.widget(), QPoint(0, 0)).y() >= place


def test_the_end_waits_for_a_text_that_is_being_changed(cockpit: Cockpit) -> None:
    board = cockpit.board
    cockpit.page.activateWindow()
    board.next._edit()
    settle()
    cockpit.hour.say_ended()
    settle()
    assert board.next.changing.edit.hasFocus()
    assert not board.end_card.isVisible()
    board.next.changing.close_editor()
    settle()
    assert board.end_card.isVisible()


@pytest.mark.parametrize("occasion", list(Occasion))
def test_what_is_to_check_keeps_its_place_at_the_end(
    make_cockpit: Make, occasion: Occasion
) -> None:
    cockpit = make_cockpit()
    hour, board = cockpit.start(occasion), cockpit.board
    hour.becomes("welcome", PostState.UNKNOWN)
    row = hour.row("q:q6")
    hour.last = DoneCommand(Command.SKIP, ((row, row),))
    hour.say_rows()
    settle()
    place = board.check.mapTo(board.side, QPoint(0, 0))
    assert board.check.isVisible()
    hour.say_ended()
    settle()
    board.show_now()
    settle()
    assert board.check.mapTo(board.side, QPoint(0, 0)) == place
    beside = [one.text() for one in board.side.findChildren(Text) if one.isVisible()]
    over = _("The rehearsal is over.") if occasion is Occasion.REHEARSAL else _("The chat is over.")
    assert over in beside
    assert _("Nothing else is planned.") in beside
    cockpit.page.hide()
    assert board._time.isHidden()
    assert board.catching_up.times.isHidden()
