"""Reads instants: with a time zone, and in years that every time zone can handle."""

from __future__ import annotations

from datetime import UTC, datetime

YEARS = range(2000, 2200)


def moment(text: str) -> datetime:
    """The instant (UTC) of an ISO 8601 text.

    Raises ValueError if it is malformed, has no time zone, or its year is not in `YEARS`.
    """
    read = datetime.fromisoformat(text)
    if read.tzinfo is None or read.year not in YEARS:
        raise ValueError(f"{text} is no instant")
    return read.astimezone(UTC)
