"""A day and an hour as people type them, and what is asked when they do not fit together."""

from __future__ import annotations

import time as clock
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.typed_time import (
    LONGEST_TYPED,
    Reading,
    ReadingDoubt,
    read_hour,
    read_typed,
)

TODAY = date(2026, 11, 23)
DEC_5, DEC_17, DEC_18 = date(2026, 12, 5), date(2026, 12, 17), date(2026, 12, 18)

hours = st.times().map(lambda one: one.replace(second=0, microsecond=0))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("05/12/2026", DEC_5),
        ("5/12/26", DEC_5),
        ("5.12.2026", DEC_5),
        ("2026-12-05", DEC_5),
        ("2026/12/05", DEC_5),
        ("5 décembre", DEC_5),
        ("5 de\u0301cembre", DEC_5),
        ("1er mars", date(2027, 3, 1)),
        ("sam. 5 DEC 2026", DEC_5),
        ("mar. 8 déc", date(2026, 12, 8)),
        ("samedi 5 décembre 2026", DEC_5),
        ("samedi\u00a05\u202fdécembre", DEC_5),
        ("12/25/2026", date(2026, 12, 25)),
        ("29 février", date(2028, 2, 29)),
        ("22/11", date(2027, 11, 22)),
        ("December 5, 2026", DEC_5),
        ("Saturday, Dec 5th", DEC_5),
        ("5th of December", DEC_5),
        ("demain", date(2026, 11, 24)),
        ("today", TODAY),
        ("jeudi prochain", date(2026, 11, 26)),
        ("lundi", date(2026, 11, 30)),
        ("jeudi 17", DEC_17),
        ("jeudi 17/12", DEC_17),
        ("mardi 05/01", date(2027, 1, 5)),
        ("lundi 23", TODAY),
        ("23/11", TODAY),
        ("5/12/99", date(2099, 12, 5)),
        ("32/13/2026", None),
        ("17/12/02026", None),
        ("17/12/100", None),
        ("17/12/2026 3", None),
        ("17 décembre 2026 3", None),
        ("2026-12", None),
        ("demain 5", None),
        ("jeudi 0", None),
        ("ve 18 décembre", None),
        ("5 jui", None),
        ("samedi dimanche 5 décembre", None),
        ("31 février 2027", None),
        ("bientôt", None),
        ("samedi ou dimanche 5 décembre", None),
        ("samedi 5 décembre, salle 3", None),
        ("9" * 5000, None),
        ("1" * 5000 + " mars", None),
        ("juin", None),
        ("5", None),
        ("", None),
    ],
)
def test_days_as_people_type_them(text: str, expected: date | None) -> None:
    found = read_typed(text, TODAY)
    assert (found.day if found else None) == expected
    assert found is None or found.doubt is None


@pytest.mark.parametrize(
    ("text", "day", "hour"),
    [
        ("jeudi 17 decembre à 20h", DEC_17, time(20)),
        ("Jeudi 17 décembre 2026 à 20 h 30", DEC_17, time(20, 30)),
        ("17/12 20:30", DEC_17, time(20, 30)),
        ("17/12/2026 à 20h", DEC_17, time(20)),
        ("le 17 décembre à midi", DEC_17, time(12)),
        ("20h 17 décembre", DEC_17, time(20)),
        ("à 20 h 30 le 17 décembre", DEC_17, time(20, 30)),
        ("Thursday, December 17 at 8 pm", DEC_17, time(20)),
        ("Dec 17, 8:30 p.m.", DEC_17, time(20, 30)),
        ("demain à 9 heures", date(2026, 11, 24), time(9)),
    ],
)
def test_day_and_hour_are_read_together(text: str, day: date, hour: time) -> None:
    assert read_typed(text, TODAY) == Reading(day, hour)


@pytest.mark.parametrize(
    "text",
    [
        "17 décembre 25h",
        "17 décembre 20h ou 21h",
        "17 décembre 20h 21h",
        "17 décembre à midi 20h",
        "20h",
        "17 décembre à 20h61",
    ],
)
def test_an_impossible_or_second_hour_is_not_read(text: str) -> None:
    assert read_typed(text, TODAY) is None


def test_a_day_of_the_week_that_does_not_fit_is_asked_about() -> None:
    assert read_typed("Jeudi 18 décembre à 20 h", TODAY) == Reading(
        DEC_18, time(20), ReadingDoubt.WEEKDAY, (DEC_18, DEC_17)
    )
    found = read_typed("Monday 22 November 2026", date(2026, 11, 22))
    assert found is not None
    assert found.meant == (date(2026, 11, 22), date(2026, 11, 23))


