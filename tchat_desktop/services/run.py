"""Plans and follows a run: the real hour of a chat by keys, without a person at the screen.

The hour itself is the same service as in the window. A run ends when no post can change state by
itself any more.
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
"""States of a post that still change by themselves."""


class OnHold(NotPosted):
    """The organiser paused the hour; only the window shows which posts leave on resuming."""


class NothingToPost(NotPosted):
    """The run sheet has no post to publish."""


def plan_run(
    chat: Chat,
    planned: Sequence[OutboxPost],
    store: OutboxStore,
    clock: Clock,
    rules: NetworkRules,
) -> Sequence[OutboxPost]:
    """Update the stored rows of the real hour to what is `planned` now, and return them.

    An hour that had gone on without keys uses them again; posts that the run sheet marks for the
    page stay so. Waits for the disk. Raises OnHold with nothing changed, NothingToPost, StoreError.
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
    """Whether no post of the hour can change state by itself any more."""
    return all(row.state not in _MOVING for row in rows)


class Changes:
    """Tells which posts have changed state between two looks at the outbox."""

    def __init__(self, rows: Sequence[OutboxPost]) -> None:
        self._states = {row.id: row.state for row in rows}

    def among(self, rows: Sequence[OutboxPost]) -> list[tuple[PostState, OutboxPost]]:
        """The rows that have changed since the last call, each with its former state.

        A row that is new has not changed.
        """
        changed = []
        for row in rows:
            before = self._states.get(row.id, row.state)
            self._states[row.id] = row.state
            if before is not row.state:
                changed.append((before, row))
        return changed


def _unheard(_event: object) -> None:
    """Ignore events, since nothing is reported before the hour begins."""
