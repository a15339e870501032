"""Towns by name: in which country and time zone they are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from tchat_desktop.domain.folding import fold

LONGEST_PLACE = 100
"""Characters of a name that is looked for; no town's is half as long."""

_LOOKED_AT = 3000
"""Names that begin alike: all of them from the second letter on."""


@dataclass(frozen=True, slots=True)
class Town:
    """A town by the name that was looked for; `country` is its two letters."""

    name: str
    country: str
    zone: str


class TownNames(NamedTuple):
    """A town, the key it is searched by, and those of its other names."""

    name: str
    country: str
    zone: str
    key: str
    others: tuple[str, ...] = ()


class Gazetteer:
    """Towns to look up. They are given by size, the largest first."""

    def __init__(self, towns: Iterable[TownNames]) -> None:
        self._towns = tuple(towns)
        self._keys = sorted((town.key, rank) for rank, town in enumerate(self._towns))
        self._others: dict[str, list[int]] = {}
        for rank, town in enumerate(self._towns):
            for key in town.others:
                self._others.setdefault(key, []).append(rank)

    def beginning(self, text: str, most: int) -> tuple[Town, ...]:
        """The largest towns whose own name begins so."""
        key = _key(text)
        start = bisect_left(self._keys, (key,)) if key else len(self._keys)
        found = []
        for name, rank in self._keys[start : start + _LOOKED_AT]:
            if not name.startswith(key):
                break
            found.append(rank)
        return tuple(self._town(rank) for rank in sorted(found)[:most])

    def named(self, text: str) -> tuple[Town, ...]:
        """The towns of exactly that name, the largest first; by another name, as it was typed."""
        key = _key(text)
        start = bisect_left(self._keys, (key,))
        own = tuple(rank for name, rank in self._keys[start : start + _LOOKED_AT] if name == key)
        if own:
            return tuple(self._town(rank) for rank in own)
        typed = " ".join(text.split())
        typed = typed[:1].upper() + typed[1:]
        return tuple(replace(self._town(rank), name=typed) for rank in self._others.get(key, ()))

    def _town(self, rank: int) -> Town:
        town = self._towns[rank]
        return Town(town.name, town.country, town.zone)


def _key(text: str) -> str:
    return fold(text) if len(text) <= LONGEST_PLACE else ""
