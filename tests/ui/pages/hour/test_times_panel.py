"""Other times for all that is to come, and a question at a chosen place: told first, then done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QFocusEvent
from PySide6.QtWidgets import QApplication

from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.outgoing import FAREWELL, PostKind, PostState
from tchat_desktop.domain.undoing import Command, DoneCommand, MovedEnd
from tchat_desktop.ui.pages.hour.reserve_card import _ReserveRow
from tchat_desktop.ui.pages.hour.times_panel import Choice, TimesPanel
from tchat_desktop.ui.pages.shared.hour_words import hour_of, row_name
from tchat_desktop.ui.shortcuts import Shortcut, named
from tchat_desktop.ui.widgets.tool_tip import tip_of
from tchat_desktop.wording.i18n import _
from tests.ui.pages.fake_hours import START, full_chat
from tests.ui.pages.hour.conftest import OCCASIONS, Cockpit, settle
from tests.ui.pages.hour.test_cockpit import said
from tests.ui.pages.hour.test_coming import at, button
from tests.ui.survey import tabbed

Make = Callable[..., Cockpit]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

END = START + timedelta(hours=1)


@pytest.fixture
def cockpit(make_cockpit: Make) -> Cockpit:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    cockpit.start(minute=17.3)
    cockpit.page.activateWindow()
    return cockpit


def opened(cockpit: Cockpit) -> TimesPanel:
    panel = cockpit.board._time.times
    panel.button.click()
    settle()
    assert panel.is_open
    return panel


def hour(cockpit: Cockpit, slot: str, minutes: float = 0) -> str:
    """The minute of a post on the clock of the audience, so many minutes later."""
    row = cockpit.hour.row(slot)
    return hour_of(row.due_at + timedelta(minutes=minutes), cockpit.hour.chat)


def test_folded_it_is_one_stop_and_a_button_says_what_it_is(cockpit: Cockpit) -> None:
    panel = cockpit.board._time.times
    stops = [one for one in tabbed(cockpit.page) if panel.isAncestorOf(one)]
    assert stops == [panel.button]
    assert panel.button.accessibleDescription() == _("folded")
    opened(cockpit)
    stops = [one for one in tabbed(cockpit.page) if panel.isAncestorOf(one)]
    assert stops[0] is panel.button
    assert stops[-1] is panel._take


def test_all_later_is_told_before_and_done_by_one_press(cockpit: Cockpit) -> None:
    panel = opened(cockpit)
    panel.choose(Choice.LATER, 10)
    for slot in ("q:q3", "thanks"):
        assert hour(cockpit, slot, 10) in panel.words
    assert panel._take.accessibleDescription() == panel.words
    assert cockpit.hour.asked == []
    panel._take.click()
    assert cockpit.hour.asked == [("shift", 10)]
    assert not panel.is_open, "a second press does not do it twice"
    assert QApplication.focusWidget() is panel.button


def test_all_sooner_is_no_sooner_than_in_a_minute(cockpit: Cockpit) -> None:
    panel = opened(cockpit)
    panel.choose(Choice.SOONER, 2)
    assert hour(cockpit, "q:q3", -2) in panel.words
    panel._take.click()
    assert cockpit.hour.asked == [("shift", -2)]
    q3 = cockpit.hour.row("q:q3")
    cockpit.hour.at_minute((q3.due_at - START) / timedelta(minutes=1) - 0.5)
    settle()
    opened(cockpit)
    assert not panel._take.isEnabled()
    assert panel.words == _("The next message leaves within a minute: nothing can come sooner.")


def test_a_later_end_tells_the_silence_before_the_words_of_the_end(cockpit: Cockpit) -> None:
    panel = opened(cockpit)
    panel.choose(Choice.EXTEND, 15)
    later = hour_of(END + timedelta(minutes=15), cockpit.hour.chat)
    former = hour_of(END, cockpit.hour.chat)
    words = _("The chat ends at {hour} instead of {former}.")
    assert words.format(hour=later, former=former) in panel.words
    since, until = hour(cockpit, "q:q5"), hour(cockpit, "closing", 15)
    assert f"{since} à {until}" in panel.words
    assert hour(cockpit, "q:q3", 15) not in panel.words
    panel._take.click()
    assert cockpit.hour.asked == [("extend", 15)]


def test_an_early_end_tells_what_is_put_aside(cockpit: Cockpit) -> None:
    panel = opened(cockpit)
    panel.choose(Choice.CONCLUDE)
    assert not panel._minutes.isEnabled()
    nudge = row_name(cockpit.hour.row("nudge1"))
    assert _("In reserve: {posts}.").format(posts=f"{nudge}, Q3, Q4, Q5") in panel.words
    panel._take.click()
    assert cockpit.hour.asked == [("conclude",)]


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_what_cannot_be_is_said(make_cockpit: Make, occasion: Occasion) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    running = cockpit.start(occasion, minute=17.3)
    panel = opened(cockpit)
    panel.choose(Choice.CONCLUDE)
    for row in tuple(running.rows):
        if row.kind in FAREWELL:
            running.becomes(row.slot, PostState.SENT)
    running.say_rows()
    settle()
    assert not panel._take.isEnabled()
    wanted = "Stop the rehearsal" if occasion is Occasion.REHEARSAL else "End the chat now"
    assert _(wanted) in panel.words
    panel.choose(Choice.EXTEND)
    assert panel._take.isEnabled()
    assert _("The messages to come keep their times.") in panel.words
    for row in tuple(running.rows):
        if row.state is PostState.PLANNED:
            running.becomes(row.slot, PostState.SKIPPED)
    running.say_rows()
    settle()
    panel.choose(Choice.LATER)
    assert not panel._take.isEnabled()
    assert panel.words == _("Nothing else is planned.")


def test_a_chat_that_has_not_begun_is_not_concluded(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    cockpit.start(minute=-3)
    panel = opened(cockpit)
    panel.choose(Choice.CONCLUDE)
    assert not panel._take.isEnabled()
    panel.choose(Choice.LATER, 10)
    assert panel._take.isEnabled(), "it may begin later"


def test_a_text_that_is_being_changed_comes_first(cockpit: Cockpit) -> None:
    panel = opened(cockpit)
    cockpit.hour.held = frozenset({cockpit.hour.row("q:q3").id})
    cockpit.hour.say_rows()
    settle()
    assert not panel._take.isEnabled()


def test_dial_pace_and_time_left_follow_the_end_that_was_moved(cockpit: Cockpit) -> None:
    running, board = cockpit.hour, cockpit.board
    running.at_minute(55)
    settle()
    before = board._time.dial.gone
    running.ends_at = END + timedelta(minutes=15)
    running.last = DoneCommand(Command.EXTEND, end=MovedEnd(None, running.ends_at))
    running.say_rows()
    settle()
    assert board._time.dial.gone < before
    assert hour_of(running.ends_at, running.chat) in said(board._time)
    assert board.view().minutes_left == 20
    assert hour_of(running.ends_at, running.chat) in said(board.catching_up.times)
    running.at_minute(70)
    settle()
    assert not board.is_over


def test_after_the_end_no_times_are_changed(cockpit: Cockpit) -> None:
    opened(cockpit)
    cockpit.hour.say_ended()
    settle()
    assert cockpit.board._time.times.isHidden()


# --- a question of the reserve, and one put there --------------------------------------------


def spare_row(cockpit: Cockpit) -> _ReserveRow:
    [row] = cockpit.board._reserve._shown.values()
    return row


def test_a_question_is_put_before_a_chosen_post(cockpit: Cockpit) -> None:
    row, running = spare_row(cockpit), cockpit.hour
    q4 = running.row("q:q4")
    offered = [row._place.itemData(at) for at in range(row._place.count())]
    coming = [one for one in running.rows if one.state is PostState.PLANNED]
    questions = [one.id for one in coming if one.kind is PostKind.QUESTION]
    assert offered == ["", *questions, running.row("closing").id]
    row._place.setCurrentIndex(offered.index(q4.id))
    assert _("The question becomes {number}.").format(number="Q4") in row._when.text()
    assert "Q4 et Q5 deviennent Q5 et Q6" in row._when.text()
    row._button.click()
    assert running.asked == [("insert", running.row("q:q6").id, q4.id)]


def test_at_its_own_place_it_comes_as_before(cockpit: Cockpit) -> None:
    row = spare_row(cockpit)
    assert "Q3" in row._when.text(), "the number it takes is told"
    row._button.click()
    assert cockpit.hour.asked == [("bring_back", cockpit.hour.row("q:q6").id)]


def test_a_place_that_was_chosen_stays_while_it_is_there(cockpit: Cockpit) -> None:
    row, running = spare_row(cockpit), cockpit.hour
    q4 = running.row("q:q4").id
    row._place.setCurrentIndex(row._place.findData(q4))
    running.at_minute(23)
    settle()
    assert spare_row(cockpit) is row
    assert row._place.currentData() == q4
    running.at_minute(31)
    settle()
    assert running.row("q:q4").state is PostState.SENT
    assert row._place.currentData() == ""


def test_a_question_put_in_reserve_tells_the_silence_and_the_numbers(cockpit: Cockpit) -> None:
    at(cockpit, button(cockpit, "q:q3", "keep"), QEvent.Type.FocusIn)
    told = cockpit.board.coming.told
    assert "Q4 et Q5 deviennent Q3 et Q4" in told
    nudge, q4 = cockpit.hour.row("nudge1"), cockpit.hour.row("q:q4")
    silence = (q4.due_at - nudge.due_at) // timedelta(minutes=1)
    words = _("Nothing leaves from {since} to {until} ({count} min).")
    since, until = hour(cockpit, "nudge1"), hour(cockpit, "q:q4")
    assert words.format(since=since, until=until, count=silence) in told


def test_what_would_leave_after_the_end_is_named(cockpit: Cockpit) -> None:
    panel = opened(cockpit)
    panel.choose(Choice.LATER, 20)
    words = _("After the end, {hour}: {posts}.")
    posts = ", ".join(row_name(cockpit.hour.row(slot)) for slot in ("closing", "thanks"))
    assert words.format(hour=hour_of(END, cockpit.hour.chat), posts=posts) in panel.words


def test_the_buttons_of_the_next_card_tell_first_what_they_would_change(cockpit: Cockpit) -> None:
    card = cockpit.board.next
    assert card._post is not None
    following = card._post
    at_five = hour(cockpit, following.slot, 5)
    for turned_to in (QEvent.Type.Enter, QEvent.Type.FocusIn):
        QApplication.sendEvent(card._later, _turning(turned_to))
        for told in (tip_of(card._later), card._later.accessibleDescription()):
            assert f"{row_name(following)}\N{NO-BREAK SPACE}{at_five}" in told
        assert tip_of(card._later).endswith(named(Shortcut.NEXT_LATER))
        QApplication.sendEvent(card._skip, _turning(turned_to))
        kept = _("In reserve: {posts}.").format(posts=row_name(following))
        assert kept in tip_of(card._skip)
        assert kept in card._skip.accessibleDescription()
        assert tip_of(card._skip).endswith(named(Shortcut.NEXT_IN_RESERVE))


def _turning(kind: QEvent.Type) -> QEvent:
    if kind is QEvent.Type.FocusIn:
        return QFocusEvent(kind, Qt.FocusReason.TabFocusReason)
    return QEnterEvent(QPointF(1, 1), QPointF(1, 1), QPointF(1, 1))
