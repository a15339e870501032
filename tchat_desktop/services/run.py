"""A run: the real hour of a chat with nobody before a screen, all by keys.

The rows are planned by the commands of the outbox, and the hour is the one of the window; it ends
when no post moves any more.
"""

from __future__ import annotations

from collections.abc import Sequence

from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.services.library import NotPosted
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.ports import Clock, OutboxStore

_MOVING = frozenset({PostState.PLANNED, PostState.DUE, PostState.SENDING, PostState.UNKNOWN})
"""The states of a post of which there is more to be told."""


class OnHold(NotPosted):
    """The organiser put everything on hold, and only the window shows what resuming lets go."""


class NothingToPost(NotPosted):
    """No post of the run sheet is to leave."""


def plan_run(
    chat: Chat,
    planned: Sequence[OutboxPost],
    store: OutboxStore,
    clock: Clock,
    rules: NetworkRules,
) -> Sequence[OutboxPost]:
    """The rows of the hour: those on disk follow what is `planned` by now, and wait by keys.

    An hour that went on without keys leaves by them again. What the run sheet has go by the page
    stays so: keys do not publish it unasked. Raises OnHold, where nothing is changed,
    NothingToPost and StoreError.
    """
    if store.hour_state(chat.id, Occasion.LIVE).paused:
        raise OnHold
    outbox = Outbox(
        store,
        clock,
        _unheard,
        rules=rules,
        chat_id=chat.id,
        occasion=Occasion.LIVE,
        route=Route.KEYS,
    )
    outbox.go_on_with_keys()
    outbox.follow(planned)
    outbox.all_by_keys()
    rows = outbox.rows()
    if all(row.state is PostState.DRAFT for row in rows):
        raise NothingToPost
    return rows


def is_settled(rows: Sequence[OutboxPost]) -> bool:
    """Whether nothing of the hour moves any more."""
    return all(row.state not in _MOVING for row in rows)


class Changes:
    """Which posts are in another state than when they were looked at last."""

    def __init__(self, rows: Sequence[OutboxPost]) -> None:
        self._states = {row.id: row.state for row in rows}

    def among(self, rows: Sequence[OutboxPost]) -> list[tuple[PostState, OutboxPost]]:
        """Each with the state it was in before; one that is new has not changed."""
        changed = []
        for row in rows:
            before = self._states.get(row.id, row.state)
            self._states[row.id] = row.state
            if before is not row.state:
                changed.append((before, row))
        return changed


def _unheard(_event: object) -> None:
    """Nothing is told before the hour begins."""
