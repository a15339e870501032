"""How values are written in the columns of the database."""

from __future__ import annotations

from datetime import UTC, datetime

from tchat_desktop.adapters.reading.instants import moment


def instant(moment: datetime) -> str:
    """An instant as text that sorts by time. Raises ValueError for one without a zone."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs its zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def optional_instant(moment: datetime | None) -> str | None:
    """As `instant`; None stays None."""
    return None if moment is None else instant(moment)


def optional_moment(text: str | None) -> datetime | None:
    """As `reading.instants.moment`; None stays None."""
    return None if text is None else moment(text)
