"""Nothing that is gone to hides under the strip, and a form that closes gives the list back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget

from tchat_desktop.domain.chat import Invitation, Occasion, Person
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.domain.undoing import Command, DoneCommand
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.shared.hour_words import row_name
from tchat_desktop.ui.shell.arriving import stops_in
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _
from tests.ui.pages.fake_hours import START, full_chat, participant
from tests.ui.pages.hands import press
from tests.ui.pages.hour.conftest import OCCASIONS, Cockpit, point_at_page, settle

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
    """How far below the top of the window's view it begins, in pixels."""
    return widget.mapTo(cockpit.page.viewport(), QPoint(0, 0)).y()


def is_in_sight(cockpit: Cockpit, widget: QWidget) -> bool:
    covered = cockpit.board.strip.height()
    return covered <= top(cockpit, widget) < cockpit.page.viewport().height()


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
    """In a narrow window, where the newcomers stand below the list."""
    made = make_cockpit()
    made.page.resize(784, 452)
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
    point_at_page(cockpit)
    hour.do(Outbox.pause)
    hour.say_network(False)
    settle()
    tall = strip.height()
    for act in (partial(hour.do, Outbox.resume), lambda: hour.say_network(True), hour.say_ended):
        act()
        settle()
        cockpit.page._on_second()
        assert strip.height() == tall
    point_at_page(cockpit, False)
    cockpit.page._on_second()
    settle()
    assert strip.height() < tall


def to_the_list(cockpit: Cockpit) -> QWidget:
    """The first post of the list, brought into the middle of a page that is scrolled."""
    card = next(iter(cockpit.board.feed._cards.values()))
    bar = cockpit.page.verticalScrollBar()
    bar.setValue(card.mapTo(cockpit.page.widget(), QPoint(0, -300)).y())
    settle()
    assert is_in_sight(cockpit, card)
    assert bar.value()
    return card


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
    point_at_page(cockpit, form == "pointer")
    if form == "pointer":
        leave_keyboard(cockpit)
    # What the focus and the mouse still bring about is no pull of the end.
    settle()
    before = top(cockpit, board.feed)
    cockpit.hour.say_ended()
    settle()
    assert board.end_card.isVisible()
    assert top(cockpit, board.feed) == before


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_who_reads_when_it_ends_goes_on_and_is_led_to_what_comes_next(
    make_cockpit: Make, occasion: Occasion
) -> None:
    cockpit = make_cockpit()
    cockpit.page.resize(1126, 620)
    hour = cockpit.start(occasion)
    at = START + timedelta(minutes=17)
    hour.say_posts(*(participant(one, f"R1 Réponse {one}.", at, f"p{one}") for one in range(5)))
    settle()
    card = to_the_list(cockpit)
    point_at_page(cockpit, False)
    leave_keyboard(cockpit)
    settle()
    place = top(cockpit, card)
    hour.say_ended()
    settle()
    cockpit.page._on_second()
    settle()
    assert top(cockpit, card) == place
    strip, end = cockpit.board.strip, cockpit.board.end_card
    assert not is_in_sight(cockpit, end)
    press(strip, _("See what comes next"))
    settle()
    assert is_in_sight(cockpit, end)
    cockpit.page._on_second()
    cockpit.page._on_second()
    settle()
    assert not strip._end.isVisible(), "what is in sight needs no way there"


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


@pytest.mark.parametrize("occasion", OCCASIONS)
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


def beside(cockpit: Cockpit) -> QScrollArea:
    """The column beside the feed."""
    column = cockpit.page.aside
    assert isinstance(column, QScrollArea)
    assert column.isAncestorOf(cockpit.board.side)
    return column


def test_what_stands_beside_the_feed_stays_while_it_scrolls(cockpit: Cockpit) -> None:
    card, bar = cockpit.board._reserve, cockpit.page.verticalScrollBar()
    cockpit.page.scroll_to(card)
    settle()
    place = top(cockpit, card)
    assert is_in_sight(cockpit, card)
    assert bar.value() == 0, "the column scrolls by itself"
    for part in (0.3, 1):
        bar.setValue(int(part * bar.maximum()))
        settle()
        assert bar.value()
        assert top(cockpit, card) == place
    column = beside(cockpit)
    assert column.verticalScrollBar().value()
    inside = QRect(column.mapTo(cockpit.page, QPoint(0, 0)), column.size())
    assert (inside.top(), inside.bottom()) == (0, cockpit.page.height() - 1)
    assert cockpit.board.side.width() == cockpit.page.place_of_advice.width()


