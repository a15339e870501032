"""Reads what is said in a chat with the organisation's keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.adapters.x.seen_posts import PostPage, PostReading, SeenPost
from tchat_desktop.domain.conversation import Post, newest_id
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.outgoing import Reason
from tchat_desktop.domain.x import links
from tchat_desktop.domain.x.post_ids import made_up_id, posted_at
from tchat_desktop.domain.x.rules import X_RULES
from tchat_desktop.services.ports import PublishByHand, PublishError, PublishLater, PublishRefused

SEARCH = "/2/tweets/search/recent"
_PAGE = 100
_SMALLEST_PAGE = 10
"""The fewest posts of a page that X accepts in a request."""
MOST_SEARCH_PAGES = 5
"""The most pages of one reading; X charges half a US cent for each post."""
LATEST_START = timedelta(minutes=1)
"""The least time from the start of the first reading to now; X wants ten seconds."""


LONGEST_QUERY = 512
"""The most characters of a search on X."""
INDEXED_WITHIN = timedelta(seconds=60)
"""X's search may learn of a post after it has given later ones: so long it is asked for again."""


def _any_number() -> int:
    """A whole page, for a reader without a spending limit."""
    return _PAGE


def _any_post(_post_id: str) -> bool:
    """Take every reply for one of the chat."""
    return True


def search_query(tag: str, host: str = "", guests: Sequence[str] = ()) -> str:
    """The search for what is said in a chat: its tag, replies to the host, and replies of guests.

    `host` and `guests` are accounts without the @ sign; guests for whom there is no room in what X
    accepts are left out.
    """
    end = " -is:retweet"
    sources = [f"#{tag}", *([f"to:{host}"] if host else [])]
    named: list[str] = []
    for guest in guests:
        made = _any_of([*sources, _replies_of([*named, guest])])
        if len(made + end) > LONGEST_QUERY:
            break
        named.append(guest)
    return _any_of([*sources, *([_replies_of(named)] if named else [])]) + end


def _any_of(sources: Sequence[str]) -> str:
    return sources[0] if len(sources) == 1 else f"({' OR '.join(sources)})"


def _replies_of(guests: Sequence[str]) -> str:
    return f"({_any_of([f'from:{guest}' for guest in guests])} is:reply)"


