"""Reads the posts under a tag with the organisation's keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.adapters.x.seen_posts import PostPage, PostReading, SeenPost
from tchat_desktop.domain.conversation import Post, newest_id
from tchat_desktop.domain.outgoing import Reason
from tchat_desktop.domain.x import links
from tchat_desktop.domain.x.post_ids import posted_at
from tchat_desktop.domain.x.rules import X_RULES
from tchat_desktop.services.ports import PublishByHand, PublishLater

SEARCH = "/2/tweets/search/recent"
_PAGE = 100
_SMALLEST_PAGE = 10
"""The fewest posts of a page that X accepts in a request."""
MOST_SEARCH_PAGES = 5
"""The most pages of one reading; X charges half a US cent for each post."""
LATEST_START = timedelta(minutes=1)
"""The least time from the start of the first reading to now; X wants ten seconds."""


def _any_number() -> int:
    """A whole page, for a reader without a spending limit."""
    return _PAGE


class XTagReader:
    """Searches X for the latest posts under a tag, without reposts.

    `since` (UTC) is where the first reading begins; X goes back seven days at most. `affordable`
    gives how many posts may still be read for the money. Raises ValueError for an invalid tag.
    """

    def __init__(
        self,
        client: XClient,
        tag: str,
        since: datetime | None = None,
        affordable: Callable[[], int] = _any_number,
    ) -> None:
        tag = tag.strip().removeprefix("#")
        if not X_RULES.is_tag(tag):
            raise ValueError(f"not a hashtag: {tag!r}")
        self._query = f"#{tag} -is:retweet"
        self._since = since
        self._client = client
        self._affordable = affordable
        self._reading = PostReading(client)

    def read(self, since_id: str) -> Sequence[Post]:
        """The posts newer than `since_id`, oldest first: the newest `MOST_SEARCH_PAGES` pages.

        A post edited on X is given once, with the id of its first version and the rest of the
        newest one. Raises PublishError, without a request if X would refuse it or the money does
        not suffice.
        """
        params: dict[str, object] = {"query": self._query}
        if since_id:
            params["since_id"] = since_id
        elif self._since is not None:
            # If the computer's clock is ahead, `since` may be in X's future, which X refuses.
            start = min(self._since, self._client.server_now - LATEST_START)
            params["start_time"] = start.strftime("%Y-%m-%dT%H:%M:%SZ")
        found: dict[str, Post] = {}
        for number in range(MOST_SEARCH_PAGES):
            size = min(_PAGE, self._affordable())
            if size < _SMALLEST_PAGE and number:
                # The pages paid for are returned, although there are more.
                break
            self._check(size)
            params["max_results"] = size
            page = self._reading.page(SEARCH, params, references=True)
            for seen in page.posts:
                post = _post(seen, page)
                known = found.get(post.id)
                if known is None or int(newest_id(known, X_RULES)) < int(seen.id):
                    found[post.id] = post
            if not page.next_token:
                break
            params["next_token"] = page.next_token
        return sorted(found.values(), key=lambda post: int(newest_id(post, X_RULES)))

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
