"""The time zone of this computer, by its name, its region and its clock."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta

from tchat_desktop.domain.home_zone import home_zone


def zone_of_computer(named: str, region: str, year: int) -> str:
    """The IANA zone to begin with.

    `named` is how the system calls its zone, `region` the two letters of the country its formats
    are for; summer and winter of `year` are compared.
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
