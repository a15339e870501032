"""Arriving late, a hole, an end pushed out: what is proposed, and what each button asks for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tchat_desktop.domain.catching_up import Cause, Proposal
from tchat_desktop.domain.outgoing import PostState, Reason
from tchat_desktop.i18n import _, format_hour
from tests.ui.pages.during.conftest import Cockpit, settle
from tests.ui.pages.during.fake_hours import START, FakeHour
from tests.ui.pages.during.test_cockpit import buttons, press, said

Make = Callable[..., Cockpit]


def arrive_late(cockpit: Cockpit) -> FakeHour:
    hour = cockpit.hours.start_live()
    hour.clock.at = START + timedelta(minutes=23)
    for row in hour.planned:
        if row.state is PostState.PLANNED and row.expires_at <= hour.clock.at:
            hour.becomes(row.slot, PostState.EXPIRED, reason=Reason.TOO_LATE)
    hour.waits_for_word = True
    cockpit.page.show_chat(cockpit.editor.chat)
    hour.say_rows()
    settle()
    return hour


def asked(hour: FakeHour) -> Proposal:
    [(command, proposal)] = hour.asked
    assert command == "catch_up"
    assert isinstance(proposal, Proposal)
    return proposal


def test_arriving_late_a_shorter_chat_is_proposed_and_nothing_else_can_be_pressed(
    make_cockpit: Make,
) -> None:
    cockpit = make_cockpit()
    hour = arrive_late(cockpit)
    there = buttons(cockpit.board.main)
    assert _("Publish now") not in there
    words = said(cockpit.board.main)
    assert f"{format_hour(START + timedelta(minutes=24))}  {_('Word of welcome')}" in words
    assert _("Posts were missed. Nothing leaves until you have chosen, below.") == (
        cockpit.board.strip._state.text
    )
    press(cockpit.board.main, _("Take these times"))
    proposal = asked(hour)
    assert proposal.cause is Cause.LATE
    assert proposal.times[0] == (hour.row("welcome").id, START + timedelta(minutes=24))


def test_the_times_planned_can_be_kept(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = arrive_late(cockpit)
    press(cockpit.board.main, _("Keep the times planned"))
    assert hour.asked == [("keep_times",)]
    hour.waits_for_word = False
    hour.say_rows()
    settle()
    assert not cockpit.board.catching_up.late.isVisible()
    assert _("Publish now") in buttons(cockpit.board.main)


def test_on_hold_the_proposal_waits_with_everything(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = arrive_late(cockpit)
    hour.pause()
    settle()
    assert _("Resume") in buttons(cockpit.board.strip)


def test_an_end_pushed_out_is_drawn_back_when_that_is_wanted(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start(minute=17.3)
    for row in tuple(hour.rows):
        if row.state is PostState.PLANNED:
            hour.becomes(row.slot, row.state, due_at=row.due_at + timedelta(minutes=25))
    hour.can_undo_times = True
    hour.say_rows()
    settle()
    card = cockpit.board.catching_up.times
    assert set(buttons(card)) == {_("End in time"), _("Undo the change of times")}
    height = card.height()
    told = said(card)
    press(card, _("End in time"))
    proposal = asked(hour)
    # What it does was said before it was done.
    labels = {row.id: row.label for row in hour.rows}
    assert proposal.left_out
    assert all(labels[one] in told for one in proposal.left_out if labels[one].startswith("Q"))
    assert _("It would not publish: {posts} (kept in reserve).").partition("{")[0] in told
    later = cockpit.board.next._later
    assert later.toolTip() == _("This message and all those after it leave 5 minutes later.")
    assert proposal.cause is Cause.OVER
    assert all(at < START + timedelta(hours=1) for _id, at in proposal.times)
    press(card, _("Undo the change of times"))
    assert hour.asked[-1] == ("undo_times",)
    hour.can_undo_times = False
    hour.say_rows()
    settle()
    press(card, _("Leave it so"))
    assert not buttons(card)
    assert card.height() == height
    # As time goes on it is not proposed again.
    hour.clock.at += timedelta(seconds=30)
    cockpit.board.show_now()
    assert not buttons(card)


def test_an_hour_as_planned_proposes_nothing(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    cockpit.start()
    assert not buttons(cockpit.board.catching_up.times)
    assert not cockpit.board.catching_up.late.isVisible()
