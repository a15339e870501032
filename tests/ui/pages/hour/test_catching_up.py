"""Arriving late, a hole, an end pushed out: what is proposed, and what each button asks for."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.catching_up import Cause, Proposal
from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.outgoing import PostKind, PostState, Reason
from tchat_desktop.domain.undoing import Command, DoneCommand
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.ui.pages.hour import catching_up
from tchat_desktop.ui.pages.shared.done_words import undoing_words
from tchat_desktop.ui.pages.shared.hour_words import hour_of, pace_words
from tchat_desktop.wording.i18n import _, format_hour
from tests.ui.pages.fake_hours import START, FakeHour
from tests.ui.pages.hour.conftest import OCCASIONS, Cockpit, settle
from tests.ui.pages.hour.test_cockpit import buttons, press, said

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
    assert cockpit.board.next._send.accessibleName() not in there
    words = said(cockpit.board.main)
    assert f"{format_hour(START + timedelta(minutes=24))}  {_('Word of welcome')}" in words
    assert _("Posts were missed. Nothing leaves until you have chosen, below.") == (
        cockpit.board.strip.sentence
    )
    # Which post is next depends on the choice, and so do the times beside.
    assert cockpit.board.strip._next.accessibleName() == ""
    beside = said(cockpit.board.catching_up.times)
    assert _("The next times depend on your choice: those proposed, or those planned.") in beside
    assert not re.search(r"\d", beside)
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
    assert cockpit.board.next._send.isVisible()


def test_on_hold_the_proposal_waits_with_everything(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = arrive_late(cockpit)
    hour.do(Outbox.pause)
    settle()
    assert _("Resume") in buttons(cockpit.board.strip)


def pushed_out(cockpit: Cockpit, now: float = 17.3) -> FakeHour:
    """An hour of which all that is to come was postponed by 32 minutes, at that minute of it."""
    hour = cockpit.start(minute=17.3)
    changes = []
    for row in tuple(hour.rows):
        if row.state is PostState.PLANNED:
            hour.becomes(row.slot, row.state, due_at=row.due_at + timedelta(minutes=32))
            changes.append((row, hour.row(row.slot)))
    hour.last = DoneCommand(Command.POSTPONE, tuple(changes))
    hour.clock.at = START + timedelta(minutes=now)
    hour.say_rows()
    settle()
    return hour


@pytest.fixture
def questions(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked before questions go to the reserve; each is answered by the other button."""
    seen: list[str] = []
    answers = itertools.cycle((False, True))

    def answered(_parent: QWidget, posts: str, explained: str) -> bool:
        seen.append(f"{posts} / {explained}")
        return next(answers)

    monkeypatch.setattr(catching_up, "confirms_leaving_out", answered)
    return seen


def test_an_end_pushed_out_is_drawn_back_when_that_is_wanted(
    make_cockpit: Make, questions: list[str]
) -> None:
    cockpit = make_cockpit()
    hour = pushed_out(cockpit, now=50)
    undo = _("Undo your last decision in the chat")
    card = cockpit.board.catching_up.times
    assert set(buttons(card)) == {_("End in time"), _("Leave it so"), undo}
    height = card.height()
    told = said(card)
    press(card, _("End in time"))
    # It says which questions it would not publish, and asks first.
    assert hour.asked == []
    [question] = questions
    assert _("The run sheet you prepared stays as you wrote it.") in question
    press(card, _("End in time"))
    proposal = asked(hour)
    assert all(hour_of(at, hour.chat) in question for _id, at in proposal.times)
    # What it does was said before it was done.
    labels = {row.id: row.label for row in hour.rows}
    assert proposal.left_out
    lost = [labels[one] for one in proposal.left_out if labels[one].startswith("Q")]
    assert lost
    assert all(one in told and one in question.partition("/")[0] for one in lost)
    assert _("It would not publish: {posts} (kept in reserve).").partition("{")[0] in told
    later = cockpit.board.next._later
    assert (later.text(), later.accessibleName()) == (_("+ 5 min"), _("All 5 min later"))
    assert proposal.cause is Cause.OVER
    assert all(at < START + timedelta(hours=1) for _id, at in proposal.times)
    press(card, undo)
    assert hour.asked[-1] == ("undo",)
    hour.last = None
    hour.say_rows()
    settle()
    press(card, _("Leave it so"))
    assert not buttons(card)
    assert card.height() == height
    # As time goes on it is not proposed again.
    hour.clock.at += timedelta(seconds=30)
    cockpit.board.show_now()
    assert not buttons(card)


