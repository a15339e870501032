"""Which zone a new chat begins with on a computer that does not say it well."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tchat_desktop.domain.home_zone import home_zone

INSTANTS = (datetime(2026, 1, 15, 12, tzinfo=UTC), datetime(2026, 7, 15, 12, tzinfo=UTC))
FRANCE = ("Europe/Paris",)
ICELAND = ("Atlantic/Reykjavik",)


def clock_of(zone: str) -> dict[datetime, timedelta]:
    offsets = {one: one.astimezone(ZoneInfo(zone)).utcoffset() for one in INSTANTS}
    return {one: offset for one, offset in offsets.items() if offset is not None}


@pytest.mark.parametrize(
    ("named", "certain", "of_country", "clock", "zone"),
    [
        ("Africa/Dakar", True, FRANCE, "Africa/Dakar", "Africa/Dakar"),
        ("Europe/Amsterdam", True, (), "Europe/Amsterdam", "Europe/Amsterdam"),
        ("Atlantic/Reykjavik", False, FRANCE, "Africa/Dakar", "Africa/Dakar"),
        (
            "Atlantic/Reykjavik",
            False,
            ("Atlantic/Reykjavik",),
            "Africa/Dakar",
            "Atlantic/Reykjavik",
        ),
        ("Atlantic/Reykjavik", False, ("Africa/Abidjan",), "Africa/Dakar", "Africa/Abidjan"),
        ("Europe/Berlin", False, FRANCE, "Europe/Paris", "Europe/Paris"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", True, FRANCE, "Europe/Paris", "Europe/Paris"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", True, ("Africa/Dakar",), "Europe/Paris", "Europe/Paris"),
        ("", True, (), "Africa/Lagos", "Africa/Niamey"),
        ("UTC", True, ("Africa/Dakar",), "UTC", "Africa/Dakar"),
        ("Etc/UTC", True, FRANCE, "UTC", "Africa/Dakar"),
        ("", True, ("No/Where", "Africa/Dakar"), "UTC", "Africa/Dakar"),
        # Lagos and Paris show the same in winter only.
        ("", True, ("Africa/Lagos", "Europe/Paris"), "Europe/Paris", "Europe/Paris"),
        ("", True, ("Africa/Lagos",), "Africa/Lagos", "Africa/Lagos"),
        ("No/Where", True, (), "Pacific/Chatham", "UTC"),
        ("Pacific/Chatham", False, (), "Pacific/Chatham", "Pacific/Chatham"),
    ],
)
def test_the_zone_is_one_that_shows_what_the_clock_shows(
    named: str, certain: bool, of_country: tuple[str, ...], clock: str, zone: str
) -> None:
    assert home_zone(named, certain, of_country, clock_of(clock)) == zone
