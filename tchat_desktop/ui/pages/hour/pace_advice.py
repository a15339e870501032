"""What the page of the hour proposes for the rest of it, from its times and from the answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from tchat_desktop.domain.catching_up import Proposal, closed_up
from tchat_desktop.domain.outgoing import OUT, OutboxPost, PostKind, left_at
from tchat_desktop.domain.pace import pace
from tchat_desktop.domain.pacing import pacing_proposal
from tchat_desktop.ui.network import NETWORK


def wished_for(
    rows: Sequence[OutboxPost],
    now: datetime,
    ends_at: datetime,
    answer_times: Callable[[str], Sequence[datetime]],
    by_hand: bool,
) -> Proposal | None:
    """Return what to propose at this instant (UTC), or None.

    Where posts of the public are pasted (`by_hand`), what was not pasted is not known: then the
    number of answers is no ground for anything.
    """
    closer = closed_up(rows, now, ends_at)
    if closer is not None:
        return closer
    found = pace(rows, now, ends_at)
    asked = [row for row in rows if row.kind is PostKind.QUESTION and row.state in OUT]
    present = max(asked, key=lambda row: left_at(row, NETWORK), default=None)
    if present is None:
        return pacing_proposal(rows, now, ends_at, found, now, None)
    answered = None if by_hand else answer_times(present.question_id)
    return pacing_proposal(rows, now, ends_at, found, left_at(present, NETWORK), answered)
