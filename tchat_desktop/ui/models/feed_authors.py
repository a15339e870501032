"""Who wrote in an hour: the first post of each person, and whom not to point at."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field

from tchat_desktop.ui.models.feed_order import FeedPlace


@dataclass(slots=True)
class Written:
    """What one person wrote."""

    seen: list[FeedPlace] = field(default_factory=list)
    """The places of the posts that are not hidden, oldest first."""
    places: dict[str, FeedPlace] = field(default_factory=dict)
    """The places of all the posts, by their ids."""
    delicate: set[str] = field(default_factory=set)
    """The posts that ask for care."""
    unread: set[str] = field(default_factory=set)
    """The posts not looked at yet: until then nobody is proposed to be welcomed for them."""
    answers: set[str] = field(default_factory=set)

    @property
    def first(self) -> str:
        """The id of the first post; "" when all are hidden."""
        return self.seen[0][2] if self.seen else ""

    @property
    def is_spared(self) -> bool:
        """Whether nobody is to point at this person: for what they wrote, or not yet."""
        return bool(self.delicate or self.unread)


class FeedAuthors:
    """The people by their names in the form used for comparing; "" is nobody."""

    def __init__(self) -> None:
        self._people: dict[str, Written] = {}
        self._nobody = Written()

    def of(self, who: str) -> Written:
        """What somebody wrote, which may be nothing."""
        return self._people.get(who, self._nobody)

    def put(self, who: str, place: FeedPlace, *, hidden: bool, answers: bool) -> None:
        """Note a post of somebody, or what it has become."""
        written = self._people.setdefault(who, Written())
        _leave(written, place[2])
        written.places[place[2]] = place
        if not hidden:
            insort(written.seen, place)
        (written.answers.add if answers else written.answers.discard)(place[2])

    def take(self, who: str, post_id: str) -> None:
        """Forget a post of somebody."""
        written = self._people[who]
        _leave(written, post_id)
        for ids in (written.delicate, written.unread, written.answers):
            ids.discard(post_id)
        if not written.places:
            del self._people[who]


def _leave(written: Written, post_id: str) -> None:
    """Take a post out of those in their places, if it is among them."""
    place = written.places.pop(post_id, None)
    if place is None:
        return
    index = bisect_left(written.seen, place)
    if written.seen[index : index + 1] == [place]:
        del written.seen[index]
