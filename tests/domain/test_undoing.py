"""What undo can still take back, and where it puts the posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tchat_desktop.domain.catching_up import missed, must_ask
from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.conversation import FeedPost, Mark, Marking
from tchat_desktop.domain.decisions import COUNTDOWN, planned_at, skipped
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState, Reason
from tchat_desktop.domain.undoing import Command, DoneCommand, Marked, can_put_back, put_back
from tests.domain.test_catching_up import at, post
from tests.domain.test_recap import item
from tests.fakes.clock import START
from tests.fakes.outgoing import planned

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)

FOR_GOOD = [
    Command.NOT_OUT,
    Command.TAKE_BACK,
    Command.CORRECT,
    Command.PAUSE,
    Command.RESUME,
    Command.END,
    Command.REOPEN,
    Command.WITHOUT_KEYS,
    Command.WITH_KEYS,
    Command.ADD_POST,
    Command.CORRECT_POST,
    Command.REMOVE_POST,
]


def delayed(command: Command = Command.POSTPONE) -> DoneCommand:
    """Q1 and Q2, due after five and ten minutes, both delayed by five."""
    rows = (planned("q1", 300), planned("q2", 600))
    return DoneCommand(
        command, tuple((row, planned_at(row, row.due_at + 5 * MINUTE)) for row in rows)
    )


def left_by(done: DoneCommand) -> list[OutboxPost]:
    return [made for _before, made in done.changes]


def instants(changes: Sequence[tuple[OutboxPost, OutboxPost]]) -> dict[str, datetime]:
    return {made.id: made.due_at for _row, made in changes}


@pytest.mark.parametrize("command", Command)
def test_some_commands_are_for_good_even_if_nothing_has_changed_since(command: Command) -> None:
    marked = Marked(item(1), Marking("1", Mark.STARRED, True)) if command is Command.MARK else None
    done = replace(delayed(command), marked=marked)
    # "Keep the times" set nothing aside here, so there is no question to ask again.
    refused = [*FOR_GOOD, Command.KEEP_TIMES]
    assert can_put_back(left_by(done), done, START, over=False) is (command not in refused)


def test_a_mark_can_be_undone_though_no_row_is_left() -> None:
    marked = Marked(FeedPost(item(1).post), Marking("1", Mark.STARRED, True))
    assert can_put_back([], DoneCommand(Command.MARK, marked=marked), START, over=True)


@pytest.mark.parametrize(
    ("since", "can"),
    [
        ({}, True),
        ({"state": PostState.DUE}, True),
        ({"state": PostState.SENDING}, False),
        ({"state": PostState.SENT}, False),
        ({"due_at": START + 10 * MINUTE + SECOND}, False),
        ({"text": "Un autre texte"}, False),
        ({"id": "another"}, False),
    ],
)
def test_the_first_post_of_a_command_decides_whether_it_can_be_undone(
    since: dict[str, object], can: bool
) -> None:
    done = delayed()
    first, second = left_by(done)
    assert can_put_back([replace(first, **since), second], done, START, over=False) is can  # type: ignore[arg-type]
    # The others that changed since simply stay.
    assert can_put_back([first, replace(second, **since)], done, START, over=False)  # type: ignore[arg-type]
    there = put_back([first, replace(second, **since)], done, START)  # type: ignore[arg-type]
    assert ("q2" in instants(there)) is can


def test_a_command_that_changed_nothing_cannot_be_undone() -> None:
    assert not can_put_back([planned("q1", 300)], DoneCommand(Command.POSTPONE), START, over=False)


def test_once_the_hour_is_over_undo_plans_no_post_but_still_puts_into_reserve() -> None:
    reserve = replace(planned("q1", 300), state=PostState.SKIPPED)
    done = DoneCommand(Command.BRING_BACK, ((reserve, planned("q1", 300)),))
    assert can_put_back(left_by(done), done, START, over=True)
    again = DoneCommand(Command.SKIP, ((planned("q1", 300), reserve),))
    assert not can_put_back(left_by(again), again, START, over=True)
    assert can_put_back(left_by(again), again, START, over=False)
    # One post that would be planned is enough to refuse.
    both = DoneCommand(Command.POSTPONE, (*done.changes, (planned("q2", 600), planned("q2", 900))))
    assert not can_put_back(left_by(both), both, START, over=True)


@pytest.mark.parametrize(
    ("seconds", "first"),
    [(0, 300), (240, 300), (241, 301), (300, 360), (400, 460)],
)
def test_former_times_come_back_or_all_later_alike_so_that_the_first_leaves_in_a_minute(
    seconds: int, first: int
) -> None:
    done = delayed()
    back = put_back(left_by(done), done, START + seconds * SECOND)
    assert instants(back) == {
        "q1": START + first * SECOND,
        "q2": START + (first + 300) * SECOND,
    }


def test_only_posts_that_wait_decide_how_much_later_the_others_come() -> None:
    reserve = replace(planned("q1", -600), state=PostState.SKIPPED)
    late = (reserve, planned("q1", 300))
    done = DoneCommand(Command.CATCH_UP, (late, (planned("q2", 600), planned("q2", 900))))
    back = {row.id: made for row, made in put_back(left_by(done), done, START)}
    assert (back["q1"].state, back["q2"].due_at) == (PostState.SKIPPED, START + 10 * MINUTE)


@pytest.mark.parametrize("state", [PostState.UNKNOWN, PostState.FAILED, PostState.HANDED_OVER])
@pytest.mark.parametrize(("due", "back"), [(-300, 60), (0, 60), (59, 60), (60, 60), (61, 61)])
def test_a_dropped_post_that_waited_for_a_decision_leaves_at_its_time_or_in_a_minute(
    state: PostState, due: int, back: int
) -> None:
    before = planned("q1", due, state=state)
    done = DoneCommand(Command.SKIP, ((before, skipped(before)),))
    ((_row, made),) = put_back(left_by(done), done, START)
    assert (made.state, made.due_at) == (PostState.PLANNED, START + back * SECOND)


@pytest.mark.parametrize(
    ("command", "before", "after"),
    [
        (Command.SKIP, PostState.DRAFT, PostState.SKIPPED),
        (Command.CATCH_UP, PostState.EXPIRED, PostState.SKIPPED),
    ],
)
def test_what_was_in_reserve_or_expired_stays_in_reserve(
    command: Command, before: PostState, after: PostState
) -> None:
    row = planned("q1", 300, state=before)
    done = DoneCommand(command, ((row, replace(row, state=after)),))
    assert put_back(left_by(done), done, START) == []


def test_a_post_in_reserve_gets_its_former_way_back() -> None:
    row = planned("q1", 300, state=PostState.SKIPPED)
    done = DoneCommand(Command.BY_PAGE, ((row, replace(row, route=Route.ASSISTED)),))
    ((_row, made),) = put_back(left_by(done), done, START)
    assert made == row


def test_a_text_is_put_back_without_touching_the_time() -> None:
    row = planned("q1", 300, text="Q1 Une ?")
    done = DoneCommand(Command.EDIT, ((row, replace(row, text="Q1 Autre ?")),))
    ((_row, made),) = put_back(left_by(done), done, START + 10 * MINUTE)
    assert made == row


def test_only_what_was_confirmed_by_hand_is_asked_about_again() -> None:
    by_hand = planned("q1", state=PostState.SENT, reason=Reason.BY_HAND)
    published = planned("q2", state=PostState.SENT, reason=Reason.FOUND)
    before = [replace(row, state=PostState.UNKNOWN) for row in (by_hand, published)]
    done = DoneCommand(Command.CONFIRM, tuple(zip(before, (by_hand, published), strict=True)))
    ((row, made),) = put_back([by_hand, published], done, START)
    assert (row.id, made.state) == ("q1", PostState.EXPIRED)


# --- an answer about missed posts ----------------------------------------------------------


def kept(*others: OutboxPost) -> tuple[list[OutboxPost], DoneCommand]:
    """Welcomed on time, Q1 (8 min) and Q2 (15 min) missed, set aside at the 17th minute."""
    welcome = replace(post("welcome", 0, PostKind.WELCOME), state=PostState.SENT)
    rows = [welcome, post("q1", 8), post("q2", 15), *others]
    changes = tuple((row, skipped(row)) for row in missed(rows, at(17)))
    assert [row.id for row, _made in changes] == ["q1", "q2"]
    aside = [made for _row, made in changes]
    return [welcome, *aside, *others], DoneCommand(Command.KEEP_TIMES, changes)


@pytest.mark.parametrize(
    ("now", "can"),
    [(at(17), True), (at(18), True), (at(25) - SECOND, True), (at(25), False), (at(26), False)],
)
def test_keeping_the_times_is_undone_as_long_as_it_would_be_asked_about_again(
    now: datetime, can: bool
) -> None:
    """Q1 may be published until the 18th minute, Q2 until the 25th: then nothing is left to ask."""
    rows, done = kept()
    assert can_put_back(rows, done, now, over=False) is can
    assert not can_put_back(rows, done, now, over=True)


def test_keeping_the_times_is_not_undone_once_the_first_of_the_two_changed() -> None:
    rows, done = kept()
    rows[1] = replace(rows[1], state=PostState.SENT)
    assert not can_put_back(rows, done, at(17), over=False)


def test_another_late_question_that_was_not_set_aside_is_asked_about_too() -> None:
    rows, done = kept(post("q3", 24))
    assert can_put_back(rows, done, at(26), over=False)


def test_asked_again_the_missed_posts_have_the_times_they_had() -> None:
    rows, done = kept()
    back = put_back(rows, done, at(17))
    assert instants(back) == {"q1": at(8), "q2": at(15)}
    made = dict(instants(back))
    again = [replace(row, state=PostState.PLANNED) if row.id in made else row for row in rows]
    assert must_ask(again, at(17))


def test_a_plan_taken_back_too_late_to_ask_again_begins_in_a_minute() -> None:
    welcome = replace(post("welcome", 0, PostKind.WELCOME), state=PostState.SENT)
    before = (post("q1", 8), post("q2", 15))
    made = (planned_at(before[0], at(18)), planned_at(before[1], at(30)))
    done = DoneCommand(Command.CATCH_UP, tuple(zip(before, made, strict=True)))
    gone = replace(made[0], state=PostState.SENT)
    assert instants(put_back([welcome, gone, made[1]], done, at(24))) == {"q2": at(24) + COUNTDOWN}
    assert instants(put_back([welcome, *made], done, at(24))) == {"q1": at(8), "q2": at(15)}
