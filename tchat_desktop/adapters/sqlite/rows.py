"""How values are written in the columns of the database."""

from __future__ import annotations

from datetime import UTC, datetime

from tchat_desktop.adapters.reading.instants import moment


def instant(moment: datetime) -> str:
    """Return an instant as text in UTC that sorts by time. Raises ValueError without a zone."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs its zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def optional_instant(moment: datetime | None) -> str | None:
    """Return what `instant` returns; None for None."""
    return None if moment is None else instant(moment)


def optional_moment(text: str | None) -> datetime | None:
    """Return what `reading.instants.moment` returns, in UTC; None for None."""
    return None if text is None else moment(text)
