"""Sorts the keys of an account that were pasted into four fields, and tells what is wrong.

X shows four keys for posting (two of the organisation's app, two of the account) beside others that
cannot post. The lengths and forms are those seen in X's developer console. X does not promise them,
so a key of unusual form is reported but can still be tried.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from tchat_desktop.domain.account_keys import FourKeys, KeyField


class KeyShape(StrEnum):
    """Which key of X a text looks like."""

    CONSUMER_KEY = "consumer_key"
    CONSUMER_SECRET = "consumer_secret"
    ACCESS_TOKEN = "access_token"
    ACCESS_TOKEN_SECRET = "access_token_secret"
    BEARER = "bearer"
    """X's bearer token, which reads public posts and cannot publish."""
    SIGN_IN_CLIENT = "sign_in_client"
    """The client id for signing in by OAuth 2.0, which X shows on the same page as the keys."""
    UNKNOWN = "unknown"


class KeyProblem(StrEnum):
    """What is wrong, or was put right, with a key that was pasted."""

    MISSING = "missing"
    NOT_A_KEY = "not_a_key"
    BEARER = "bearer"
    SIGN_IN_CLIENT = "sign_in_client"
    SAME_TWICE = "same_twice"
    """The same text stands in two fields."""
    UNUSUAL = "unusual"
    """Not the usual length: perhaps cut while copying. It can still be tried."""
    MOVED = "moved"
    """It was pasted in another field, and was moved to the field it belongs to."""


BLOCKING = frozenset(KeyProblem) - {KeyProblem.UNUSUAL, KeyProblem.MOVED}
"""The problems that must be solved before the keys can be tried."""

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
"""Invisible characters that are copied along from a web page."""
_WORD = re.compile(r"[A-Za-z0-9%_-]+")
_SHORTEST = 15
_SHAPES = (
    (KeyShape.ACCESS_TOKEN, re.compile(r"[0-9]{1,20}-[A-Za-z0-9]{20,60}")),
    (KeyShape.BEARER, re.compile(r"A{6,}[A-Za-z0-9%_-]{40,}")),
    # Base64 of "…:1:ci", at each of its three alignments.
    (KeyShape.SIGN_IN_CLIENT, re.compile(r"[A-Za-z0-9_-]{20,}(?:OjE6Y2k|6MTpjaQ|MTpjaQ)")),
    (KeyShape.CONSUMER_KEY, re.compile(r"[A-Za-z0-9]{25}")),
    (KeyShape.CONSUMER_SECRET, re.compile(r"[A-Za-z0-9]{50}")),
    (KeyShape.ACCESS_TOKEN_SECRET, re.compile(r"[A-Za-z0-9]{45}")),
)
_HOME = {KeyShape(each.value): each for each in KeyField}
_STRANGERS = {
    KeyShape.BEARER: KeyProblem.BEARER,
    KeyShape.SIGN_IN_CLIENT: KeyProblem.SIGN_IN_CLIENT,
}


@dataclass(frozen=True, slots=True)
class Pasted:
    """The outcome of sorting what was pasted in the four fields."""

    values: Mapping[KeyField, str] = field(repr=False)
    """What each field should now show: the key without spaces or labels, "" if missing."""
    problems: tuple[tuple[KeyField, KeyProblem], ...]
    """In the order of the fields."""

    @property
    def keys(self) -> FourKeys | None:
        """The keys to try; None while something is missing or certainly wrong."""
        if any(problem in BLOCKING for _field, problem in self.problems):
            return None
        return FourKeys(**{each.value: self.values[each] for each in KeyField})


def shape_of(text: str) -> KeyShape:
    """Which key a text without spaces looks like, by its length and its characters."""
    return next((shape for shape, form in _SHAPES if form.fullmatch(text)), KeyShape.UNKNOWN)


def clean_pin(text: str) -> str:
    """The sign-in code of X (4 to 10 digits) without blanks or hyphens; "" if it is not one."""
    digits = re.sub(r"[\s-]", "", _UNSEEN.sub("", text))
    return digits if re.fullmatch(r"[0-9]{4,10}", digits) else ""


