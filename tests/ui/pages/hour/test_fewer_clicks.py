"""Holding an hour without keys: the answer to what was opened is one press, and near."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.outgoing import PostKind, PostState, Reason
from tchat_desktop.domain.x import links
from tchat_desktop.ui.pages.shared.hour_words import row_name, why
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.wording.i18n import _, format_hour
from tests.ui.pages.fake_hours import START, FakeHour, full_chat, participant
from tests.ui.pages.hour.conftest import Cockpit, Seconds, settle

Make = Callable[..., Cockpit]
LINK = "https://x.com/voixdesfilles/status/12345"


def said(widget: QWidget) -> str:
    """All the words on screen."""
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


@pytest.fixture
def opened(make_cockpit: Make) -> tuple[Cockpit, FakeHour]:
    """An hour without keys; the page of its second question was opened."""
    cockpit = make_cockpit(full_chat(Route.ASSISTED))
    hour = cockpit.start()
    cockpit.page.activateWindow()
    hour.becomes("q:q2", PostState.HANDED_OVER, page="https://x.com/intent/tweet?text=a")
    hour.say_rows()
    settle()
    return cockpit, hour


def paste(field: QWidget, text: str) -> None:
    QApplication.clipboard().setText(text)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle()


def test_pasting_the_link_confirms_at_once(opened: tuple[Cockpit, FakeHour]) -> None:
    cockpit, hour = opened
    paste(cockpit.board.now._link, LINK)
    assert hour.asked == [("confirm_sent", hour.row("q:q2").id, LINK)]


def test_typing_it_letter_by_letter_does_not(opened: tuple[Cockpit, FakeHour]) -> None:
    cockpit, hour = opened
    cockpit.board.now._link.setFocus()
    QTest.keyClicks(cockpit.board.now._link, LINK)
    assert hour.asked == []


@pytest.mark.parametrize(
    "link",
    [
        "https://x.com/prof_ex/status/12345",
        "https://x.com/voixdesfilles/status/77",
        "exemple.org/1",
    ],
)
def test_a_link_that_cannot_be_ours_confirms_nothing_and_moves_nothing(
    opened: tuple[Cockpit, FakeHour], link: str
) -> None:
    cockpit, hour = opened
    hour.becomes("q:q1", PostState.SENT, remote_id="77")
    hour.say_rows()
    settle()
    place = cockpit.board.now._yes.mapToGlobal(cockpit.board.now._yes.rect().center())
    paste(cockpit.board.now._link, link)
    assert hour.asked == []
    assert cockpit.board.now._link_field.verdict
    assert cockpit.board.now._yes.mapToGlobal(cockpit.board.now._yes.rect().center()) == place


def test_enter_confirms_once_the_question_has_stood_a_while(
    opened: tuple[Cockpit, FakeHour], seconds: Seconds
) -> None:
    cockpit, hour = opened
    seconds.runs = False
    card = cockpit.board.now
    card._yes.means("another")
    card._link.setFocus()
    link = "https://x.com/voixdesfilles/status/12345"
    card._link.setText(link)
    QTest.keyClick(card._link, Qt.Key.Key_Return)
    assert hour.asked == []
    seconds.at += 1
    QTest.keyClick(card._link, Qt.Key.Key_Return)
    assert hour.asked == [("confirm_sent", hour.row("q:q2").id, link)]


def test_it_says_when_it_was_opened_and_published_only_once_confirmed(
    opened: tuple[Cockpit, FakeHour],
) -> None:
    cockpit, hour = opened
    at = hour.row("q:q2").changed_at
    assert at is not None
    assert _("Published at {hour}").partition("{")[0] not in said(cockpit.board.now)
    assert format_hour(at) in said(cockpit.board.now)
    confirmed = at + timedelta(minutes=4)
    hour.becomes("q:q2", PostState.SENT, reason=Reason.BY_HAND, changed_at=confirmed)
    hour.say_rows()
    settle()
    # Without a link nobody knows when it was published; the same beside it.
    at_hour = format_hour(confirmed)
    assert at_hour != format_hour(hour.row("q:q2").due_at)
    assert _("Confirmed at {hour}, without a link").format(hour=at_hour) in said(cockpit.board.now)
    assert _("confirmed at {hour}, without a link").format(hour=at_hour) in said(cockpit.board.gone)


def test_a_repost_asks_for_no_link(opened: tuple[Cockpit, FakeHour]) -> None:
    cockpit, hour = opened
    hour.becomes("q:q2", PostState.SENT)
    slot = next(row.slot for row in hour.rows if row.kind is PostKind.NUDGE)
    hour.rows = [row for row in hour.rows if row.slot != slot]
    hour._add(replace(participant(1, "R1", START).post, id="9"), PostKind.REPOST, "R1")
    hour.becomes("repost:9", PostState.HANDED_OVER)
    hour.say_rows()
    settle()
    assert cockpit.board.now.asked_id == "repost:9"
    words = _("It is ready in your browser. Did you press “{button}” there?")
    assert why(hour.row("repost:9")) == words.format(button=_("Repost"))
    assert not cockpit.board.now._link_field.isVisible()


@pytest.mark.parametrize("reason", [Reason.TOO_LONG, Reason.BROWSER])
def test_what_cannot_be_handed_to_the_browser_can_be_pasted_there(
    opened: tuple[Cockpit, FakeHour], reason: Reason
) -> None:
    cockpit, hour = opened
    hour.becomes("q:q2", PostState.FAILED, reason=reason)
    hour.say_rows()
    settle()
    name = row_name(hour.row("q:q2"))
    offered = {
        one.accessibleName(): one
        for one in cockpit.board.check.findChildren(Button)
        if one.isVisible()
    }
    copy = _("Copy it and open X") if reason is Reason.TOO_LONG else _("Copy the text")
    offered[f"{copy} – {name}"].click()
    assert QApplication.clipboard().text() == hour.row("q:q2").text
    assert cockpit.pages == ([links.composer()] if reason is Reason.TOO_LONG else [])
    offered[f"{_('Yes, it is published')} – {name}"].click()
    assert hour.asked == [("confirm_sent", hour.row("q:q2").id)]


def test_before_it_begins_no_more_minutes_are_left_than_it_has(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start(minute=-12)
    assert cockpit.board.view().minutes_left == 60
    assert "72" not in said(cockpit.board.strip)
    begins = _("Begins {when}").partition("{")[0].strip()
    assert any(begins in one for one in said(cockpit.board.strip).splitlines())
    hour.at_minute(15)
    settle()
    assert cockpit.board.view().minutes_left == 45