def test_cards_that_fit_do_not_scroll(make_cockpit: Make) -> None:
    made = make_cockpit()
    made.page.resize(1126, 2900)
    made.start()
    bar = beside(made).verticalScrollBar()
    assert bar.maximum() == 0


def test_in_a_narrow_window_the_cards_stand_below_with_the_keyboard(cockpit: Cockpit) -> None:
    cockpit.page.activateWindow()
    end = cockpit.board._time._end
    end.setFocus()
    before = list(stops_in(cockpit.page))
    for width, stays in ((784, False), (1126, True)):
        cockpit.page.resize(width, 620)
        settle()
        assert (cockpit.page.aside is cockpit.board.side.parentWidget()) is not stays
        assert end.hasFocus()
        assert end.isVisible()
        assert list(stops_in(cockpit.page)) == before
    cockpit.page.resize(784, 620)
    settle()
    feed, side = cockpit.board.feed, cockpit.board.side
    assert top(cockpit, side) > top(cockpit, feed) + feed.height()


def test_the_keyboard_brings_into_sight_what_stands_beside(cockpit: Cockpit) -> None:
    cockpit.page.activateWindow()
    to_the_end(cockpit)
    buttons = list(stops_in(cockpit.board.side))
    buttons[0].setFocus()
    for _step in buttons[1:]:
        QTest.keyClick(cockpit.page.focusWidget(), Qt.Key.Key_Tab)
        settle()
        at = cockpit.page.focusWidget()
        assert cockpit.board.side.isAncestorOf(at)
        assert is_in_sight(cockpit, at)


def test_a_warning_pushes_nothing_down(cockpit: Cockpit) -> None:
    """At the top and further down, with nobody's hand on the page."""
    board, hour = cockpit.board, cockpit.hour
    leave_keyboard(cockpit)
    point_at_page(cockpit, False)
    card = next(iter(board.feed._cards.values()))
    # The tag was looked at just now: nothing asks for it.
    board._state.looked_at = hour.clock.at
    board.show_now()
    cockpit.page._on_second()
    settle()
    seen = (board.now, board.next, board.feed, board._time, card)
    for scrolled in (0, 150):
        cockpit.page.verticalScrollBar().setValue(scrolled)
        settle()
        low = board.strip.height()
        places = [top(cockpit, one) for one in seen]
        hour.say_network(False)
        settle()
        assert board.strip._state.isVisible() and board.strip.height() >= low
        assert [top(cockpit, one) for one in seen] == places
        if not scrolled:
            assert places[0] >= board.strip.height(), "nor does it cover anything"
        hour.say_network(True)
        settle()
        cockpit.page._on_second()
        settle()
        assert board.strip.height() == low
        assert [top(cockpit, one) for one in seen] == places


def test_what_beside_grows_above_moves_nothing_read_there(cockpit: Cockpit) -> None:
    cockpit.page.scroll_to(cockpit.board._reserve)
    settle()
    place = top(cockpit, cockpit.board._reserve)
    tall = cockpit.board.check.height()
    cockpit.hour.becomes("q:q5", PostState.FAILED)
    cockpit.hour.say_rows()
    settle()
    assert cockpit.board.check.height() > tall
    assert top(cockpit, cockpit.board._reserve) == place


def trouble_comes_and_goes(cockpit: Cockpit) -> Iterator[str]:
    """What changes above and beside the feed by itself, one after the other."""
    hour, board = cockpit.hour, cockpit.board
    hour.say_network(False)
    yield "the network goes"
    hour.say_network(True)
    yield "it comes back"
    board._state.looked_at = hour.clock.at - timedelta(minutes=30)
    yield "the tag is unseen"
    hour.becomes("q:q5", PostState.FAILED)
    hour.say_rows()
    yield "a post failed"
    hour.becomes("q:q5", PostState.SENT)
    hour.say_rows()
    yield "it is out after all"
    hour.becomes("q:q2", PostState.HANDED_OVER, page="https://x.com/intent/tweet?text=a")
    hour.say_rows()
    yield "a page opened"
    hour.do(Outbox.pause)
    yield "on hold"
    hour.do(Outbox.resume)
    yield "it goes on"
    hour.say_posts(participant(77, "J’ai 15 ans, mon père veut me marier.", hour.clock.at, "zed"))
    yield "somebody confides something"
    hour.waits_for_word = True
    hour.say_rows()
    yield "posts were missed"
    hour.waits_for_word = False
    hour.say_rows()
    yield "the times are chosen"
    hour.say_ended()
    yield "the end"


