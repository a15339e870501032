"""The rows of a real hour, for pages that show them."""

from __future__ import annotations

from collections.abc import Iterable

from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.models.live_rows import LiveRows


def live_rows(bridge: Bridge, chat_id: str = "c", rows: Iterable[OutboxPost] = ()) -> LiveRows:
    """What is on the disk of the hour of a chat."""
    kept = tuple(rows)
    return LiveRows(bridge, chat_id, lambda: kept)
