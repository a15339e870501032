"""Filters raw JSON by the types it is to be decoded to: unknown or unusable parts are left out.

Wrong types are left for msgspec to refuse afterwards. The name of each part that is left out is
noted, never its value.
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
"""Called with the name of each field that was left out or replaced."""

LONGEST_TEXT = 200_000
"""The most characters of one text in a file: somebody may paste the minutes of a meeting."""
MOST_PARTS = 200
"""The most questions, people and other parts of a chat in a file, as a page shows each in a row."""
MOST_ITEMS = 100_000
"""The most posts, or items of any other long list, in a file."""
_MOST_IN_CHAT = {
    "thanked": MOST_ITEMS,
    "thanked_by": MOST_ITEMS,
    "invited_again": MOST_ITEMS,
    "run_order": 2 * MOST_PARTS,
    "run_edits": 2 * MOST_PARTS,
}
MOST_NOTES = 50
"""The most names of left-out fields that are kept."""


class NoInstant(Exception):
    """A part has an instant that is not usable and not optional."""


class Sieve:
    """Filters raw JSON by the type it is to be decoded to.

    Unknown fields are left out whatever their names, so that keys and passwords that somebody
    added are never kept. `limited` makes sizes beyond those of real chats an error.
    """

    def __init__(self, limited: bool) -> None:
        self.limited = limited
        self.left_out: list[str] = []

    def note(self, path: str) -> None:
        """Add the name of a field that was left out or replaced to `left_out`."""
        if len(self.left_out) < MOST_NOTES:
            self.left_out.append(cleaned(path)[:100])

    def sift(self, raw: Any, wanted: Any, path: str) -> Any:
        """The raw value without unknown and unusable parts, for decoding to the type `wanted`.

        Values of a wrong type stay, for msgspec to refuse. Raises NoInstant, ChatFileDamaged.
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
        """The known and usable fields of an object."""
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
                # A later version of the app may have more values in an enumeration.
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
        """The instant in UTC; None if it is not usable and optional. Raises NoInstant."""
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
    """The type of each field of a dataclass, and whether it may be missing."""
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
    """The type itself, or the member of a union, for which `is_kind` is true; None for neither."""
    if typing.get_origin(wanted) is tuple:
        return None
    return next((one for one in (wanted, *typing.get_args(wanted)) if is_kind(one)), None)


def _is_unknown_word(raw: Any, wanted: Any) -> bool:
    words = _kind_in(wanted, _is_enumeration)
    return words is not None and isinstance(raw, str) and raw not in {one.value for one in words}


def _is_enumeration(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)
