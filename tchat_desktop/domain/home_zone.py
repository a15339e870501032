"""Which time zone to begin with on this computer, when it does not say so itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tchat_desktop.domain.schedule import common_zones, is_zone

OffsetsSeen = Mapping[datetime, timedelta]
"""How far the clock of the computer is from UTC at a few instants, in summer and in winter."""


def home_zone(named: str, certain: bool, of_country: tuple[str, ...], clock: OffsetsSeen) -> str:
    """An IANA zone that shows what the clock of the computer shows.

    `named` is what the system says: "" or a rule such as "CET-1CEST" is no name. It is not certain
    where a system has one name for many countries (Windows): with Dakar's clock and France for
    region, it says Reykjavik. The zones of the country come first then, and the usual ones after.
    """
    has_city = is_zone(named) and "/" in named and not named.startswith("Etc/")
    if has_city and (certain or named in (*of_country, *common_zones())):
        return named
    for zone in (*of_country, *common_zones()):
        if is_zone(zone) and _shows(zone, clock):
            return zone
    return named if is_zone(named) else "UTC"


def _shows(zone: str, clock: OffsetsSeen) -> bool:
    info = ZoneInfo(zone)
    return all(instant.astimezone(info).utcoffset() == offset for instant, offset in clock.items())
