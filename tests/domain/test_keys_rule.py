"""What shows that the keys serve, or that they do not, and for how long that holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.keys_rule import barred, keys_trouble, last_word, stopped, tells_of_keys
from tchat_desktop.domain.outgoing import (
    ACCOUNT_FAILS,
    BARRED_EVERYWHERE,
    KEYS_FAIL,
    KEYS_OF_NO_USE,
    MONEY_FAILS,
    OutboxPost,
    Planned,
    PostState,
    Reason,
)
from tests.fakes.clock import START
from tests.fakes.outgoing import planned

MINUTE = timedelta(minutes=1)


def failed(reason: Reason, at: datetime = START, **changes: object) -> OutboxPost:
    return planned("q1", state=PostState.FAILED, reason=reason, changed_at=at, **changes)


@pytest.mark.parametrize("reason", sorted(Reason))
def test_only_what_holds_for_every_post_tells_of_the_keys(reason: Reason) -> None:
    assert tells_of_keys(failed(reason)) is (reason in KEYS_OF_NO_USE)
    assert not tells_of_keys(failed(reason, route=Route.ASSISTED))


@pytest.mark.parametrize(
    ("reason", "tells"),
    [
        (Reason.NONE, True),
        (Reason.UNDESCRIBED, True),
        (Reason.FOUND, False),
        (Reason.BY_HAND, False),
    ],
)
def test_what_was_only_seen_to_be_out_shows_nothing(reason: Reason, tells: bool) -> None:
    assert tells_of_keys(planned("q1", state=PostState.SENT, reason=reason)) is tells


def test_the_last_one_to_tell_counts() -> None:
    before = planned("q0", state=PostState.SENT, changed_at=START - MINUTE)
    after = planned("q2", state=PostState.SENT, changed_at=START + MINUTE)
    found = planned("q3", state=PostState.SENT, changed_at=START + MINUTE, reason=Reason.FOUND)
    refused = failed(Reason.KEYS_REFUSED)
    assert last_word([before, refused, found]) == refused
    assert last_word([after, refused]) == after
    assert last_word([found, planned("q4")]) is None


@pytest.mark.parametrize("reason", sorted(KEYS_FAIL))
def test_keys_that_fail_do_so_until_an_account_is_connected_after_it(reason: Reason) -> None:
    refused = failed(reason)
    assert keys_trouble(refused, None) == refused
    assert keys_trouble(refused, START - MINUTE) == refused
    assert keys_trouble(refused, START) == refused
    assert keys_trouble(refused, START + MINUTE) is None


@pytest.mark.parametrize("reason", sorted(MONEY_FAILS))
def test_connecting_anew_brings_no_money(reason: Reason) -> None:
    assert keys_trouble(failed(reason), START + MINUTE) == failed(reason)


def test_a_post_that_has_left_is_no_trouble() -> None:
    assert keys_trouble(planned("q1", state=PostState.SENT), None) is None
    assert keys_trouble(None, None) is None


def test_a_row_that_never_changed_told_at_its_planned_time() -> None:
    unchanged = planned("q1", 60, state=PostState.FAILED, reason=Reason.KEYS_REFUSED)
    sent = planned("q2", state=PostState.SENT, changed_at=START)
    assert last_word([sent, unchanged]) == unchanged
    assert keys_trouble(unchanged, START + MINUTE) == unchanged
    assert keys_trouble(unchanged, START + 2 * MINUTE) is None


@pytest.mark.parametrize(
    ("route", "has_failed", "too_dear", "reason"),
    [
        (Route.KEYS, False, False, Reason.NONE),
        (Route.KEYS, False, True, Reason.SPENDING_LIMIT),
        (Route.KEYS, True, True, Reason.NO_CREDIT),
        (Route.KEYS, True, False, Reason.NO_CREDIT),
        (Route.ASSISTED, True, True, Reason.NONE),
    ],
)
def test_only_posts_by_keys_are_barred_and_by_the_failure_before_the_price(
    route: Route, has_failed: bool, too_dear: bool, reason: Reason
) -> None:
    trouble = failed(Reason.NO_CREDIT) if has_failed else None
    assert barred(planned("q2", route=route), trouble, too_dear=too_dear) is reason


def on_sheet(minutes_later: int = 0) -> OutboxPost:
    """A post of the run sheet, moved by the organiser or not."""
    row = planned("q2", not_before=START)
    asked = Planned(row.text, row.due_at, row.route, PostState.PLANNED)
    return replace(row, planned=asked, due_at=row.due_at + minutes_later * MINUTE)


@pytest.mark.parametrize("reason", sorted(ACCOUNT_FAILS))
def test_after_a_refusal_of_the_account_posts_go_by_the_page_where_that_helps(
    reason: Reason,
) -> None:
    trouble = replace(failed(reason), said="No.", detail="403")
    by_page = stopped(on_sheet(), trouble, pages=True)
    assert by_page is not None
    if reason in BARRED_EVERYWHERE:
        assert by_page == stopped(on_sheet(), trouble, pages=False)
    else:
        assert (by_page.state, by_page.route) == (PostState.PLANNED, Route.ASSISTED)
        assert by_page.not_before is None
    refused = stopped(on_sheet(), trouble, pages=False)
    assert refused is not None
    assert (refused.state, refused.route, refused.reason) == (PostState.FAILED, Route.KEYS, reason)
    assert (refused.said, refused.detail) == ("No.", "403")


@pytest.mark.parametrize("row", [on_sheet(1), on_sheet(-1), planned("r")])
def test_what_the_organiser_sends_on_purpose_tries_whether_the_refusal_stands(
    row: OutboxPost,
) -> None:
    assert stopped(row, failed(Reason.SUSPENDED), pages=False) is None


@pytest.mark.parametrize("trouble", [None, *map(failed, sorted(KEYS_FAIL | MONEY_FAILS))])
def test_only_a_refusal_of_the_account_itself_stops_the_posts(trouble: OutboxPost | None) -> None:
    assert stopped(on_sheet(), trouble, pages=True) is None
