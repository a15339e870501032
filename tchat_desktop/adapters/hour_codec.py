"""The posts of an hour that was open when its chat was copied, as they stand in a .tchat file.

They tell the copy what is out already, and why what is not is where it is. What the log knows is
not taken along; the page that was opened for a post is made anew from its text.

A file names the question and its number by the key of the item and by a label ("Q3"), as it always
did; here alone the two are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from tchat_desktop.adapters.x.web_page import page_of
from tchat_desktop.domain.chat import Occasion, Picture, Route
from tchat_desktop.domain.network_rules import PageTooLong
from tchat_desktop.domain.outgoing import (
    KEYS_FAIL,
    MONEY_FAILS,
    WAITING,
    OutboxPost,
    Planned,
    PostKind,
    PostState,
    Reason,
)
from tchat_desktop.domain.run_items import question_in
from tchat_desktop.domain.x import links

MOST_ROWS = 400
"""Rows in a file from outside: many more than any hour has."""

_LABEL = re.compile("Q([1-9][0-9]{0,3})")

_AS_COPIED = {
    # Whether it left there is not known here.
    PostState.SENDING: PostState.UNKNOWN,
    PostState.DUE: PostState.PLANNED,
}


@dataclass(frozen=True, slots=True)
class HourRow:
    """One post of the run sheet in a file. Instants are UTC."""

    slot: str
    kind: PostKind
    label: str
    text: str
    due_at: datetime
    expires_at: datetime
    route: Route
    state: PostState
    planned_text: str
    planned_due_at: datetime
    planned_route: Route
    planned_state: PostState
    remote_id: str = ""
    url: str = ""
    changed_at: datetime | None = None
    tried: bool = False
    reason: str = ""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class HourPart:
    """The part of a file that tells of an hour; `at` is when it was copied (UTC)."""

    at: datetime
    rows: tuple[HourRow, ...] = ()


def hour_part_of(rows: Iterable[OutboxPost], at: datetime) -> HourPart:
    """What a file tells of these rows; replies and reposts have no place on the run sheet."""
    return HourPart(at, tuple(_written(row, row.planned) for row in rows if row.planned))


def read_rows(part: HourPart, limited: bool) -> tuple[OutboxPost, ...]:
    """The rows, without ids of their own; whoever takes them in gives them some."""
    rows = part.rows[:MOST_ROWS] if limited else part.rows
    return tuple(_read(row) for row in rows)


def _written(row: OutboxPost, planned: Planned) -> HourRow:
    return HourRow(
        slot=row.slot,
        kind=row.kind,
        label=row.label,
        text=row.text,
        due_at=row.due_at,
        expires_at=row.expires_at,
        route=row.route,
        state=row.state,
        planned_text=planned.text,
        planned_due_at=planned.due_at,
        planned_route=planned.route,
        planned_state=planned.state,
        remote_id=row.remote_id,
        url=row.url,
        changed_at=row.changed_at,
        tried=bool(row.attempts),
        reason=row.reason.value,
        picture=row.picture,
    )


def _read(row: HourRow) -> OutboxPost:
    link = links.canonical(row.url) if row.url.startswith("https://") else ""
    is_question = row.kind is PostKind.QUESTION
    read = OutboxPost(
        id="",
        chat_id="",
        occasion=Occasion.LIVE,
        slot=row.slot,
        kind=row.kind,
        text=row.text,
        due_at=row.due_at,
        expires_at=row.expires_at,
        route=row.route,
        state=_AS_COPIED.get(row.state, row.state),
        question_id=question_in(row.slot) if is_question else "",
        number=_number(row.label) if is_question else None,
        remote_id=row.remote_id if row.remote_id.isdigit() else "",
        url=link or "",
        reason=_reason(row),
        attempts=int(row.tried),
        picture=row.picture,
        planned=Planned(row.planned_text, row.planned_due_at, row.planned_route, row.planned_state),
        changed_at=row.changed_at,
    )
    return replace(read, page=_page(read))


def _number(label: str) -> int | None:
    found = _LABEL.fullmatch(label)
    return int(found[1]) if found else None


def _reason(row: HourRow) -> Reason:
    """Why it is where it is. What waits is tried anew, with the keys that are on this computer."""
    if row.state in WAITING or row.reason not in set(Reason):
        return Reason.NONE
    reason = Reason(row.reason)
    return Reason.NONE if reason in KEYS_FAIL | MONEY_FAILS else reason


def _page(row: OutboxPost) -> str:
    """The page of a post that waits for the organiser's word, to be opened again."""
    if row.state is not PostState.HANDED_OVER:
        return ""
    try:
        return page_of(row)
    except PageTooLong:
        return ""
