"""A day as people type it: "05/12/2026", "5 décembre", "samedi 5 déc. 2026", "2026-12-05"."""

from __future__ import annotations

import re
from datetime import date
from unicodedata import combining, normalize

from tchat_desktop import i18n


def parse_day(text: str, today: date, code: str | None = None) -> date | None:
    """The day someone typed, None if it is not one.

    Without a year, the next time that day comes from `today` on. Figures are read in the order of
    the language (day first in French, month first in English) unless only the other one fits.
    """
    plain = _plain(text)
    if iso := re.fullmatch(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*", plain):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    figures = _figures(plain)
    month = _named_month(plain, i18n.month_names(code))
    if month is not None:
        year = figures[1] if len(figures) == 2 else None
        return _on(figures[0], month, year, today) if 1 <= len(figures) <= 2 else None
    if not re.fullmatch(r"[\d\s/.-]+", plain) or not 2 <= len(figures) <= 3:
        return None
    year = figures[2] if len(figures) == 3 else None
    first, second = figures[:2]
    pairs = [(first, second), (second, first)]
    for day, month in pairs if i18n.day_comes_first(code) else pairs[::-1]:
        if found := _on(day, month, year, today):
            return found
    return None


def _figures(plain: str) -> list[int]:
    """The numbers in the text; none when one is too long to be part of a date."""
    pieces = re.findall(r"\d+", plain)
    return [int(piece) for piece in pieces] if all(len(piece) <= 4 for piece in pieces) else []


def _named_month(plain: str, months: tuple[str, ...]) -> int | None:
    """The month named in the text, in full or by its first letters."""
    words = re.findall(r"[^\W\d_]{3,}", plain)
    # The last one: in "mar. 8 déc." the first is the day of the week.
    for word in reversed(words):
        named = [
            number for number, name in enumerate(months, start=1) if _plain(name).startswith(word)
        ]
        if len(named) == 1:
            return named[0]
    return None


def _on(day: int, month: int, year: int | None, today: date) -> date | None:
    if year is not None:
        return _day(year + 2000 if year < 100 else year, month, day)
    for candidate in range(today.year, today.year + 5):
        found = _day(candidate, month, day)
        if found is not None and found >= today:
            return found
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 2000 <= year < 2100 else None
    except ValueError:
        return None


def _plain(text: str) -> str:
    """Without capitals and accents."""
    return "".join(c for c in normalize("NFD", text.lower()) if not combining(c))
