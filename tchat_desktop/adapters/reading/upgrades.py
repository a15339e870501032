"""Documents of earlier versions of the app, made into ones of this version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tchat_desktop.domain.blanks import unfilled
from tchat_desktop.services.ports import ChatFileDamaged, ChatFileNewer

RawDocument = dict[str, Any]


def _with_wall(document: RawDocument) -> RawDocument:
    """Version 2 also holds what the wall clock shows at the start; before, that was not known."""
    return {**document, "wall": ""}


MOST_OLD_LINES = 50
"""Lines of help numbers taken over from documents of before version 3."""


def _with_help_lines(raw: RawDocument) -> RawDocument:
    """One field of help numbers became a line for each country, to be checked."""
    chat = raw.get("chat")
    if not isinstance(chat, dict):
        return raw
    text = chat.pop("helplines", "")
    written = text.split("\n") if isinstance(text, str) else []
    lines = [line.strip() for line in written if line.strip() and not _is_all_blank(line)]
    # Who wrote a page there has it whole, in one line: there is room for so many and no more.
    kept = [*lines[: MOST_OLD_LINES - 1], " ".join(lines[MOST_OLD_LINES - 1 :])]
    numbers = [{"id": f"line-{n}", "number": line} for n, line in enumerate(kept, 1) if line]
    return {**raw, "chat": {**chat, "help_lines": numbers}}


def _is_all_blank(line: str) -> bool:
    return unfilled(line) == (line.strip(),)


def _without_reposted(raw: RawDocument) -> RawDocument:
    """What was reposted is read from the outbox; the mark of a post that said so is no more."""
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
"""The n-th one (from 1) makes a document of version n + 1 out of one of version n."""

VERSION = len(UPGRADES) + 1


def upgraded(raw: object) -> RawDocument:
    """The document in the form of today. Raises ChatFileDamaged, ChatFileNewer."""
    if not isinstance(raw, dict) or raw.get("format") != "tchat":
        raise ChatFileDamaged("not a tchat document")
    version = raw.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise ChatFileDamaged(f"version {version!r}")
    if version > VERSION:
        raise ChatFileNewer(f"version {version}")
    for upgrade in UPGRADES[version - 1 :]:
        raw = upgrade(raw)
    return raw
