"""What a day is in the places of the audience: a public holiday, a weekend, Ramadan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DayOffKind(StrEnum):
    """Why a day is not like another."""

    HOLIDAY = "holiday"
    WEEKEND = "weekend"
    RAMADAN = "ramadan"


@dataclass(frozen=True, slots=True)
class LocalDay:
    """A day in a time zone, with the two letters of its country ("" for none)."""

    zone: str
    country: str
    day: date


@dataclass(frozen=True, slots=True)
class DayOff:
    """What a day is in a time zone. `name` is that of the holiday in the language asked for, which
    says so where the moon decides ("estimated"); "" where it has no name in it.
    """

    zone: str
    kind: DayOffKind
    name: str = ""


DaysOff = Callable[[Sequence[LocalDay], str], Sequence[DayOff]]
"""Tells what those days are, with names in a language; it reads the disk, off the GUI thread."""
