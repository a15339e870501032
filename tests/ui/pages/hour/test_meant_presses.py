"""Nothing is published by a press that was meant for something else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.outgoing import PostKind, PostState, Reason
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.hour import next_card
from tchat_desktop.ui.pages.hour.next_card import GONE_SHOWN
from tchat_desktop.ui.pages.shared.hour_words import row_name
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.steady_button import (
    HINT_MS,
    SETTLED,
    UNASKED,
    UNDER_POINTER,
    UNHURRIED,
    PublishButton,
    SteadyButton,
    _Hint,
)
from tchat_desktop.wording.i18n import _
from tests.ui.pages.fake_hours import FakeHour, full_chat, lost_reply, participant
from tests.ui.pages.hour.conftest import LONG_ENOUGH, Cockpit, Seconds, settle

Make = Callable[..., Cockpit]


@pytest.fixture
def still(make_cockpit: Make, seconds: Seconds) -> tuple[Cockpit, FakeHour]:
    """An hour under way, looked at long enough; time stands still from now on."""
    cockpit = make_cockpit()
    hour = cockpit.start()
    cockpit.page.activateWindow()
    settle()
    seconds.runs = False
    seconds.at += LONG_ENOUGH
    return cockpit, hour


def click(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()


def test_a_click_publishes_what_has_been_there_a_while(still: tuple[Cockpit, FakeHour]) -> None:
    cockpit, hour = still
    click(cockpit.board.next._send)
    assert [one[0] for one in hour.asked] == ["send_now"]


def test_a_click_that_was_meant_for_the_post_before_publishes_nothing(
    still: tuple[Cockpit, FakeHour], seconds: Seconds
) -> None:
    cockpit, hour = still
    first = cockpit.board.view().pace.following
    assert first is not None
    hour.becomes(first.slot, PostState.SENT)
    hour.say_rows()
    settle()
    card = cockpit.board.next
    for button in (card._send, card._later, card._skip):
        click(button)
    assert hour.asked == []
    seconds.at += LONG_ENOUGH
    click(card._send)
    following = cockpit.board.view().pace.following
    assert following is not None
    assert hour.asked == [("send_now", following.id)]


def test_under_a_resting_pointer_another_post_asks_for_a_new_decision(
    still: tuple[Cockpit, FakeHour], seconds: Seconds
) -> None:
    cockpit, hour = still
    card = cockpit.board.next
    first = cockpit.board.view().pace.following
    assert first is not None
    card._send.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    beside = card._when.geometry()
    hour.becomes(first.slot, PostState.SENT)
    hour.say_rows()
    settle()
    words = _("{post} has gone. Here is the next:").format(post=row_name(first))
    assert card._gone.isVisible()
    assert card._gone.text() == words
    assert card._gone.x() == beside.x(), "it has the whole place of the line before"
    seconds.at += LONG_ENOUGH
    click(card._send)
    assert hour.asked == [], "a slow press is still the one for the post before"
    QApplication.sendEvent(card._send, QEvent(QEvent.Type.Leave))
    click(card._send)
    assert len(hour.asked) == 1, "the pointer went and came back"
    seconds.at += GONE_SHOWN
    cockpit.board.show_now()
    assert not card._gone.isVisible()


def test_who_rests_on_the_button_long_enough_has_read(
    still: tuple[Cockpit, FakeHour], seconds: Seconds
) -> None:
    cockpit, hour = still
    first = cockpit.board.view().pace.following
    assert first is not None
    cockpit.board.next._send.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    hour.becomes(first.slot, PostState.SENT)
    hour.say_rows()
    settle()
    seconds.at += UNDER_POINTER + 0.01
    click(cockpit.board.next._send)
    assert len(hour.asked) == 1


def test_a_press_that_began_before_the_change_publishes_nothing(
    still: tuple[Cockpit, FakeHour],
) -> None:
    cockpit, hour = still
    first = cockpit.board.view().pace.following
    assert first is not None
    QTest.mousePress(cockpit.board.next._send, Qt.MouseButton.LeftButton)
    hour.becomes(first.slot, PostState.SENT)
    hour.say_rows()
    settle()
    QTest.mouseRelease(cockpit.board.next._send, Qt.MouseButton.LeftButton)
    assert hour.asked == []


def test_what_slides_under_the_pointer_is_not_pressed(
    still: tuple[Cockpit, FakeHour], seconds: Seconds
) -> None:
    cockpit, hour = still
    hour.add_row(lost_reply(hour))
    hour.becomes("rules", PostState.EXPIRED, reason=Reason.TOO_LATE)
    hour.say_rows()
    settle()
    seconds.at += LONG_ENOUGH
    publish = [
        one
        for one in cockpit.board.check.findChildren(PublishButton)
        if one.text() == _("Publish now")
    ]
    assert publish[0].is_settled
    hour.becomes("reply:lost", PostState.SENT)
    hour.say_rows()
    settle()
    assert not publish[0].is_settled
    click(publish[0])
    assert hour.asked == []


def test_the_space_bar_publishes_and_reposts_nothing(
    still: tuple[Cockpit, FakeHour], seconds: Seconds
) -> None:
    cockpit, hour = still
    hour.say_posts(participant(1, "R2 À l’école", hour.clock.at))
    settle()
    seconds.at += LONG_ENOUGH
    for button in (cockpit.board.next._send, cockpit.board.feed._cards["1001"]._repost):
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
        settle()
    assert hour.asked == []
    QTest.keyClick(cockpit.board.feed._cards["1001"]._repost, Qt.Key.Key_Return)
    assert hour.asked == [("repost", "1001")]


def test_enter_too_waits_for_the_button_to_stand_still(
    still: tuple[Cockpit, FakeHour],
) -> None:
    cockpit, hour = still
    button = cockpit.board.next._send
    button.means("another")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert hour.asked == []


def test_pausing_is_never_refused_and_resuming_at_once_is(
    still: tuple[Cockpit, FakeHour], seconds: Seconds
) -> None:
    cockpit, hour = still
    pause = cockpit.board.strip._pause
    click(pause)
    click(pause)
    assert hour.paused
    seconds.at += LONG_ENOUGH
    click(pause)
    assert not hour.paused


def test_the_keyboard_lands_by_itself_on_nothing_that_publishes(
    still: tuple[Cockpit, FakeHour],
) -> None:
    cockpit, hour = still
    hour.say_posts(participant(1, "Première", hour.clock.at))
    hour.add_row(lost_reply(hour))
    hour.say_rows()
    settle()
    for button in cockpit.page.findChildren(Button):
        if not button.isVisibleTo(cockpit.page) or not button.isEnabled():
            continue
        button.setFocus()
        button.setEnabled(False)
        landed = QApplication.focusWidget()
        assert not (isinstance(landed, PublishButton) and landed.guarded), button.accessibleName()
        button.setEnabled(True)
        button.setFocus()
        button.hide()
        landed = QApplication.focusWidget()
        assert not (isinstance(landed, PublishButton) and landed.guarded), button.accessibleName()
        button.show()


def test_every_button_that_publishes_asks_for_a_press_that_is_meant(
    make_cockpit: Make,
) -> None:
    cockpit = make_cockpit(full_chat())
    hour = cockpit.start()
    hour.say_posts(participant(1, "Et l’école ?", hour.clock.at))
    states = {
        "rules": (PostState.EXPIRED, Reason.TOO_LATE),
        "guests": (PostState.FAILED, Reason.PICTURE),
        "q:q1": (PostState.UNKNOWN, Reason.ANSWER_LOST),
        "q:q2": (PostState.FAILED, Reason.NETWORK),
    }
    for slot, (state, reason) in states.items():
        hour.becomes(slot, state, reason=reason)
    hour.say_rows()
    settle()
    cockpit.board.feed._cards["1001"]._reply.click()
    settle()
    publishing: set[str] = set()
    commands = {"send_now", "repost", "not_out", "without_picture", "by_web_page", "reply"}
    for button in cockpit.page.findChildren(Button):
        if button.isVisible() and button.isEnabled() and not isinstance(button, SteadyButton):
            before = len(hour.asked)
            name = button.accessibleName()
            # These ask in a dialog of their own, and menus publish nothing.
            asks = name in (
                _("Change this post"),
                _("End the chat now"),
                _("More filters"),
                _("Open a saved page…"),
            )
            if asks or not button.text():
                continue
            button.click()
            settle()
            publishing |= {str(one[0]) for one in hour.asked[before:]} & commands
    assert publishing == set()


def test_a_row_replaced_is_a_new_meaning(still: tuple[Cockpit, FakeHour]) -> None:
    cockpit, hour = still
    following = cockpit.board.view().pace.following
    assert following is not None
    hour.rows = [
        replace(row, text="Autrement") if row.id == following.id else row for row in hour.rows
    ]
    hour.say_rows()
    settle()
    click(cockpit.board.next._send)
    assert hour.asked == []


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_word_that_a_press_came_too_early_hides_no_button(
    make_cockpit: Make, scale: float
) -> None:
    theme.apply(theme.LIGHT, scale)
    cockpit = make_cockpit()
    hour = cockpit.start()
    hour.becomes("q:q3", PostState.HANDED_OVER, page="https://x.com/intent/tweet?text=a")
    hour.say_rows()
    settle()
    card = cockpit.board.now
    card._yes.refuse()
    hint = next(one for one in cockpit.page.children() if isinstance(one, _Hint))
    place = hint.geometry()
    assert cockpit.page.rect().contains(place)
    others = [one for one in card.findChildren(QWidget) if one.focusPolicy() and one.isVisible()]
    assert len(others) >= 4
    hidden = [
        one.accessibleName()
        for one in others
        if place.intersects(QRect(one.mapTo(cockpit.page, QPoint(0, 0)), one.size()))
    ]
    assert not hidden
    # It may stand beside a low card, but next to it: it is about what was pressed there.
    around = QRect(card.mapTo(cockpit.page, QPoint(0, 0)), card.size()).adjusted(-1, -1, 1, 1)
    assert place.intersects(around)


STATES = [
    (PostState.EXPIRED, Reason.TOO_LATE),
    (PostState.FAILED, Reason.REFUSED),
    (PostState.FAILED, Reason.UNFILLED),
    (PostState.FAILED, Reason.PICTURE),
    (PostState.FAILED, Reason.KEYS_REFUSED),
    (PostState.UNKNOWN, Reason.ANSWER_LOST),
]


@pytest.mark.parametrize(("state", "reason"), STATES)
def test_going_to_what_is_to_check_puts_the_keyboard_on_no_button(
    still: tuple[Cockpit, FakeHour], seconds: Seconds, state: PostState, reason: Reason
) -> None:
    cockpit, hour = still
    hour.becomes("q:q2", state, reason=reason)
    hour.say_rows()
    settle()
    check = cockpit.board.strip._check
    check.setFocus()
    QTest.keyClick(check, Qt.Key.Key_Space)
    settle()
    seconds.at += LONG_ENOUGH
    at = QApplication.focusWidget()
    assert at is not None
    assert cockpit.board.check.isAncestorOf(at)
    assert at.accessibleName()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        QTest.keyClick(at, key)
        settle()
    assert hour.asked == []
    # The buttons come next.
    QTest.keyClick(at, Qt.Key.Key_Tab)
    following = QApplication.focusWidget()
    assert following is not None
    assert at.isAncestorOf(following)


def test_the_space_bar_opens_no_page_of_what_the_keys_did_not_publish(
    still: tuple[Cockpit, FakeHour], seconds: Seconds
) -> None:
    cockpit, hour = still
    hour.becomes("q:q2", PostState.FAILED, reason=Reason.KEYS_REFUSED)
    hour.say_rows()
    settle()
    seconds.at += LONG_ENOUGH
    button = cockpit.board.check.keys._without
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert hour.asked == []
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert hour.asked == [("go_on_without_keys",)]


@pytest.fixture
def repost_asked(make_cockpit: Make) -> tuple[Cockpit, FakeHour]:
    """Without keys, a repost that was opened in the browser."""
    cockpit = make_cockpit(full_chat())
    hour = cockpit.start()
    cockpit.page.activateWindow()
    settle()
    hour.add_row(
        replace(
            lost_reply(hour),
            kind=PostKind.REPOST,
            state=PostState.HANDED_OVER,
            reason=Reason.NONE,
            page="https://x.com/intent/retweet?tweet_id=1",
            changed_at=hour.clock.at,
        )
    )
    hour.say_rows()
    settle()
    return cockpit, hour


def test_where_no_link_is_asked_for_the_keyboard_goes_into_no_field(
    repost_asked: tuple[Cockpit, FakeHour],
) -> None:
    cockpit, hour = repost_asked
    before = cockpit.board.strip._check
    before.setFocus()
    # Back from the browser.
    QApplication.sendEvent(cockpit.board.now, QEvent(QEvent.Type.ActivationChange))
    at = QApplication.focusWidget()
    assert at is cockpit.board.now._later, "it confirms nothing"
    # Keys that were meant for the browser say nothing of the post.
    QTest.keyClick(at, Qt.Key.Key_Return)
    QTest.keyClick(at, Qt.Key.Key_Space)
    settle()
    assert hour.asked == []


def test_the_keyboard_does_not_stay_in_a_field_that_goes(
    make_cockpit: Make, repost_asked: tuple[Cockpit, FakeHour]
) -> None:
    cockpit, hour = repost_asked
    card = cockpit.board.now
    repost = hour.row("reply:lost")
    hour.rows.remove(repost)
    hour.becomes("q:q2", PostState.HANDED_OVER, page="https://x.com/intent/tweet?text=a")
    hour.say_rows()
    settle()
    card.take_focus()
    assert QApplication.focusWidget() is card._link
    hour.becomes("q:q2", PostState.SENT)
    hour.add_row(repost)
    hour.say_rows()
    settle()
    at = QApplication.focusWidget()
    assert at is not None
    assert at.isVisible()
    QTest.keyClick(at, Qt.Key.Key_Space)
    assert hour.asked == []


def test_a_question_is_named_on_the_button_that_publishes_it_and_nothing_moves(
    make_cockpit: Make,
) -> None:
    for occasion, words in (
        (Occasion.LIVE, _("Publish {post} now")),
        (Occasion.REHEARSAL, _("Publish {post} in the rehearsal")),
    ):
        cockpit = make_cockpit()
        hour = cockpit.start(occasion, minute=1)
        card = cockpit.board.next
        widths = set()
        said = []
        for row in hour.rows:
            if row.planned is None:
                continue
            said.append(card._send.accessibleName())
            assert said[-1].startswith(card._send.text())
            widths.add(card._send.sizeHint().width())
            hour.becomes(row.slot, PostState.SENT)
            hour.say_rows()
            settle()
        assert words.format(post="Q1") in said
        assert words.format(post="Q2") in said
        assert len(widths) == 1


def test_one_refusal_is_shown_at_a_time(still: tuple[Cockpit, FakeHour]) -> None:
    cockpit, _hour = still
    cockpit.board.strip._pause.refuse()
    cockpit.board.next._send.refuse()
    window = cockpit.board.next._send.window()
    assert [one.isVisible() for one in window.findChildren(_Hint)].count(True) == 1


def test_in_a_rehearsal_a_press_is_refused_for_longer_after_the_post_changed(
    make_cockpit: Make, seconds: Seconds
) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start(Occasion.REHEARSAL)
    seconds.runs = False
    seconds.at += UNHURRIED
    first = cockpit.board.view().pace.following
    assert first is not None
    hour.becomes(first.slot, PostState.SENT)
    hour.say_rows()
    settle()
    seconds.at += SETTLED + 0.01
    click(cockpit.board.next._send)
    assert hour.asked == []
    seconds.at += UNHURRIED
    click(cockpit.board.next._send)
    assert [one[0] for one in hour.asked] == ["send_now"]


def leaves_by_itself(cockpit: Cockpit, hour: FakeHour) -> None:
    """The countdown of the next post comes to its end, and another one takes its place."""
    first = cockpit.board.view().pace.following
    assert first is not None
    hour.becomes(first.slot, PostState.SENT)
    hour.say_rows()
    settle()


@pytest.mark.parametrize("waited", [UNHURRIED + 0.1, 4.0, UNASKED - 0.5])
@pytest.mark.parametrize("key", [None, Qt.Key.Key_Return])
def test_a_press_that_arrives_after_the_countdown_ended_does_nothing_to_the_next_post(
    still: tuple[Cockpit, FakeHour], seconds: Seconds, waited: float, key: Qt.Key | None
) -> None:
    cockpit, hour = still

    def press(button: QWidget) -> None:
        if key is None:
            click(button)
        else:
            button.setFocus()
            QTest.keyClick(button, key)
            settle()

    leaves_by_itself(cockpit, hour)
    seconds.at += waited
    card = cockpit.board.next
    # The pointer comes only now: nobody was on the button when it changed.
    for button in (card._send, card._later, card._skip):
        press(button)
    assert hour.asked == []
    assert [one.isVisible() for one in cockpit.page.findChildren(_Hint)].count(True) == 1
    press(card._send)
    assert hour.asked == [], "nor is the second press of a double one meant"
    seconds.at += LONG_ENOUGH
    press(card._send)
    following = cockpit.board.view().pace.following
    assert following is not None
    assert hour.asked == [("send_now", following.id)], "who was told and presses again means it"


def test_long_after_the_change_one_press_is_enough(
    still: tuple[Cockpit, FakeHour], seconds: Seconds
) -> None:
    cockpit, hour = still
    leaves_by_itself(cockpit, hour)
    seconds.at += UNASKED + 0.1
    click(cockpit.board.next._send)
    assert len(hour.asked) == 1


def test_a_row_that_slid_into_the_place_of_another_tells_so_first(
    still: tuple[Cockpit, FakeHour], seconds: Seconds
) -> None:
    cockpit, hour = still
    leaves_by_itself(cockpit, hour)
    seconds.at += UNHURRIED + 0.1
    coming = cockpit.board.coming
    row = next(iter(coming._shown.values()))
    click(row._send)
    click(row._keep)
    assert hour.asked == []
    seconds.at += LONG_ENOUGH
    click(row._keep)
    assert [one[0] for one in hour.asked] == ["skip"]


def test_yes_said_slowly_for_one_message_confirms_no_other(
    make_cockpit: Make, seconds: Seconds
) -> None:
    cockpit = make_cockpit(full_chat())
    hour = cockpit.start(minute=40)
    for slot in ("q:q1", "q:q2"):
        hour.becomes(slot, PostState.HANDED_OVER, page="https://x.com/intent/tweet?text=a")
    hour.say_rows()
    settle()
    seconds.runs = False
    seconds.at += LONG_ENOUGH
    # Its link, pasted on another computer, answers for the first one.
    hour.becomes("q:q1", PostState.SENT)
    hour.say_rows()
    settle()
    seconds.at += UNASKED / 2
    click(cockpit.board.now._yes)
    assert hour.asked == []
    seconds.at += LONG_ENOUGH
    click(cockpit.board.now._yes)
    assert hour.asked == [("confirm_sent", hour.row("q:q2").id, "")]


def test_while_a_page_is_not_answered_for_another_one_is_opened_only_after_a_question(
    make_cockpit: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    cockpit = make_cockpit(full_chat())
    hour = cockpit.start()
    asked: list[tuple[object, ...]] = []

    def answer(_parent: object, *words: object) -> bool:
        asked.append(words)
        return len(asked) > 1

    monkeypatch.setattr(next_card, "confirms_second_page", answer)
    hour.becomes("q:q1", PostState.HANDED_OVER, page="https://x.com/intent/tweet?text=a")
    hour.say_rows()
    settle()
    following = cockpit.board.view().pace.following
    assert following is not None
    # By whichever button, and long after: the page says by itself that it came first.
    cockpit.board.next._send.click()
    assert asked == [(row_name(hour.row("q:q1")), row_name(following))]
    assert hour.asked == []
    cockpit.board.coming.publish(following)
    assert [one[0] for one in hour.asked] == ["send_now"]
    hour.becomes("q:q1", PostState.SENT)
    hour.say_rows()
    settle()
    cockpit.board.next._send.click()
    assert len(asked) == 2


def test_a_refusal_is_told_until_a_press_counts(still: tuple[Cockpit, FakeHour]) -> None:
    """Whoever waits motionless looks up from elsewhere: a moment would be over by then."""
    cockpit, _hour = still
    button = cockpit.board.next._later
    button.refuse()
    window = button.window()
    assert [one.isVisible() for one in window.findChildren(_Hint)] == [True]
    assert HINT_MS >= 8000
    assert button.is_settled
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not any(one.isVisible() for one in window.findChildren(_Hint))
