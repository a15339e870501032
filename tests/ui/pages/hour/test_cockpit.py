"""The cockpit: waiting, under way, paused, cut off, over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.obstacles import Obstacle
from tchat_desktop.domain.outgoing import ASKED_FOR, PostKind, PostState, Reason
from tchat_desktop.domain.pace import PaceVerdict
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.hour import board
from tchat_desktop.ui.pages.hour.strip_words import short_pace
from tchat_desktop.ui.pages.shared import hour_words
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.post_edit import PostEdit
from tchat_desktop.ui.widgets.tool_tip import tip_of
from tchat_desktop.wording.i18n import _, ngettext
from tchat_desktop.wording.network_words import obstacle_words
from tests.ui.pages.fake_hours import START, FakeHour, full_chat, lost_reply, participant
from tests.ui.pages.hour.conftest import Cockpit, point_at_page, settle
from tests.ui.survey import widened

Make = Callable[..., Cockpit]


def buttons(widget: QWidget) -> dict[str, Button]:
    """The buttons on screen, by name."""
    return {one.accessibleName(): one for one in widget.findChildren(Button) if one.isVisible()}


def said(widget: QWidget) -> str:
    """All the words on screen."""
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def press(widget: QWidget, name: str) -> None:
    buttons(widget)[name].click()
    settle()


# --- before and after ----------------------------------------------------------------------


def test_counts_down_to_the_hour_and_opens_it(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    cockpit.wall.at = START - timedelta(minutes=42, seconds=7)
    cockpit.page.show_chat(cockpit.editor.chat)
    assert "42:07" in said(cockpit.page)
    press(cockpit.page, _("Open the chat"))
    assert cockpit.board.hour is cockpit.hours.hour(Occasion.LIVE)
    assert not cockpit.page.waiting.isVisible()


@pytest.mark.parametrize(
    ("change", "step"),
    [
        ({"starts_at": None}, StepId.SCHEDULE),
        ({"route": None}, StepId.CONNECTION),
        ({"route": Route.REHEARSAL}, StepId.CONNECTION),
        ({"closed_at": START}, StepId.THANKS),
        ({"starts_at": START - timedelta(days=2)}, StepId.THANKS),
    ],
)
def test_leads_to_the_step_that_is_missing(
    make_cockpit: Make, qtbot: QtBot, change: dict[str, object], step: StepId
) -> None:
    cockpit = make_cockpit(replace(full_chat(), **change))  # type: ignore[arg-type]
    assert _("Open the chat") not in buttons(cockpit.page)
    with qtbot.waitSignal(cockpit.page.step_wanted) as wanted:
        cockpit.page.waiting._fix.click()
    assert wanted.args == [step]


def test_an_empty_chat_can_be_looked_at(make_cockpit: Make) -> None:
    cockpit = make_cockpit(Chat(id="empty"))
    assert _("Choose the day and the hour") in buttons(cockpit.page)


def test_the_real_hour_stands_before_a_rehearsal_unless_asked_for(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    rehearsal = cockpit.start(Occasion.REHEARSAL)
    live = cockpit.start(Occasion.LIVE)
    assert cockpit.board.hour is live
    cockpit.page.show_occasion(Occasion.REHEARSAL)
    assert cockpit.board.hour is rehearsal


def test_a_rehearsal_just_started_is_shown_even_when_the_real_hour_is_open(
    make_cockpit: Make,
) -> None:
    cockpit = make_cockpit()
    cockpit.start(Occasion.LIVE)
    rehearsal = cockpit.hours.start_rehearsal()
    cockpit.page.show_chat(cockpit.editor.chat)
    assert cockpit.board.hour is rehearsal
    rehearsal.say_ended()
    settle()
    press(cockpit.page, _("Close the rehearsal"))
    assert cockpit.board.hour is cockpit.hours.hour(Occasion.LIVE)


def test_a_rehearsal_leads_to_no_thanks(make_cockpit: Make, qtbot: QtBot) -> None:
    cockpit = make_cockpit()
    with qtbot.waitSignal(cockpit.page.filled):
        cockpit.start(Occasion.REHEARSAL)
    assert not cockpit.page.leads_on
    assert _("Publish in the rehearsal") in buttons(cockpit.board.next)
    cockpit.start(Occasion.LIVE)
    assert cockpit.page.leads_on


def test_before_the_chat_there_is_no_pace(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start(minute=-8)
    hour.becomes("welcome", PostState.SENT)
    hour.say_rows()
    settle()
    view = cockpit.board.view()
    assert view.begins_in is not None
    assert short_pace(view) == ""
    for verdict in (PaceVerdict.GOOD, PaceVerdict.AHEAD):
        early = replace(view, pace=replace(view.pace, verdict=verdict))
        said = _("The chat has not begun yet: its messages wait for their times.")
        assert hour_words.pace_words(early)[0] == said


def test_nothing_keeps_its_time_once_everything_is_out(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    cockpit.start().at_minute(30)
    settle()
    view = cockpit.board.view()
    all_out = tuple(
        replace(row, state=PostState.SENT) if row.state is PostState.PLANNED else row
        for row in view.rows
    )
    pace = replace(view.pace, verdict=PaceVerdict.GOOD, following=None)
    view = replace(view, rows=all_out, pace=pace)
    assert short_pace(view) == _("Nothing left to publish")
    said = _("No message of the run sheet is left to publish: the time is for the answers.")
    assert hour_words.pace_words(view) == (said, "well")
    lost = replace(all_out[0], state=PostState.UNKNOWN)
    unsure = replace(view, rows=(lost, *all_out[1:]))
    assert hour_words.pace_words(unsure)[1] == "look"


def test_encouragement_is_true(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    hour.at_minute(12)
    settle()
    view = cockpit.board.view()
    last = view.pace.current
    assert last is not None
    good = replace(view, pace=replace(view.pace, verdict=PaceVerdict.GOOD))
    assert hour_words.pace_words(good)[0] == _("Your messages keep to their times.")
    late = replace(last, changed_at=last.due_at + timedelta(minutes=4))
    behind = replace(good, pace=replace(good.pace, current=late))
    assert _("Your messages keep to their times.") not in hour_words.pace_words(behind)[0]
    early = replace(last, changed_at=last.due_at - timedelta(minutes=13))
    before = replace(good, pace=replace(good.pace, current=early))
    said = _("The last message left early. The others keep their times.")
    assert hour_words.pace_words(before)[0] == said
    bare = replace(view, rows=())
    ahead = replace(bare, pace=replace(bare.pace, verdict=PaceVerdict.AHEAD))
    assert hour_words.pace_words(ahead)[0] == _("You are ahead: leave time for the answers.")


def test_a_rehearsal_says_so_all_along(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    words = _("Nothing is published")
    cockpit.start(Occasion.REHEARSAL)
    assert words in said(cockpit.board.strip)
    chip = cockpit.board.strip._nothing_leaves
    whole = _("Rehearsal: nothing is published. The public is invented.")
    assert chip.accessibleName() == whole
    assert whole in tip_of(chip)
    cockpit.start(Occasion.LIVE)
    assert words not in said(cockpit.board.strip)


def test_an_early_end_leads_to_the_thanks_and_closes_the_chat(
    make_cockpit: Make, qtbot: QtBot
) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    hour.say_ended()
    settle()
    assert cockpit.editor.chat.closed_at == START
    assert not cockpit.board.now.isVisible()
    with qtbot.waitSignal(cockpit.page.step_wanted) as wanted:
        press(cockpit.page, _("Thank the participants"))
    assert wanted.args == [StepId.THANKS]


def test_a_chat_that_ended_in_its_time_was_closed_by_nobody(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    cockpit.wall.at = cockpit.editor.chat.ends_at
    hour.say_ended()
    settle()
    assert cockpit.editor.chat.closed_at is None
    assert not cockpit.board.now.isVisible()


def test_the_end_of_a_rehearsal_closes_nothing(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    cockpit.start(Occasion.REHEARSAL).say_ended()
    settle()
    assert cockpit.editor.chat.closed_at is None
    press(cockpit.page, _("Close the rehearsal"))
    assert cockpit.page.board is None
    assert cockpit.page.waiting.isVisible()


def test_a_screen_built_after_the_end_knows_it(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.hours.start_live()
    hour.at_minute(61)
    cockpit.page.show_chat(cockpit.editor.chat)
    settle()
    assert cockpit.board.is_over


def test_events_of_another_hour_change_nothing(make_cockpit: Make, bridge: Bridge) -> None:
    cockpit = make_cockpit()
    other = FakeHour(full_chat(), Occasion.REHEARSAL, bridge.report)
    hour = cockpit.start()
    before = cockpit.board.view().rows
    other.at_minute(40)
    other.say_ended()
    settle()
    assert cockpit.board.view().rows == before
    assert not cockpit.board.is_over
    assert cockpit.board.hour is hour


# --- now and next --------------------------------------------------------------------------


def test_shows_what_is_asked_and_counts_down_to_what_follows(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    now, following = cockpit.board.view().pace.current, cockpit.board.view().pace.following
    assert now is not None
    assert following is not None
    assert now.text in said(cockpit.board.now)
    left = hour_words.countdown(following.due_at - hour.clock.at)
    assert left in said(cockpit.board.next)
    hour.clock.at += timedelta(seconds=1)
    cockpit.board.show_now()
    assert left not in said(cockpit.board.next)


def test_the_buttons_of_the_next_post_ask_the_hour(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    following = cockpit.board.view().pace.following
    assert following is not None
    for name in (_("Publish now"), _("All 5 min later"), _("Keep this post in reserve")):
        press(cockpit.board.next, name)
    assert hour.asked == [
        ("send_now", following.id),
        ("postpone", following.id, 5),
        ("skip", following.id),
    ]


def test_the_text_of_the_next_post_is_changed_in_its_place(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    following = cockpit.board.view().pace.following
    assert following is not None
    card = cockpit.board.next
    press(card, _("Change this post"))
    card.changing.edit.setPlainText("Relance plus courte #UnionsPrécoces")
    hour.say_rows()
    settle()
    assert card.editing
    assert card.changing.edit.toPlainText() == "Relance plus courte #UnionsPrécoces"
    press(card, _("Keep this text"))
    assert hour.asked == [("edit_text", following.id, "Relance plus courte #UnionsPrécoces")]
    assert not card.editing


def test_a_text_too_long_cannot_be_kept(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    cockpit.start()
    card = cockpit.board.next
    press(card, _("Change this post"))
    card.changing.edit.setPlainText("a" * 281)
    assert not card.changing.save.isEnabled()


def test_pausing_says_so_holds_the_button_and_resumes(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    press(cockpit.board.strip, _("Pause the messages"))
    assert hour.paused
    assert _("Everything is on hold: nothing leaves until you press “Resume”.") in said(
        cockpit.board.strip
    )
    assert not cockpit.board.next._send.isEnabled()
    press(cockpit.board.strip, _("Resume"))
    assert not hour.paused


def test_nothing_moves_when_the_state_changes(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    hour.say_posts(participant(1, "Bonjour", hour.clock.at))
    settle()
    # While the mouse is on the page; elsewhere the strip is as low as it may.
    point_at_page(cockpit)
    places = [cockpit.board.feed.y(), cockpit.board.next.height()]
    hour.do(Outbox.pause)
    hour.say_network(False)
    settle()
    tall = cockpit.board.strip.height()
    hour.do(Outbox.resume)
    hour.at_minute(21)
    hour.becomes("q:q3", PostState.HANDED_OVER, page="https://x.com/intent/tweet?text=a")
    hour.say_rows()
    settle()
    assert [cockpit.board.feed.y(), cockpit.board.next.height()] == places
    assert cockpit.board.strip.height() == tall


@pytest.mark.parametrize("width", [1366, 1070, 900, 800])
def test_with_text_twice_as_large_nothing_is_wider_than_the_page(
    make_cockpit: Make, width: int
) -> None:
    theme.apply(theme.LIGHT, 2.0)
    cockpit = make_cockpit(full_chat(Route.KEYS))
    hour = cockpit.start()
    hour.say_posts(participant(1, "R2 Une longue réponse " * 8, hour.clock.at))
    hour.say_reading(Reason.KEYS_REFUSED)
    cockpit.page.resize(width, 736)
    settle()
    assert cockpit.page.widget().width() <= cockpit.page.viewport().width()


@pytest.fixture
def wide_letters(qapp: QApplication) -> Iterator[None]:
    """As in DejaVu Sans, the only font of many a computer."""
    font = qapp.font()
    qapp.setFont(widened(font))
    yield
    qapp.setFont(font)


@pytest.mark.usefixtures("wide_letters")
def test_in_wide_letters_nothing_is_wider_than_the_page(make_cockpit: Make) -> None:
    test_with_text_twice_as_large_nothing_is_wider_than_the_page(make_cockpit, 800)


def test_where_the_sentence_needs_another_line_it_gets_it(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    cockpit.page.resize(400, 736)
    hour = cockpit.start()
    strip = cockpit.board.strip
    heights = []
    for gone in (False, True):
        hour.say_network(not gone)
        for act in (partial(hour.do, Outbox.pause), partial(hour.do, Outbox.resume)):
            act()
            settle()
            assert strip.height() == strip.heightForWidth(strip.width())
            heights.append(strip.height())
    assert len(set(heights)) > 1


def test_the_network_gone_is_said_and_unsaid(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    hour.say_network(False)
    settle()
    assert cockpit.board.view().reachable is False
    gone = said(cockpit.board.strip)
    hour.say_network(True)
    settle()
    assert said(cockpit.board.strip) != gone


@pytest.mark.parametrize("paused", [False, True])
@pytest.mark.parametrize("obstacle", Obstacle)
def test_what_bars_the_way_to_x_is_said_with_its_remedy(
    make_cockpit: Make, obstacle: Obstacle, paused: bool
) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    if paused:
        hour.do(Outbox.pause)
    hour.say_network(False)
    hour.say_network(False, obstacle)
    settle()
    assert obstacle_words(obstacle) in said(cockpit.board.strip)
    hour.say_network(True)
    settle()
    assert obstacle_words(obstacle) not in said(cockpit.board.strip)


# --- handed over, to check, reserve --------------------------------------------------------


def handed_over(cockpit: Cockpit) -> FakeHour:
    hour = cockpit.start()
    hour.becomes("q:q2", PostState.HANDED_OVER, page="https://x.com/intent/tweet?text=a")
    hour.say_rows()
    settle()
    return hour


def test_asks_whether_a_post_handed_over_is_published(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat())
    hour = handed_over(cockpit)
    card = cockpit.board.now
    card._link.setText("https://x.com/voixdesfilles/status/12345")
    QTest.keyClick(card._link, Qt.Key.Key_Return)
    link = "https://x.com/voixdesfilles/status/12345"
    assert hour.asked == [("confirm_sent", hour.row("q:q2").id, link)]


def test_a_wrong_link_is_said_beside_its_field_and_kept(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat())
    hour = handed_over(cockpit)
    card = cockpit.board.now
    card._link.setText("https://example.org/1")
    press(card, _("Yes, it is published"))
    assert hour.asked == []
    assert card._link.text() == "https://example.org/1"
    assert card._link.accessibleDescription()


def test_a_page_that_is_due_while_one_types_says_so_and_can_be_opened(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat())
    hour = cockpit.start()
    hour.typing = True
    hour.becomes("welcome", PostState.DUE)
    hour.say_rows()
    settle()
    row = hour.row("welcome")
    assert hour_words.waits_for_typing_words(row) in cockpit.board.strip.sentence
    press(cockpit.board.next, _("Open now"))
    assert hour.asked == [("send_now", row.id)]
    hour.typing = False
    cockpit.board.show_now()
    assert _("Open now") not in buttons(cockpit.board.next)


def test_the_page_can_be_opened_again_and_the_question_put_off(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat())
    hour = handed_over(cockpit)
    answer = f"{_('Say whether it is published')} – {hour_words.row_name(hour.row('q:q2'))}"
    assert list(buttons(cockpit.board.check)) == [answer]
    press(cockpit.board.now, _("Open the page again"))
    assert cockpit.pages == ["https://x.com/intent/tweet?text=a"]
    row = hour.row("q:q2")
    # Two pages may wait: which one is asked about is seen by its text.
    assert row.text in said(cockpit.board.now)
    assert _("Drop it") in buttons(cockpit.board.now)
    press(cockpit.board.now, _("Not yet"))
    assert cockpit.board.now.asked_id == row.id
    offered = buttons(cockpit.board.now)
    assert _("Not yet") not in offered
    assert {_("Open the page again"), _("Yes, it is published"), _("Drop it")} <= offered.keys()
    press(cockpit.board.now, _("Yes, it is published"))
    press(cockpit.board.now, _("Drop it"))
    assert hour.asked == [("confirm_sent", row.id, ""), ("skip", row.id)]


def test_without_a_page_there_is_no_button_to_open_it_again(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat())
    hour = handed_over(cockpit)
    hour.becomes("q:q2", PostState.HANDED_OVER, page="")
    hour.say_rows()
    settle()
    assert _("Yes, it is published") in buttons(cockpit.board.now)
    assert _("Open the page again") not in buttons(cockpit.board.now)


def test_the_post_asked_about_stays_until_it_is_answered_for(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat())
    hour = handed_over(cockpit)
    first = hour.row("q:q2")
    later = hour.row("q:q3").due_at
    hour.becomes("q:q3", PostState.HANDED_OVER, page="https://x.com/b", changed_at=later)
    hour.say_rows()
    settle()
    now = cockpit.board.now
    assert now.asked_id == first.id
    assert hour_words.row_name(hour.row("q:q3")) in now._behind.accessibleName()
    press(now, _("Yes, it is published"))
    assert hour.asked == [("confirm_sent", first.id, "")]
    # What is put off comes after the other, whose buttons are in the list meanwhile.
    press(now, _("Not yet"))
    assert now.asked_id == hour.row("q:q3").id
    assert hour_words.row_name(first) in now._behind.accessibleName()
    name = f"{_('Yes, it is published')} – {hour_words.row_name(first)}"
    press(cockpit.board.check, name)
    assert hour.asked[-1] == ("confirm_sent", first.id)
    hour.becomes("q:q3", PostState.SENT)
    hour.say_rows()
    settle()
    assert now.asked_id == first.id
    # No other stands behind it: in its place is what to do about one that was put off.
    to_do = _("Press “{button}” there, then say so here.").format(button=hour_words.x_button(first))
    assert now._behind.accessibleName() == to_do


def test_a_lost_answer_is_decided_by_the_organiser(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    row = lost_reply(hour)
    hour.add_row(row)
    hour.say_rows()
    settle()
    name = hour_words.own_name(row)
    assert hour_words.why(row) in said(cockpit.board.check)
    quoted = _("“{text}”").format(text=hour_words.beginning(row.text, 90))
    assert quoted.startswith("«\u202f")
    assert quoted in said(cockpit.board.check)
    for button in (_("See on X"), _("Yes, it is published"), _("No, publish it now"), _("Drop it")):
        press(cockpit.board.check, f"{button} – {name}")
    assert [one[0] for one in hour.asked] == ["confirm_sent", "not_out", "skip"]
    assert cockpit.pages == ["https://x.com/voixdesfilles"]


def test_a_failed_post_can_go_by_the_web_page(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    hour.becomes("q:q2", PostState.FAILED, reason=Reason.NO_CREDIT)
    hour.say_rows()
    settle()
    name = hour_words.row_name(hour.row("q:q2"))
    press(cockpit.board.check, f"{_('Use the browser')} – {name}")
    assert hour.asked == [("by_web_page", hour.row("q:q2").id)]


def test_a_row_to_check_keeps_the_keyboard_while_others_change(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    hour.add_row(lost_reply(hour))
    hour.say_rows()
    settle()
    cockpit.page.activateWindow()
    press(cockpit.board.strip, cockpit.board.strip._check.accessibleName())
    focused = cockpit.page.focusWidget()
    assert focused in cockpit.board.check.findChildren(QWidget)
    hour.at_minute(25)
    settle()
    assert cockpit.page.focusWidget() is focused


@pytest.mark.parametrize("kind", sorted(ASKED_FOR))
def test_what_opens_by_itself_after_a_pause_is_counted_down_in_the_strip(
    make_cockpit: Make, kind: PostKind
) -> None:
    cockpit = make_cockpit(full_chat(Route.ASSISTED))
    hour = cockpit.start()
    strip = cockpit.board.strip
    asked = replace(
        lost_reply(hour), kind=kind, guest_name="Awa", state=PostState.DUE, planned=None
    )
    hour.add_row(asked)
    hour.say_rows()
    settle()
    # It leaves because that is asked for, at once.
    assert hour_words.row_name(asked) not in strip._next.accessibleName()
    hour.rows.remove(asked)
    held_up = replace(asked, state=PostState.PLANNED, due_at=hour.clock.at + timedelta(seconds=59))
    hour.add_row(held_up)
    hour.say_rows()
    settle()
    said_next = _("Next: {post} in {time}").format(post=hour_words.row_name(held_up), time="0:59")
    assert strip._next.accessibleName() == said_next
    # The card beside it is about the run sheet.
    following = cockpit.board.view().pace.following
    assert following is not None
    assert hour_words.row_name(following) in said(cockpit.board.next)
    hour.typing = True
    hour.rows.remove(held_up)
    hour.add_row(replace(held_up, state=PostState.DUE, route=Route.ASSISTED))
    hour.clock.at = held_up.due_at
    hour.say_rows()
    settle()
    assert hour_words.waits_for_typing_words(held_up) in strip.sentence


def test_a_reply_that_was_dropped_is_gone_and_a_guests_answer_is_kept(
    make_cockpit: Make,
) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    reply = replace(lost_reply(hour), state=PostState.SKIPPED, reason=Reason.NONE)
    hour.add_row(reply)
    hour.say_rows()
    settle()
    back = _("Put into the run sheet")
    names = [one.accessibleName() for one in cockpit.board._reserve.findChildren(Button)]
    assert f"{back} – {hour_words.own_name(reply)}" not in names
    assert reply.text[:20] not in said(cockpit.board._reserve)
    answer = replace(reply, id="a", slot="answer:g:q1", kind=PostKind.GUEST_ANSWER)
    answer = replace(answer, guest_name="Awa")
    hour.add_row(answer)
    hour.say_rows()
    settle()
    names = [one.accessibleName() for one in cockpit.board._reserve.findChildren(Button)]
    assert f"{back} – {hour_words.own_name(answer)}" in names


def test_a_post_in_reserve_can_come_back(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    spare = hour.row("q:q6")
    press(cockpit.board.side, f"{_('Put into the run sheet')} – {hour_words.own_name(spare)}")
    assert hour.asked == [("bring_back", spare.id)]


@pytest.mark.parametrize("state", [PostState.EXPIRED, PostState.SKIPPED])
def test_reminders_that_wait_are_told_apart_by_the_names_of_their_buttons(
    make_cockpit: Make, state: PostState
) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    first = next(row for row in hour.rows if row.kind is PostKind.NUDGE)
    hour.becomes(first.slot, state, reason=Reason.TOO_LATE)
    text = "Et chez vous, comment ça se passe ?"
    hour.add_row(replace(hour.row(first.slot), id="second", slot="second", text=text))
    hour.say_rows()
    settle()
    offered = [one for one in cockpit.board.side.findChildren(Button) if one.isVisible()]
    names = [one.accessibleName() for one in offered]
    assert any(text in name for name in names)
    assert len(names) == len(set(names))


def test_ending_a_rehearsal_asks_first_with_what_is_left(
    make_cockpit: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start(Occasion.REHEARSAL)
    answers = iter((False, True))
    left: list[int] = []

    def confirms(_parent: QWidget, count: int) -> bool:
        left.append(count)
        return next(answers)

    monkeypatch.setattr(board, "confirms_end_of_rehearsal", confirms)
    press(cockpit.board.side, _("Stop the rehearsal"))
    assert hour.asked == []
    press(cockpit.board.side, _("Stop the rehearsal"))
    assert hour.asked == [("end",)]
    coming = [row for row in hour.rows if row.planned and row.state is PostState.PLANNED]
    assert left == [len(coming)] * 2


# --- everyone ------------------------------------------------------------------------------


def test_every_control_has_a_name_of_its_own(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    at = hour.clock.at
    hour.say_posts(participant(1, "Bonjour", at), participant(2, "Et l’école ?", at))
    hour.add_row(lost_reply(hour))
    hour.becomes("rules", PostState.EXPIRED, reason=Reason.TOO_LATE)
    hour.say_rows()
    settle()
    names: list[str] = []
    for widget in cockpit.page.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            interface = QAccessible.queryAccessibleInterface(widget)
            name = interface.text(QAccessible.Text.Name)
            assert name.strip(), widget
            names.append(name)
            assert widget.height() >= 32, name
    assert sorted(set(names)) == sorted(names)


def test_tab_goes_from_the_strip_through_the_feed_to_the_side(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    at = hour.clock.at
    hour.say_posts(participant(1, "Première", at), participant(2, "Seconde", at))
    settle()
    cockpit.page.activateWindow()
    cockpit.board.strip._pause.setFocus()
    order: list[str] = []
    for _step in range(40):
        widget = QApplication.focusWidget()
        assert widget is not None
        order.append(widget.accessibleName())
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    seen = [
        _("Pause the messages"),
        cockpit.board.next._send.accessibleName(),
        _("Search"),
        cockpit.board.feed._cards["1001"].accessibleName(),
        _("End the chat now"),
    ]
    assert [order.index(name) for name in seen] == sorted(order.index(name) for name in seen)


def test_nothing_is_wider_than_the_page(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat())
    handed_over(cockpit)
    for width in (1366, 1024, 760):
        cockpit.page.resize(width, 700)
        settle()
        assert cockpit.page.widget().width() <= cockpit.page.viewport().width()


def test_how_fast_posts_leave_is_shown(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    lately = cockpit.board.view().sent_lately
    assert 0 < lately <= len(cockpit.board.view().sent)
    assert cockpit.board.gone.rate.text().startswith(f"{lately} message")
    hour.at_minute(59)
    settle()
    assert cockpit.board.view().sent_lately < lately


def test_how_fast_posts_leave_is_not_counted_by_hand(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.ASSISTED))
    hour = cockpit.start()
    for row in tuple(hour.rows):
        if row.state is PostState.SENT:
            hour.becomes(row.slot, PostState.SENT, reason=Reason.BY_HAND)
    hour.say_rows()
    settle()
    assert cockpit.board.view().sent
    assert cockpit.board.gone.rate.isHidden()


# --- what is typed -------------------------------------------------------------------------


def test_what_is_typed_stays_while_another_hour_is_shown(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    live = cockpit.start(Occasion.LIVE)
    live.say_posts(participant(1, "Comment faire ?", live.clock.at))
    settle()
    cockpit.board.feed._cards["1001"]._reply.click()
    cockpit.board.feed.reply._edit.setPlainText("Bonsoir")
    cockpit.board.next._change.click()
    cockpit.board.next.changing.edit.setPlainText("Q3 autrement")
    cockpit.start(Occasion.REHEARSAL)
    assert not cockpit.board.next.editing
    cockpit.page.show_occasion(Occasion.LIVE)
    settle()
    assert cockpit.board.next.editing
    assert cockpit.board.next.changing.edit.toPlainText() == "Q3 autrement"
    live.say_posts(participant(1, "Comment faire ?", live.clock.at))
    settle()
    assert cockpit.board.feed.reply._edit.toPlainText() == "Bonsoir"


def test_the_link_being_pasted_stays_with_its_post(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.ASSISTED))
    hour = cockpit.start()
    hour.becomes("q:q2", PostState.HANDED_OVER)
    hour.say_rows()
    settle()
    cockpit.board.now._link.setText("https://x.com/a/status/1")
    cockpit.page.take_up(cockpit.page.unfinished())
    cockpit.page._put_on(None)
    cockpit.page.show_chat(cockpit.editor.chat)
    settle()
    assert cockpit.board.now._link.text() == "https://x.com/a/status/1"
    hour.becomes("q:q2", PostState.SENT)
    hour.becomes("q:q3", PostState.HANDED_OVER)
    hour.say_rows()
    settle()
    assert cockpit.board.now._link.text() == ""


@pytest.mark.parametrize("state", [PostState.FAILED, PostState.UNKNOWN, PostState.EXPIRED])
def test_the_strip_says_when_a_post_needs_somebody(make_cockpit: Make, state: PostState) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    wanted = ngettext(
        "One of your messages waits for your word: see “To check”.",
        "Some of your messages wait for your word: see “To check”.",
        2,
    )
    hour.becomes("welcome", PostState.HANDED_OVER, page="https://x.com/intent/tweet?text=a")
    hour.say_rows()
    settle()
    assert wanted not in said(cockpit.board.strip)
    hour.becomes("q:q2", state, reason=Reason.REFUSED)
    hour.say_rows()
    settle()
    assert wanted in said(cockpit.board.strip)


def test_the_post_asked_about_is_counted_among_those_to_check(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    assert _("No message to check") in buttons(cockpit.board.strip)
    # The lone tick tells it to who points at it, too.
    assert tip_of(cockpit.board.strip._check).startswith(_("No message to check"))
    hour.becomes("welcome", PostState.HANDED_OVER, page="https://x.com/intent/tweet?text=a")
    hour.say_rows()
    settle()
    one = ngettext("{count} to check", "{count} to check", 1).format(count=1)
    assert one in buttons(cockpit.board.strip)
    check = cockpit.board.strip._check
    assert check.accessibleDescription() == _("Word of welcome")
    assert _("Word of welcome") in check.toolTip()
    assert _("No message to check.") not in said(cockpit.board.check)
    cockpit.page.activateWindow()
    press(cockpit.board.strip, one)
    assert cockpit.page.focusWidget() is cockpit.board.now._link
    press(cockpit.board.now, _("Not yet"))
    settle()
    assert one in buttons(cockpit.board.strip)
    assert _("No message to check.") not in said(cockpit.board.check)


@pytest.mark.parametrize("width", [700, 1024])
def test_another_next_post_does_not_push_the_page_down(make_cockpit: Make, width: int) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    cockpit.page.resize(width, 736)
    settle()
    heights = set()
    for slot in ("welcome", "rules", "guests", "q:q1", "q:q2"):
        cockpit.board.show_now()
        settle()
        heights.add(cockpit.board.strip.height())
        if any(row.slot == slot for row in hour.rows):
            hour.becomes(slot, PostState.SENT)
            hour.say_rows()
            settle()
    assert len(heights) == 1


def test_what_is_to_fill_in_is_filled_in_where_it_is_told(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    hour.becomes(
        "q:q2", PostState.FAILED, reason=Reason.UNFILLED, text="Q2 Où ? [lien] #UnionsPrécoces"
    )
    hour.say_rows()
    settle()
    card = cockpit.board.check
    name = hour_words.row_name(hour.row("q:q2"))
    publish = buttons(card)[f"{_('Publish it so')} – {name}"]
    assert not publish.isEnabled()
    assert f"{_('Try again')} – {name}" not in buttons(card)
    [edit] = card.findChildren(PostEdit)
    edit.setPlainText("Q2 Où ? #UnionsPrécoces")
    press(card, publish.accessibleName())
    post = hour.row("q:q2").id
    assert hour.asked == [("edit_text", post, "Q2 Où ? #UnionsPrécoces"), ("send_now", post)]


def test_undo_is_about_the_hour_on_screen_though_the_real_one_is_open(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    live, rehearsal = cockpit.start(), cockpit.start(Occasion.REHEARSAL)
    assert cockpit.board.hour is rehearsal
    assert cockpit.page.undoes_itself
    cockpit.page.undo()
    assert ("undo",) in rehearsal.asked
    assert ("undo",) not in live.asked


def test_the_buttons_of_the_next_post_stand_in_one_row(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    cockpit.start()
    # Of a screen 1366 wide, less the rail.
    cockpit.page.resize(1118, 660)
    settle()
    assert len({one.geometry().center().y() for one in cockpit.board.next._buttons}) == 1
