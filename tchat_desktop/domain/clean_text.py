"""Text as it is kept, whatever program it was copied from.

Word sends vertical tabs, web pages soft hyphens, telephones invisible marks around a name, macOS
accents apart from their letters. `cleaned` runs at the one door into a chat (`ChatEditor.edit`), at
the fields, and on what is read from a name, a tag or a link. It changes nothing anybody sees but
line breaks; what stands between letters for a reason stays: the joiners of Persian and Hindi, those
of emoji, the blanks of French.
"""

from __future__ import annotations

import dataclasses
import re
from typing import Any, TypeVar
from unicodedata import category, is_normalized, name, normalize

_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_DROPPED = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u180e\u200b\u202a-\u202e\u2060-\u2069\ufeff"
    "\ufff9-\ufffc\ufffe\uffff"
)
"""Controls, soft hyphens, marks that turn or hold together what stands around them."""
_TURNING = "\u061c\u200e\u200f"
"""Marks of direction that a text in Arabic or Hebrew needs, and another one never."""
_JOINERS = "\u200c\u200d"
_SHAPES = "\ufe00-\ufe0f"
_SUSPECT = re.compile(f"[\t\r\v\x85\u2028\u2029{_DROPPED}{_TURNING}{_JOINERS}{_SHAPES}]")
_DROP = re.compile(f"[{_DROPPED}]")
_DIRECTION = re.compile(f"[{_TURNING}]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdfd\ufe70-\ufefc]")
_INVISIBLE = re.compile(f"[{_JOINERS}{_SHAPES}]+")
_SKIN_TONES = range(0x1F3FB, 0x1F400)

Value = TypeVar("Value")


def cleaned(text: str) -> str:
    """The text in composed letters (NFC), with line breaks as "\\n" and without invisible marks."""
    if not is_normalized("NFC", text):
        text = normalize("NFC", text)
    if not _SUSPECT.search(text):
        return text
    text = _DROP.sub("", _BREAKS.sub("\n", text)).replace("\t", " ")
    if not _RIGHT_TO_LEFT.search(text):
        text = _DIRECTION.sub("", text)
    # What was parted by a mark may compose now.
    return normalize("NFC", _INVISIBLE.sub(_kept, text))


def in_one_line(text: str) -> str:
    """The same for a field of one line: a line break becomes one blank."""
    text = cleaned(text)
    if "\n" not in text:
        return text
    return " ".join(line for line in map(str.strip, text.split("\n")) if line)


def with_capital(text: str) -> str:
    """The text with a capital first letter, as a title has it."""
    return text[:1].upper() + text[1:]


def bare(text: str) -> str:
    """A name, a tag or an address: cleaned, in one line, with nothing invisible at its ends."""
    text = _DIRECTION.sub("", in_one_line(text)).strip()
    return text.strip(_JOINERS + "\ufe0e\ufe0f").strip()


def clean_value(value: Value, before: object = None) -> Value:
    """A dataclass of the domain with every text in it cleaned; itself when there is nothing to do.

    What it shares with `before`, its last state, was cleaned then.
    """
    if value is before:
        return value
    made: Any = value
    if isinstance(value, str):
        text = cleaned(value)
        made = value if text == value else text
    elif isinstance(made, tuple):
        was = before if type(before) is tuple and len(before) == len(made) else (None,) * len(made)
        parts = tuple(map(clean_value, made, was))
        if any(one is not other for one, other in zip(parts, made, strict=True)):
            made = parts
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        changes = {}
        for field in dataclasses.fields(value):
            part = getattr(value, field.name)
            clean = clean_value(part, getattr(before, field.name, None))
            if clean is not part:
                changes[field.name] = clean
        made = dataclasses.replace(value, **changes) if changes else value
    return made  # type: ignore[no-any-return]


def _kept(marks: re.Match[str]) -> str:
    """Of a run of joiners and selectors, those that mean something where they stand."""
    text, start, end = marks.string, marks.start(), marks.end()
    if not start:
        return ""
    before = text[start - 1]
    if _joins_letters(before):
        return marks[0][0]
    after = text[end] if end < len(text) else ""
    selector = next((mark for mark in marks[0] if mark not in _JOINERS), "")
    if before in "0123456789#*" and after != "\u20e3":
        selector = ""
    elif not _is_sign(before):
        return ""
    joined = "\u200d" in marks[0] and after and _is_sign(after)
    return selector + ("\u200d" if joined else "")


def _joins_letters(character: str) -> bool:
    """A letter, or a mark upon one, of a script where joiners change what is read."""
    if character.isascii() or category(character)[0] not in "LM" or character in "\u2139\u20e3":
        return False
    return not name(character, "").startswith(("LATIN", "GREEK", "CYRILLIC", "COMBINING"))


def _is_sign(character: str) -> bool:
    """A sign that may be an emoji, or the end of one; no letter and no blank."""
    if ord(character) in _SKIN_TONES or character in "0123456789#*\u2139\u20e3":
        return True
    return not character.isascii() and category(character) in {"So", "Sm", "Sk", "Po", "Pd", "Me"}
