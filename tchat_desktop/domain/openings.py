"""A quick look for many patterns at once: only where a word begins as one of them may begin.

A text is read for a hundred patterns at every word; few words of a text begin like any of them.
What is found is what `re` would find with all of them in one pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import count, islice

COMPARED = 4
"""Characters of the beginning of a pattern that are compared; they may go beyond its first word."""

_WORD = re.compile(r"\b\w+")
_SIGNS = re.compile(
    r"(?P<apart>\(\?<?[!=])|(?P<group>\(\?:)|(?P<end>\))|(?P<other>\|)|(?P<bound>\\[bB]|[$^])"
    r"|\[(?P<one>[^\]\\^][^\]\\]*)\]|(?P<any>\\[wWdDsS]|\.|\[[^\]]+\])"
    r"|(?P<times>[?*+]|\{[0-9]+(?:,[0-9]*)?\})\??|(?P<letter>[^\\(){}\[\]|?*+])"
)


class WordStarts:
    """Where the words of a folded text begin; made once for all that is looked for in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [word.start() for word in _WORD.finditer(text)]
        self._openings: dict[int, list[str]] = {}

    def openings(self, length: int) -> list[str]:
        """So many characters from each of these places on."""
        if length not in self._openings:
            text = self.text
            self._openings[length] = [text[at : at + length] for at in self.starts]
        return self._openings[length]


class Openings:
    """Patterns of which each begins with a word, by how they may begin.

    Raises ValueError for one that may begin with anything, or with what is not understood here.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        found: dict[int, dict[str, list[str]]] = {}
        for pattern in patterns:
            for opening in openings(pattern):
                found.setdefault(len(opening), {}).setdefault(opening, []).append(pattern)
        self._by_length = tuple(found.items())

    def match_in(self, words: WordStarts) -> bool:
        """Whether one of the patterns matches at the beginning of a word."""
        text = words.text
        for length, patterns in self._by_length:
            there = words.openings(length)
            if patterns.keys().isdisjoint(there):
                continue
            for at, opening in zip(words.starts, there, strict=True):
                if any(_compiled(one).match(text, at) for one in patterns.get(opening, ())):
                    return True
        return False


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when a word first begins like it: the window waits for the others at no time."""
    return re.compile(pattern)


def openings(pattern: str) -> frozenset[str]:
    """The first characters with which a match may begin: `COMPARED`, or fewer if any may follow.

    Raises ValueError.
    """
    begun = _Reader(pattern).begun()
    if not all(re.match(r"\w", opening) for opening in begun):
        raise ValueError(f"may begin with anything: {pattern}")
    return begun


_Begun = dict[str, bool]
"""Beginnings of a match, and whether what comes next in the pattern follows them."""


class _Reader:
    """Follows a pattern as far as its matches are told apart by their first characters."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._signs = list(self._read())
        self._at = 0

    def begun(self) -> frozenset[str]:
        """The beginnings of all matches."""
        found = self._alternatives({"": True})
        if self._at < len(self._signs):
            raise ValueError(f"not understood: {self._pattern}")
        return frozenset(found)

    def _read(self) -> Iterator[tuple[str, str]]:
        at = 0
        while at < len(self._pattern):
            sign = _SIGNS.match(self._pattern, at)
            if sign is None:
                raise ValueError(f"not understood at {at}: {self._pattern}")
            assert sign.lastgroup is not None
            yield sign.lastgroup, sign[sign.lastgroup]
            at = sign.end()

    def _next(self, *kinds: str) -> str | None:
        """Go past the next sign if it is of one of these kinds."""
        if self._at < len(self._signs) and self._signs[self._at][0] in kinds:
            self._at += 1
            return self._signs[self._at - 1][1]
        return None

    def _alternatives(self, before: _Begun) -> _Begun:
        found = dict(self._sequence(before))
        while self._next("other") is not None:
            _add(found, self._sequence(before))
        return found

    def _sequence(self, before: _Begun) -> _Begun:
        while self._at < len(self._signs) and self._signs[self._at][0] not in ("other", "end"):
            if not _grows(before):
                self._skip()
                return before
            at = self._at
            after = self._one(before)
            times = self._next("times")
            if times is not None:
                after = self._repeated(at, before, times)
            before = after
        return before

    def _skip(self) -> None:
        """Go to the end of the sequence: more of it tells nothing apart."""
        depth = 0
        for kind, _sign in self._signs[self._at :]:
            if not depth and kind in ("other", "end"):
                return
            depth += (kind in ("group", "apart")) - (kind == "end")
            self._at += 1

    def _repeated(self, at: int, before: _Begun, times: str) -> _Begun:
        """What the part that begins at a sign makes of these when it stands there so often."""
        behind, (least, most) = self._at, _bounds(times)
        found: _Begun = {} if least else dict(before)
        # Beyond so many characters nothing is told apart.
        for turn in islice(count(1), min(most, least + COMPARED)):
            self._at = at
            before = self._one(before)
            if turn >= least:
                _add(found, before)
        self._at = behind
        return found

    def _one(self, before: _Begun) -> _Begun:
        """One letter or group, without how often it stands there."""
        if self._next("bound") is not None:
            return before
        if self._next("any") is not None:
            return dict.fromkeys(before, False)
        if (letters := self._next("letter", "one")) is not None:
            return _with(before, _expanded(letters))
        if self._next("apart") is not None:
            # What is asked of what stands around rules out some: that is looked at later.
            self._alternatives({})
            after = before
        elif self._next("group") is not None:
            after = self._alternatives(before)
        else:
            raise ValueError(f"not understood: {self._pattern}")
        if self._next("end") is None:
            raise ValueError(f"not closed: {self._pattern}")
        return after


def _grows(before: _Begun) -> bool:
    return any(goes_on and len(begun) < COMPARED for begun, goes_on in before.items())


def _with(before: _Begun, letters: str) -> _Begun:
    found: _Begun = {}
    for begun, goes_on in before.items():
        if not goes_on or len(begun) == COMPARED:
            found[begun] = goes_on and found.get(begun, True)
            continue
        for letter in letters:
            found.setdefault(begun + letter, True)
    return found


def _add(found: _Begun, more: _Begun) -> None:
    for begun, goes_on in more.items():
        found[begun] = goes_on and found.get(begun, True)


def _expanded(letters: str) -> str:
    """The characters of a set, such as "5-9" or " -"."""
    return re.sub(
        r"(.)-(.)",
        lambda ends: "".join(map(chr, range(ord(ends[1]), ord(ends[2]) + 1))),
        letters,
    )


def _bounds(times: str) -> tuple[int, int]:
    """The least and the greatest number a part may stand there."""
    if times in "?*+":
        return (times == "+"), (1 if times == "?" else COMPARED + 1)
    least, _comma, most = times[1:-1].partition(",")
    if not _comma:
        most = least
    return int(least), int(most) if most else int(least) + COMPARED
