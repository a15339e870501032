"""What is said under the tag, read with the organisation's own keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.adapters.x.seen_posts import PostPage, PostReading, SeenPost
from tchat_desktop.domain.conversation import Post, PostLink
from tchat_desktop.domain.post_text import is_valid_hashtag

PAGE = 100
MOST_PAGES = 5
"""Pages of one reading; each post read costs half a cent."""


class XTagReader:
    """Searches X for the latest posts under a tag, reposts left out.

    `since` (UTC) is the oldest instant of interest for the first reading; X goes back seven days.
    Raises ValueError for what is not a hashtag.
    """

    def __init__(self, client: XClient, tag: str, since: datetime | None = None) -> None:
        tag = tag.strip().removeprefix("#")
        if not is_valid_hashtag(tag):
            raise ValueError(f"not a hashtag: {tag!r}")
        self._query = f"#{tag} -is:retweet"
        self._since = since
        self._reading = PostReading(client)

    def read(self, since_id: str) -> Sequence[Post]:
        """The posts newer than `since_id`, oldest first; the newest `MOST_PAGES` pages of them.

        Raises PublishError.
        """
        params: dict[str, object] = {"query": self._query, "max_results": PAGE}
        if since_id:
            params["since_id"] = since_id
        elif self._since is not None:
            params["start_time"] = self._since.strftime("%Y-%m-%dT%H:%M:%SZ")
        found: dict[str, Post] = {}
        for _ in range(MOST_PAGES):
            page = self._reading.page("/2/tweets/search/recent", params, references=True)
            for seen in page.posts:
                found[seen.id] = _post(seen, page)
            if not page.next_token:
                break
            params["next_token"] = page.next_token
        return sorted(found.values(), key=lambda post: int(post.id))


def _post(seen: SeenPost, page: PostPage) -> Post:
    handle, name = page.people.get(seen.author_id, ("", ""))
    return Post(
        id=seen.id,
        author=handle,
        author_name=name or handle,
        text=seen.text,
        created_at=seen.created_at,
        url=PostLink(handle, seen.id).url,
        in_reply_to=seen.replied_to,
        reposts=seen.reposts,
    )
