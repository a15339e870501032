"""The order of the posts in each filter, kept as posts come, change and go.

A new post is put in its place instead of sorting them all, and counts are kept instead of counted:
what one post costs does not grow with the number of posts.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from itertools import islice

from tchat_desktop.ui.models.feed_entry import CareKind, Gathered, PostFilter

Filed = PostFilter | CareKind | Gathered

FeedPlace = tuple[float, int, str]
"""When a post was written, in seconds; of two of one instant the later to come is lower; its id."""

_NOWHERE: frozenset[Filed] = frozenset()


class FeedOrder:
    """The places of the posts, and which filters let each of them through.

    Posts that wait are counted like the others, but not among `newest`.
    """

    def __init__(self) -> None:
        self.counts: Counter[Filed] = Counter()
        """How many posts each filter lets through, those that wait among them."""
        self.waiting: dict[str, None] = {}
        """The ids of the posts that wait, in the order they came."""
        self._waiting_counts: Counter[Filed] = Counter()
        self._places: dict[str, FeedPlace] = {}
        self._filters: dict[str, frozenset[Filed]] = {}
        self._orders: dict[Filed, list[FeedPlace]] = {}
        self._alike: dict[frozenset[Filed], frozenset[Filed]] = {}
        """Each set of filters once: there are few, and many posts."""
        self._came = 0

    def place_of(self, post_id: str, at: datetime) -> FeedPlace:
        """The place of a post written at an instant (UTC); a known one keeps its turn."""
        known = self._places.get(post_id)
        seconds = at.replace(tzinfo=UTC).timestamp() if at.tzinfo is None else at.timestamp()
        if known is not None:
            return (seconds, known[1], post_id)
        self._came += 1
        return (seconds, -self._came, post_id)

    def put(self, place: FeedPlace, filters: frozenset[Filed], waits: bool) -> None:
        """Put a post in its place in these filters, and take it out of those it was in."""
        post_id, filters = place[2], self._alike.setdefault(filters, filters)
        before = self._filters.get(post_id, _NOWHERE)
        moved = self._places.get(post_id) != place
        self._count(post_id, -1)
        for one in before if moved else before - filters:
            self._take_out(one, self._places[post_id])
        for one in filters if moved else filters - before:
            insort(self._orders.setdefault(one, []), place)
        self._places[post_id] = place
        self._filters[post_id] = filters
        if waits:
            self.waiting[post_id] = None
        else:
            self.waiting.pop(post_id, None)
        self._count(post_id, 1)

    def file(self, post_id: str, filters: frozenset[Filed]) -> None:
        """Have other filters let a known post through."""
        if filters != self._filters[post_id]:
            self.put(self._places[post_id], filters, post_id in self.waiting)

    def take(self, post_id: str) -> None:
        """Forget a known post."""
        self._count(post_id, -1)
        for one in self._filters.pop(post_id):
            self._take_out(one, self._places[post_id])
        del self._places[post_id]
        self.waiting.pop(post_id, None)

    def let_in(self) -> tuple[str, ...]:
        """No post waits any more; the ids of those that did."""
        came = tuple(self.waiting)
        self.waiting.clear()
        self._waiting_counts.clear()
        return came

    def is_before(self, one: str, other: str) -> bool:
        """Whether a known post came in before another one."""
        return self._places[one][1] > self._places[other][1]

    def shown(self, which: Filed) -> int:
        """How many posts a filter shows, without those that wait."""
        return self.counts[which] - self._waiting_counts[which]

    def lets(self, which: Filed, post_id: str) -> bool:
        """Whether a filter lets a post through, shown or waiting; none does one not known."""
        return which in self._filters.get(post_id, _NOWHERE)

    def newest(self, which: Filed, most: int, among: Collection[str] | None = None) -> list[str]:
        """The ids of the newest posts that a filter shows, at most `most`.

        With `among`, only those in it: a few are looked up, many are met on the way.
        """
        places = self._orders.get(which, [])
        if among is not None and len(among) < len(places):
            known = (one for one in among if self.lets(which, one))
            found: Iterator[FeedPlace] = iter(
                sorted((self._places[one] for one in known), reverse=True)
            )
        else:
            found = (one for one in reversed(places) if among is None or one[2] in among)
        return list(islice((one[2] for one in found if one[2] not in self.waiting), most))

    def passes(self, post_id: str, which: Filed) -> bool:
        """Whether a filter lets a post through, one that waits too."""
        return which in self._filters.get(post_id, _NOWHERE)

    def oldest(self, which: Filed) -> str:
        """The id of the oldest post that a filter lets through, "" for none."""
        places = self._orders.get(which)
        return places[0][2] if places else ""

    def all_of(self, which: Filed) -> Iterator[str]:
        """The ids of all posts a filter lets through, the newest first, those that wait too."""
        return (one[2] for one in reversed(self._orders.get(which, [])))

    def _count(self, post_id: str, by: int) -> None:
        filters = self._filters.get(post_id, _NOWHERE)
        for one in filters:
            self.counts[one] += by
        if post_id in self.waiting:
            for one in filters:
                self._waiting_counts[one] += by

    def _take_out(self, which: Filed, place: FeedPlace) -> None:
        order = self._orders[which]
        del order[bisect_left(order, place)]
