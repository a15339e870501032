"""Raw JSON along the types it is meant for: what is not known or cannot be used is left out.

Types are strict, as msgspec checks them afterwards; the rest is kind. Every name that was left out
is noted, never its value.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from typing import Any

import msgspec

from tchat_desktop.adapters.reading.instants import YEARS
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.clean_text import cleaned
from tchat_desktop.services.ports import ChatFileDamaged

NoteLeftOut = Callable[[str], None]
"""Remembers the name of something that was left out or replaced."""

LONGEST_TEXT = 200_000
"""Characters of one text in a file from outside: the minutes of a meeting may be pasted in."""
MOST_PARTS = 200
"""Questions, people, places or anything else a page has a row or a card for, from outside."""
MOST_ITEMS = 100_000
"""Posts, or anything else there are many of, in a file from outside."""
_MOST_IN_CHAT = {"thanked": MOST_ITEMS, "run_order": 2 * MOST_PARTS, "run_edits": 2 * MOST_PARTS}
MOST_NOTES = 50
"""Names of left-out fields that are kept; more say nothing more."""


class NoInstant(Exception):
    """Something whose instant cannot be used."""


class Sieve:
    """Goes through raw JSON along the type it is meant for.

    Unknown fields are left out whatever they are called, so that keys and passwords somebody
    added are never kept. `limited` keeps sizes to what a real chat may have.
    """

    def __init__(self, limited: bool) -> None:
        self.limited = limited
        self.left_out: list[str] = []

    def note(self, path: str) -> None:
        """Remember the name of something that was left out or replaced."""
        if len(self.left_out) < MOST_NOTES:
            self.left_out.append(cleaned(path)[:100])

    def sift(self, raw: Any, wanted: Any, path: str) -> Any:
        """The raw value without what does not belong; wrong types stay for the strict check.

        Raises NoInstant, ChatFileDamaged.
        """
        if isinstance(raw, str):
            if wanted is not str and (wanted is datetime or datetime in typing.get_args(wanted)):
                return self._instant(raw, wanted, path)
            return self._text(raw, path)
        if isinstance(raw, dict) and (kind := _kind_in(wanted, dataclasses.is_dataclass)):
            return self._fields(raw, kind, path)
        if isinstance(raw, list) and typing.get_origin(wanted) is tuple:
            return self._items(raw, typing.get_args(wanted), path)
        return raw

    def _fields(self, raw: dict[str, Any], wanted: Any, path: str) -> dict[str, Any]:
        known = _fields_of(wanted)
        for name in raw.keys() - known.keys():
            self.note(f"{path}.{name}")
        sifted: dict[str, Any] = {}
        for name, (hint, has_default) in known.items():
            if name not in raw:
                continue
            value, place = raw[name], f"{path}.{name}"
            most = _MOST_IN_CHAT.get(name, MOST_PARTS) if wanted is Chat else MOST_ITEMS
            if self.limited and isinstance(value, list) and len(value) > most:
                raise ChatFileDamaged(f"{place}: {len(value)} items")
            if has_default and _is_unknown_word(value, hint):
                # A later version of the app may know more of them.
                self.note(place)
                continue
            sifted[name] = self.sift(value, hint, place)
        return sifted

    def _items(self, raw: list[Any], kinds: tuple[Any, ...], path: str) -> list[Any]:
        return [
            self.sift(item, kinds[0] if kinds[-1] is Ellipsis else str, f"{path}[{index}]")
            for index, item in enumerate(raw)
        ]

    def _text(self, raw: str, path: str) -> str:
        if self.limited and len(raw) > LONGEST_TEXT:
            raise ChatFileDamaged(f"{path}: {len(raw)} characters")
        return cleaned(raw)

    def _instant(self, raw: str, wanted: Any, path: str) -> datetime | None:
        try:
            instant = msgspec.convert(raw, datetime)
        except msgspec.ValidationError:
            instant = None
        if instant is not None and instant.tzinfo is not None and instant.year in YEARS:
            return instant.astimezone(UTC)
        self.note(path)
        if types.NoneType in typing.get_args(wanted):
            return None
        raise NoInstant(path)


@cache
def _fields_of(kind: Any) -> dict[str, tuple[Any, bool]]:
    """The type of each field, and whether it may be missing."""
    hints = typing.get_type_hints(kind)
    missing = dataclasses.MISSING
    return {
        one.name: (
            hints[one.name],
            one.default is not missing or one.default_factory is not missing,
        )
        for one in dataclasses.fields(kind)
    }


def _kind_in(wanted: Any, is_kind: Callable[[Any], bool]) -> Any:
    """The type of that kind that a type is, or is when it is not None; None for no such type."""
    if typing.get_origin(wanted) is tuple:
        return None
    return next((one for one in (wanted, *typing.get_args(wanted)) if is_kind(one)), None)


def _is_unknown_word(raw: Any, wanted: Any) -> bool:
    words = _kind_in(wanted, _is_enumeration)
    return words is not None and isinstance(raw, str) and raw not in {one.value for one in words}


def _is_enumeration(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)
