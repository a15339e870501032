"""Public holidays and weekends, as the library and the packaged app have them."""

from __future__ import annotations

from datetime import date

import pytest

from tchat_desktop.adapters.public_holidays import days_off
from tchat_desktop.domain.days_off import DayOff, DayOffKind, LocalDay

HOLIDAY, WEEKEND, RAMADAN = DayOffKind.HOLIDAY, DayOffKind.WEEKEND, DayOffKind.RAMADAN


@pytest.mark.parametrize(
    ("country", "day", "language", "kind", "name"),
    [
        ("SN", date(2026, 12, 25), "fr", HOLIDAY, "Noël"),
        ("SN", date(2026, 12, 25), "en", HOLIDAY, "Christmas Day"),
        ("SN", date(2026, 5, 27), "fr", HOLIDAY, "Journée de la Tabaski (estimé)"),
        ("SN", date(2026, 3, 1), "fr", RAMADAN, ""),
        # Of Cameroon the library has no French names: none is better than an English one.
        ("CM", date(2026, 5, 20), "fr", HOLIDAY, ""),
        ("DE", date(2026, 10, 3), "fr", HOLIDAY, ""),
        ("FR", date(2026, 12, 5), "fr", WEEKEND, ""),
        ("DZ", date(2026, 12, 4), "fr", WEEKEND, ""),
        ("", date(2026, 12, 6), "fr", WEEKEND, ""),
        ("ZZ", date(2026, 12, 5), "fr", WEEKEND, ""),
    ],
)
def test_what_a_day_is(country: str, day: date, language: str, kind: DayOffKind, name: str) -> None:
    assert days_off([LocalDay("zone", country, day)], language) == (DayOff("zone", kind, name),)


def test_a_working_day_is_nothing_and_each_place_has_its_own() -> None:
    places = [
        LocalDay("Africa/Dakar", "SN", date(2026, 7, 14)),
        LocalDay("Europe/Paris", "FR", date(2026, 7, 14)),
    ]
    assert days_off(places, "fr") == (DayOff("Europe/Paris", HOLIDAY, "Fête nationale"),)
    assert days_off([], "fr") == ()


def test_names_are_set_as_ours() -> None:
    [found] = days_off([LocalDay("z", "FR", date(2027, 1, 1))], "fr")
    assert found.name == "Jour de l’an"
