"""Finds the time zone of this computer by its name, its region and its clock."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta

from tchat_desktop.domain.home_zone import home_zone


def zone_of_computer(named: str, region: str, year: int) -> str:
    """The IANA time zone of this computer, as far as it can be told.

    `named` is the name the system gives, `region` the two-letter code of the country of its
    formats (time zones by country: CLDR). Its offsets from UTC in January and July of `year` are
    compared with those of the candidates.
    """
    from babel.core import get_global

    of_country = tuple(
        sorted(zone for zone, one in get_global("zone_territories").items() if one == region)
    )
    instants = (datetime(year, 1, 15, 12, tzinfo=UTC), datetime(year, 7, 15, 12, tzinfo=UTC))
    clock = {
        instant: timedelta(seconds=time.localtime(instant.timestamp()).tm_gmtoff)
        for instant in instants
    }
    return home_zone(named, sys.platform != "win32", of_country, clock)