def test_no_button_of_the_times_ever_stands_where_another_did(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = pushed_out(cockpit)
    card = cockpit.board.catching_up.times
    places: dict[QRect, str] = {}
    for last in (hour.last, None):
        for proposed in (True, False):
            hour.last = last
            if not proposed:
                press(card, _("Leave it so"))
            hour.say_rows()
            settle()
            for name, button in buttons(card).items():
                place = QRect(button.mapTo(card, QPoint()), button.size())
                others = [one for one in places if one.intersects(place)]
                assert all(places[one] == name for one in others)
                places[place] = name
        card._refused.clear()
        hour.say_rows()
        settle()
    assert len(places) == 3


@pytest.mark.parametrize("kind", [PostKind.REPOST, PostKind.REPLY])
def test_what_was_never_in_the_run_sheet_does_not_go_back_there(
    make_cockpit: Make, kind: PostKind
) -> None:
    row = replace(make_cockpit().start().row("rules"), kind=kind)
    words = undoing_words(DoneCommand(Command.SKIP, ((row, row),)))
    assert words == _("“Undo” makes it leave after all, with a countdown.")


@pytest.mark.parametrize("command", [Command.CONFIRM, Command.SKIP, Command.EDIT, Command.SEND])
def test_what_undoing_brings_is_told_in_the_same_room(make_cockpit: Make, command: Command) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    card = cockpit.board.catching_up.times
    height = card.height()
    row = hour.row("rules")
    hour.last = DoneCommand(command, ((row, row),))
    hour.say_rows()
    settle()
    assert undoing_words(hour.last) in said(card)
    assert (_("“Undo”: to be checked again, nothing is taken off X.") in said(card)) is (
        command is Command.CONFIRM
    )
    assert card.height() == height


def test_after_a_command_the_card_says_what_it_did_and_the_strip_agrees(
    make_cockpit: Make, questions: list[str]
) -> None:
    cockpit = make_cockpit()
    hour = pushed_out(cockpit, now=50)
    strip, card = cockpit.board.strip, cockpit.board.catching_up.times
    assert _("“End in time”, under “The pace”, puts that right.") in strip.sentence
    press(card, _("End in time"))
    press(card, _("End in time"))
    proposal = asked(hour)
    assert len(questions) == 2
    changes = []
    for row in tuple(hour.rows):
        if row.id in proposal.left_out:
            hour.becomes(row.slot, PostState.SKIPPED)
        elif row.id in dict(proposal.times):
            hour.becomes(row.slot, row.state, due_at=dict(proposal.times)[row.id])
        else:
            continue
        changes.append((row, hour.row(row.slot)))
    hour.last = DoneCommand(Command.CATCH_UP, tuple(changes))
    hour.say_rows()
    settle()
    ends = _("the new times, with the last message at {hour}").format(
        hour=hour_of(proposal.times[-1][1], hour.chat)
    )
    assert ends in said(card)
    lost = [row.label for row, made in changes if made.state is PostState.SKIPPED]
    assert all(label in said(card) for label in lost if label.startswith("Q"))
    words, _tone = pace_words(cockpit.board.view())
    assert words not in (
        _("You are ahead: leave time for the answers."),
        _("You are ahead: leave time for the answers, or take one from the reserve."),
    )
    assert _("“End in time”, under “The pace”, puts that right.") not in words


def test_who_has_no_question_left_is_not_told_to_give_one_up(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start(minute=17.3)
    for row in tuple(hour.rows):
        if row.kind is PostKind.QUESTION and row.state is PostState.PLANNED:
            hour.becomes(row.slot, PostState.SKIPPED)
        elif row.state is PostState.PLANNED:
            hour.becomes(row.slot, row.state, due_at=row.due_at + timedelta(minutes=25))
    hour.say_rows()
    settle()
    card = cockpit.board.catching_up.times
    press(card, _("Leave it so"))
    settle()
    words, _tone = pace_words(cockpit.board.view())
    late = _("{count} min late: the last message leaves after {hour}.").partition("{hour}")
    assert words.endswith(late[2])


def test_an_hour_as_planned_proposes_nothing(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    cockpit.start()
    assert not buttons(cockpit.board.catching_up.times)
    assert not cockpit.board.catching_up.late.isVisible()


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_that_guests_know_another_number_is_told_in_the_same_room(
    make_cockpit: Make, occasion: Occasion
) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start(occasion, minute=1)
    card = cockpit.board.catching_up.times
    height = card.height()
    row = hour.row("q:q2")
    hour.last = DoneCommand(Command.SKIP, ((row, replace(row, state=PostState.SKIPPED)),))
    hour.becomes("q:q2", PostState.SKIPPED, number=None)
    hour.becomes("q:q3", PostState.PLANNED, number=2)
    hour.say_rows()
    settle()
    words = _("Q{before} becomes Q{after}: tell your guests.").format(before=3, after=2)
    # In a rehearsal the numbers of the real chat stay as the guests know them.
    assert (words in said(card)) is (occasion is Occasion.LIVE)
    assert card.height() == height
