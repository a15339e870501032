"""Reads the pictures in a document: only those X would accept, each with its real media type."""

from __future__ import annotations

import binascii
import hashlib
import re
from base64 import b64decode
from dataclasses import replace
from typing import Any

from tchat_desktop.adapters.reading.sieve import NoteLeftOut
from tchat_desktop.domain.chat import Chat, Picture
from tchat_desktop.domain.x.pictures import (
    LARGEST_PICTURE,
    LONGEST_ALT_TEXT,
    PICTURE_KINDS,
    kind_of,
)
from tchat_desktop.services.ports import ChatFileDamaged

MOST_PICTURES = 100
"""The most pictures that are read from a file."""

_HASH = re.compile(r"[0-9a-f]{64}")


def sound_picture(picture: Picture | None, path: str, note: NoteLeftOut) -> Picture | None:
    """The picture with a usable description; None if its id or media type is not valid."""
    if picture is None:
        return None
    if not (_HASH.fullmatch(picture.id) and picture.kind in PICTURE_KINDS):
        note(path)
        return None
    if len(picture.alt_text) > LONGEST_ALT_TEXT:
        note(f"{path}.alt_text")
        return replace(picture, alt_text=picture.alt_text[:LONGEST_ALT_TEXT])
    return picture


def sound_contents(raw: Any, note: NoteLeftOut) -> dict[str, bytes]:
    """The contents of pictures that X would accept, by id. Raises ChatFileDamaged for no list."""
    if not isinstance(raw, list):
        raise ChatFileDamaged("pictures")
    sound: dict[str, bytes] = {}
    for index, written in enumerate(raw):
        content = _content(written) if index < MOST_PICTURES else b""
        if len(content) <= LARGEST_PICTURE and kind_of(content):
            sound[hashlib.sha256(content).hexdigest()] = content
        else:
            note(f"pictures[{index}]")
    return sound


def with_contents(chat: Chat, pictures: dict[str, bytes], note: NoteLeftOut) -> Chat:
    """The chat with only those pictures whose content is there, with their real media types."""

    def kept(picture: Picture | None, path: str) -> Picture | None:
        if picture is None:
            return None
        content = pictures.get(picture.id)
        if content is None:
            note(path)
            return None
        return replace(picture, kind=kind_of(content))

    edits = tuple(
        replace(edit, picture=kept(edit.picture, f"chat.run_edits[{index}].picture"))
        for index, edit in enumerate(chat.run_edits)
    )
    visuals = chat.visuals
    if visuals is not None:
        visuals = replace(visuals, logo=kept(visuals.logo, "chat.visuals.logo"))
    return replace(chat, run_edits=edits, visuals=visuals)


def _content(written: Any) -> bytes:
    try:
        return b64decode(written, validate=True) if isinstance(written, str) else b""
    except (binascii.Error, ValueError):
        return b""
