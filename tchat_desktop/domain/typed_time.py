"""Reads days and hours as people type them: "jeudi 17 décembre à 20 h", "Dec 17, 8 pm".

A contradiction (such as "Thursday" for a Friday) and a day that has passed are never corrected
silently: the reading tells so, with the days that may be meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from tchat_desktop.domain.folding import fold

LONGEST_TYPED = 100
"""The most characters that are read; a day and an hour take forty at most."""

_YEARS = range(2000, 2100)

_MONTHS = (
    "janvier january",
    "fevrier february",
    "mars march",
    "avril april",
    "mai may",
    "juin june",
    "juillet july",
    "aout august",
    "septembre september",
    "octobre october",
    "novembre november",
    "decembre december",
)
_WEEKDAYS = (
    "lundi monday",
    "mardi tuesday",
    "mercredi wednesday",
    "jeudi thursday",
    "vendredi friday",
    "samedi saturday",
    "dimanche sunday",
)
_AWAY = {"aujourd'hui": 0, "today": 0, "demain": 1, "tomorrow": 1, "apres-demain": 2}
_NAMED_HOURS = {"midi": time(12), "noon": time(12), "minuit": time(0), "midnight": time(0)}
_FILLING = {"le", "la", "l", "the", "a", "at", "of", "on", "de", "du", "vers", "around", "en", "in",
         "er", "st", "nd", "rd", "th", "prochain", "next", "et", "and", "ce", "this"}  # fmt: skip
"""Words that do not matter for the date and are skipped."""

_WORD = re.compile(r"apres-demain|aujourd'hui|\d+|[^\W\d_]+|[^\s/.,'-]")
_HOUR = re.compile(
    r"\b(\d{1,2}) ?(?:h|heures?)(?: ?(\d{2})(?: ?(?:min|mn|minutes))?\b(?! ?[a-z]{3}))?(?![a-z])"
    r"|\b(\d{1,2})(?::(\d{2}))? ?([ap])\.?m\b\.?"
    r"|\b(\d{1,2}):(\d{2})\b"
)


class ReadingDoubt(StrEnum):
    """Why a reading is not certain."""

    WEEKDAY = "weekday"
    """The typed day of the week is not that of the typed date."""
    PAST = "past"
    """The typed date has passed."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A typed day and hour, as a wall clock shows them; `hour` is None if none was typed.

    With a doubt, `meant` are the days that may be meant, the likeliest first.
    """

    day: date
    hour: time | None = None
    doubt: ReadingDoubt | None = None
    meant: tuple[date, ...] = ()


def read_typed(text: str, today: date, day_first: bool = True) -> Reading | None:
    """Read the day and hour typed in French or English; None when the text is no clear day.

    Without a year it is the next such day from `today` on. A date in figures is read day first, or
    else month first, unless only the other order is possible.
    """
    if len(text) > LONGEST_TYPED:
        return None
    rest, hour, sound = _without_hour(fold(text))
    said = _said(rest)
    day = said.day(today, day_first) if sound and said else None
    if said is None or day is None:
        return None
    if day < today:
        again = _on(day.day, day.month, (), today)
        return Reading(day, hour, ReadingDoubt.PAST, (again,) if again else ())
    if said.weekday is not None and day.weekday() != said.weekday:
        meant = (day, _nearest(day, said.weekday))
        return Reading(day, hour, ReadingDoubt.WEEKDAY, tuple(one for one in meant if one >= today))
    return Reading(day, hour)


def read_hour(text: str) -> time | None:
    """Read a typed hour ("20h30", "20:30", "20 h", "8 pm", "20"); None if it is not an hour."""
    if len(text) > LONGEST_TYPED:
        return None
    plain = fold(text)
    figures = re.fullmatch(r"(\d{1,2})(?:\.(\d{2}))?|(\d{2})(\d{2})", plain)
    if figures:
        return _time(figures[1] or figures[3], figures[2] or figures[4])
    rest, hour, sound = _without_hour(plain)
    return hour if sound and not rest.strip() else None


def _without_hour(plain: str) -> tuple[str, time | None, bool]:
    """Split the hour off a folded text: the text without it, the hour, and whether it is sound.

    The hour is None when there is none. It is not sound if it is impossible or there is another.
    """
    found: list[time | None] = []

    def take(match: re.Match[str]) -> str:
        if match[1]:
            found.append(_time(match[1], match[2]))
        elif match[3]:
            found.append(_half_day(match[3], match[4], match[5]))
        else:
            found.append(_time(match[6], match[7]))
        return " "

    rest = _HOUR.sub(take, plain)
    words = rest.split(" ")
    found += [_NAMED_HOURS[word] for word in words if word in _NAMED_HOURS]
    rest = " ".join(word for word in words if word not in _NAMED_HOURS)
    hour = found[0] if found else None
    return rest, hour, len(found) < 2 and (hour is not None or not found)


def _time(hour: str, minute: str | None) -> time | None:
    hours, minutes = int(hour), int(minute or 0)
    return time(hours, minutes) if hours < 24 and minutes < 60 else None


def _half_day(hour: str, minute: str | None, half: str) -> time | None:
    hours, minutes = int(hour), int(minute or 0)
    if not 1 <= hours <= 12 or minutes > 59:
        return None
    return time(hours % 12 + (12 if half == "p" else 0), minutes)


@dataclass(frozen=True, slots=True)
class _Said:
    """The parts of a typed date: `weekday` counts from 0 (Monday), `away` is in days from today.

    `year_leads` tells that the text begins with a year in four figures.
    A month never comes without figures.
    """

    figures: tuple[int, ...]
    weekday: int | None
    month: int | None
    away: int | None
    year_leads: bool

    def day(self, today: date, day_first: bool) -> date | None:
        """The day that these parts give; None if they give none."""
        figures = self.figures
        if self.away is not None:
            return None if figures else today + timedelta(days=self.away)
        if self.month is not None:
            return _on(figures[0], self.month, figures[1:], today)
        if self.weekday is not None and len(figures) < 2:
            if figures:
                return _of_any_month(figures[0], today)
            return _following(today, self.weekday)
        return self._in_figures(today, day_first) if len(figures) in (2, 3) else None

    def _in_figures(self, today: date, day_first: bool) -> date | None:
        figures = self.figures
        if self.year_leads and len(figures) == 3:
            return _on(figures[2], figures[1], figures[:1], today)
        first, second = figures[:2]
        pairs = ((first, second), (second, first))
        found = (_on(*pair, figures[2:], today) for pair in pairs[:: 1 if day_first else -1])
        return next((day for day in found if day is not None), None)


def _said(plain: str) -> _Said | None:
    """The parts of the date in a folded text; None when it holds words that are not of a date."""
    figures: list[int] = []
    names: list[tuple[int | None, int | None]] = []
    away = None
    for word in _WORD.findall(plain):
        if word.isascii() and word.isdigit() and len(word) <= 4:
            figures.append(int(word))
        elif word in _AWAY:
            away = _AWAY[word]
        elif word not in _FILLING:
            names.append((_number(word, _WEEKDAYS), _number(word, _MONTHS)))
    month = None
    if figures:
        # The last such word is the month: in "mar. 8 déc." the first is the day of the week.
        last = max((at for at, name in enumerate(names) if name[1] is not None), default=None)
        month = names.pop(last)[1] if last is not None else None
    weekday = names[0][0] if names else None
    if len(names) > 1 or (names and weekday is None):
        return None
    year_leads = re.match(r" ?\d{4}[-/.]", plain) is not None
    return _Said(tuple(figures), weekday, None if month is None else month + 1, away, year_leads)


def _number(word: str, names: tuple[str, ...]) -> int | None:
    """The index of the only name that begins with a word; None for no name or several."""
    if len(word) < 3:
        return None
    found = [at for at, both in enumerate(names) if any(n.startswith(word) for n in both.split())]
    return found[0] if len(found) == 1 else None


def _on(day: int, month: int, years: tuple[int, ...], today: date) -> date | None:
    """That day in the given year, or the next such day from `today` on; None if there is none."""
    if len(years) > 1:
        return None
    if years:
        return _day(years[0] + 2000 if years[0] < 100 else years[0], month, day)
    found = (_day(year, month, day) for year in range(today.year, today.year + 9))
    return next((one for one in found if one is not None and one >= today), None)


def _of_any_month(day: int, today: date) -> date | None:
    """The next day of any month with that number, from `today` on."""
    found = (today + timedelta(days=away) for away in range(62))
    return next((one for one in found if one.day == day), None)


def _following(today: date, weekday: int) -> date:
    """The next day after `today` with that weekday (0 is Monday)."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _nearest(day: date, weekday: int) -> date:
    """The day with that weekday (0 is Monday) nearest to `day`, at most three days away."""
    return day + timedelta(days=(weekday - day.weekday() + 3) % 7 - 3)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None
