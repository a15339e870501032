"""Uploads pictures to X before the post that shows them; they are not public until then."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.domain.blanks import filled_only
from tchat_desktop.domain.outgoing import OutboxPost, Reason
from tchat_desktop.domain.x.pictures import LARGEST_PICTURE, LONGEST_ALT_TEXT, kind_of
from tchat_desktop.services.ports import PublishRefused

log = logging.getLogger(__name__)

PIECE = 512_000
"""The most bytes sent in one request; larger pictures are sent in pieces of this size."""
MOST_CHECKS = 20
"""The most times that X is asked whether it has processed a picture."""
KEPT = timedelta(hours=12)
"""How long an uploaded picture is used; X itself keeps one that no post shows for a day."""


@dataclass(frozen=True, slots=True)
class OnX:
    """An uploaded picture: its media id on X, and False if X refused its description."""

    id: str
    described: bool = True


Steps = Generator[float, None, OnX]
"""An upload, one request at each step; it yields the seconds to wait before the next one."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture to show with a post, and its description for people who cannot see it."""

    content: bytes
    alt_text: str


def upload(
    client: XClient, attachment: Attachment, pause: Callable[[float], None] = time.sleep
) -> OnX:
    """Upload a picture to X; `pause` waits a number of seconds.

    Raises PublishError, which is PublishRefused with Reason.PICTURE if X does not accept it.
    """
    return _finish(_steps(client, attachment), pause)


class Uploads:
    """The uploaded pictures of an hour, each uploaded once. Used on the posting thread only.

    `content_of` gives the content of the picture of a post; it raises PublishRefused if that is not
    stored.
    """

    def __init__(self, client: XClient, content_of: Callable[[OutboxPost], bytes]) -> None:
        self._client = client
        self._content_of = content_of
        self._there: dict[tuple[str, str], tuple[OnX, datetime]] = {}
        self._under_way: dict[tuple[str, str], Steps] = {}

    def put(self, post: OutboxPost) -> OnX:
        """The uploaded picture of a post, which is uploaded now if need be. Raises PublishError."""
        key = _key(post)
        if self._is_there(key):
            return self._there[key][0]
        steps = self._under_way.pop(key, None)
        if steps is not None:
            try:
                return self._keep(key, _finish(steps))
            except PublishRefused as error:
                # X may have dropped the upload that was begun ahead of time.
                log.info("begun in vain: %s", error)
        attachment = Attachment(self._content_of(post), key[1])
        return self._keep(key, upload(self._client, attachment))

    def step(self, post: OutboxPost) -> float | None:
        """Make one request of the upload of a picture.

        Returns the seconds to wait before the next one, None when the picture is uploaded. Raises
        PublishError; the next step then starts the upload again.
        """
        key = _key(post)
        if self._is_there(key):
            return None
        steps = self._under_way.pop(key, None)
        if steps is None:
            steps = _steps(self._client, Attachment(self._content_of(post), key[1]))
        try:
            wait = next(steps)
        except StopIteration as end:
            self._keep(key, end.value)
            return None
        self._under_way[key] = steps
        return wait

    def forget(self, post: OutboxPost) -> None:
        """Forget the upload of the picture of a post, because X has deleted it."""
        self._there.pop(_key(post), None)

    def _is_there(self, key: tuple[str, str]) -> bool:
        known = self._there.get(key)
        return known is not None and self._client.server_now - known[1] < KEPT

    def _keep(self, key: tuple[str, str], picture: OnX) -> OnX:
        self._there[key] = (picture, self._client.server_now)
        return picture


def _key(post: OutboxPost) -> tuple[str, str]:
    assert post.picture is not None
    return post.picture.id, filled_only(post.picture.alt_text)


def _finish(steps: Steps, pause: Callable[[float], None] = time.sleep) -> OnX:
    """Make all steps of an upload, and wait between them."""
    while True:
        try:
            seconds = next(steps)
        except StopIteration as end:
            made: OnX = end.value
            return made
        if seconds:
            pause(seconds)


def _steps(client: XClient, attachment: Attachment) -> Steps:
    """Upload a picture; any refusal is raised with Reason.PICTURE."""
    try:
        return (yield from _uploading(client, attachment))
    except PublishRefused as error:
        if error.reason is Reason.REFUSED:
            raise error.refused_for(Reason.PICTURE) from error
        raise


def _uploading(client: XClient, attachment: Attachment) -> Steps:
    """Upload a picture and its description, one request at a step. Raises PublishError."""
    content = attachment.content
    kind = kind_of(content)
    if not kind:
        raise PublishRefused(Reason.PICTURE, "not a picture X takes")
    if len(content) > LARGEST_PICTURE:
        raise PublishRefused(Reason.PICTURE, f"picture too big: {len(content)} bytes")
    category = "tweet_gif" if kind == "image/gif" else "tweet_image"
    if len(content) <= PIECE:
        data = _whole(client, content, kind, category)
    else:
        data = yield from _in_pieces(client, content, kind, category)
    media_id = str(data["id"])
    yield from _until_ready(client, media_id, data)
    if not attachment.alt_text:
        return OnX(media_id)
    yield 0.0
    described = {"alt_text": {"text": attachment.alt_text[:LONGEST_ALT_TEXT]}}
    try:
        client.call("POST", "/2/media/metadata", json={"id": media_id, "metadata": described})
    except PublishRefused as error:
        # A post without the description is better than no post; the organiser is told.
        log.warning("the description of a picture was refused: %s", error)
        return OnX(media_id, described=False)
    return OnX(media_id)


def _whole(client: XClient, content: bytes, kind: str, category: str) -> Any:
    return client.call(
        "POST",
        "/2/media/upload",
        needs=("id",),
        data={"media_category": category},
        files={"media": ("picture", content, kind)},
    )["data"]


def _in_pieces(
    client: XClient, content: bytes, kind: str, category: str
) -> Generator[float, None, Any]:
    """Upload a large picture in pieces, one request at a step."""
    begun = {"media_type": kind, "total_bytes": len(content), "media_category": category}
    started = client.call("POST", "/2/media/upload/initialize", needs=("id",), json=begun)
    path = f"/2/media/upload/{started['data']['id']}"
    for index, start in enumerate(range(0, len(content), PIECE)):
        yield 0.0
        piece = content[start : start + PIECE]
        client.call(
            "POST",
            f"{path}/append",
            data={"segment_index": str(index)},
            files={"media": ("piece", piece, "application/octet-stream")},
        )
    yield 0.0
    return client.call("POST", f"{path}/finalize", needs=("id",))["data"]


def _until_ready(client: XClient, media_id: str, data: Any) -> Generator[float, None, None]:
    """Ask X until it has processed the picture. Raises PublishRefused if it fails."""
    for _ in range(MOST_CHECKS):
        progress = data.get("processing_info") or {}
        state = progress.get("state") or "succeeded"
        if state == "succeeded":
            return
        if state == "failed":
            break
        yield min(float(progress.get("check_after_secs") or 1), 10.0)
        data = client.call(
            "GET",
            "/2/media/upload",
            needs=("id",),
            params={"media_id": media_id, "command": "STATUS"},
        )["data"]
    raise PublishRefused(Reason.PICTURE, "X could not use the picture")
