"""Uploads the pictures of posts to X before the posts are due, so that they leave on time."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.outgoing import OutboxPost, PostState, leaves_at
from tchat_desktop.services.ports import Clock, Publisher, PublishError

log = logging.getLogger(__name__)

UPLOAD_AHEAD = timedelta(minutes=3)
"""How long before a post is due the upload of its picture begins."""
AFTER_UPLOAD_TROUBLE = timedelta(seconds=20)
"""How long to wait before the next try when X was not reached or refused the picture."""
_ROOM = timedelta(seconds=30)
"""A request on a bad network may take this long: none begins if another post is due before."""


class PictureUploads:
    """Uploads the pictures of posts sent with keys, one request at a time between other posts.

    An upload that fails ahead is not reported: it is tried again when the post is due, and then
    reported. Used on the posting thread only.
    """

    def __init__(self, publishers: Mapping[Route, Publisher], clock: Clock) -> None:
        self._publisher = publishers.get(Route.KEYS)
        self._clock = clock
        self._next: dict[tuple[str, str, str], datetime | None] = {}

    def step(self, rows: Sequence[OutboxPost]) -> datetime | None:
        """Make one request, if one is due and no other post leaves meanwhile.

        Return when to call `step` again (UTC), at the latest after the next post; None if nothing
        is left to upload.
        """
        for row in rows:
            at = self._due(row)
            if at is not None and at <= self._clock.now() and self._has_room(row, rows):
                self._get_ready_in_silence(row)
                break
        now = self._clock.now()
        instants = ((self._due(row), row) for row in rows)
        return min(
            (at for at, row in instants if at and (at > now or self._has_room(row, rows))),
            default=None,
        )

    def at_last(self, row: OutboxPost) -> float | None:
        """Make one request for a row that is due; return the seconds to the next, None when ready.

        Raises PublishError or any other error of the publisher: the post cannot leave with its
        picture.
        """
        if row.picture is None:
            return None
        shows = row.route is Route.KEYS and self._publisher is not None
        if not shows or (_key(row) in self._next and self._next[_key(row)] is None):
            return None
        self._get_ready(row)
        at = self._next[_key(row)]
        return None if at is None else max(0.0, (at - self._clock.now()).total_seconds())

    def _has_room(self, row: OutboxPost, rows: Sequence[OutboxPost]) -> bool:
        """Return whether no other post leaves before this one while a request is made for it."""
        until = min(self._clock.now() + _ROOM, leaves_at(row, rows))
        others = (one for one in rows if one.state is PostState.PLANNED and one.id != row.id)
        return all(leaves_at(other, rows) >= until for other in others)

    def _due(self, row: OutboxPost) -> datetime | None:
        """Return when the next request for a row is due (UTC); None when none is needed."""
        if row.state is not PostState.PLANNED or row.route is not Route.KEYS:
            return None
        if row.picture is None or self._publisher is None:
            return None
        begins = row.due_at - UPLOAD_AHEAD
        at = self._next.get(_key(row), begins)
        return None if at is None else max(at, begins)

    def _get_ready_in_silence(self, row: OutboxPost) -> None:
        try:
            self._get_ready(row)
        except Exception as error:
            if not isinstance(error, PublishError):
                log.warning("not got ready: %r", error)

    def _get_ready(self, row: OutboxPost) -> None:
        assert self._publisher is not None
        try:
            seconds = self._publisher.get_ready(row)
        except Exception:
            self._next[_key(row)] = self._clock.now() + AFTER_UPLOAD_TROUBLE
            raise
        after = None if seconds is None else self._clock.now() + timedelta(seconds=seconds)
        self._next[_key(row)] = after


def _key(row: OutboxPost) -> tuple[str, str, str]:
    assert row.picture is not None
    return row.id, row.picture.id, row.picture.alt_text
