"""What a search of the posts has found, kept up while posts come and the next search runs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.folding import fold
from tchat_desktop.services.events import PostsFound
from tchat_desktop.ui.models.feed_entry import searched_words

FIRST = 500
"""Posts looked for at first: more than are ever shown at once."""
DEEPER = 10
"""How many times as many are looked for when a filter leaves too few of them."""


class FeedSearch:
    """The search that is shown and the one asked for; `ask` has at most so many posts looked for.

    While a search runs, what the last one found stays.
    """

    def __init__(self, ask: Callable[[str, int], None]) -> None:
        self._ask = ask
        self._text = ""
        self._most = FIRST
        self._ids: set[str] | None = None
        self._later: set[str] = set()
        """What came since the search was asked for, and holds its words."""
        self._whole = True

    @property
    def ids(self) -> Collection[str] | None:
        """The ids of the posts found, None where nothing is searched."""
        return self._ids

    def look_for(self, text: str) -> None:
        """Search for a text, "" for nothing; the same again asks nothing."""
        if text.strip() != self._text:
            self._text, self._most = text.strip(), FIRST
            self._begin()

    def look_deeper(self, shown: int, wanted: int) -> None:
        """Search for more posts where fewer are shown than wanted and there may be others."""
        if shown < wanted and not self._whole:
            self._whole = True
            self._most *= DEEPER
            self._begin()

    def hear(self, found: PostsFound) -> bool:
        """Take over what was found; False if something else was asked for since."""
        if found.search != self._text or not self._text:
            return False
        self._ids = {*found.ids, *self._later}
        self._whole = found.whole
        return True

    def follow(self, posts: Iterable[FeedPost]) -> None:
        """Take in posts that arrived since, or were changed."""
        if not self._text:
            return
        words = fold(self._text).split()
        for feed in posts:
            said = searched_words(feed)
            holds = all(word in said for word in words)
            for ids in (self._later, self._ids or set()):
                (ids.add if holds else ids.discard)(feed.post.id)

    def _begin(self) -> None:
        self._later = set()
        if self._text:
            self._ask(self._text, self._most)
        else:
            self._ids, self._whole = None, True