@pytest.mark.parametrize(
    ("weekday", "nearest"),
    [
        ("mardi", 15),
        ("mercredi", 16),
        ("jeudi", 17),
        ("samedi", 19),
        ("dimanche", 20),
        ("lundi", 21),
    ],
)
def test_the_other_day_that_may_be_meant_is_the_nearest(weekday: str, nearest: int) -> None:
    found = read_typed(f"{weekday} 18 décembre 2026", TODAY)
    assert found is not None
    assert found.meant == (DEC_18, date(2026, 12, nearest))


def test_no_day_that_has_passed_is_proposed() -> None:
    found = read_typed("dimanche 24 novembre 2026", TODAY)
    assert found == Reading(date(2026, 11, 24), None, ReadingDoubt.WEEKDAY, (date(2026, 11, 24),))
    last = read_typed("29/02/2096", date(2099, 1, 1))
    assert last == Reading(date(2096, 2, 29), None, ReadingDoubt.PAST, ())


def test_a_text_is_read_up_to_the_longest_that_is_honest() -> None:
    assert read_typed("17/12".ljust(LONGEST_TYPED), TODAY) == Reading(DEC_17)
    assert read_typed("17/12".ljust(LONGEST_TYPED + 1), TODAY) is None
    assert read_hour("20h".ljust(LONGEST_TYPED)) == time(20)
    assert read_hour("20h".ljust(LONGEST_TYPED + 1)) is None


@pytest.mark.parametrize("text", ["jeudi 17 decembre 20", "17/12/2020", "17 décembre 2025"])
def test_a_year_that_has_passed_is_asked_about(text: str) -> None:
    found = read_typed(text, TODAY)
    assert found is not None
    assert (found.doubt, found.meant) == (ReadingDoubt.PAST, (DEC_17,))


def test_figures_are_read_in_the_order_of_the_place() -> None:
    assert read_typed("05/12/2026", date(2026, 1, 1), day_first=True) == Reading(DEC_5)
    assert read_typed("05/12/2026", date(2026, 1, 1), day_first=False) == Reading(date(2026, 5, 12))
    assert read_typed("17/12/2026", TODAY, day_first=False) == Reading(DEC_17)


@given(st.text(max_size=120))
def test_anything_typed_is_read_or_not(text: str) -> None:
    found = read_typed(text, TODAY)
    assert found is None or found.doubt is not None or found.day >= TODAY


@given(st.dates(date(2026, 11, 23), date(2099, 12, 31)))
def test_days_written_by_machines_are_read(day: date) -> None:
    assert (
        read_typed(f"{day:%d/%m/%Y}", TODAY) == read_typed(f"{day:%Y-%m-%d}", TODAY) == Reading(day)
    )


@pytest.mark.parametrize("piece", ["1", "1 ", "jeudi ", "20h ", "1/", "a", "'", "mar "])
def test_what_is_far_too_long_takes_no_time(piece: str) -> None:
    start = clock.thread_time()
    assert read_typed(piece * 64_000, TODAY) is None
    assert read_hour(piece * 64_000) is None
    assert read_typed(piece * (LONGEST_TYPED // len(piece)), TODAY) is None
    assert clock.thread_time() - start < 0.5


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("20h30", time(20, 30)),
        ("20:30", time(20, 30)),
        ("20 h", time(20)),
        ("20\u00a0h\u00a030", time(20, 30)),
        ("20 heures", time(20)),
        ("8 pm", time(20)),
        ("8:30 p.m.", time(20, 30)),
        ("8.30", time(8, 30)),
        ("12 am", time(0)),
        ("12pm", time(12)),
        ("2030", time(20, 30)),
        ("7", time(7)),
        ("midi", time(12)),
        ("Minuit", time(0)),
        ("24h", None),
        ("20h60", None),
        ("1 am", time(1)),
        ("12:59 pm", time(12, 59)),
        ("13 pm", None),
        ("0 am", None),
        ("8:60 pm", None),
        ("20h 21h", None),
        ("20h demain", None),
        ("20h5", None),
        ("ce soir", None),
        ("", None),
        ("-1", None),
    ],
)
def test_hours_as_people_type_them(typed: str, hour: time | None) -> None:
    assert read_hour(typed) == hour


@given(st.text(max_size=12))
def test_anything_typed_is_an_hour_or_nothing(typed: str) -> None:
    assert read_hour(typed) is None or isinstance(read_hour(typed), time)


@given(hours)
def test_hours_written_by_machines_are_read(hour: time) -> None:
    assert read_hour(f"{hour:%H:%M}") == read_hour(f"{hour:%Hh%M}") == hour
