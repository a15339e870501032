"""One post on its way out: how it is called, how late it may be, and when it left."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.outgoing import (
    NEEDS_ORGANISER,
    OutboxPost,
    PostKind,
    PostState,
    Reason,
    confirmed_at,
    late_window,
    leaves_at,
    left_at,
    may_become,
    needing,
    told_at,
)
from tests.fakes.clock import START
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import planned

CHANGED = START + timedelta(minutes=3)
PUBLISHED = START + timedelta(seconds=40)


@pytest.mark.parametrize("kind", list(PostKind))
def test_a_question_may_be_ten_minutes_late_and_other_posts_five(kind: PostKind) -> None:
    minutes = {PostKind.QUESTION: 10, PostKind.ANNOUNCEMENT: 30, PostKind.THREAD: 30}.get(kind, 5)
    assert late_window(kind) == timedelta(minutes=minutes)


def test_the_organiser_is_asked_about_what_is_neither_out_nor_waiting() -> None:
    rows = [planned(state.value, state=state) for state in PostState]
    assert {row.state for row in needing(rows)} == NEEDS_ORGANISER


def test_what_may_be_out_is_never_on_its_way_again_by_itself() -> None:
    for state in (PostState.SENT, PostState.UNKNOWN, PostState.HANDED_OVER):
        assert not may_become(state, PostState.SENDING)
        assert not may_become(state, PostState.DUE)
    assert may_become(PostState.DUE, PostState.SENDING)


@pytest.mark.parametrize(
    ("changes", "label"),
    [
        ({"number": 3, "target_author": "awa"}, "Q3"),
        ({"number": None, "target_author": "awa", "guest_name": "Idy"}, "@awa"),
        ({"number": None, "guest_name": "Idy"}, "Idy"),
        ({"number": None, "kind": PostKind.CLOSING}, "closing"),
    ],
)
def test_the_log_calls_a_row_by_its_number_or_by_whom_it_is_about(
    changes: dict[str, object], label: str
) -> None:
    assert replace(planned("q3"), **changes).label == label  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("row", "left", "confirmed"),
    [
        # By keys, and a page that is open: when the row was written last.
        (planned("q1", state=PostState.SENT, changed_at=CHANGED), CHANGED, None),
        (planned("q1", state=PostState.HANDED_OVER, changed_at=CHANGED), CHANGED, None),
        (planned("q1", state=PostState.SENT), START, None),
        # Confirmed by hand: its link tells when it was published, else it was at its time.
        (
            planned(
                "q1",
                state=PostState.SENT,
                reason=Reason.BY_HAND,
                changed_at=CHANGED,
                remote_id=NETWORK.made_up_id(PUBLISHED, 1),
            ),
            PUBLISHED,
            None,
        ),
        (
            planned("q1", state=PostState.SENT, reason=Reason.BY_HAND, changed_at=CHANGED),
            START,
            CHANGED,
        ),
        # Its confirmation was taken back.
        (
            planned("q1", state=PostState.EXPIRED, reason=Reason.BY_HAND, changed_at=CHANGED),
            START,
            None,
        ),
    ],
)
def test_when_a_post_left_is_not_when_somebody_said_so(
    row: OutboxPost, left: datetime, confirmed: datetime | None
) -> None:
    assert left_at(row, NETWORK) == left
    assert confirmed_at(row, NETWORK) == confirmed
    assert told_at(row, NETWORK) == (confirmed or left)


LATER = START + timedelta(minutes=9)


@pytest.mark.parametrize(
    ("other", "waits"),
    [
        ({}, True),
        ({"not_before": None}, False),
        ({"state": PostState.DUE}, False),
        ({"state": PostState.FAILED}, False),
        ({"route": Route.ASSISTED}, False),
        ({"kind": PostKind.REPOST}, False),
        ({"kind": PostKind.REPLY}, True),
    ],
)
def test_a_wait_x_asks_for_holds_all_planned_posts_of_that_way_but_not_reposts(
    other: dict[str, object], waits: bool
) -> None:
    asked = replace(planned("q1", not_before=LATER), **other)  # type: ignore[arg-type]
    row = planned("q2", 60)
    assert leaves_at(row, [asked, row]) == (LATER if waits else row.due_at)


def test_reposts_wait_for_one_another_and_nothing_leaves_before_its_time() -> None:
    asked = planned("a", kind=PostKind.REPOST, not_before=LATER)
    repost, post = planned("b", 60, PostKind.REPOST), planned("q1", 60)
    assert leaves_at(repost, [asked, repost, post]) == LATER
    assert leaves_at(post, [asked, repost, post]) == post.due_at
    late = planned("c", 3600, PostKind.REPOST)
    assert leaves_at(late, [asked, late]) == late.due_at
