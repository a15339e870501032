"""Pictures put on X before the post that shows them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.domain.outgoing import Reason
from tchat_desktop.services.ports import PublishRefused

ONE_SHOT = 1_000_000
"""Bytes of the largest picture sent in one piece; larger ones go in pieces of this size."""
LONGEST_ALT_TEXT = 1000
MOST_CHECKS = 20

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "image/webp"),
)
_BIGGEST = {"image/gif": 15_000_000}
_BIGGEST_PICTURE = 5_000_000


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture to show with a post, and what it says to those who do not see it."""

    path: Path
    alt_text: str


def upload(
    client: XClient, attachment: Attachment, pause: Callable[[float], None] = time.sleep
) -> str:
    """Put a picture on X; the id to publish it with. Nothing is public yet.

    Raises PublishError; PublishRefused for a file that cannot be read or is no picture X takes.
    """
    try:
        content = attachment.path.read_bytes()
    except OSError as error:
        raise PublishRefused(Reason.REFUSED, f"picture not read: {error.strerror}") from error
    kind = next((kind for start, kind in _SIGNATURES if content.startswith(start)), "")
    if not kind:
        raise PublishRefused(Reason.REFUSED, "not a picture X takes")
    if len(content) > _BIGGEST.get(kind, _BIGGEST_PICTURE):
        raise PublishRefused(Reason.REFUSED, f"picture too big: {len(content)} bytes")
    category = "tweet_gif" if kind == "image/gif" else "tweet_image"
    if len(content) <= ONE_SHOT:
        data = _whole(client, content, kind, category)
    else:
        data = _in_pieces(client, content, kind, category)
    media_id = str(data["id"])
    _wait_until_ready(client, media_id, data, pause)
    if attachment.alt_text:
        described = {"alt_text": {"text": attachment.alt_text[:LONGEST_ALT_TEXT]}}
        client.call("POST", "/2/media/metadata", json={"id": media_id, "metadata": described})
    return media_id


def _whole(client: XClient, content: bytes, kind: str, category: str) -> Any:
    return client.call(
        "POST",
        "/2/media/upload",
        needs=("id",),
        data={"media_category": category},
        files={"media": ("picture", content, kind)},
    )["data"]


def _in_pieces(client: XClient, content: bytes, kind: str, category: str) -> Any:
    begun = {"media_type": kind, "total_bytes": len(content), "media_category": category}
    started = client.call("POST", "/2/media/upload/initialize", needs=("id",), json=begun)
    path = f"/2/media/upload/{started['data']['id']}"
    for index, start in enumerate(range(0, len(content), ONE_SHOT)):
        piece = content[start : start + ONE_SHOT]
        client.call(
            "POST",
            f"{path}/append",
            data={"segment_index": str(index)},
            files={"media": ("piece", piece, "application/octet-stream")},
        )
    return client.call("POST", f"{path}/finalize", needs=("id",))["data"]


def _wait_until_ready(
    client: XClient, media_id: str, data: Any, pause: Callable[[float], None]
) -> None:
    for _ in range(MOST_CHECKS):
        progress = data.get("processing_info") or {}
        state = progress.get("state") or "succeeded"
        if state == "succeeded":
            return
        if state == "failed":
            break
        pause(min(float(progress.get("check_after_secs") or 1), 10.0))
        data = client.call(
            "GET",
            "/2/media/upload",
            needs=("id",),
            params={"media_id": media_id, "command": "STATUS"},
        )["data"]
    raise PublishRefused(Reason.REFUSED, "X could not use the picture")
