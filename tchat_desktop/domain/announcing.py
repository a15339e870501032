"""The announcements that leave by themselves with the keys, as rows of the outbox.

They are rows of an occasion of their own, so that the hour neither counts nor moves them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from tchat_desktop.domain.chat import Channel, Chat, Occasion, Route, is_out, new_id
from tchat_desktop.domain.outgoing import (
    OUT,
    OutboxPost,
    Planned,
    PostKind,
    PostState,
    late_window,
    with_reason,
)
from tchat_desktop.domain.promotion import announcements_by_date, due_at, text_of
from tchat_desktop.domain.replanning import Replanning
from tchat_desktop.domain.texts import Texts, When

_MOVING = (PostState.DRAFT, PostState.PLANNED, PostState.DUE)


def leaves_by_itself(chat: Chat) -> bool:
    """Whether announcements of this chat may leave with the keys from this computer."""
    return chat.route is Route.KEYS and chat.live_elsewhere is None and chat.closed_at is None


def wants_announcer(chat: Chat) -> bool:
    """Whether any announcement is to leave by itself."""
    return leaves_by_itself(chat) and any(one.by_keys for one in chat.announcements)


def announcement_rows(chat: Chat, texts: Texts, when: When) -> tuple[OutboxPost, ...]:
    """The rows of the announcements that are to leave with the keys, past ones too.

    The slot of each is the id of its announcement.
    """
    if not leaves_by_itself(chat):
        return ()
    rows = []
    for one in announcements_by_date(chat):
        due = due_at(chat, one)
        if one.channel is not Channel.X or not one.by_keys or due is None or is_out(chat, one):
            continue
        text = text_of(chat, one, texts, when)
        rows.append(
            OutboxPost(
                id=new_id(),
                chat_id=chat.id,
                occasion=Occasion.PROMOTION,
                slot=one.id,
                kind=PostKind.ANNOUNCEMENT,
                text=text,
                due_at=due,
                expires_at=due + late_window(PostKind.ANNOUNCEMENT),
                route=Route.KEYS,
                planned=Planned(text, due, Route.KEYS, PostState.PLANNED),
            )
        )
    return tuple(rows)


def announcements_followed(
    rows: Sequence[OutboxPost],
    wanted: Iterable[OutboxPost],
    now: datetime,
    spared: timedelta = timedelta(),
) -> Replanning:
    """The changes that make the outbox `rows` follow the announcements as they are `wanted` now.

    What is out, or may be, stays what it is. What is not wanted any more does not leave. What is
    wanted at an instant (UTC) that has passed is not planned any more. Rows due within `spared`
    from `now` keep their text, which may be half typed.
    """
    new = {row.slot: row for row in wanted}
    changed = []
    for row in rows:
        wish = new.pop(row.slot, None)
        if row.state in OUT:
            continue
        made = _taken_out(row) if wish is None else _followed(row, wish, now, spared)
        if made != row:
            changed.append((row, made))
    added = tuple(row for row in new.values() if row.due_at > now)
    return Replanning(changed=tuple(changed), added=added)


def _taken_out(row: OutboxPost) -> OutboxPost:
    return replace(row, state=PostState.SKIPPED) if row.state in _MOVING else row


def _followed(row: OutboxPost, wish: OutboxPost, now: datetime, spared: timedelta) -> OutboxPost:
    if row.state in _MOVING and row.due_at < now + spared:
        return row
    if row.state not in _MOVING and wish.due_at <= now:
        return row
    made = replace(
        row,
        text=wish.text,
        due_at=wish.due_at,
        expires_at=wish.expires_at,
        planned=wish.planned,
        state=PostState.PLANNED,
    )
    return made if row.state in _MOVING else with_reason(made)
