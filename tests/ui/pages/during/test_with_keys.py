"""The hour with the organisation's keys: what is told of each failure, and the buttons for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.guide import StepId
from tchat_desktop.domain.outgoing import PostState, Reason
from tchat_desktop.i18n import _, format_hour
from tchat_desktop.ui.pages.during import words
from tchat_desktop.ui.widgets.buttons import Button
from tests.ui.pages.during.conftest import Cockpit, settle
from tests.ui.pages.during.fake_hours import START, FakeHour, full_chat

Make = Callable[..., Cockpit]


def said(widget: QWidget) -> str:
    """All the words on screen."""
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def failed(cockpit: Cockpit, reason: Reason) -> FakeHour:
    """An hour with keys in which Q2 did not leave for that reason."""
    hour = cockpit.start()
    hour.becomes("q:q2", PostState.FAILED, reason=reason)
    hour.say_rows()
    settle()
    return hour


def offered(cockpit: Cockpit) -> list[str]:
    """The texts of the buttons in the card of what is to be checked, in order."""
    found = [one for one in cockpit.board.check.findChildren(Button) if one.isVisible()]
    return [one.text() for one in found]


@pytest.mark.parametrize(
    ("reason", "first"),
    [
        (Reason.KEYS_REFUSED, ["Reconnect", "Go on without a key", "Try again"]),
        (Reason.READ_ONLY, ["Reconnect", "Go on without a key", "Try again"]),
        (Reason.NOT_ENROLLED, ["Reconnect", "Go on without a key", "Try again"]),
        (Reason.NO_CREDIT, ["Add credit on X", "Use the web page", "Try again"]),
        (Reason.CAPPED, ["Add credit on X", "Use the web page", "Try again"]),
        (Reason.SPENDING_LIMIT, ["Raise the amount", "Use the web page", "Try again"]),
        (Reason.RATE_LIMIT, ["Use the web page", "Try again"]),
        (Reason.NETWORK, ["Use the web page", "Try again"]),
        (Reason.REFUSED, ["Use the web page", "Try again"]),
        (Reason.NOT_SUMMONED, ["Use the web page"]),
    ],
)
def test_each_failure_offers_what_helps_first(
    make_cockpit: Make, reason: Reason, first: list[str]
) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    hour = failed(cockpit, reason)
    assert offered(cockpit) == [_(text) for text in (*first, "Drop it")]
    assert words.why(hour.row("q:q2")) in said(cockpit.board.check)


def press_first(cockpit: Cockpit) -> None:
    next(one for one in cockpit.board.check.findChildren(Button) if one.isVisible()).click()
    settle()


def test_reconnecting_leads_to_the_connection(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    steps = []
    cockpit.page.step_wanted.connect(steps.append)
    hour = failed(cockpit, Reason.KEYS_REFUSED)
    press_first(cockpit)
    assert steps == [StepId.CONNECTION]
    assert hour.asked == []


def test_credit_is_added_on_the_page_of_x(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    failed(cockpit, Reason.NO_CREDIT)
    press_first(cockpit)
    assert cockpit.pages == ["https://console.x.com"]


def test_a_wait_tells_until_when(make_cockpit: Make) -> None:
    hour = make_cockpit(full_chat(Route.KEYS)).start()
    until = START + timedelta(minutes=25)
    row = replace(hour.row("q:q4"), not_before=until, reason=Reason.RATE_LIMIT)
    text, tone = words.state_words(row, hour.chat)
    assert format_hour(until.astimezone(hour.chat.zone)) in text
    assert tone == "look"


def test_the_waiting_screen_tells_that_posts_leave_by_themselves(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.ASSISTED))
    cockpit.wall.at = START - timedelta(minutes=5)
    cockpit.page.show_chat(cockpit.editor.chat)
    by_hand = said(cockpit.page.waiting)
    cockpit.editor.edit(replace(cockpit.editor.chat, route=Route.KEYS))
    settle()
    with_keys = said(cockpit.page.waiting)
    assert with_keys != by_hand
    assert _("Plug in the laptop, and close what you do not need.") in by_hand
    assert _("Plug in the laptop, and close what you do not need.") not in with_keys
