"""Encodes and decodes chats as JSON documents, for the database and for .tchat files.

`{"format": "tchat", "version": 4, "chat": {…}, "posts": […], "pictures": […]}`, the last only when
there are some. Wrong types are errors. Unknown fields are left out, and values that cannot be used
are replaced; both are noted by name (`adapters/reading/`).
"""

from __future__ import annotations

import dataclasses
from datetime import datetime
from functools import cache
from typing import Any

import msgspec

from tchat_desktop.adapters import hour_codec
from tchat_desktop.adapters.reading import upgrades
from tchat_desktop.adapters.reading.chat import (
    at_wall,
    sound_chat,
    wall,
    with_nothing_by_itself,
)
from tchat_desktop.adapters.reading.hour import hour_from
from tchat_desktop.adapters.reading.pictures import sound_contents, with_contents
from tchat_desktop.adapters.reading.posts import read_posts
from tchat_desktop.adapters.reading.sieve import Sieve
from tchat_desktop.domain.chat import Chat, picture_ids
from tchat_desktop.services.ports import ChatFile, ChatFileDamaged

Document = dict[str, Any]

MOST_COMMAS = 5_000_000
"""The most commas, and so values, in a file from outside: decoded, they take much more memory."""

_PARTS = {"format", "version", "chat", "wall", "posts", "pictures", "hour"}


def encode(file: ChatFile, pretty: bool = False) -> bytes:
    """The content of a file as UTF-8 JSON. Raises ValueError for a datetime without a time zone."""
    written: Document = {
        "format": "tchat",
        "version": upgrades.VERSION,
        "chat": _written(file.chat),
        "wall": wall(file.chat),
        "posts": _written(file.posts),
    }
    if file.pictures:
        written["pictures"] = file.pictures
    if file.hour and file.hour_at is not None:
        written["hour"] = _written(hour_codec.hour_part_of(file.hour, file.hour_at))
    try:
        document = msgspec.json.encode(written)
    except UnicodeEncodeError:
        document = msgspec.json.encode(storable_everywhere(msgspec.to_builtins(written)))
    return msgspec.json.format(document, indent=2) + b"\n" if pretty else document


def _written(value: Any) -> Any:
    """A value without the fields that are empty and have their default.

    Earlier versions of the app do not know some of them. Any other value is written, so that
    another default in a later version changes nothing. Raises ValueError for a datetime without a
    time zone.
    """
    if isinstance(value, tuple):
        return [_written(one) for one in value]
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError("an instant needs its zone")
    kind: Any = type(value)
    silent = _silent(kind)
    if silent is None:
        return value
    return {
        name: _written(said)
        for name, nothing in silent.items()
        if (said := getattr(value, name)) or said != nothing
    }


_REQUIRED = object()


@cache
def _silent(kind: Any) -> dict[str, object] | None:
    """The default of each field of a dataclass, `_REQUIRED` for none; None for any other type."""
    if not dataclasses.is_dataclass(kind):
        return None
    return {
        one.name: _REQUIRED if one.default is dataclasses.MISSING else one.default
        for one in dataclasses.fields(kind)
    }


def decode(document: bytes, from_outside: bool) -> ChatFile:
    """The content of a document, with everything in it made safe to use.

    `from_outside` is for a file: it limits sizes to those of real chats, and drops pictures that
    are not shown. Raises ChatFileDamaged, ChatFileNewer.
    """
    if from_outside and document.count(b",") > MOST_COMMAS:
        raise ChatFileDamaged("too many values")
    try:
        raw = msgspec.json.decode(document)
        return _read(upgrades.upgraded(raw), from_outside)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ChatFileDamaged(str(error)) from error


def _read(raw: Document, from_outside: bool) -> ChatFile:
    """The content of a document of the present version."""
    sieve = Sieve(from_outside)
    for name in raw.keys() - _PARTS:
        sieve.note(name)
    chat = msgspec.convert(sieve.sift(raw.get("chat"), Chat, "chat"), Chat)
    chat, renamed = sound_chat(chat, sieve.note)
    chat = at_wall(chat, raw.get("wall"))
    posts = read_posts(raw.get("posts", []), sieve, renamed)
    hour, hour_at = hour_from(raw.get("hour"), sieve, renamed)
    pictures: dict[str, bytes] = {}
    if from_outside:
        # What leaves by itself was decided for the other computer, which may publish it as well.
        chat = with_nothing_by_itself(chat)
        pictures = sound_contents(raw.get("pictures", []), sieve.note)
        chat = with_contents(chat, pictures, sieve.note)
        shown = picture_ids(chat) | {row.picture.id for row in hour if row.picture is not None}
        for name in pictures.keys() - shown:
            sieve.note(f"pictures: {name[:12]}")
            del pictures[name]
    left_out = tuple(sieve.left_out)
    return ChatFile(chat, posts, tuple(pictures.values()), left_out, hour, hour_at)


def storable(text: str) -> str:
    """The text with surrogate pairs joined and lone surrogates replaced by U+FFFD.

    Toolkits that count in UTF-16, such as Qt, can give such text, which UTF-8 cannot hold.
    """
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def storable_everywhere(raw: Any) -> Any:
    """A value made of builtins, with every text in it `storable`."""
    if isinstance(raw, str):
        return storable(raw)
    if isinstance(raw, dict):
        return {name: storable_everywhere(value) for name, value in raw.items()}
    if isinstance(raw, list | tuple):
        return [storable_everywhere(value) for value in raw]
    return raw
