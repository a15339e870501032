"""Encodes and decodes what two computers share of an hour, as a JSON document.

`{"format": "tchat-hour", "version": 1, "chat": id, "topic": …, "computers": […], "posts": […],
"gone": […], "dated": […], "authors": […], "hour": {…}, "hour_by": id}`: the posts as in a .tchat
file with their marks, and beside them when and by which computer each was given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import msgspec

from tchat_desktop.adapters import codec, hour_codec
from tchat_desktop.adapters.reading.hour import hour_from
from tchat_desktop.adapters.reading.ids import Renamed, sound_chat_id
from tchat_desktop.adapters.reading.posts import read_posts
from tchat_desktop.adapters.reading.sieve import NoInstant, Sieve
from tchat_desktop.adapters.reading.upgrades import version_in
from tchat_desktop.domain.anonymity import comparable_handle
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.clean_text import bare
from tchat_desktop.domain.conversation import FeedPost, Mark, Post
from tchat_desktop.domain.shared_hour import (
    BASELINE,
    Dated,
    Laptop,
    Place,
    SharedHour,
)
from tchat_desktop.services.ports import (
    ChatFileDamaged,
    ClockAhead,
    OfAnotherChat,
    SharedFileDamaged,
    SharedFileNewer,
)

SHARED_FORMAT = "tchat-hour"
SHARED_VERSION = 1

LONGEST_COMPUTER = 40
"""The most characters of the name of a computer."""
MOST_COMPUTERS = 20
MOST_AHEAD = timedelta(hours=12)
"""How far the clocks of two computers may differ: one may believe to be in another time zone."""

_COMPUTER_ID = re.compile(r"[0-9a-f]{16}")
_POST = "post"
"""The name under which `dated` tells of the post itself."""
_NAMES = {_POST, *(mark.value for mark in Mark)}


@dataclass(frozen=True, slots=True)
class _ComputerPart:
    id: str
    name: str
    at: datetime
    publishes: bool = False
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _DatedPart:
    post: str
    name: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class _AuthorPart:
    handle: str
    hidden: bool
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class _Parts:
    """The document, but for the posts and the hour, which are read as in a .tchat file."""

    chat: str
    topic: str = ""
    computers: tuple[_ComputerPart, ...] = ()
    gone: tuple[str, ...] = ()
    """Ids of posts that were taken out; their text is not kept."""
    dated: tuple[_DatedPart, ...] = ()
    authors: tuple[_AuthorPart, ...] = ()
    hour_by: str = ""


def encode_shared(chat: Chat, shared: SharedHour) -> bytes:
    """The document of what is shared of a chat, as UTF-8 JSON."""
    written: dict[str, Any] = {
        "format": SHARED_FORMAT,
        "version": SHARED_VERSION,
        "chat": shared.chat_id,
        "topic": chat.topic,
        "computers": [
            _ComputerPart(key, one.value.name, one.at, one.value.publishes, one.value.ends_at)
            for key, one in shared.computers.items()
        ],
        "posts": _written_posts(shared),
        "gone": [key for key, dated in shared.posts.items() if dated.value is None],
        "dated": _written_dates(shared),
        "authors": [
            _AuthorPart(key, one.value, one.at, one.by) for key, one in shared.authors.items()
        ],
    }
    if shared.rows is not None:
        written["hour"] = hour_codec.hour_part_of(shared.rows.value, shared.rows.at)
        written["hour_by"] = shared.rows.by
    return msgspec.json.encode(codec.storable_everywhere(msgspec.to_builtins(written)))


def _written_posts(shared: SharedHour) -> list[FeedPost]:
    """The posts with their marks; one that was taken out has no words any more."""
    marks: dict[str, dict[str, bool | str]] = {}
    for (post_id, name), dated in shared.marks.items():
        marks.setdefault(post_id, {})[name] = dated.value
    return [
        replace(
            FeedPost(dated.value or Post(key, "", "", "", BASELINE)),
            **marks.get(key, {}),  # type: ignore[arg-type]
        )
        for key, dated in shared.posts.items()
    ]


def _written_dates(shared: SharedHour) -> list[_DatedPart]:
    posts = [_DatedPart(key, _POST, one.at, one.by) for key, one in shared.posts.items()]
    marks = [_DatedPart(key, name, one.at, one.by) for (key, name), one in shared.marks.items()]
    return posts + marks


def decode_shared(document: bytes, chat_id: str, now: datetime | None) -> SharedHour:
    """What a document tells of the chat of that id, with everything in it made safe to use.

    `now` (UTC) is for a document from outside: nothing in it may be much later, and its sizes are
    those of real chats. Raises SharedFileError.
    """
    if now is not None and document.count(b",") > codec.MOST_COMMAS:
        raise SharedFileDamaged("too many values")
    try:
        raw = msgspec.json.decode(document)
        parts = _parts(raw, chat_id, Sieve(limited=now is not None))
        shared = _shared(raw, parts, Sieve(limited=now is not None))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise SharedFileDamaged(str(error)) from error
    except (ChatFileDamaged, NoInstant) as error:
        raise SharedFileDamaged(str(error)) from error
    if now is not None and shared.newest > now + MOST_AHEAD:
        raise ClockAhead(str(shared.newest))
    return shared


def _parts(raw: Any, chat_id: str, sieve: Sieve) -> _Parts:
    """The frame of a document. Raises SharedFileError, ChatFileDamaged, NoInstant."""
    if not isinstance(raw, dict) or raw.get("format") != SHARED_FORMAT:
        raise SharedFileDamaged("not a document of a shared hour")
    version = version_in(raw)
    if version > SHARED_VERSION:
        raise SharedFileNewer(f"version {version}")
    parts = msgspec.convert(sieve.sift(raw, _Parts, "shared"), _Parts)
    if sound_chat_id(parts.chat) != chat_id:
        raise OfAnotherChat(bare(parts.topic))
    known = {one.id for one in parts.computers}
    by = {one.by for one in parts.dated} | {one.by for one in parts.authors}
    by = (by | {parts.hour_by}) - {""}
    if len(known) > MOST_COMPUTERS or not all(_COMPUTER_ID.fullmatch(one) for one in known | by):
        raise SharedFileDamaged("computers")
    return parts


def _shared(raw: dict[str, Any], parts: _Parts, sieve: Sieve) -> SharedHour:
    gone = frozenset(parts.gone)
    feeds = {one.post.id: one for one in read_posts(raw.get("posts", []), sieve, Renamed())}
    posts: dict[str, Dated[Post | None]] = {
        key: Dated(None if key in gone else feed.post, BASELINE, "") for key, feed in feeds.items()
    }
    marks: dict[Place, Dated[bool | str]] = {}
    for one in parts.dated:
        feed = feeds.get(one.post)
        if feed is None or one.name not in _NAMES:
            continue
        if one.name == _POST:
            posts[one.post] = replace(posts[one.post], at=one.at, by=one.by)
        else:
            marks[one.post, one.name] = Dated(getattr(feed, one.name), one.at, one.by)
    rows, at = hour_from(raw.get("hour"), sieve, Renamed())
    return SharedHour(
        sound_chat_id(parts.chat),
        {
            one.id: Dated(Laptop(_name(one.name), one.publishes, one.ends_at), one.at, one.id)
            for one in parts.computers
        },
        posts,
        marks,
        {
            comparable_handle(one.handle): Dated(one.hidden, one.at, one.by)
            for one in parts.authors
            if comparable_handle(one.handle)
        },
        Dated(rows, at, parts.hour_by) if at is not None and parts.hour_by else None,
    )


def _name(written: str) -> str:
    return bare(written)[:LONGEST_COMPUTER]
