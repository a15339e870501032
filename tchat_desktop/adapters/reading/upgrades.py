"""Upgrades documents of earlier versions of the app to the present version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tchat_desktop.domain.blanks import unfilled
from tchat_desktop.services.ports import ChatFileDamaged, ChatFileNewer

RawDocument = dict[str, Any]


def _with_wall(document: RawDocument) -> RawDocument:
    """Version 2 added the start in local time (`reading.chat.wall`), which is not known here."""
    return {**document, "wall": ""}


MOST_OLD_LINES = 50
"""The most helplines that are taken over from documents before version 3."""


def _with_help_lines(raw: RawDocument) -> RawDocument:
    """Version 3 replaced one text of help numbers by a helpline for each line, to be checked."""
    chat = raw.get("chat")
    if not isinstance(chat, dict):
        return raw
    text = chat.pop("helplines", "")
    written = text.split("\n") if isinstance(text, str) else []
    lines = [line.strip() for line in written if line.strip() and not _is_all_blank(line)]
    # All further lines are joined to the last helpline, so that no text is lost.
    kept = [*lines[: MOST_OLD_LINES - 1], " ".join(lines[MOST_OLD_LINES - 1 :])]
    numbers = [{"id": f"line-{n}", "number": line} for n, line in enumerate(kept, 1) if line]
    return {**raw, "chat": {**chat, "help_lines": numbers}}


def _is_all_blank(line: str) -> bool:
    return unfilled(line) == (line.strip(),)


def _without_reposted(raw: RawDocument) -> RawDocument:
    """Version 4 removed the mark of reposted posts, because the outbox tells which they are."""
    posts = raw.get("posts")
    for post in posts if isinstance(posts, list) else ():
        if isinstance(post, dict):
            post.pop("reposted", None)
    return raw


UPGRADES: tuple[Callable[[RawDocument], RawDocument], ...] = (
    _with_wall,
    _with_help_lines,
    _without_reposted,
)
"""The n-th function (from 1) upgrades a document of version n to version n + 1."""

VERSION = len(UPGRADES) + 1


def upgraded(raw: object) -> RawDocument:
    """The document upgraded to the present version. Raises ChatFileDamaged, ChatFileNewer."""
    if not isinstance(raw, dict) or raw.get("format") != "tchat":
        raise ChatFileDamaged("not a tchat document")
    version = version_in(raw)
    if version > VERSION:
        raise ChatFileNewer(f"version {version}")
    for upgrade in UPGRADES[version - 1 :]:
        raw = upgrade(raw)
    return raw


def version_in(raw: RawDocument) -> int:
    """The version that a document says it has. Raises ChatFileDamaged."""
    version = raw.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise ChatFileDamaged(f"version {version!r}")
    return version