def check_pasted(texts: Mapping[KeyField, str]) -> Pasted:
    """Sort what was pasted in the four fields, even when all four keys are in one of them.

    Labels, quotes, spaces and line ends are removed. A key recognised by its form goes to its own
    field. One of unknown form stays where it is, or goes to a field that is left empty.
    """
    found = [
        _Found(each, word) for each in KeyField for word in _keys_in(each, texts.get(each, ""))
    ]
    strangers = {one.where: one.word for one in found if shape_of(one.word) in _STRANGERS}
    pool: list[_Found] = []
    doubles = set()
    for one in found:
        if shape_of(one.word) in _STRANGERS:
            continue
        if any(one.word == other.word for other in pool):
            doubles.add(one.where)
        else:
            pool.append(one)
    placed = _place(pool)
    values = {each: placed[each].word if each in placed else "" for each in KeyField}
    problems: list[tuple[KeyField, KeyProblem]] = []
    wheres = [one.where for one in found]
    for each in KeyField:
        if each in placed:
            where = placed[each].where
            if where is not each and wheres.count(where) == 1:
                problems.append((each, KeyProblem.MOVED))
            if _HOME.get(shape_of(values[each])) is not each:
                problems.append((each, KeyProblem.UNUSUAL))
        elif each in strangers:
            values[each] = strangers[each]
            problems.append((each, _STRANGERS[shape_of(values[each])]))
        elif each in doubles:
            problems.append((each, KeyProblem.SAME_TWICE))
        elif each not in wheres and (text := _seen(texts.get(each, ""))):
            values[each] = text
            problems.append((each, KeyProblem.NOT_A_KEY))
        else:
            problems.append((each, KeyProblem.MISSING))
    return Pasted(MappingProxyType(values), tuple(problems))


@dataclass(frozen=True, slots=True)
class _Found:
    """A word that may be a key."""

    where: KeyField
    """The field it was pasted in."""
    word: str = field(repr=False)


def _seen(text: str) -> str:
    return _UNSEEN.sub("", text).strip()


def _keys_in(where: KeyField, text: str) -> list[str]:
    """The words that may be keys in a text pasted in the field `where`."""
    text = _seen(text)
    words = [word for word in _WORD.findall(text) if _may_be_key(word)]
    # A key may have been cut by the end of a line; a half may look like another, shorter key.
    joined = re.sub(r"\s", "", text.rpartition(":")[2]).strip("\"'“”«»`,;")
    shapes = {shape_of(word) for word in words} - {KeyShape.UNKNOWN}
    here = KeyShape(where.value)
    if shape_of(joined) is here and here not in shapes:
        return [joined]
    if shape_of(joined) is not KeyShape.UNKNOWN and not shapes:
        return [joined]
    return words


def _may_be_key(word: str) -> bool:
    """Whether a word is long and mixes digits and cases, which a label copied along does not."""
    digit, upper, lower = (re.search(form, word) for form in ("[0-9]", "[A-Z]", "[a-z]"))
    mixed = (digit and (upper or lower)) or (upper and lower and len(word) >= 25)
    return len(word) >= _SHORTEST and bool(mixed)


def _place(pool: list[_Found]) -> dict[KeyField, _Found]:
    """Assign keys to fields: known forms first, then others, in place or in a field left free.

    A key for which no field is left is dropped.
    """
    placed: dict[KeyField, _Found] = {}

    def home(one: _Found) -> KeyField | None:
        return _HOME.get(shape_of(one.word))

    # A key that stands in its own field comes before one that would move there.
    for one in sorted(pool, key=lambda one: home(one) is not one.where):
        if (target := home(one)) is not None:
            placed.setdefault(target, one)
    wheres = [one.where for one in pool]
    rest = [one for one in pool if one not in placed.values()]
    for one in rest:
        if wheres.count(one.where) == 1:
            placed.setdefault(one.where, one)
    rest = [one for one in rest if one not in placed.values()]
    room = [each for each in KeyField if each not in placed]
    # In a page pasted whole, words of unknown form may be anything: only an exact fit is a key.
    if len(rest) == len(room) or len(set(wheres)) == len(wheres):
        placed.update(zip(room, rest, strict=False))
    return placed
