"""The day and the hour: zones, changes of clocks, related days, the next edition."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.adapters.days_file import load_days
from tchat_desktop.domain.chat import Rhythm, Route
from tchat_desktop.domain.days_off import DayOff, DayOffKind
from tchat_desktop.domain.schedule import (
    JUDGED_CAUTIONS,
    Caution,
    CautionKind,
    InternationalDay,
    WallKind,
    busy_from,
    busy_until,
    cautions,
    common_zones,
    is_near,
    is_zone,
    local_times,
    mark_of_caution,
    next_edition,
    next_editions,
    on_day,
    related_days,
    to_utc,
    wall_kind,
)
from tchat_desktop.platform.paths import resource
from tests.domain.chats import NOW, START, a_chat

zones = st.sampled_from(common_zones())
days = st.dates(date(2024, 1, 1), date(2032, 12, 31))
hours = st.times().map(lambda one: one.replace(second=0, microsecond=0, fold=0))


def test_common_zones_exist_once_each_and_start_in_dakar() -> None:
    assert all(is_zone(zone) for zone in common_zones())
    assert len(set(common_zones())) == len(common_zones())
    assert common_zones()[0] == "Africa/Dakar"
    assert not is_zone("Africa/Nowhere")
    assert not is_zone("")
    assert not is_zone("../etc/passwd")


@given(days, hours, zones)
def test_a_wall_time_comes_back_unless_it_is_skipped(day: date, hour: time, zone: str) -> None:
    back = to_utc(day, hour, zone).astimezone(ZoneInfo(zone))
    if wall_kind(day, hour, zone) is WallKind.SKIPPED:
        assert back.replace(tzinfo=None) > datetime.combine(day, hour)
    else:
        assert back.replace(tzinfo=None) == datetime.combine(day, hour)


def test_hours_around_changes_of_clocks() -> None:
    spring, autumn, paris = date(2026, 3, 29), date(2026, 10, 25), "Europe/Paris"
    assert wall_kind(spring, time(2, 30), paris) is WallKind.SKIPPED
    assert to_utc(spring, time(2, 30), paris) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert wall_kind(autumn, time(2, 30), paris) is WallKind.TWICE
    assert to_utc(autumn, time(2, 30), paris) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert wall_kind(autumn, time(20), paris) is WallKind.EXACT
    assert wall_kind(spring, time(2, 30), "Africa/Dakar") is WallKind.EXACT


def test_the_audience_sees_its_own_clock() -> None:
    chat = a_chat(audience_zones=("Europe/Paris", "Africa/Dakar", "Asia/Kolkata", "No/Where"))
    shown = [(one.zone, f"{one.local:%H:%M}", one.day_shift) for one in local_times(chat)]
    assert shown == [
        ("Africa/Dakar", "20:00", 0),
        ("Europe/Paris", "21:00", 0),
        ("Asia/Kolkata", "01:30", 1),
    ]
    assert local_times(a_chat(starts_at=None)) == ()


def test_a_good_hour_a_month_ahead_needs_no_caution() -> None:
    assert cautions(a_chat(), NOW) == ()
    assert cautions(a_chat(starts_at=None), NOW) == ()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"starts_at": NOW - timedelta(hours=1)}, Caution(CautionKind.IN_PAST)),
        ({"starts_at": NOW}, Caution(CautionKind.UNDER_WAY)),
        ({"starts_at": NOW + timedelta(days=6)}, Caution(CautionKind.UNDER_A_WEEK)),
        ({"starts_at": NOW + timedelta(minutes=12)}, Caution(CautionKind.UNDER_A_DAY)),
        ({"audience_zones": ("Asia/Kolkata",)}, Caution(CautionKind.NIGHT, "Asia/Kolkata")),
        (
            {"starts_at": START.replace(hour=6, minute=59), "audience_zones": ()},
            Caution(CautionKind.NIGHT, "Africa/Dakar"),
        ),
        (
            {"starts_at": START.replace(hour=22, minute=30), "audience_zones": ()},
            Caution(CautionKind.NIGHT, "Africa/Dakar"),
        ),
        (
            {"starts_at": START.replace(hour=22), "minutes": 121, "audience_zones": ()},
            Caution(CautionKind.NIGHT, "Africa/Dakar"),
        ),
        (
            {"starts_at": datetime(2027, 4, 5, 18, tzinfo=UTC)},
            Caution(CautionKind.DST_CHANGE, "Europe/Paris"),
        ),
        (
            {"starts_at": datetime(2027, 10, 31, 0, 30, tzinfo=UTC)},
            Caution(CautionKind.AMBIGUOUS_HOUR, "Europe/Paris"),
        ),
    ],
)
def test_cautions(change: dict[str, object], expected: Caution) -> None:
    assert expected in cautions(a_chat(**change), NOW)


@pytest.mark.parametrize(
    ("ahead", "expected"),
    [
        (timedelta(days=-1), CautionKind.IN_PAST),
        (timedelta(hours=-1), CautionKind.IN_PAST),
        (timedelta(hours=-1, seconds=1), CautionKind.UNDER_WAY),
        (timedelta(), CautionKind.UNDER_WAY),
        (timedelta(seconds=1), CautionKind.UNDER_A_DAY),
        (timedelta(days=1, seconds=-1), CautionKind.UNDER_A_DAY),
        (timedelta(days=1), CautionKind.UNDER_A_WEEK),
        (timedelta(days=7, seconds=-1), CautionKind.UNDER_A_WEEK),
        (timedelta(days=7), None),
    ],
)
def test_the_notice_is_too_short_under_a_day_and_under_a_week(
    ahead: timedelta, expected: CautionKind | None
) -> None:
    # Noon in Dakar and 1 p.m. in Paris: neither the night nor another change of clocks.
    now = datetime(2026, 11, 10, 12, tzinfo=UTC)
    kinds = [one.kind for one in cautions(a_chat(starts_at=now + ahead), now)]
    assert kinds == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("hour", "minutes", "night"),
    [
        (time(6, 59), 60, True),
        (time(7), 60, False),
        (time(22, 29), 60, False),
        (time(22, 30), 60, True),
        (time(22), 120, False),
        (time(22), 121, True),
    ],
)
def test_a_chat_is_at_night_before_7_from_half_past_10_or_past_midnight(
    hour: time, minutes: int, night: bool
) -> None:
    start = datetime.combine(START.date(), hour, UTC)
    found = cautions(a_chat(starts_at=start, minutes=minutes, audience_zones=()), NOW)
    assert found == ((Caution(CautionKind.NIGHT, "Africa/Dakar"),) if night else ())


@pytest.mark.parametrize(("ahead", "told"), [(1, True), (0, False), (-1, False)])
def test_changed_rules_of_the_zone_are_told_while_the_chat_is_to_come(
    ahead: int, told: bool
) -> None:
    moved = a_chat(moved_from=START - timedelta(hours=1))
    kinds = {one.kind for one in cautions(moved, START - timedelta(seconds=ahead))}
    assert (CautionKind.RULES_CHANGED in kinds) is told
    kinds = {one.kind for one in cautions(a_chat(), START - timedelta(seconds=ahead))}
    assert CautionKind.RULES_CHANGED not in kinds


def test_a_change_of_clocks_is_told_until_the_chat_begins() -> None:
    """In Paris clocks go forward between the two: the difference to Dakar is another."""
    start, before = datetime(2027, 4, 5, 18, tzinfo=UTC), datetime(2027, 3, 27, tzinfo=UTC)
    caution = Caution(CautionKind.DST_CHANGE, "Europe/Paris")
    assert caution in cautions(a_chat(starts_at=start), before)
    after = datetime(2027, 3, 29, tzinfo=UTC)
    assert caution not in cautions(a_chat(starts_at=start), after)
    over = datetime(2027, 12, 1, tzinfo=UTC)
    assert [one.kind for one in cautions(a_chat(starts_at=start), over)] == [CautionKind.IN_PAST]


def test_be_free_an_hour_before_and_after() -> None:
    chat = a_chat()
    assert busy_from(chat) == START - timedelta(hours=1)
    assert busy_until(chat) == START + timedelta(hours=2)
    assert busy_from(a_chat(starts_at=None)) is None
    assert busy_until(a_chat(starts_at=None)) is None


@pytest.mark.parametrize(
    ("rhythm", "expected"),
    [
        (Rhythm.WEEKLY, date(2026, 12, 12)),
        (Rhythm.MONTHLY, date(2027, 1, 2)),
        (Rhythm.QUARTERLY, date(2027, 3, 6)),
        (Rhythm.YEARLY, date(2027, 12, 5)),
    ],
)
def test_the_next_edition_keeps_weekday_rank_and_hour(rhythm: Rhythm, expected: date) -> None:
    found = next_edition(a_chat(rhythm=rhythm), NOW)
    assert found is not None
    assert (found.date(), found.time()) == (expected, time(20))


def test_the_next_edition_keeps_the_wall_time_when_clocks_change() -> None:
    start = datetime(2026, 10, 20, 18, tzinfo=UTC)
    chat = a_chat(rhythm=Rhythm.WEEKLY, time_zone="Europe/Paris", starts_at=start)
    assert next_edition(chat, start) == datetime(2026, 10, 27, 19, tzinfo=UTC)


def test_a_fifth_weekday_becomes_the_last() -> None:
    chat = a_chat(rhythm=Rhythm.MONTHLY, starts_at=datetime(2027, 1, 29, 20, tzinfo=UTC))
    found = next_edition(chat, NOW)
    assert found is not None
    assert found.date() == date(2027, 2, 26)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (datetime(2026, 11, 27, 3, 26, tzinfo=UTC), datetime(2027, 1, 8, 20, tzinfo=UTC)),
        (datetime(2026, 11, 26, 20, 3, tzinfo=UTC), datetime(2027, 1, 7, 20, tzinfo=UTC)),
        (datetime(2027, 4, 3, 20, tzinfo=UTC), datetime(2027, 5, 8, 20, tzinfo=UTC)),
        (datetime(2026, 11, 24, 18, 26, tzinfo=UTC), datetime(2026, 12, 22, 18, 30, tzinfo=UTC)),
        (datetime(2026, 11, 24, 22, tzinfo=UTC), datetime(2026, 12, 22, 20, tzinfo=UTC)),
        (datetime(2026, 11, 24, 23, 58, tzinfo=UTC), datetime(2026, 12, 22, 20, tzinfo=UTC)),
        (datetime(2026, 11, 24, 9, 7, tzinfo=UTC), datetime(2026, 12, 22, 9, tzinfo=UTC)),
    ],
)
def test_the_next_edition_is_neither_at_night_nor_on_a_feast_day(
    start: datetime, expected: datetime
) -> None:
    chat = a_chat(rhythm=Rhythm.MONTHLY, starts_at=start, audience_zones=())
    assert next_edition(chat, start) == expected


@pytest.mark.parametrize(
    ("hour", "minutes", "expected"),
    [
        (time(6, 52), 60, time(20)),
        (time(6, 53), 60, time(7)),
        (time(21, 30), 60, time(21, 30)),
        (time(21, 30), 61, time(20)),
        (time(21, 45), 60, time(20)),
        (time(22), 120, time(20)),
        (time(20, 7, 59), 60, time(20)),
        (time(20, 8), 60, time(20, 15)),
    ],
)
def test_the_next_edition_starts_at_a_quarter_of_an_hour_from_7_and_ends_by_half_past_10(
    hour: time, minutes: int, expected: time
) -> None:
    start = datetime.combine(date(2026, 11, 24), hour, UTC).replace(microsecond=5)
    chat = a_chat(rhythm=Rhythm.WEEKLY, starts_at=start, minutes=minutes)
    assert next_edition(chat, NOW) == datetime.combine(date(2026, 12, 1), expected, UTC)


@pytest.mark.parametrize(
    ("day", "month_later", "quarter_later"),
    [
        (date(2026, 9, 1), date(2026, 10, 6), date(2026, 12, 1)),
        (date(2026, 9, 6), date(2026, 10, 4), date(2026, 12, 6)),
        (date(2026, 9, 7), date(2026, 10, 5), date(2026, 12, 7)),
        (date(2026, 9, 8), date(2026, 10, 13), date(2026, 12, 8)),
        (date(2026, 9, 14), date(2026, 10, 12), date(2026, 12, 14)),
        (date(2026, 9, 28), date(2026, 10, 26), date(2026, 12, 28)),
        (date(2026, 11, 4), date(2026, 12, 2), date(2027, 2, 3)),
        (date(2026, 12, 2), date(2027, 1, 6), date(2027, 3, 3)),
        # A fifth Tuesday: October has four, December five.
        (date(2026, 9, 29), date(2026, 10, 27), date(2026, 12, 29)),
    ],
)
def test_the_nth_weekday_of_a_month_stays_the_nth(
    day: date, month_later: date, quarter_later: date
) -> None:
    start = datetime.combine(day, time(20), UTC)
    for rhythm, expected in ((Rhythm.MONTHLY, month_later), (Rhythm.QUARTERLY, quarter_later)):
        found = next_edition(a_chat(rhythm=rhythm, starts_at=start), start)
        assert found is not None
        assert found.date() == expected


def test_an_edition_that_would_begin_right_now_is_the_one_after() -> None:
    chat, week = a_chat(rhythm=Rhythm.WEEKLY), timedelta(weeks=1)
    assert next_edition(chat, START + week - timedelta(seconds=1)) == START + week
    assert next_edition(chat, START + week) == START + 2 * week


def test_a_leap_day_every_year() -> None:
    chat = a_chat(rhythm=Rhythm.YEARLY, starts_at=datetime(2028, 2, 29, 20, tzinfo=UTC))
    found = next_edition(chat, NOW)
    assert found is not None
    assert found.date() == date(2029, 2, 28)


@given(days, hours, st.sampled_from(list(Rhythm)[1:]))
def test_the_next_edition_is_always_ahead(day: date, hour: time, rhythm: Rhythm) -> None:
    start = to_utc(day, hour, "Europe/Paris")
    chat = a_chat(starts_at=start, rhythm=rhythm, time_zone="Europe/Paris")
    found = next_edition(chat, NOW)
    assert found is not None
    assert found > NOW
    assert found > start


def test_a_single_chat_has_no_next_edition() -> None:
    assert next_edition(a_chat(), NOW) is None
    assert next_edition(a_chat(rhythm=Rhythm.WEEKLY, starts_at=None), NOW) is None


def test_international_days_are_dates_with_names_in_both_languages() -> None:
    loaded = load_days()
    assert {(3, 8), (10, 11), (11, 20), (11, 25), (2, 6), (6, 16)} <= {
        (one.month, one.day) for one in loaded
    }
    for one in loaded:
        date(2027, one.month, one.day)
        assert one.name("fr") != one.name("en")
        assert one.name("wo") == one.name("fr")
        assert (one.name("en-GB"), one.name("FR-sn")) == (one.name("en"), one.name("fr"))
        assert "'" not in one.name("fr") + one.name("en")


def test_days_near_in_time_come_first_then_those_of_the_topic() -> None:
    found = related_days(a_chat(), load_days(), NOW)
    assert [abs(one.distance) for one in found] == sorted(abs(one.distance) for one in found)
    near = {(one.on, one.distance) for one in found if abs(one.distance) <= 10}
    assert (date(2026, 12, 1), -4) in near
    assert (date(2026, 12, 10), 5) in near
    assert (date(2026, 11, 25), -10) in near
    assert date(2027, 10, 11) in {one.on for one in found}


def test_days_across_the_turn_of_the_year() -> None:
    chat = a_chat(starts_at=datetime(2026, 12, 30, 20, tzinfo=UTC), topic="", audience_zones=())
    assert related_days(chat, load_days(), NOW) == ()
    chat = a_chat(starts_at=datetime(2027, 1, 20, 20, tzinfo=UTC), topic="")
    assert [one.on for one in related_days(chat, load_days(), NOW)] == [date(2027, 1, 24)]


def test_without_a_date_only_days_to_come_are_proposed() -> None:
    chat = a_chat(starts_at=None, topic="Les droits des filles")
    found = related_days(chat, load_days(), NOW)
    assert found
    assert all(one.on >= NOW.date() for one in found)
    assert date(2027, 10, 11) in {one.on for one in found}


A_CAUSE = InternationalDay(1, 10, {"fr": "Journée"}, ("filles",))


@pytest.mark.parametrize(
    ("start", "on"),
    [
        (date(2026, 12, 30), None),
        (date(2026, 12, 31), date(2027, 1, 10)),
        (date(2027, 1, 10), date(2027, 1, 10)),
        (date(2027, 1, 20), date(2027, 1, 10)),
        (date(2027, 1, 21), None),
    ],
)
def test_a_day_is_near_up_to_ten_days_before_or_after_the_chat(
    start: date, on: date | None
) -> None:
    chat = a_chat(starts_at=datetime.combine(start, time(20), UTC), topic="", audience="")
    assert [one.on for one in related_days(chat, [A_CAUSE], NOW)] == ([on] if on else [])


def test_a_day_at_the_end_of_the_year_is_near_a_chat_in_january() -> None:
    chat = a_chat(starts_at=datetime(2027, 1, 3, 20, tzinfo=UTC), topic="")
    (found,) = related_days(chat, [InternationalDay(12, 28, {"fr": "Journée"})], NOW)
    assert (found.on, found.distance) == (date(2026, 12, 28), -6)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2027, 1, 9), [(date(2027, 1, 10), 1)]),
        (date(2027, 1, 10), [(date(2027, 1, 10), 0)]),
        (date(2027, 1, 11), []),
    ],
)
def test_without_a_date_a_day_is_near_from_today_on(
    today: date, expected: list[tuple[date, int]]
) -> None:
    chat = a_chat(starts_at=None, topic="", audience="")
    now = datetime.combine(today, time(12), UTC)
    found = related_days(chat, [A_CAUSE], now)
    assert [(one.on, one.distance) for one in found] == expected


@pytest.mark.parametrize(
    ("today", "on"),
    [
        (date(2026, 6, 1), date(2027, 1, 10)),
        (date(2027, 1, 10), date(2027, 1, 10)),
        (date(2027, 1, 11), date(2028, 1, 10)),
    ],
)
def test_a_day_about_the_topic_is_the_next_one_from_today(today: date, on: date) -> None:
    start = datetime(2027, 6, 1, 20, tzinfo=UTC)
    now = datetime.combine(today, time(12), UTC)
    chat = a_chat(starts_at=start, topic="L’école des filles")
    assert [one.on for one in related_days(chat, [A_CAUSE], now)] == [on]
    assert related_days(replace(chat, topic="Le riz", audience=""), [A_CAUSE], now) == ()


def test_of_two_days_as_near_the_one_before_comes_first() -> None:
    days = [InternationalDay(12, day, {"fr": "Journée"}) for day in (8, 5, 2, 6)]
    found = related_days(a_chat(topic=""), days, NOW)
    assert [one.distance for one in found] == [0, 1, -3, 3]


def test_a_chat_that_was_over_is_to_come_again_on_another_day() -> None:
    over = replace(a_chat(), closed_at=START + timedelta(hours=1))
    now = START + timedelta(days=1)
    again = on_day(over, now + timedelta(days=7), now)
    assert (again.starts_at, again.closed_at) == (now + timedelta(days=7), None)
    for starts_at in (None, START - timedelta(hours=1), now):
        assert on_day(over, starts_at, now).closed_at == over.closed_at


def test_a_week_ahead_is_enough() -> None:
    kinds = {one.kind for one in cautions(a_chat(starts_at=NOW + timedelta(days=7)), NOW)}
    assert not kinds & {CautionKind.UNDER_A_WEEK, CautionKind.UNDER_A_DAY}


@pytest.mark.parametrize(
    ("minutes", "near"), [(-15.1, False), (-15, True), (0, True), (59.9, True), (60, False)]
)
def test_the_app_stays_open_from_a_quarter_of_an_hour_before_until_the_end(
    minutes: float, near: bool
) -> None:
    assert is_near(a_chat(route=Route.KEYS), START + timedelta(minutes=minutes)) is near


@pytest.mark.parametrize(
    "change",
    [
        {"starts_at": None},
        {"closed_at": START},
        {"route": None},
        {"route": Route.REHEARSAL},
        {"live_elsewhere": START},
    ],
)
def test_the_app_need_not_stay_open_for_a_chat_that_does_not_leave_from_here(
    change: dict[str, object],
) -> None:
    assert not is_near(a_chat(**{"route": Route.ASSISTED, **change}), START)


OFF = DayOff("Africa/Dakar", DayOffKind.HOLIDAY, "Noël")


def test_days_off_are_told_last_and_of_a_day_to_come_only() -> None:
    chat = a_chat(audience_zones=())
    assert cautions(chat, NOW, [OFF])[-1] == Caution(CautionKind.HOLIDAY, "Africa/Dakar", "Noël")
    assert CautionKind.HOLIDAY not in {one.kind for one in cautions(chat, chat.starts_at, [OFF])}
    assert {CautionKind(kind) for kind in DayOffKind} <= JUDGED_CAUTIONS


def test_a_caution_is_put_aside_for_that_start_and_those_places() -> None:
    chat = a_chat()
    mark = mark_of_caution(chat, CautionKind.NIGHT)
    assert mark and mark != mark_of_caution(chat, CautionKind.WEEKEND)
    assert mark == mark_of_caution(replace(chat, topic="Autre"), CautionKind.NIGHT)
    later = replace(chat, starts_at=chat.starts_at + timedelta(hours=1))
    assert mark != mark_of_caution(later, CautionKind.NIGHT)
    assert mark != mark_of_caution(replace(chat, audience_zones=()), CautionKind.NIGHT)
    assert mark_of_caution(chat, CautionKind.RULES_CHANGED) == ""
    assert mark_of_caution(replace(chat, starts_at=None), CautionKind.NIGHT) == ""


def test_the_next_editions_follow_each_other() -> None:
    weekly = a_chat(rhythm=Rhythm.WEEKLY)
    first, second, third = next_editions(weekly, NOW, 3)
    assert first > weekly.starts_at
    assert second - first == third - second == timedelta(days=7)
    assert next_editions(a_chat(), NOW, 3) == ()
    assert next_editions(replace(weekly, starts_at=None), NOW, 3) == ()


def test_every_international_day_says_where_it_is_from() -> None:
    table = tomllib.loads(resource("days.toml").read_text("utf-8"))
    assert all(link.startswith("https://") for link in table["sources"].values())
    assert {day["source"] for day in table["days"]} == set(table["sources"])
    keys = [day["key"] for day in table["days"]]
    assert len(keys) == len(set(keys)) >= 35