class XTagReader:
    """Searches X for the latest posts of a chat, without reposts.

    These are the posts under the tag, and those that reply without it: to the `host`, or by one of
    the `guests`. `since` (UTC) is where the first reading begins; X goes back seven days at most.
    `belongs` tells of the id of a post whether it is of the chat: what replies to another is left
    out, unless it has the tag. `affordable` gives how many posts may still be read for the money.
    Raises ValueError for an invalid tag.
    """

    def __init__(
        self,
        client: XClient,
        tag: str,
        since: datetime | None = None,
        affordable: Callable[[], int] = _any_number,
        *,
        host: str = "",
        guests: Sequence[str] = (),
        belongs: Callable[[str], bool] = _any_post,
    ) -> None:
        tag = tag.strip().removeprefix("#")
        if not X_RULES.is_tag(tag):
            raise ValueError(f"not a hashtag: {tag!r}")
        self._tag = fold(tag)
        self._belongs = belongs
        self._query = search_query(tag, host, guests)
        self._by_tag = search_query(tag)
        self._since = since
        self._client = client
        self._affordable = affordable
        self._reading = PostReading(client)
        self._given: set[str] = set()
        """The ids of the versions of posts that were given already."""
        self._left: list[dict[str, object]] = []
        """What readings had no room for, each as the parameters of a search."""
        self._overlaps = True

    def read(self, since_id: str) -> Sequence[Post]:
        """The posts newer than `since_id`, oldest first, and those that X was late to find.

        One reading takes `MOST_SEARCH_PAGES` pages at most, the newest first; what is left comes
        with the next ones. A post edited on X is given once, with the id of its first version and
        the rest of the newest one; a version is given once. Raises PublishError, without a request
        if X would refuse it or the money does not suffice.
        """
        found: dict[str, Post] = {}
        params = self._new_ones(since_id)
        try:
            left = self._search(params, found)
        except PublishRefused as refused:
            if self._query == self._by_tag or "query" not in refused.detail:
                raise
            # X does not know every word of it for every account: the tag it does.
            self._query = self._by_tag
            left = self._search({**params, "query": self._query}, found)
        self._overlaps = left is None and len(found) < _PAGE
        if left is None:
            self._catch_up(found)
        else:
            self._left.append(left)
        return self._not_given(found)

    def _catch_up(self, found: dict[str, Post]) -> None:
        """Read what a former reading had no room for; what is found already is kept in any case."""
        if not self._left:
            return
        try:
            left = self._search(self._left[0], found)
        except PublishError:
            return
        self._left[:1] = [] if left is None else [left]

    def _not_given(self, found: dict[str, Post]) -> list[Post]:
        """What was not given yet and is of the chat, oldest first."""
        new: list[Post] = []
        for post in sorted(found.values(), key=lambda one: int(newest_id(one, X_RULES))):
            if newest_id(post, X_RULES) not in self._given and self._is_of_chat(post, new):
                new.append(post)
        self._given.update(newest_id(one, X_RULES) for one in new)
        return new

    def _is_of_chat(self, post: Post, new: Sequence[Post]) -> bool:
        if not post.in_reply_to or self._tag in map(fold, X_RULES.hashtags(post.text)):
            return True
        return self._belongs(post.in_reply_to) or any(one.id == post.in_reply_to for one in new)

    def _new_ones(self, since_id: str) -> dict[str, object]:
        params: dict[str, object] = {"query": self._query}
        at = posted_at(since_id)
        if since_id:
            again = at is not None and self._overlaps
            params["since_id"] = made_up_id(at - INDEXED_WITHIN, 0) if at and again else since_id
        elif self._since is not None:
            # If the computer's clock is ahead, `since` may be in X's future, which X refuses.
            start = min(self._since, self._client.server_now - LATEST_START)
            params["start_time"] = start.strftime("%Y-%m-%dT%H:%M:%SZ")
        return params

    def _search(
        self, params: dict[str, object], found: dict[str, Post]
    ) -> dict[str, object] | None:
        """Put the posts of some pages into `found`; returns how to search for the rest, if any."""
        params = dict(params)
        for number in range(MOST_SEARCH_PAGES):
            size = min(_PAGE, self._affordable())
            if size < _SMALLEST_PAGE and number:
                # The pages paid for are returned, although there are more.
                return params
            self._check(size)
            page = self._reading.page(SEARCH, {**params, "max_results": size}, references=True)
            for seen in page.posts:
                post = _post(seen, page)
                known = found.get(post.id)
                if known is None or int(newest_id(known, X_RULES)) < int(seen.id):
                    found[post.id] = post
            if not page.next_token:
                return None
            params["next_token"] = page.next_token
        return params

    def _check(self, size: int) -> None:
        if size < _SMALLEST_PAGE:
            raise PublishByHand(Reason.SPENDING_LIMIT, "reading the tag would cost too much")
        until = self._client.closed_until(f"GET {SEARCH}")
        if until is not None:
            raise PublishLater(Reason.RATE_LIMIT, until)


def _post(seen: SeenPost, page: PostPage) -> Post:
    handle, name = page.people.get(seen.author_id, ("", ""))
    first = seen.first_id
    return Post(
        id=first,
        author=handle,
        author_name=name or handle,
        text=seen.text,
        created_at=(posted_at(first) if first != seen.id else None) or seen.created_at,
        url=links.post(handle, seen.id).url,
        in_reply_to=seen.replied_to,
        reposts=seen.reposts,
    )


if TYPE_CHECKING:
    from tchat_desktop.services.ports import TagReader

    def _is_a_tag_reader(reader: XTagReader) -> TagReader:
        return reader