@pytest.mark.parametrize("size", [(1126, 620), (784, 452)])
@pytest.mark.parametrize("hands", ["keyboard on a post", "keyboard above", "eyes alone"])
def test_nothing_moves_without_the_mouse(
    make_cockpit: Make, size: tuple[int, int], hands: str
) -> None:
    cockpit = make_cockpit()
    cockpit.page.resize(*size)
    hour, board = cockpit.start(), cockpit.board
    at = START + timedelta(minutes=17)
    hour.say_posts(*(participant(one, f"R1 Réponse {one}.", at, f"p{one}") for one in range(9)))
    settle()
    point_at_page(cockpit, False)
    leave_keyboard(cockpit)
    card = to_the_list(cockpit)
    cockpit.page.activateWindow()
    if hands == "keyboard on a post":
        board.feed.posts.keyboard.stand_on(card)
    elif hands == "keyboard above":
        board.strip.title.setFocus()
    settle()
    place = top(cockpit, card)
    for what in trouble_comes_and_goes(cockpit):
        for _second in range(3):
            settle()
            cockpit.page._on_second()
        settle()
        assert top(cockpit, card) == place, what
        assert hands != "keyboard on a post" or card.isAncestorOf(cockpit.page.focusWidget())


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_buttons_of_a_form_stay_where_they_are_while_one_types(
    make_cockpit: Make, scale: float
) -> None:
    theme.apply(theme.LIGHT, scale)
    chat = full_chat()
    made = make_cockpit(replace(chat, people=(*chat.people, GUEST)))
    made.page.resize(1126, 620)
    hour = made.start()
    hour.say_posts(participant(1, "R1 Oui.", START + timedelta(minutes=17), "awa"))
    settle()
    board = made.board
    next(iter(board.feed._cards.values()))._on_reply()
    board.guests._on_open()
    settle()
    long = "Un mot après l’autre, et encore un autre après celui-là. " * 4
    for form, edit, button in (
        (board.feed.reply, board.feed.reply._edit, board.feed.reply._send),
        (board.guests, board.guests._edit, board.guests._send),
    ):
        edit.setPlainText("#UnionsPrécoces")
        settle()
        place = button.mapTo(form, QPoint(0, 0)).y()
        for words in ("Merci", "Une ligne\nUne autre\nEt une troisième", long, "#UnionsPrécoces"):
            edit.setPlainText(words)
            settle()
            assert form is board.guests or button.mapTo(form, QPoint(0, 0)).y() == place, words
        assert button.mapTo(form, QPoint(0, 0)).y() == place
    theme.apply(theme.LIGHT)


@pytest.mark.parametrize("scrolled", [0, 7, 13, 20, 26, 30])
def test_a_warning_covers_no_head_that_was_in_sight(make_cockpit: Make, scrolled: int) -> None:
    cockpit = make_cockpit()
    cockpit.page.resize(1110, 645)
    hour = cockpit.start()
    at = START + timedelta(minutes=17)
    hour.say_posts(*(participant(one, f"R1 Réponse {one}.", at, f"p{one}") for one in range(9)))
    hour.becomes("welcome", PostState.HANDED_OVER)
    hour.say_rows()
    settle()
    board, strip = cockpit.board, cockpit.board.strip
    cockpit.page.verticalScrollBar().setValue(scrolled)
    settle()
    before, place, high = strip.height(), top(cockpit, board.now), board.now.height()
    assert cockpit.page.verticalScrollBar().value() == scrolled
    hour.becomes("rules", PostState.HANDED_OVER)
    hour.say_rows()
    settle()
    assert strip._state.isVisible(), "a warning of one line"
    assert (top(cockpit, board.now), board.now.height()) == (place, high), "nothing moves"
    if place >= before:
        assert top(cockpit, board.now._behind) >= strip.height(), "the head stays in sight"


def test_the_name_stands_right_above_the_button_that_confirms(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    for one in ("welcome", "rules"):
        hour.becomes(one, PostState.HANDED_OVER)
    hour.say_rows()
    settle()
    now = cockpit.board.now
    asked = next(row for row in hour.rows if row.id == now.asked_id)
    other = next(
        row for row in hour.rows if row.state is PostState.HANDED_OVER and row is not asked
    )
    assert row_name(asked) in now._question.accessibleName()
    assert row_name(other) in now._behind.accessibleName()
    between = [
        one
        for one in now.findChildren(QWidget)
        if one.isVisible()
        and not one.isAncestorOf(now._question)
        and top(cockpit, now._question) < top(cockpit, one) < top(cockpit, now._yes)
    ]
    assert between == []
    row = cockpit.board.check.row_of(other.id)
    assert row is not None
    texts = [one for one in row.findChildren(Text) if one.isVisible()]
    last = max(texts, key=lambda one: one.mapTo(row, QPoint(0, 0)).y())
    assert last.text() == _("{post}: is it published?").format(post=row_name(other))
