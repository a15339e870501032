"""What was confirmed by hand can be put right: its link, its hour, and that it is online at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tchat_desktop.domain.by_hand import LinkProblem
from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.outgoing import PostState, Reason
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.x.post_ids import FIRST_INSTANT
from tchat_desktop.ui.pages.hour import correct_link
from tchat_desktop.ui.pages.hour.correct_link import CorrectLink
from tchat_desktop.ui.pages.hour.gone_card import MOST_RECENT
from tchat_desktop.ui.pages.shared.link_words import link_words
from tchat_desktop.wording.i18n import _, format_hour
from tchat_desktop.wording.step_titles import step_title
from tests.ui.pages.fake_hours import START, FakeHour, full_chat
from tests.ui.pages.hour.conftest import Cockpit, settle
from tests.ui.pages.hour.test_cockpit import buttons, press, said

Make = Callable[..., Cockpit]
MINUTE = timedelta(minutes=1)


def link_at(instant: datetime) -> str:
    number = (instant - FIRST_INSTANT) // timedelta(milliseconds=1) << 22
    return f"https://x.com/voixdesfilles/status/{number}"


@pytest.fixture
def confirmed(make_cockpit: Make) -> tuple[Cockpit, FakeHour]:
    """The second question was confirmed by hand, without a link."""
    cockpit = make_cockpit(full_chat(Route.ASSISTED))
    hour = cockpit.start()
    at = hour.row("q:q2").due_at + 2 * MINUTE
    hour.becomes("q:q2", PostState.SENT, reason=Reason.BY_HAND, changed_at=at)
    hour.say_rows()
    settle()
    return cockpit, hour


def opened(cockpit: Cockpit) -> CorrectLink:
    press(cockpit.board.gone, _("Correct: {post}").format(post="Q2"))
    return next(one for one in cockpit.board.gone.findChildren(CorrectLink) if one.isVisible())


def test_the_link_of_what_was_confirmed_is_added_and_changed(
    confirmed: tuple[Cockpit, FakeHour],
) -> None:
    cockpit, hour = confirmed
    correction = opened(cockpit)
    assert correction.link.hasFocus() or correction.link is cockpit.page.focusWidget()
    link = link_at(hour.row("q:q2").due_at + MINUTE)
    correction.link.setText(link)
    correction.save.click()
    settle()
    assert hour.asked == [("correct_link", hour.row("q:q2").id, link)]
    assert not any(one.isVisible() for one in cockpit.board.gone.findChildren(CorrectLink))


def test_what_was_corrected_is_said_in_its_row_which_stays_in_place(
    confirmed: tuple[Cockpit, FakeHour],
) -> None:
    cockpit, hour = confirmed
    page, gone = cockpit.page, cockpit.board.gone
    page.resize(1126, 620)
    page.activateWindow()
    settle()
    name = _("Correct: {post}").format(post="Q2")
    page.bring_into_view(gone)
    settle()
    correction = opened(cockpit)
    settle()

    def place() -> int:
        return buttons(gone)[name].mapTo(page.viewport(), QPoint(0, 0)).y()

    before = place()
    link = link_at(hour.row("q:q2").due_at + MINUTE)
    correction.link.setText(link)
    correction.save.setFocus()
    correction.save.click()
    settle()
    hour.becomes("q:q2", PostState.SENT, url=link, changed_at=hour.row("q:q2").changed_at)
    hour.say_rows()
    settle()
    assert place() == before
    assert buttons(gone)[name].hasFocus() or page.focusWidget() is buttons(gone)[name]
    assert "✓ " + _("The link is corrected.") in said(gone)
    opened(cockpit)
    assert "✓ " + _("The link is corrected.") not in said(gone)


def test_a_link_from_before_its_page_is_asked_about(confirmed: tuple[Cockpit, FakeHour]) -> None:
    cockpit, hour = confirmed
    correction = opened(cockpit)
    due = hour.row("q:q2").due_at
    correction.link.setText(link_at(due - 8 * MINUTE))
    correction.save.click()
    settle()
    assert hour.asked == []
    assert format_hour(due) in correction.field.verdict
    assert correction.save.text().strip() == _("Yes, keep this link")
    correction.save.click()
    assert len(hour.asked) == 1


def test_a_link_ahead_of_the_clock_here_is_asked_about(
    confirmed: tuple[Cockpit, FakeHour],
) -> None:
    cockpit, hour = confirmed
    correction = opened(cockpit)
    correction.link.setText(link_at(hour.clock.now() + 5 * MINUTE))
    correction.save.click()
    settle()
    assert hour.asked == []
    assert correction.field.verdict == link_words(LinkProblem.AHEAD_OF_CLOCK, "")
    correction.save.click()
    assert len(hour.asked) == 1


def test_the_right_link_is_kept_where_the_clock_here_is_wrong(make_cockpit: Make) -> None:
    """It is asked about once, and taken when it is confirmed again; not another one."""
    cockpit = make_cockpit(full_chat(Route.ASSISTED))
    hour = cockpit.start()
    hour.becomes("q:q2", PostState.HANDED_OVER, changed_at=hour.row("q:q2").due_at)
    hour.say_rows()
    settle()
    card = cockpit.board.now
    early = link_at(hour.row("q:q2").due_at - 5 * MINUTE)
    card._link.setText(early)
    QTest.keyClick(card._link, Qt.Key.Key_Return)
    assert hour.asked == []
    assert card._link_field.verdict == link_words(LinkProblem.BEFORE_PAGE, "")
    card._link.clear()
    QTest.keyClicks(card._link, "x")
    card._link.setText(early)
    QTest.keyClick(card._link, Qt.Key.Key_Return)
    assert hour.asked == []
    QTest.keyClick(card._link, Qt.Key.Key_Return)
    assert hour.asked == [("confirm_sent", hour.row("q:q2").id, early)]


def test_a_link_of_somebody_else_stays_refused(confirmed: tuple[Cockpit, FakeHour]) -> None:
    cockpit, hour = confirmed
    correction = opened(cockpit)
    correction.link.setText("https://x.com/another/status/1234567890123")
    correction.save.click()
    correction.save.click()
    assert hour.asked == []
    assert correction.field.verdict


@pytest.mark.parametrize("sure", [True, False])
def test_what_is_not_online_goes_back_only_when_that_is_sure(
    confirmed: tuple[Cockpit, FakeHour], monkeypatch: pytest.MonkeyPatch, sure: bool
) -> None:
    cockpit, hour = confirmed
    monkeypatch.setattr(correct_link, "confirms_not_online", lambda _parent, _post: sure)
    opened(cockpit).not_online.click()
    assert hour.asked == ([("take_back", hour.row("q:q2").id)] if sure else [])
    assert cockpit.pages == []


def test_what_is_typed_stays_while_other_posts_leave(confirmed: tuple[Cockpit, FakeHour]) -> None:
    cockpit, hour = confirmed
    correction = opened(cockpit)
    correction.link.setText("https://x.com/i/status/")
    hour.at_minute(20.5)
    settle()
    assert correction.isVisible()
    assert correction.link.text() == "https://x.com/i/status/"


def test_with_keys_there_is_nothing_to_correct(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    cockpit.start()
    assert _("Correct: {post}").format(post="Q2") not in buttons(cockpit.board.gone)


def test_all_that_left_can_be_listed(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    cockpit.start(minute=59)
    sent = cockpit.board.view().sent
    assert len(sent) > MOST_RECENT
    assert said(cockpit.board.gone).count("✓") == MOST_RECENT
    cockpit.board.gone._before.click()
    settle()
    assert said(cockpit.board.gone).count("✓") == len(sent)


def test_the_link_tells_the_hour_else_it_says_confirmed(
    confirmed: tuple[Cockpit, FakeHour],
) -> None:
    cockpit, hour = confirmed
    at = hour.row("q:q2").changed_at
    assert at is not None
    assert _("Confirmed at {hour}, without a link").format(hour=format_hour(at)) in said(
        cockpit.board.now
    )
    assert _("confirmed at {hour}, without a link").format(hour=format_hour(at)) in said(
        cockpit.board.gone
    )
    published = hour.row("q:q2").due_at + MINUTE
    remote = link_at(published).rpartition("/")[2]
    hour.becomes("q:q2", PostState.SENT, remote_id=remote, changed_at=START + 30 * MINUTE)
    hour.say_rows()
    settle()
    assert _("Published at {hour}").format(hour=format_hour(published)) in said(cockpit.board.now)
    assert format_hour(published) in said(cockpit.board.gone)


def test_a_link_being_typed_stays_while_other_posts_leave_after_it(
    confirmed: tuple[Cockpit, FakeHour],
) -> None:
    cockpit, hour = confirmed
    correction = opened(cockpit)
    correction.link.setText("https://x.com/voixdesfilles/status/17")
    hour.at_minute(59)
    settle()
    sent = cockpit.board.view().sent
    assert len(sent) - [one.slot for one in sent].index("q:q2") > MOST_RECENT
    assert correction.isVisible()
    assert correction.link.text() == "https://x.com/voixdesfilles/status/17"
    # Nor does another number of its question take it away.
    hour.becomes("q:q2", PostState.SENT, reason=Reason.BY_HAND, number=1)
    hour.say_rows()
    settle()
    assert correction.isVisible()
    correction.closed.emit()
    hour.say_rows()
    settle()
    assert hour.row("q:q2").id not in cockpit.board.gone._shown


def test_who_wrote_the_account_wrong_is_told_which_one_is_expected() -> None:
    words = link_words(LinkProblem.OF_ANOTHER, "voix_filles")
    assert "@voix_filles" in words
    assert step_title(StepId.CONNECTION) in words
    assert "@" not in link_words(LinkProblem.OF_ANOTHER, "")
