"""The link a person brings back from X, and the page they write on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.by_hand import (
    DOUBTS,
    LinkProblem,
    composer_page,
    is_before_page,
    link_problem,
)
from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState, Reason
from tchat_desktop.domain.x import links
from tchat_desktop.domain.x.post_ids import FIRST_INSTANT
from tests.fakes.clock import START
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import planned

POST = planned("q1")
OTHER = planned("q2", remote_id="222")


@pytest.mark.parametrize(
    ("link", "wanted"),
    [
        ("https://x.com/Voixdesfilles/status/111", None),
        ("twitter.com/voixdesfilles/status/111?s=20", None),
        ("https://x.com/i/status/111", None),
        ("https://x.com/prof_ex/status/111", LinkProblem.OF_ANOTHER),
        ("https://x.com/voixdesfilles/status/222", LinkProblem.USED),
        ("https://example.org/1", LinkProblem.NOT_A_POST),
        ("", LinkProblem.NOT_A_POST),
    ],
)
def test_only_a_link_of_ours_that_is_not_used_is_believed(
    link: str, wanted: LinkProblem | None
) -> None:
    assert link_problem(link, POST, [POST, OTHER], "voixdesfilles", NETWORK) is wanted


def test_an_account_that_is_not_known_bars_no_author() -> None:
    assert link_problem("https://x.com/prof_ex/status/111", POST, [POST], "", NETWORK) is None


def test_the_link_of_the_post_that_is_answered_is_not_the_one_of_the_reply() -> None:
    reply = planned("r", kind=PostKind.REPLY, target_id="333")
    link = "https://x.com/i/status/333"
    assert link_problem(link, reply, [reply], "", NETWORK) is LinkProblem.USED


def test_the_own_link_given_again_is_no_other_ones() -> None:
    sent = replace(POST, remote_id="111")
    assert link_problem("https://x.com/i/status/111", sent, [sent], "", NETWORK) is None


def id_at(instant: datetime) -> int:
    return (instant - FIRST_INSTANT) // timedelta(milliseconds=1) << 22


@pytest.mark.parametrize(
    ("minutes", "state", "wanted"),
    [
        (-3, PostState.HANDED_OVER, LinkProblem.BEFORE_PAGE),
        (-60 * 24 * 2, PostState.HANDED_OVER, LinkProblem.EARLIER),
        (-0.5, PostState.HANDED_OVER, None),
        (1, PostState.HANDED_OVER, None),
        (9, PostState.HANDED_OVER, LinkProblem.AHEAD_OF_CLOCK),
        (60 * 24 * 2, PostState.HANDED_OVER, LinkProblem.TO_COME),
        # It left at an instant that is not known exactly, or was published by hand.
        (-3, PostState.UNKNOWN, None),
        (-60 * 24 * 180, PostState.FAILED, LinkProblem.EARLIER),
    ],
)
def test_a_link_tells_when_it_was_published(
    minutes: float, state: PostState, wanted: LinkProblem | None
) -> None:
    opened = replace(POST, state=state, changed_at=START)
    link = f"https://x.com/voix/status/{id_at(START + timedelta(minutes=minutes))}"
    now = START + timedelta(minutes=2)
    assert link_problem(link, opened, [opened], "voix", NETWORK, now=now) is wanted


@given(st.floats(-60 * 23, 60 * 23), st.floats(0, 600))
def test_no_clock_that_is_wrong_refuses_the_right_link(apart: float, later: float) -> None:
    """By whatever the clock here is ahead or behind, within a day: at the most it is asked."""
    published = START + timedelta(seconds=later)
    here = timedelta(minutes=apart)
    opened = replace(POST, state=PostState.HANDED_OVER, due_at=START, changed_at=START + here)
    link = f"https://x.com/voix/status/{id_at(published)}"
    problem = link_problem(link, opened, [opened], "voix", NETWORK, now=published + here)
    assert problem is None or problem in DOUBTS
    assert abs(apart) > 1 or problem is None


def test_a_link_is_not_too_early_for_a_page_that_was_confirmed_and_taken_back() -> None:
    again = replace(
        POST,
        state=PostState.HANDED_OVER,
        reason=Reason.BY_HAND,
        due_at=START,
        changed_at=START + timedelta(minutes=9),
    )
    link = f"https://x.com/voix/status/{id_at(START + timedelta(minutes=1))}"
    assert (
        link_problem(link, again, [again], "voix", NETWORK, now=START + timedelta(minutes=10))
        is None
    )


def test_a_text_is_pasted_under_the_post_it_answers() -> None:
    assert composer_page(POST, NETWORK) == links.composer()
    reply = planned("r", kind=PostKind.REPLY, target_id="333")
    assert composer_page(reply, NETWORK) == f"{links.composer()}?in_reply_to=333"
    assert composer_page(replace(reply, target_id="sim-1"), NETWORK) == links.composer()


def test_a_link_that_may_be_of_a_page_opened_later_is_asked_about() -> None:
    """The link of Q4, pasted under Q3 while both wait."""
    third = replace(POST, id="q3", state=PostState.HANDED_OVER, changed_at=START)
    fourth = replace(third, id="q4", changed_at=START + timedelta(minutes=2))
    repost = replace(fourth, id="repost", kind=PostKind.REPOST)

    def problem(at: datetime, post: OutboxPost, *rows: OutboxPost) -> LinkProblem | None:
        link = f"https://x.com/voixdesfilles/status/{id_at(at)}"
        return link_problem(link, post, rows, "voixdesfilles", NETWORK)

    late, between = START + timedelta(minutes=3), START + timedelta(minutes=1)
    assert problem(late, third, third, fourth) is LinkProblem.OF_A_LATER_PAGE
    assert LinkProblem.OF_A_LATER_PAGE in DOUBTS
    assert problem(between, third, third, fourth) is None
    assert problem(late, fourth, third, fourth) is None
    # Confirmed, or without a link of its own, it takes nobody's.
    assert problem(late, third, third, replace(fourth, state=PostState.SENT)) is None
    assert problem(late, third, third, repost) is None


SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("after_opening", "wanted"),
    [
        (timedelta(days=-1) - SECOND, LinkProblem.EARLIER),
        (timedelta(days=-1), LinkProblem.BEFORE_PAGE),
        (timedelta(minutes=-1) - SECOND, LinkProblem.BEFORE_PAGE),
        (timedelta(minutes=-1), None),
        (timedelta(minutes=6), None),
        (timedelta(minutes=6) + SECOND, LinkProblem.AHEAD_OF_CLOCK),
        (timedelta(days=1, minutes=5), LinkProblem.AHEAD_OF_CLOCK),
        (timedelta(days=1, minutes=5) + SECOND, LinkProblem.TO_COME),
    ],
)
def test_a_minute_between_clocks_is_forgiven_and_a_day_is_no_longer_asked_about(
    after_opening: timedelta, wanted: LinkProblem | None
) -> None:
    """The page is opened at the start, and the link pasted five minutes later."""
    opened = replace(POST, state=PostState.HANDED_OVER, changed_at=START)
    link = f"https://x.com/voix/status/{id_at(START + after_opening)}"
    now = START + timedelta(minutes=5)
    assert link_problem(link, opened, [opened], "voix", NETWORK, now=now) is wanted


@pytest.mark.parametrize(
    ("due", "changed", "wanted"),
    [(0, 60, None), (60, 0, None), (1, 1, LinkProblem.EARLIER), (1, None, LinkProblem.EARLIER)],
)
def test_a_link_is_a_day_too_old_by_the_earlier_of_plan_and_change(
    due: int, changed: int | None, wanted: LinkProblem | None
) -> None:
    """The link is one day older than the start; `due` and `changed` are seconds after it."""
    row = replace(
        POST,
        state=PostState.FAILED,
        due_at=START + due * SECOND,
        changed_at=None if changed is None else START + changed * SECOND,
    )
    link = f"https://x.com/voix/status/{id_at(START - timedelta(days=1))}"
    assert link_problem(link, row, [row], "voix", NETWORK) is wanted


@pytest.mark.parametrize(
    ("opened", "published", "doubted"), [(1, 1, True), (1, 0, False), (0, 1, False), (2, 1, False)]
)
def test_a_link_is_of_a_later_page_from_the_instant_that_page_was_opened(
    opened: int, published: int, doubted: bool
) -> None:
    first = replace(POST, state=PostState.HANDED_OVER, changed_at=START)
    other = replace(first, id="q2", changed_at=START + opened * SECOND)
    link = f"https://x.com/voix/status/{id_at(START + published * SECOND)}"
    wanted = LinkProblem.OF_A_LATER_PAGE if doubted else None
    assert link_problem(link, first, [first, other], "voix", NETWORK) is wanted
    # A post of which no page waits for its link is not mistaken for another.
    failed = replace(first, state=PostState.FAILED)
    assert link_problem(link, failed, [failed, other], "voix", NETWORK) is None


def test_a_link_that_tells_no_time_is_never_untimely() -> None:
    first = replace(POST, state=PostState.HANDED_OVER, changed_at=START)
    other = replace(first, id="q2", changed_at=START + SECOND)
    link = "https://x.com/i/status/111"
    assert link_problem(link, first, [first, other], "voix", NETWORK, now=START) is None
    assert not is_before_page(link, replace(POST, route=Route.ASSISTED), NETWORK)


def test_a_post_of_the_public_is_not_ours_even_when_the_link_names_nobody() -> None:
    link = "https://x.com/i/status/111"
    assert link_problem(link, POST, [POST], "", NETWORK, {"111"}.__contains__) is (
        LinkProblem.OF_ANOTHER
    )
    assert link_problem(link, POST, [POST], "", NETWORK, {"112"}.__contains__) is None


@pytest.mark.parametrize(("seconds", "before"), [(-61, True), (-60, False), (0, False)])
def test_a_confirmed_page_opened_at_its_time_give_or_take_a_minute(
    seconds: int, before: bool
) -> None:
    link = f"https://x.com/voix/status/{id_at(START + seconds * SECOND)}"
    assert is_before_page(link, replace(POST, route=Route.ASSISTED), NETWORK) is before
    assert not is_before_page(link, replace(POST, route=Route.KEYS), NETWORK)
