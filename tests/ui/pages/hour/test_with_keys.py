"""The hour with the organisation's keys: what is told of each failure, and the buttons for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.outgoing import (
    ACCOUNT_FAILS,
    BARRED_EVERYWHERE,
    KEYS_FAIL,
    MONEY_FAILS,
    PostState,
    Reason,
)
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.ports import StoreFull
from tchat_desktop.ui.pages.hour.mend_text import MendText
from tchat_desktop.ui.pages.hour.way_words import held_words
from tchat_desktop.ui.pages.shared import hour_words
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.post_edit import PostEdit
from tchat_desktop.wording import error_words
from tchat_desktop.wording.i18n import _, format_hour
from tchat_desktop.wording.reasons import fact_words
from tests.ui.pages.fake_hours import START, FakeHour, full_chat, participant
from tests.ui.pages.hour.conftest import Cockpit, settle

Make = Callable[..., Cockpit]

MINUTE = timedelta(minutes=1)


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


def last_failed(cockpit: Cockpit, reason: Reason) -> FakeHour:
    """The same where nothing else is to come by keys."""
    hour = cockpit.start()
    for row in hour.rows:
        if row.slot != "q:q2" and row.state is PostState.PLANNED:
            hour.becomes(row.slot, PostState.SKIPPED)
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
        (Reason.KEYS_REFUSED, ["Reconnect", "Go on in the browser", "Try again"]),
        (Reason.READ_ONLY, ["Reconnect", "Go on in the browser", "Try again"]),
        (Reason.NOT_ENROLLED, ["Reconnect", "Go on in the browser", "Try again"]),
        (Reason.NO_CREDIT, ["Add credit on X", "Use the browser", "Try again"]),
        (Reason.CAPPED, ["Add credit on X", "Use the browser", "Try again"]),
        (Reason.SPENDING_LIMIT, ["Raise the amount", "Use the browser", "Try again"]),
        (Reason.RATE_LIMIT, ["Use the browser", "Try again"]),
        (Reason.NETWORK, ["Use the browser", "Try again"]),
        (Reason.REFUSED, ["Use the browser", "Try again"]),
        (Reason.NOT_SUMMONED, ["Use the browser"]),
    ],
)
def test_each_failure_offers_what_helps_first(
    make_cockpit: Make, reason: Reason, first: list[str]
) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    hour = last_failed(cockpit, reason)
    assert offered(cockpit) == [_(text) for text in (*first, "Drop it")]
    assert hour_words.why(hour.row("q:q2")) in said(cockpit.board.check)


def press_first(cockpit: Cockpit) -> None:
    next(one for one in cockpit.board.check.findChildren(Button) if one.isVisible()).click()
    settle()


def test_reconnecting_leads_to_the_connection(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    steps = []
    cockpit.page.step_wanted.connect(steps.append)
    hour = last_failed(cockpit, Reason.KEYS_REFUSED)
    press_first(cockpit)
    assert steps == [StepId.CONNECTION]
    assert hour.asked == []


def test_credit_is_added_on_the_page_of_x(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    last_failed(cockpit, Reason.NO_CREDIT)
    press_first(cockpit)
    assert cockpit.pages == ["https://console.x.com"]


def test_a_wait_tells_until_when(make_cockpit: Make) -> None:
    hour = make_cockpit(full_chat(Route.KEYS)).start()
    until = START + timedelta(minutes=25)
    row = replace(hour.row("q:q4"), not_before=until, reason=Reason.RATE_LIMIT)
    text, tone = hour_words.state_words(row, hour.chat)
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
    assert _("Plug in the laptop, and leave this window open.") in by_hand
    assert _("Plug in the laptop, and leave this window open.") not in with_keys


# --- for the whole hour ----------------------------------------------------------------------


def press(cockpit: Cockpit, name: str) -> None:
    found = [
        one
        for one in cockpit.page.findChildren(Button)
        if one.isVisible() and one.accessibleName() == name
    ]
    assert len(found) == 1
    found[0].click()
    settle()


@pytest.mark.parametrize("reason", sorted(KEYS_FAIL))
def test_keys_that_fail_are_said_once_for_the_whole_hour(
    make_cockpit: Make, reason: Reason
) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    hour = failed(cockpit, reason)
    to_come = sum(row.state is PostState.PLANNED for row in hour.rows)
    assert to_come > 1
    assert f"{to_come} messages à venir" in said(cockpit.board.check)
    wanted = ("Go on in the browser", "Reconnect", "Use the browser", "Try again", "Drop it")
    assert offered(cockpit) == [_(text) for text in wanted]
    press(cockpit, _("Go on in the browser"))
    assert hour.asked == [("go_on_without_keys",)]


@pytest.mark.parametrize("reason", sorted(MONEY_FAILS))
def test_without_credit_the_whole_hour_can_go_on_too(make_cockpit: Make, reason: Reason) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    failed(cockpit, reason)
    wanted = ("Go on in the browser", "Add credit on X", "Use the browser", "Try again", "Drop it")
    assert offered(cockpit) == [_(text) for text in wanted]
    press(cockpit, _("Add credit on X"))
    assert cockpit.pages == ["https://console.x.com"]


@pytest.mark.parametrize("reason", sorted(ACCOUNT_FAILS))
def test_a_refusal_of_the_account_is_said_in_x_own_words(
    make_cockpit: Make, reason: Reason
) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    hour = cockpit.start()
    told = "code 326 · Please log in to https://x.com to unlock."
    hour.becomes("q:q2", PostState.FAILED, reason=reason, detail="403", said=told)
    hour.say_rows()
    settle()
    keys = cockpit.board.check.keys
    assert fact_words(reason) in said(keys)
    assert told in said(keys)
    offered = [one.text() for one in keys.findChildren(Button) if one.isVisible()]
    everywhere = reason in BARRED_EVERYWHERE
    pages = [] if everywhere else [_("Go on in the browser")]
    assert offered == [_("Open x.com"), *pages, _("Go on with the keys")]
    assert (_("Use the browser") in said_by_buttons(cockpit)) is not everywhere
    press(cockpit, _("Open x.com"))
    assert cockpit.pages == ["https://x.com/home"]


def said_by_buttons(cockpit: Cockpit) -> str:
    return "\n".join(offered(cockpit))


def test_a_picture_without_its_description_is_told(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    hour = cockpit.start()
    hour.becomes("q:q2", PostState.SENT, reason=Reason.UNDESCRIBED)
    hour.say_rows()
    settle()
    assert _("without the description of its picture, which X refused") in said(cockpit.board.gone)


def test_a_post_that_leaves_by_keys_after_shows_that_they_serve(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    hour = failed(cockpit, Reason.KEYS_REFUSED)
    later = hour.row("q:q2").due_at + timedelta(minutes=1)
    hour.becomes("q:q3", PostState.SENT, changed_at=later)
    hour.say_rows()
    settle()
    wanted = ("Reconnect", "Go on in the browser", "Try again", "Drop it")
    assert offered(cockpit) == [_(text) for text in wanted]


def test_a_failure_of_one_post_alone_says_nothing_of_the_keys(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    failed(cockpit, Reason.REFUSED)
    assert cockpit.board.check.keys.isHidden()


def test_connected_again_the_notice_says_so(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    hour = failed(cockpit, Reason.KEYS_REFUSED)
    steps = []
    cockpit.page.step_wanted.connect(steps.append)
    press(cockpit, _("Reconnect"))
    assert steps == [StepId.CONNECTION]
    cockpit.page.hide()
    # Checked or renewed it is another connection, and connected no later.
    assert cockpit.account is not None
    cockpit.account = replace(cockpit.account)
    cockpit.page.show()
    settle()
    assert _("X refuses the access keys.") in said(cockpit.board.check)
    cockpit.page.hide()
    cockpit.account = replace(cockpit.account, connected_at=hour.row("q:q2").due_at + MINUTE)
    cockpit.page.show()
    settle()
    assert _("The account is connected again.") in said(cockpit.board.check)
    assert offered(cockpit) == [_(text) for text in ("Use the browser", "Try again", "Drop it")]


@pytest.mark.parametrize(
    "fields",
    [
        {"state": PostState.SKIPPED},
        {"state": PostState.HANDED_OVER, "route": Route.ASSISTED},
        {"state": PostState.PLANNED},
    ],
    ids=["dropped", "by_page", "tried_again"],
)
def test_the_notice_stands_whatever_becomes_of_the_failed_post(
    make_cockpit: Make, fields: dict[str, object]
) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    hour = failed(cockpit, Reason.KEYS_REFUSED)
    for row in hour.rows:
        # Long ago enough to say nothing of the keys as they are now.
        if row.state is PostState.SENT:
            hour.becomes(row.slot, PostState.SENT, changed_at=START)
    hour.becomes("q:q2", reason=Reason.NONE, **fields)  # type: ignore[arg-type]
    hour.say_rows()
    settle()
    assert _("X refuses the access keys.") in said(cockpit.board.check)
    assert _("Posts no longer leave by themselves: see “To check”.") in said(cockpit.board.strip)
    assert cockpit.board.check.property("edge") == "look"
    refuses = participant(1, f"@{hour.chat.account} R2 À l’école", hour.clock.at)
    assert cockpit.board._state.choose_reply(refuses, "Merci").route is Route.ASSISTED
    hour.becomes("q:q3", PostState.SENT)
    hour.say_rows()
    settle()
    assert cockpit.board.check.keys.isHidden()
    assert cockpit.board._state.choose_reply(refuses, "Merci").route is Route.KEYS
    waits = bool(cockpit.board.view().to_check)
    assert cockpit.board.check.property("edge") == ("look" if waits else "")


def test_keys_to_check_stay_in_reach_while_a_post_asks_for_attention(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    hour = failed(cockpit, Reason.KEYS_REFUSED)
    hour.becomes("q:q2", PostState.SKIPPED, reason=Reason.NONE)
    hour.say_posts(participant(1, "J’ai 15 ans, mes parents parlent de fiançailles.", START))
    hour.say_rows()
    settle()
    assert cockpit.board.view().needing_care == 1
    button = cockpit.board.strip._check
    assert (button.text(), button.isVisible()) == (_("Keys to check"), True)


def test_a_post_found_by_reading_does_not_say_that_the_keys_serve(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    hour = failed(cockpit, Reason.READ_ONLY)
    hour.becomes("q:q3", PostState.SENT, reason=Reason.FOUND)
    hour.say_rows()
    settle()
    assert _("The access keys only allow reading.") in said(cockpit.board.check)


@pytest.mark.parametrize("reason", sorted(MONEY_FAILS))
def test_connected_again_there_is_no_more_money(make_cockpit: Make, reason: Reason) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    hour = failed(cockpit, reason)
    assert cockpit.account is not None
    cockpit.account = replace(cockpit.account, connected_at=hour.row("q:q2").due_at + MINUTE)
    cockpit.board.refresh()
    assert _("The account is connected again.") not in said(cockpit.board.check)
    assert _("Add credit on X") in offered(cockpit)


@pytest.mark.parametrize("focused", ["Go on in the browser", "Reconnect"])
def test_a_button_that_goes_hands_the_keyboard_to_the_one_that_leads_back(
    make_cockpit: Make, focused: str
) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    hour = failed(cockpit, Reason.KEYS_REFUSED)
    cockpit.page.activateWindow()
    cockpit.board.strip._check.setFocus()
    buttons = {one.accessibleName(): one for one in cockpit.board.check.findChildren(Button)}
    buttons[_(focused)].setFocus()
    settle()
    assert buttons[_(focused)].hasFocus()
    bar = cockpit.page.verticalScrollBar()
    before = bar.value()
    hour.without_keys = True
    for row in hour.rows:
        if row.state in (PostState.PLANNED, PostState.FAILED):
            hour.becomes(row.slot, row.state, route=Route.ASSISTED)
    hour.say_rows()
    settle()
    assert cockpit.page.focusWidget() is buttons[_("Go on with the keys")]
    assert abs(bar.value() - before) < 100


def test_while_it_goes_on_without_keys_the_screen_says_so_and_leads_back(
    make_cockpit: Make,
) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    hour = cockpit.start()
    assert _("In the browser, no keys") not in said(cockpit.board.strip)
    hour.without_keys = True
    hour.say_rows()
    settle()
    assert _("In the browser, no keys") in said(cockpit.board.strip)
    assert _("The chat goes on in the browser.") in said(cockpit.board.check)
    assert _("No message to check.") not in said(cockpit.board.check)
    press(cockpit, _("Go on with the keys"))
    assert hour.asked == [("go_on_with_keys",)]


def test_with_the_keys_again_leads_to_the_connection_while_there_are_none(
    make_cockpit: Make,
) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    steps = []
    cockpit.page.step_wanted.connect(steps.append)
    hour = cockpit.start()
    hour.without_keys = True
    hour.say_rows()
    settle()
    cockpit.account = None
    press(cockpit, _("Go on with the keys"))
    assert steps == [StepId.CONNECTION]
    assert hour.asked == []


def test_a_tag_that_is_no_longer_read_is_said_and_posts_can_be_pasted(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    hour = cockpit.start()
    paste = _("Add a post by its link")
    assert paste not in names(cockpit.board.feed)
    hour.say_reading(Reason.KEYS_REFUSED)
    settle()
    assert held_words(Reason.KEYS_REFUSED) in said(cockpit.board.feed)
    press(cockpit, paste)
    assert cockpit.board.feed.add.isVisible()
    press(cockpit, _("Try again to read the tag"))
    assert hour.asked == [("read_now",)]
    for number in range(5):
        hour.add_by_hand(participant(number, f"R1 {number}", hour.clock.at).post)
    settle()
    assert len(cockpit.board.feed._cards) == 5
    hour.say_reading(Reason.NONE)
    settle()
    assert held_words(Reason.KEYS_REFUSED) not in said(cockpit.board.feed)
    # What is being typed there is not taken away.
    assert cockpit.board.feed.add.isVisible()


def names(widget: QWidget) -> list[str]:
    """The names of the buttons on screen."""
    return [one.accessibleName() for one in widget.findChildren(Button) if one.isVisible()]


def test_the_waiting_screen_says_that_no_account_is_connected(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    cockpit.wall.at = START - timedelta(minutes=5)
    cockpit.page.show_chat(cockpit.editor.chat)
    assert _("Connect the account") not in names(cockpit.page.waiting)
    cockpit.account = None
    cockpit.page.show_chat(cockpit.editor.chat)
    words = _("No account is connected: each post will open ready in your browser.")
    assert words in said(cockpit.page.waiting)
    steps = []
    cockpit.page.step_wanted.connect(steps.append)
    press(cockpit, _("Connect the account"))
    assert steps == [StepId.CONNECTION]


def test_an_hour_under_way_says_that_nothing_leaves_until_it_is_opened(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    cockpit.wall.at = START + timedelta(minutes=12)
    cockpit.page.show_chat(cockpit.editor.chat)
    words = _("It is time for the chat. Nothing leaves from here until you open it.")
    assert words in said(cockpit.page.waiting)
    press(cockpit, _("Open the chat"))
    assert cockpit.board.hour is not None


def test_every_control_has_a_name_of_its_own_while_keys_fail(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    hour = failed(cockpit, Reason.KEYS_REFUSED)
    hour.becomes("rules", PostState.FAILED, reason=Reason.KEYS_REFUSED)
    hour.say_rows()
    hour.say_reading(Reason.KEYS_REFUSED)
    settle()
    found = names(cockpit.page)
    assert _("Go on in the browser") in found
    assert all(name.strip() for name in found)
    assert sorted(set(found)) == sorted(found)


# --- what leaves next ------------------------------------------------------------------------


def test_the_next_post_does_not_say_that_it_leaves_while_keys_fail(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    hour = cockpit.start()
    price = _("Leaves by itself · {price}").partition("{")[0]
    page = _("Send this post in the browser")
    way = cockpit.board.next._text
    assert way.accessibleDescription().startswith(price)
    assert page not in names(cockpit.board.next)
    # Dropped, it no longer stands among what is to be checked: only the notice is left.
    hour.becomes("q:q2", PostState.FAILED, reason=Reason.KEYS_REFUSED)
    hour.say_rows()
    hour.becomes("q:q2", PostState.SKIPPED, reason=Reason.NONE)
    hour.say_rows()
    settle()
    assert price not in way.accessibleDescription()
    assert fact_words(Reason.KEYS_REFUSED) in said(cockpit.board.next)
    assert _("Will not leave") in said(cockpit.board.next)
    following = cockpit.board.view().pace.following
    assert following is not None
    stays = _("Next: {post}, will not leave").format(post=hour_words.row_name(following))
    assert cockpit.board.strip._next.accessibleName() == stays
    assert _("{post}, will not leave").partition("}")[2] in said(cockpit.board.strip)
    shown = (one for one in cockpit.board.next.findChildren(Button) if one.isVisible())
    primary = [one.accessibleName() for one in shown if one.property("kind") == "primary"]
    assert primary == [page]
    press(cockpit, page)
    following = cockpit.board.view().pace.following
    assert following is not None
    assert hour.asked == [("by_web_page", following.id)]


def test_the_next_post_says_that_it_would_go_over_the_amount(make_cockpit: Make) -> None:
    cockpit = make_cockpit(replace(full_chat(Route.KEYS), spending_limit_cents=5))
    hour = cockpit.start(minute=0.5)
    wanted = fact_words(Reason.SPENDING_LIMIT)
    assert wanted not in said(cockpit.board.next)
    hour.at_minute(17)
    settle()
    assert wanted in said(cockpit.board.next)
    assert _("Will not leave") in said(cockpit.board.next)
    assert _("Send this post in the browser") in names(cockpit.board.next)
    over = _("The next post would go over the amount you set: it will not leave by itself.")
    assert over in said(cockpit.board.strip)
    # By the web page it costs nothing.
    following = cockpit.board.view().pace.following
    assert following is not None
    hour.becomes(following.slot, PostState.PLANNED, route=Route.ASSISTED)
    hour.say_rows()
    settle()
    assert over not in said(cockpit.board.strip)
    assert _("Will not leave") not in said(cockpit.board.next)


def test_a_post_that_did_not_leave_is_not_what_is_talked_about_now(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    hour = cockpit.start()
    assert cockpit.board.now.property("edge") == "well"
    hour.becomes("q:q3", PostState.FAILED, reason=Reason.NETWORK)
    hour.say_rows()
    settle()
    assert _("Was to leave: {post}").format(post="Q3") in said(cockpit.board.now)
    assert cockpit.board.now.property("edge") == "look"


def test_with_nothing_more_to_come_it_does_not_say_that_everything_has_left(
    make_cockpit: Make,
) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    hour = last_failed(cockpit, Reason.NETWORK)
    left = _("Everything has left. Enjoy the answers.")
    assert left not in said(cockpit.board.next)
    hour.becomes("q:q2", PostState.SENT)
    for row in hour.rows:
        if row.state is PostState.SKIPPED:
            hour.becomes(row.slot, PostState.SENT)
    hour.say_rows()
    settle()
    assert left in said(cockpit.board.next)
    hour.becomes("thanks", PostState.SKIPPED)
    hour.say_rows()
    settle()
    assert left not in said(cockpit.board.next)
    kept = _("Nothing else leaves by itself. In reserve: {posts}")
    assert kept.format(posts=_("Thanks to everyone")) in said(cockpit.board.next)


# --- an hour that could not begin --------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "begins"),
    [
        (None, "Posts are already leaving from this folder, from another window or command. "
         "Nothing was sent from here."),
        (StoreFull("full"), "The disk is full."),
    ],
)  # fmt: skip
def test_an_hour_that_could_not_begin_says_why_and_can_be_tried_again(
    make_cockpit: Make, error: Exception | None, begins: str
) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    hour = cockpit.hours.start_live()
    hour.tell = lambda: hour.say_not_begun(error)  # type: ignore[method-assign]
    cockpit.page.show_occasion(hour.occasion)
    settle()
    expected = error_words.sentence(error) if error else _(begins)
    assert expected in said(cockpit.page)
    assert _("Nothing was sent from here.") in said(cockpit.page)
    assert set(names(cockpit.page)) == {_("Try again")}
    press(cockpit, _("Try again"))
    assert hour.asked == [("try_again",)]
    hour.say_rows()
    settle()
    assert cockpit.board.next._send.isVisible()
    assert _("Pause the messages") in names(cockpit.page)
    assert cockpit.board.feed.isVisible()
    assert cockpit.board.side.isVisible()
    assert not cockpit.board.held_up.isVisible()


@pytest.mark.parametrize("width", range(420, 1020, 60))
def test_the_strip_takes_the_room_its_words_need(make_cockpit: Make, width: int) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    hour = cockpit.start()
    cockpit.page.resize(width, 736)
    settle()
    strip = cockpit.board.strip
    for without_keys in (False, True, False):
        hour.without_keys = without_keys
        hour.say_rows()
        settle()
        assert strip.height() == strip.heightForWidth(strip.width())
    hour.say_not_begun()
    settle()
    assert strip.height() == strip.heightForWidth(strip.width())


def mending(cockpit: Cockpit) -> PostEdit:
    return next(one.edit for one in cockpit.board.check.findChildren(MendText) if one.isVisible())


def test_a_text_being_put_right_outlives_another_number_of_its_post(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = failed(cockpit, Reason.UNFILLED)
    hour.becomes("q:q3", PostState.EXPIRED, reason=Reason.TOO_LATE)
    hour.say_rows()
    settle()
    cockpit.page.activateWindow()
    edit = mending(cockpit)
    edit.setFocus()
    edit.setPlainText("Mon texte à moi")
    edit.moveCursor(QTextCursor.MoveOperation.End)
    hour.becomes("q:q2", PostState.FAILED, reason=Reason.UNFILLED, number=9)
    hour.say_rows()
    settle()
    after = mending(cockpit)
    assert after.toPlainText() == "Mon texte à moi"
    assert cockpit.page.focusWidget() is after
    QTest.keyClicks(after, " !")
    assert after.toPlainText() == "Mon texte à moi !"
    rows = cockpit.board.check._rows.rows
    assert rows[0].isAncestorOf(after)


def test_a_text_being_put_right_outlives_a_screen_built_anew(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = failed(cockpit, Reason.UNFILLED)
    mending(cockpit).setPlainText("Mon texte à moi")
    typed = cockpit.page.unfinished()
    cockpit.page._put_on(None)
    cockpit.page.take_up(typed)
    cockpit.page._put_on(hour)
    settle()
    assert mending(cockpit).toPlainText() == "Mon texte à moi"
