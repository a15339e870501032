"""Whether a post is out: X's own list of the account's posts, compared with what was sent."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta
from urllib.parse import unquote

from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.adapters.x.seen_posts import PostReading, SeenPost
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, Reason
from tchat_desktop.domain.post_urls import url_spans
from tchat_desktop.services.ports import PublishRefused

MARGIN = timedelta(minutes=15)
"""Looked back beyond the time of the post, for clocks that were put right meanwhile."""
DUPLICATES_KEPT = timedelta(days=2)
"""How far back the text X calls a duplicate is looked for."""
PAGE = 100
MOST_PAGES = 10


class OwnPosts:
    """The account's latest posts. Reading one costs a tenth of a cent, once a day."""

    def __init__(self, client: XClient) -> None:
        self._client = client
        self._reading = PostReading(client)

    def find(self, post: OutboxPost) -> tuple[SeenPost | None, bool]:
        """The post on X if it is there, and whether everything since its time was read.

        Instants of the outbox are on the clock of the chat, which may not be X's: what counts is
        how long ago the post was due. Raises PublishError.
        """
        known = self._client.skew
        try:
            found, complete = self._read_back(post, bounded=known is not None)
        except PublishRefused:
            if not self._moved(known):
                raise
            found, complete = None, False
        if found is None and self._moved(known):
            return self._read_back(post, bounded=True)
        return found, complete

    def _moved(self, known: timedelta | None) -> bool:
        """Whether the computer's clock was put right since X's was last compared with it."""
        now = self._client.skew
        return known is not None and now is not None and abs(now - known) > MARGIN / 3

    def _read_back(self, post: OutboxPost, *, bounded: bool) -> tuple[SeenPost | None, bool]:
        """`bounded` asks X for the time in question only, which takes its clock to be known."""
        ago = max(self._client.now() - post.due_at, timedelta()) + MARGIN
        if post.reason is Reason.DUPLICATE:
            ago = max(ago, DUPLICATES_KEPT)
        path = f"/2/users/{self._client.user_id()}/tweets"
        params: dict[str, object] = {"max_results": PAGE}
        if bounded:
            params["start_time"] = _stamp(self._client.server_now - ago)
        complete = True
        for _ in range(MOST_PAGES):
            page = self._reading.page(path, params, references=bool(post.target_id))
            since = self._client.server_now - ago - timedelta(seconds=1)
            recent = [seen for seen in page.posts if seen.created_at >= since]
            found = next((seen for seen in recent if is_same(post, seen)), None)
            if found is not None:
                return found, True
            complete = complete and page.complete and not any(may_be(post, seen) for seen in recent)
            if not page.next_token or len(recent) < len(page.posts):
                return None, complete
            params["pagination_token"] = page.next_token
        return None, False


def is_same(post: OutboxPost, seen: SeenPost) -> bool:
    """Whether what is seen on X is what the row of the outbox published."""
    if post.kind is PostKind.REPOST:
        return seen.reposted == post.target_id
    return seen.replied_to == post.target_id and _says_the_same(post, seen)


def may_be(post: OutboxPost, seen: SeenPost) -> bool:
    """Whether it may be that reply: its words are, and X does not say what it answers."""
    is_reply = post.kind is not PostKind.REPOST and bool(post.target_id)
    return is_reply and not seen.replied_to and _says_the_same(post, seen)


def _says_the_same(post: OutboxPost, seen: SeenPost) -> bool:
    if seen.reposted:
        return False
    ours, theirs = _canonical(post.text), _canonical(seen.text)
    if ours == theirs:
        return True
    if post.picture is not None and ours == _canonical(_PICTURE_ADDRESS.sub("", seen.text)):
        # X says where the picture stands, but not always that it is one.
        return True
    # X puts the names of all those answered before the text of a reply, which may begin with some.
    return bool(post.target_id) and _without_names(post.text) == _without_names(seen.text)


_PICTURE_ADDRESS = re.compile(r"\s*https://t\.co/[A-Za-z0-9]+$")
_LEADING_NAMES = re.compile(r"^(?:@[A-Za-z0-9_]{1,20}\s+)+")


def _without_names(text: str) -> str:
    return _canonical(_LEADING_NAMES.sub("", text))


def _canonical(text: str) -> str:
    """What is left of a text once X's and ours are written the same way."""
    text = unicodedata.normalize("NFC", text)
    parts = []
    written = 0
    for start, end in url_spans(text):
        address = re.sub(r"^https?://", "", text[start:end], flags=re.IGNORECASE)
        # An address with accents may come back with them written as %C3%A9.
        parts += [text[written:start], unquote(address).rstrip("/").lower()]
        written = end
    parts.append(text[written:])
    visible = (one for one in "".join(parts) if one.isspace() or unicodedata.category(one) != "Cc")
    return " ".join("".join(visible).split())


def _stamp(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")
