"""What the organiser makes of a post, at the edges of its window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.decisions import (
    APART,
    at_its_time,
    behind,
    brought_back,
    by_keys,
    by_page,
    freed_of_keys,
    let_go,
    link_corrected,
    not_seen_out,
    opens_at,
    own_time,
    planned_at,
    postponed,
    seen_out,
    skipped,
    taken_back,
    taken_up,
)
from tchat_desktop.domain.network_rules import PostLink
from tchat_desktop.domain.outgoing import OutboxPost, Planned, PostKind, PostState, Reason
from tests.fakes.clock import START
from tests.fakes.outgoing import planned

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
LINK = PostLink("org", "77", "https://x.com/org/status/77")


def at(seconds: float) -> datetime:
    return START + seconds * SECOND


def on_sheet(row: OutboxPost, seconds: float, state: PostState = PostState.PLANNED) -> OutboxPost:
    """The row as one of the run sheet, which plans it so many seconds after the start."""
    return replace(row, planned=Planned(row.text, at(seconds), row.route, state))


def times(changes: Sequence[tuple[OutboxPost, OutboxPost]]) -> dict[str, float]:
    return {made.id: (made.due_at - START) / SECOND for _row, made in changes}


@pytest.mark.parametrize(("seconds", "freed"), [(-1, True), (0, False), (1, False)])
def test_a_post_keys_did_not_publish_is_planned_anew_within_its_window_only(
    seconds: int, freed: bool
) -> None:
    row = planned("q1", state=PostState.FAILED, reason=Reason.KEYS_REFUSED)
    assert (freed_of_keys(row, row.expires_at + seconds * SECOND) is not None) is freed


@pytest.mark.parametrize(("due", "freed"), [(-1, False), (0, False), (1, True)])
def test_once_the_hour_is_over_a_failed_post_is_planned_anew_only_if_its_time_is_to_come(
    due: int, freed: bool
) -> None:
    row = planned("q1", due, state=PostState.FAILED, reason=Reason.KEYS_REFUSED)
    assert (freed_of_keys(row, START, over=True) is not None) is freed
    assert freed_of_keys(row, START) is not None


def test_only_what_keys_hold_up_is_freed_of_them() -> None:
    waits = planned("q1", 300, reason=Reason.RATE_LIMIT, not_before=at(900))
    assert freed_of_keys(waits, START) == replace(waits, reason=Reason.NONE, not_before=None)
    assert freed_of_keys(replace(waits, not_before=None), START) is None
    assert freed_of_keys(replace(waits, route=Route.ASSISTED), START) is None
    assert freed_of_keys(replace(waits, state=PostState.SENT), START) is None
    failed = planned("q1", 300, state=PostState.FAILED, reason=Reason.KEYS_REFUSED)
    assert freed_of_keys(replace(failed, reason=Reason.TOO_LONG), START) is None
    assert freed_of_keys(replace(failed, state=PostState.UNKNOWN), START) is None
    freed = freed_of_keys(replace(failed, not_before=at(900)), START)
    assert freed is not None
    assert (freed.state, freed.due_at, freed.not_before) == (PostState.PLANNED, at(300), None)


@pytest.mark.parametrize(
    ("due", "sheet", "sheet_state", "found"),
    [
        (1, 1, PostState.PLANNED, 1),
        (0, 1, PostState.PLANNED, 1),
        (5, 1, PostState.PLANNED, 5),
        (-5, 0, PostState.PLANNED, None),
        (0, 300, PostState.DRAFT, None),
        (5, 300, PostState.DRAFT, 5),
    ],
)
def test_a_post_has_the_time_decided_last_else_the_run_sheets_if_it_is_to_come(
    due: int, sheet: int, sheet_state: PostState, found: int | None
) -> None:
    row = on_sheet(planned("q1", due), sheet, sheet_state)
    assert own_time(row, START) == (None if found is None else at(found))
    assert at_its_time(row, START).due_at == at(found or 0)
    assert own_time(replace(row, state=PostState.DRAFT), START) is None


def test_without_a_run_sheet_a_post_has_only_the_time_decided_last() -> None:
    assert own_time(planned("r", 1, PostKind.REPLY), START) == at(1)
    assert own_time(planned("r", 0, PostKind.REPLY), START) is None


def test_a_chat_opens_with_the_first_post_its_run_sheet_plans() -> None:
    rows = [
        on_sheet(planned("spare", -900), -900, PostState.DRAFT),
        on_sheet(planned("q2", 600), 600),
        on_sheet(planned("welcome", 0), 0),
        planned("reply", -300, PostKind.REPLY),
    ]
    assert opens_at(rows) == START
    assert opens_at([rows[0], rows[3]]) is None
    assert opens_at([]) is None


def test_planned_anew_a_post_may_be_as_late_as_before() -> None:
    row = planned("q1", 300, state=PostState.FAILED, reason=Reason.TOO_LONG, not_before=at(30))
    made = planned_at(row, at(600))
    assert (made.state, made.due_at, made.expires_at) == (PostState.PLANNED, at(600), at(1200))
    assert (made.reason, made.not_before) == (Reason.NONE, None)


def test_the_wait_x_asked_of_the_account_stays_with_a_post_that_is_planned_anew() -> None:
    row = planned("q1", 300, reason=Reason.RATE_LIMIT, not_before=at(900))
    made = planned_at(row, at(600))
    assert (made.reason, made.not_before) == (Reason.RATE_LIMIT, at(900))
    assert planned_at(replace(row, not_before=None), at(600)).reason is Reason.NONE


# --- brought back from the reserve ---------------------------------------------------------


@pytest.mark.parametrize(("due", "back"), [(-60, 60), (59, 60), (60, 60), (61, 61)])
def test_a_post_brought_back_leaves_at_its_time_or_in_a_minute(due: int, back: int) -> None:
    row = skipped(on_sheet(planned("q1", due), due))
    rows = [on_sheet(planned("welcome", -600, PostKind.WELCOME, state=PostState.SENT), -600), row]
    made = brought_back(row, rows, START)
    assert made is not None
    assert made.due_at == at(back)
    late = brought_back(row, rows, START, over=True)
    assert (late is None) is (due <= 0)


def reserve(seconds: float) -> OutboxPost:
    """A question in reserve; the run sheet lists it at that place."""
    row = planned("spare", seconds, number=None, state=PostState.DRAFT)
    return on_sheet(row, seconds, PostState.DRAFT)


@pytest.mark.parametrize(
    ("place", "back"),
    [
        # Before the first question: between the rules and it. "At" a question is before it.
        (200, 210),
        (300, 210),
        (301, 450),
        (600, 450),
        (601, 750),
        # After the last question, between it and the closing words.
        (2000, 1050),
    ],
)
def test_before_the_hour_a_question_in_reserve_is_placed_where_the_sheet_lists_it(
    place: int, back: int
) -> None:
    rows = [
        on_sheet(planned("rules", 120, PostKind.RULES), 120),
        on_sheet(planned("q1", 300), 300),
        on_sheet(planned("q2", 600), 600),
        on_sheet(planned("q3", 900), 900),
        on_sheet(planned("closing", 1200, PostKind.CLOSING), 1200),
    ]
    row = reserve(place)
    made = brought_back(row, [*rows, row], at(-3600))
    assert made is not None
    assert made.due_at == at(back)


def test_after_the_last_post_a_question_in_reserve_leaves_a_minute_later() -> None:
    row = reserve(2000)
    made = brought_back(row, [on_sheet(planned("q1", 300), 300), row], at(-3600))
    assert made is not None
    assert made.due_at == at(360)


def test_where_nothing_precedes_the_first_question_one_in_reserve_comes_after_it() -> None:
    row = reserve(100)
    rows = [on_sheet(planned("q1", 300), 300), on_sheet(planned("q2", 600), 600), row]
    made = brought_back(row, rows, at(-3600))
    assert made is not None
    assert made.due_at == at(450)


def test_in_the_hour_a_question_in_reserve_leaves_in_a_minute_once_the_opening_is_out() -> None:
    row = reserve(2000)
    rows = [
        on_sheet(planned("welcome", 0, PostKind.WELCOME, state=PostState.SENT), 0),
        on_sheet(planned("q1", 600), 600),
        row,
    ]
    made = brought_back(row, rows, at(0))
    assert made is not None
    assert made.due_at == at(60)
    before = brought_back(row, rows, at(-1))
    assert before is not None
    assert before.due_at == at(660)


@pytest.mark.parametrize(("own", "back"), [(179, 240), (180, 240), (181, 181)])
def test_no_question_leaves_before_the_opening_that_still_waits(own: int, back: int) -> None:
    row = skipped(on_sheet(planned("q1", own), own))
    guests = on_sheet(planned("guests", 180, PostKind.GUESTS), 180)
    made = brought_back(row, [guests, row], at(0))
    assert made is not None
    assert made.due_at == at(back)
    out = replace(guests, state=PostState.SENT)
    now = brought_back(row, [out, row], at(0))
    assert now is not None
    assert now.due_at == at(own)


@pytest.mark.parametrize(
    ("kind", "waits"),
    [
        (PostKind.WELCOME, 60),
        (PostKind.RULES, 120),
        (PostKind.GUESTS, 180),
        (PostKind.QUESTION, 240),
        (PostKind.CLOSING, 240),
        (PostKind.REPLY, 60),
    ],
)
def test_the_posts_of_the_opening_keep_their_order_when_one_is_brought_back(
    kind: PostKind, waits: int
) -> None:
    opening = (PostKind.WELCOME, PostKind.RULES, PostKind.GUESTS)
    rows = [
        planned(one.value, 60 + 60 * place, one)
        for place, one in enumerate(opening)
        if one is not kind
    ]
    row = planned("back", -600, kind, state=PostState.SKIPPED)
    made = brought_back(row, [*rows, row], at(0))
    assert made is not None
    assert made.due_at == at(waits)


# --- being edited, and after a pause -------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "state", "moved"),
    [
        (299, PostState.PLANNED, {}),
        (300, PostState.PLANNED, {"q1": 360, "q2": 660}),
        (301, PostState.DUE, {"q1": 361, "q2": 661}),
        (301, PostState.SENT, {}),
        (301, PostState.SKIPPED, {}),
    ],
)
def test_when_the_editor_closes_after_the_time_the_post_leaves_in_a_minute_and_the_rest_later(
    now: int, state: PostState, moved: dict[str, float]
) -> None:
    rows = [planned("q1", 300, state=state), planned("q2", 600)]
    assert times(let_go(rows, "q1", at(now))) == moved


def test_a_reply_that_was_edited_delays_nothing_else() -> None:
    rows = [planned("r", 300, PostKind.REPLY), planned("q1", 600)]
    assert times(let_go(rows, "r", at(400))) == {"r": 460}
    with pytest.raises(KeyError):
        let_go(rows, "gone", at(400))


@pytest.mark.parametrize(("now", "waiting"), [(299, set()), (300, {"q2", "q3"})])
def test_posts_wait_behind_one_that_is_edited_once_its_time_has_come(
    now: int, waiting: set[str]
) -> None:
    rows = [
        planned("q0", 100),
        planned("q1", 300),
        planned("q2", 600),
        planned("reply", 700, PostKind.REPLY),
        planned("q3", 900),
    ]
    assert behind(rows, {"q1"}, at(now)) == waiting
    assert behind(rows, {"q1", "q3"}, at(now)) == waiting - {"q3"}
    assert behind(rows, (), at(now)) == frozenset()
    assert behind([rows[3], *rows[:2]], {"reply"}, at(now + 1000)) == frozenset()
    out = replace(rows[1], state=PostState.SENT)
    assert behind([out, rows[2]], {"q1"}, at(now)) == frozenset()


def test_after_a_pause_what_is_overdue_leaves_one_after_the_other() -> None:
    rows = [planned("q1", 100), planned("q2", 300), planned("q3", 301), planned("q4", 900)]
    apart = APART / SECOND
    assert times(taken_up(rows, (), at(300))) == {
        "q1": 360,
        "q2": 360 + apart,
        "q3": 360 + 2 * apart,
    }


@pytest.mark.parametrize(("due", "moved"), [(389, {"q2": 390}), (390, {}), (391, {})])
def test_after_a_pause_a_post_to_come_is_delayed_only_if_it_would_be_too_near(
    due: int, moved: dict[str, float]
) -> None:
    rows = [planned("q1", 300), planned("q2", due)]
    assert times(taken_up(rows, (), at(300))) == {"q1": 360, **moved}
    reply = replace(rows[1], kind=PostKind.REPLY)
    assert times(taken_up([rows[0], reply], (), at(300))) == {"q1": 360}


def test_after_a_pause_nothing_moves_that_is_not_late_or_waits_for_another_decision() -> None:
    assert taken_up([planned("q1", 301), planned("q2", 330)], (), at(300)) == []
    assert taken_up([planned("q1", 300)], {"q1"}, at(300)) == []
    row = planned("q1", 300)
    assert taken_up([row], (), row.expires_at) == []
    assert times(taken_up([row], (), row.expires_at - SECOND)) == {"q1": 300 + 600 - 1 + 60}
    assert taken_up([replace(row, state=PostState.SENT)], (), at(300)) == []


# --- by which way --------------------------------------------------------------------------


@pytest.mark.parametrize("state", [PostState.DRAFT, PostState.SKIPPED])
def test_what_is_in_reserve_stays_there_when_it_is_to_leave_by_its_page(state: PostState) -> None:
    row = planned("q1", 300, state=state, not_before=at(900))
    assert by_page(row, START) == replace(row, route=Route.ASSISTED, not_before=None)


@pytest.mark.parametrize(("due", "leaves"), [(-1, 0), (0, 0), (1, 1)])
def test_a_page_opens_at_the_time_of_the_post_or_now(due: int, leaves: int) -> None:
    row = planned("q1", due, state=PostState.FAILED, reason=Reason.RATE_LIMIT, not_before=at(900))
    made = by_page(row, START)
    assert (made.state, made.due_at) == (PostState.PLANNED, at(leaves))
    assert (made.route, made.not_before) == (Route.ASSISTED, None)


def test_all_that_waits_leaves_with_keys_unless_the_run_sheet_wants_the_page() -> None:
    page = planned("q1", 300, route=Route.ASSISTED)
    rows = [
        page,
        on_sheet(replace(page, id="q2"), 300),
        replace(on_sheet(planned("q3", 300), 300), route=Route.ASSISTED),
        replace(page, id="q4", state=PostState.DRAFT),
        replace(page, id="q5", state=PostState.SENT),
        planned("q6", 300),
    ]
    changes = by_keys(rows)
    assert [made.id for _row, made in changes] == ["q1", "q3", "q4"]
    assert {made.route for _row, made in changes} == {Route.KEYS}


# --- whether it is out ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "over", "state", "leaves"),
    [
        (0, False, PostState.PLANNED, 60),
        (60, False, PostState.PLANNED, 60),
        (61, False, PostState.PLANNED, 61),
        (61, True, PostState.PLANNED, 61),
        (1, True, PostState.PLANNED, 60),
        (0, True, PostState.SKIPPED, 0),
    ],
)
def test_a_post_that_was_not_found_on_x_leaves_after_a_minute_or_goes_to_the_reserve(
    due: int, over: bool, state: PostState, leaves: int
) -> None:
    made = not_seen_out(planned("q1", due, state=PostState.UNKNOWN), START, over)
    assert (made.state, made.due_at) == (state, at(leaves))


@pytest.mark.parametrize(
    ("state", "reason", "opened", "told"),
    [
        (PostState.HANDED_OVER, Reason.NONE, 299, 300),
        (PostState.HANDED_OVER, Reason.NONE, 301, 301),
        (PostState.HANDED_OVER, Reason.BY_HAND, 301, 300),
        (PostState.UNKNOWN, Reason.NONE, 301, 300),
    ],
)
def test_a_post_seen_on_x_has_the_time_its_page_was_opened_if_that_was_later(
    state: PostState, reason: Reason, opened: int, told: int
) -> None:
    row = planned("q1", 300, state=state, reason=reason, changed_at=at(opened))
    made = seen_out(row, LINK)
    assert (made.state, made.reason, made.due_at) == (PostState.SENT, Reason.BY_HAND, at(told))
    assert (made.remote_id, made.url) == (LINK.id, LINK.url)


def test_without_a_link_what_is_known_of_a_post_stays() -> None:
    row = planned("q1", state=PostState.UNKNOWN, remote_id="5", url="https://x.com/a/status/5")
    made = seen_out(row, None)
    assert (made.remote_id, made.url) == (row.remote_id, row.url)


def test_only_of_a_post_confirmed_by_hand_the_link_can_be_corrected_or_taken_away() -> None:
    row = seen_out(planned("q1", state=PostState.UNKNOWN), LINK)
    assert link_corrected(row, None) == replace(row, remote_id="", url="")
    assert link_corrected(replace(row, remote_id="", url=""), LINK) == row
    assert link_corrected(replace(row, reason=Reason.FOUND), LINK) is None


@pytest.mark.parametrize(
    ("route", "page", "state"),
    [
        (Route.ASSISTED, "https://x.com/intent/post", PostState.HANDED_OVER),
        (Route.ASSISTED, "", PostState.EXPIRED),
        (Route.KEYS, "https://x.com/intent/post", PostState.EXPIRED),
    ],
)
def test_a_confirmation_taken_back_asks_again_as_before(
    route: Route, page: str, state: PostState
) -> None:
    row = planned("q1", state=PostState.SENT, route=route, page=page, reason=Reason.BY_HAND)
    made = taken_back(replace(row, remote_id="5", url="x"))
    assert made == replace(row, state=state)
    assert taken_back(replace(row, reason=Reason.NONE)) is None


# --- postponed -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "minutes", "moved"),
    [
        (0, 5, {"q1": 600, "q2": 900}),
        (300, 5, {"q1": 600, "q2": 900}),
        # A post whose time has passed is counted from now.
        (360, 5, {"q1": 660, "q2": 960}),
        (0, -4, {"q1": 60, "q2": 360}),
        # Nothing is moved into the past.
        (0, -6, {"q1": 0, "q2": 300}),
        (540, -4, {"q1": 540, "q2": 840}),
    ],
)
def test_later_posts_follow_one_that_is_postponed(
    now: int, minutes: int, moved: dict[str, float]
) -> None:
    rows = [planned("q0", 100), planned("q1", 300), planned("q2", 600)]
    assert times(postponed(rows, "q1", minutes, True, at(now))) == moved
    alone = {"q1": moved["q1"]}
    assert times(postponed(rows, "q1", minutes, False, at(now))) == alone


def test_replies_and_what_no_longer_waits_do_not_follow() -> None:
    rows = [
        planned("q1", 300),
        planned("reply", 400, PostKind.REPLY),
        planned("q2", 600, state=PostState.SENT),
        planned("q3", 900, state=PostState.DUE),
    ]
    assert times(postponed(rows, "q1", 1, True, at(0))) == {"q1": 360, "q3": 960}


def test_an_expired_post_postponed_moves_the_rest_by_the_minutes_alone() -> None:
    rows = [planned("q1", 300, state=PostState.EXPIRED), planned("q2", 1200)]
    assert times(postponed(rows, "q1", 5, True, at(1000))) == {"q1": 1300, "q2": 1500}


@pytest.mark.parametrize(
    ("state", "moves"),
    [
        (PostState.PLANNED, True),
        (PostState.DUE, True),
        (PostState.EXPIRED, True),
        (PostState.SENT, False),
        (PostState.SENDING, False),
        (PostState.SKIPPED, False),
    ],
)
def test_only_a_post_that_waits_can_be_postponed(state: PostState, moves: bool) -> None:
    rows = [planned("q1", 300, state=state)]
    assert bool(postponed(rows, "q1", 5, True, at(0))) is moves
    with pytest.raises(KeyError):
        postponed(rows, "q2", 5, True, at(0))
