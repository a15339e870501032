"""Public holidays and weekends of countries, from the library `holidays`, without the network."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tchat_desktop.domain.days_off import DayOff, DayOffKind, LocalDay

if TYPE_CHECKING:
    from holidays import HolidayBase

_USUAL_WEEKEND = frozenset({5, 6})
_ENGLISH = "en_US"
_END_OF_RAMADAN = "Eid al-Fitr"
_RAMADAN = timedelta(days=30)


def days_off(places: Sequence[LocalDay], language: str) -> tuple[DayOff, ...]:
    """What those days are, holidays with their names in a language (BCP 47).

    A country the library does not know has the usual weekend. It imports and computes: never call
    it on the GUI thread.
    """
    return tuple(found for place in places for found in _of_place(place, language))


def _of_place(place: LocalDay, language: str) -> list[DayOff]:
    known = _languages(place.country)
    found = []
    weekend = _USUAL_WEEKEND
    if known is not None:
        years = {place.day.year, (place.day + _RAMADAN).year}
        own = next((code for code in known if code.split("_")[0] == language[:2].lower()), "")
        calendar = _calendar(place.country, years, own or _ENGLISH)
        weekend = frozenset(calendar.weekend)
        if name := calendar.get(place.day):
            told = name.replace("'", "’") if own else ""
            found.append(DayOff(place.zone, DayOffKind.HOLIDAY, told))
        if _ENGLISH in known and _in_ramadan(place.day, place.country, years):
            found.append(DayOff(place.zone, DayOffKind.RAMADAN))
    if place.day.weekday() in weekend and not found:
        found.append(DayOff(place.zone, DayOffKind.WEEKEND))
    return found


def _languages(country: str) -> tuple[str, ...] | None:
    """The languages in which the holidays of a country have names; None for an unknown country."""
    import holidays

    if country not in holidays.list_supported_countries():
        return None
    return tuple(getattr(holidays, country).supported_languages)


def _calendar(country: str, years: set[int], language: str) -> HolidayBase:
    import holidays

    # Always with a language: the packaged app has the library's names in its own languages alone.
    return holidays.country_holidays(country, years=years, language=language)


def _in_ramadan(day: date, country: str, years: set[int]) -> bool:
    """Whether a day is in the thirty before the feast that ends Ramadan, where it is a holiday."""
    calendar = _calendar(country, years, _ENGLISH)
    ends = [on for on, name in calendar.items() if name.startswith(_END_OF_RAMADAN)]
    return any(end - _RAMADAN <= day < end for end in _first_days(ends))


def _first_days(days: list[date]) -> list[date]:
    return [day for day in days if day - timedelta(days=1) not in days]
