"""What a copy of a chat that was open on another computer tells of the posts that are here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.domain.replanning import Replanning, has_begun

_MAYBE_OUT = frozenset(
    {PostState.SENDING, PostState.SENT, PostState.UNKNOWN, PostState.HANDED_OVER}
)


def learnt(here: Sequence[OutboxPost], copied: Iterable[OutboxPost]) -> Replanning:
    """The changes that keep a post from leaving twice; both arguments are rows of one chat.

    While nothing has left here, every row becomes as in the copy. Otherwise only the posts that
    are out in the copy, or may be, become so here; all else that was decided here stays.
    """
    begun = has_begun(here)
    known = {row.slot: row for row in here}
    told = {row.slot: row for row in copied}
    return Replanning(
        changed=tuple(
            (known[slot], _as(row, known[slot]))
            for slot, row in told.items()
            if slot in known and _tells_more(row, known[slot], begun)
        ),
        added=tuple(row for slot, row in told.items() if slot not in known),
    )


def _tells_more(row: OutboxPost, known: OutboxPost, begun: bool) -> bool:
    if known.state in (PostState.SENDING, PostState.SENT):
        return False
    if known.state in _MAYBE_OUT:
        return row.state is PostState.SENT
    if begun:
        return row.state in _MAYBE_OUT
    return _stands(row) != _stands(known)


def _stands(row: OutboxPost) -> tuple[object, ...]:
    return row.state, row.text, row.due_at, row.route


def _as(row: OutboxPost, known: OutboxPost) -> OutboxPost:
    attempts = max(row.attempts, known.attempts)
    return replace(row, id=known.id, chat_id=known.chat_id, attempts=attempts)
