"""Instants as they are read: with a zone, in years in which every wall clock can show them."""

from __future__ import annotations

from datetime import UTC, datetime

YEARS = range(2000, 2200)


def moment(text: str) -> datetime:
    """The instant of ISO 8601 text, UTC. Raises ValueError for what cannot be one."""
    read = datetime.fromisoformat(text)
    if read.tzinfo is None or read.year not in YEARS:
        raise ValueError(f"{text} is no instant")
    return read.astimezone(UTC)
