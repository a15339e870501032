"""Reads the part of a file on an hour that was open when the file was made.

It decides whether a post leaves a second time, so anything inconsistent makes the file damaged.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec

from tchat_desktop.adapters import hour_codec
from tchat_desktop.adapters.hour_codec import HourPart, HourRow
from tchat_desktop.adapters.reading.ids import Renamed
from tchat_desktop.adapters.reading.pictures import sound_picture
from tchat_desktop.adapters.reading.sieve import NoInstant, NoteLeftOut, Sieve
from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.outgoing import ASKED_FOR, OutboxPost, PostState
from tchat_desktop.services.ports import ChatFileDamaged

_PLANNED_AS = (PostState.PLANNED, PostState.DRAFT)
"""The states in which a run sheet plans a post: to publish, or in reserve."""


def hour_from(
    raw: Any, sieve: Sieve, renamed: Renamed
) -> tuple[tuple[OutboxPost, ...], datetime | None]:
    """The outbox rows in a document, without ids, and when they were written (UTC).

    () and None when the document has none. Raises ChatFileDamaged, msgspec.ValidationError.
    """
    if raw is None:
        return (), None
    try:
        part = msgspec.convert(sieve.sift(raw, HourPart, "hour"), HourPart)
    except NoInstant as error:
        raise ChatFileDamaged("hour") from error
    rows = tuple(replace(row, slot=renamed.key(row.slot)) for row in part.rows)
    for index, row in enumerate(rows):
        _look_at(row, f"hour.rows[{index}]")
    # Only the first one would be stored, and the published one may be the other.
    if len({row.slot for row in rows}) < len(rows):
        raise ChatFileDamaged("hour: two posts in one place")
    read = hour_codec.read_rows(replace(part, rows=rows), sieve.limited)
    return tuple(
        _with_picture(row, f"hour.rows[{index}]", sieve.note) for index, row in enumerate(read)
    ), part.at


def _look_at(row: HourRow, path: str) -> None:
    if row.kind in ASKED_FOR or row.planned_state not in _PLANNED_AS:
        raise ChatFileDamaged(f"{path}: not of the run sheet")
    if Route.REHEARSAL in (row.route, row.planned_route):
        raise ChatFileDamaged(f"{path}: not of the real hour")


def _with_picture(row: OutboxPost, path: str, note: NoteLeftOut) -> OutboxPost:
    """The row with its picture checked; a missing content is told when the post is to leave."""
    return replace(row, picture=sound_picture(row.picture, f"{path}.picture", note))
