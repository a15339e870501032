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
    named = _with_month_name(plain, i18n.month_names(code))
    if named is not None:
        month, figures = named
        if not 1 <= len(figures) <= 2:
            return None
        return _on(figures[0], month, figures[1] if len(figures) == 2 else None, today)
    if not re.fullmatch(r"[\d\s/.\-]+", plain):
        return None
    figures = [int(piece) for piece in re.findall(r"\d+", plain)]
    if not 2 <= len(figures) <= 3:
        return None
    year = figures[2] if len(figures) == 3 else None
    first, second = figures[:2]
    pairs = [(first, second), (second, first)]
    for day, month in pairs if i18n.day_comes_first(code) else pairs[::-1]:
        if found := _on(day, month, year, today):
            return found
    return None


def _with_month_name(plain: str, months: tuple[str, ...]) -> tuple[int, list[int]] | None:
    """The month named in the text and the figures around it, "1er" being 1."""
    words = re.findall(r"[^\W\d_]+", re.sub(r"(?<=\d)(er|st|nd|rd|th)\b", "", plain))
    # The last one: in "mar. 8 déc." the first is the day of the week.
    for word in reversed(words):
        if len(word) < 3:
            continue
        named = [
            number for number, name in enumerate(months, start=1) if _plain(name).startswith(word)
        ]
        if len(named) == 1:
            return named[0], [int(piece) for piece in re.findall(r"\d+", plain)]
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
