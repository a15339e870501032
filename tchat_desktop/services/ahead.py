"""Putting what goes with a post on X before the post is due, so that it leaves on time."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.services.ports import Clock, Publisher, PublishError

log = logging.getLogger(__name__)

AHEAD = timedelta(minutes=3)
"""How long before a post is due its picture begins to leave."""
AFTER_TROUBLE = timedelta(seconds=20)
"""Before the next try when X could not be reached or did not take it."""


class Ahead:
    """Gets the pictures of posts with keys ready, one request at a time between other posts.

    What fails here fails in silence: it is done again as the post leaves, and told then. Used on
    the posting thread only.
    """

    def __init__(self, publishers: Mapping[Route, Publisher], clock: Clock) -> None:
        self._publisher = publishers.get(Route.KEYS)
        self._clock = clock
        self._next: dict[tuple[str, str, str], datetime | None] = {}

    def step(self, rows: Sequence[OutboxPost]) -> datetime | None:
        """Do one request if there is one to do; when to come back (UTC), None for never."""
        for row in rows:
            at = self._due(row)
            if at is not None and at <= self._clock.now():
                self._get_ready(row)
                break
        return min((at for row in rows if (at := self._due(row)) is not None), default=None)

    def at_last(self, row: OutboxPost) -> float | None:
        """Do one request for a row that is due; the seconds to the next, None when it may leave."""
        if row.picture is None:
            return None
        shows = row.route is Route.KEYS and self._publisher is not None
        if not shows or (_key(row) in self._next and self._next[_key(row)] is None):
            return None
        if not self._get_ready(row):
            # It is tried once more as the post leaves, and told then.
            return None
        at = self._next[_key(row)]
        return None if at is None else max(0.0, (at - self._clock.now()).total_seconds())

    def _due(self, row: OutboxPost) -> datetime | None:
        """When something is to be done for a row; None when nothing is."""
        if row.state is not PostState.PLANNED or row.route is not Route.KEYS:
            return None
        if row.picture is None or self._publisher is None:
            return None
        begins = row.due_at - AHEAD
        at = self._next.get(_key(row), begins)
        return None if at is None else max(at, begins)

    def _get_ready(self, row: OutboxPost) -> bool:
        assert self._publisher is not None
        try:
            seconds = self._publisher.get_ready(row)
        except Exception as error:
            if not isinstance(error, PublishError):
                log.warning("not got ready: %r", error)
            self._next[_key(row)] = self._clock.now() + AFTER_TROUBLE
            return False
        after = None if seconds is None else self._clock.now() + timedelta(seconds=seconds)
        self._next[_key(row)] = after
        return True


def _key(row: OutboxPost) -> tuple[str, str, str]:
    assert row.picture is not None
    return row.id, row.picture.id, row.picture.alt_text
