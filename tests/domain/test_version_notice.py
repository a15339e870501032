"""When it is asked, looked for and told: once, seldom, and never near a chat."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.new_version import NewVersion
from tchat_desktop.domain.version_notice import VersionNotice, Wish, is_calm

DAY = timedelta(days=1)
TODAY = date(2026, 12, 5)
NEWER = NewVersion("1.2.0", TODAY, "https://example.org/")
WANTED = VersionNotice(wish=Wish.YES)


def after_starts(count: int) -> VersionNotice:
    notice = VersionNotice()
    for _start in range(count):
        notice = notice.started()
    return notice


@pytest.mark.parametrize(("starts", "asks"), [(0, False), (1, False), (2, False), (3, True)])
def test_it_asks_from_the_third_start_on(starts: int, asks: bool) -> None:
    assert after_starts(starts).asks(TODAY) is asks


def test_starts_are_no_longer_counted_when_they_tell_nothing_more() -> None:
    assert after_starts(3) == after_starts(50)


def test_it_asks_on_one_day_only() -> None:
    asked = after_starts(3).asked(TODAY)
    assert asked.asks(TODAY)
    assert not asked.asks(TODAY + DAY)
    assert not asked.asked(TODAY + DAY).asks(TODAY + DAY)


@pytest.mark.parametrize("yes", [True, False])
def test_who_answered_is_not_asked_again(yes: bool) -> None:
    assert not after_starts(3).answered(yes).asks(TODAY)


def test_only_a_yes_lets_it_look() -> None:
    unsaid = after_starts(3)
    assert not unsaid.is_due(TODAY)
    assert not unsaid.answered(False).is_due(TODAY)
    assert unsaid.answered(True).is_due(TODAY)
    assert not unsaid.answered(True).answered(False).is_due(TODAY)


def test_it_looks_once_a_week_and_after_a_failure_the_next_day() -> None:
    failed = WANTED.looking(TODAY)
    assert [failed.is_due(TODAY + days * DAY) for days in range(3)] == [False, True, True]
    looked = failed.learned(NEWER, TODAY)
    assert [looked.is_due(TODAY + days * DAY) for days in (0, 6, 7)] == [False, False, True]


def test_saying_yes_again_and_again_is_no_way_to_look_more_often() -> None:
    looked = WANTED.looking(TODAY).answered(False).answered(True)
    assert not looked.is_due(TODAY)


def test_a_clock_that_was_years_ahead_does_not_end_the_looking() -> None:
    looked = WANTED.learned(NEWER, date(2099, 1, 1))
    assert looked.is_due(TODAY)


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), max_size=60))
def test_however_one_comes_and_goes_no_two_looks_that_succeed_are_within_a_week(
    steps: list[tuple[int, bool]],
) -> None:
    notice, day, succeeded, tried = WANTED, TODAY, [], []
    for days, succeeds in steps:
        day += days * DAY
        if not notice.is_due(day):
            continue
        tried.append(day)
        notice = notice.looking(day)
        if succeeds:
            succeeded.append(day)
            notice = notice.learned(NEWER, day)
    assert all(later - earlier >= 7 * DAY for earlier, later in pairwise(succeeded))
    assert len(set(tried)) == len(tried)


def test_a_newer_version_is_told_to_who_wants_it() -> None:
    found = WANTED.learned(NEWER, TODAY)
    assert found.told("1.1.0", TODAY) is NEWER
    assert found.told("1.2.0", TODAY) is None
    assert found.told("1.3.0", TODAY) is None
    assert found.answered(False).told("1.1.0", TODAY) is None
    assert found.answered(False).newer("1.1.0") is NEWER


def test_what_was_put_off_comes_again_in_a_month_and_a_further_version_at_once() -> None:
    later = WANTED.learned(NEWER, TODAY).put_off(TODAY)
    assert later.told("1.1.0", TODAY) is None
    assert later.told("1.1.0", TODAY + 29 * DAY) is None
    assert later.told("1.1.0", TODAY + 30 * DAY) is NEWER
    further = replace(NEWER, number="1.3.0")
    assert later.learned(further, TODAY).told("1.1.0", TODAY) is further


NOW = datetime(2026, 12, 5, 12, tzinfo=UTC)


def chat(ahead: timedelta, **changes: object) -> Chat:
    return Chat(id="c", starts_at=NOW + ahead, time_zone="Africa/Dakar", **changes)


@pytest.mark.parametrize(
    ("ahead", "calm"),
    [
        (timedelta(days=2), True),
        (timedelta(hours=25), True),
        (timedelta(hours=23), False),
        (timedelta(minutes=30), False),
        (timedelta(minutes=-30), False),
        (timedelta(hours=-23), False),
        (timedelta(hours=-25), True),
    ],
)
def test_a_day_around_a_chat_is_not_calm(ahead: timedelta, calm: bool) -> None:
    assert is_calm([chat(timedelta(days=40)), chat(ahead)], NOW) is calm


def test_a_chat_that_was_closed_today_is_still_the_day_of_one() -> None:
    assert not is_calm([chat(timedelta(hours=-3), closed_at=NOW)], NOW)


def test_a_chat_without_a_day_disturbs_nobody() -> None:
    assert is_calm([Chat(id="c")], NOW)
    assert is_calm([], NOW)
