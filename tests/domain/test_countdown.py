"""What to have done by when, counted back from the day of the chat."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.countdown import DueState, milestones
from tchat_desktop.domain.step_states import Detail, StepState
from tchat_desktop.domain.steps import STEPS, StepId, StepStatus

START = datetime(2026, 12, 20, 20, tzinfo=UTC)
CHAT = Chat("c", starts_at=START)
TODO = tuple(StepStatus(step, StepState.TODO) for step in STEPS)


def test_the_days_are_counted_back_and_the_earliest_comes_first() -> None:
    found = milestones(CHAT, TODO, START - timedelta(days=40))
    days = [one.by for one in found]
    assert days == sorted(days)
    assert days[-1] == date(2026, 12, 20)
    assert [one.state for one in found].count(DueState.SOON) == 1
    assert found[0].state is DueState.SOON
    assert not any(one.state is DueState.LATE for one in found)


def test_what_is_ready_is_done_and_what_is_past_is_late() -> None:
    ready = tuple(
        replace(one, state=StepState.READY) if one.step is StepId.QUESTIONS else one for one in TODO
    )
    by_step = {one.step: one for one in milestones(CHAT, ready, START - timedelta(days=10))}
    assert by_step[StepId.QUESTIONS].state is DueState.DONE
    assert by_step[StepId.HASHTAG].state is DueState.LATE
    assert by_step[StepId.PROTECTION].state is DueState.SOON, "today is not late yet"
    assert by_step[StepId.REHEARSAL].state is DueState.AHEAD


def test_announcing_that_goes_on_is_not_late_unless_an_announcement_is() -> None:
    found = {}
    for detail in (Detail.NOTHING_ANNOUNCED, Detail.ANNOUNCED, Detail.ANNOUNCEMENTS_DUE):
        told = StepStatus(StepId.PROMOTION, StepState.STARTED, detail, 1, 8)
        statuses = tuple(told if one.step is StepId.PROMOTION else one for one in TODO)
        by_step = {one.step: one for one in milestones(CHAT, statuses, START - timedelta(days=10))}
        found[detail] = by_step[StepId.PROMOTION].state
    assert list(found.values()) == [DueState.LATE, DueState.DONE, DueState.LATE]


def test_the_day_is_that_of_the_organiser() -> None:
    tokyo = replace(CHAT, time_zone="Asia/Tokyo")
    assert milestones(tokyo, TODO, START - timedelta(days=40))[-1].by == date(2026, 12, 21)


def test_without_a_day_to_come_there_is_no_countdown() -> None:
    assert milestones(replace(CHAT, starts_at=None), TODO, START) == ()
    assert milestones(CHAT, TODO, START) == ()
    assert milestones(CHAT, TODO, START - timedelta(seconds=1)) != ()


def test_what_could_not_have_been_done_yet_is_not_late() -> None:
    begun = START - timedelta(days=17)
    chat = replace(CHAT, begun_at=begun)
    found = milestones(chat, TODO, begun + timedelta(minutes=1))
    assert not any(one.state is DueState.LATE for one in found)
    assert found[0].by == (begun + timedelta(days=3)).date()
    assert [one.by for one in found] == sorted(one.by for one in found)
    later = milestones(chat, TODO, begun + timedelta(days=5))
    assert later[0].state is DueState.LATE
    # Made on the day itself, nothing is due after it.
    eve = replace(CHAT, begun_at=START - timedelta(hours=5))
    assert {one.by for one in milestones(eve, TODO, START - timedelta(hours=4))} == {START.date()}
