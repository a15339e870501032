"""Whether a post is out: X's own list of the account's posts, compared with what was sent.

What X stores may differ from what was sent by more than anybody foresees, and its list may lag. So
a post is never absent because its text is not found: it is when the list is whole, shows all that
is known to be out, and holds nothing that is not something else of ours.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import unquote

from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.adapters.x.seen_posts import PostReading, SeenPost
from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState, Reason
from tchat_desktop.domain.x.post_ids import posted_at
from tchat_desktop.domain.x.post_urls import url_spans
from tchat_desktop.services.ports import PublishRefused

MARGIN = timedelta(minutes=15)
"""Looked back beyond the time of the post, for clocks that were put right meanwhile."""
DUPLICATES_KEPT = timedelta(days=2)
"""How far back the text X calls a duplicate is looked for."""
PAGE = 100
MOST_PAGES = 10


@dataclass(frozen=True, slots=True)
class Sighting:
    """What X's list showed of a post.

    `complete`: it could not be missed if it were there. `shown`: the ids of the posts on the list,
    with those they had before they were edited.
    """

    found: SeenPost | None
    complete: bool
    shown: frozenset[str] = frozenset()


class OwnPosts:
    """The account's latest posts. Reading one costs a tenth of a cent, once a day."""

    def __init__(self, client: XClient) -> None:
        self._client = client
        self._reading = PostReading(client)

    def find(self, post: OutboxPost, others: Sequence[OutboxPost]) -> Sighting:
        """Look for the post among everything since its time; `others` are the rows beside it.

        The list is complete when each post on it is one of those. Instants of the outbox are on the
        clock of the chat, which may not be X's: what counts is how long ago the post was due.
        Raises PublishError.
        """
        known = self._client.skew
        try:
            look = self._read_back(post, others, bounded=known is not None)
        except PublishRefused:
            if not self._moved(known):
                raise
            look = Sighting(None, complete=False)
        if look.found is None and self._moved(known):
            return self._read_back(post, others, bounded=True)
        return look

    def _moved(self, known: timedelta | None) -> bool:
        """Whether the computer's clock was put right since X's was last compared with it."""
        now = self._client.skew
        return known is not None and now is not None and abs(now - known) > MARGIN / 3

    def _read_back(
        self, post: OutboxPost, others: Sequence[OutboxPost], *, bounded: bool
    ) -> Sighting:
        """`bounded` asks X for the time in question only, which takes its clock to be known."""
        ago = max(self._client.now() - post.due_at, timedelta()) + MARGIN
        if post.reason is Reason.DUPLICATE:
            ago = max(ago, DUPLICATES_KEPT)
        path = f"/2/users/{self._client.user_id()}/tweets"
        params: dict[str, object] = {"max_results": PAGE}
        if bounded:
            params["start_time"] = _stamp(self._client.server_now - ago)
        complete = True
        shown: set[str] = set()
        for _ in range(MOST_PAGES):
            page = self._reading.page(path, params, references=bool(post.target_id))
            since = self._client.server_now - ago - timedelta(seconds=1)
            recent = [seen for seen in page.posts if seen.created_at >= since]
            found = next((seen for seen in recent if is_it(post, seen, others)), None)
            if found is not None:
                return Sighting(found, complete=True)
            shown.update(one for seen in page.posts for one in seen.versions)
            explained = all(is_another(post, seen, others) for seen in recent)
            complete = complete and page.complete and explained
            if not page.next_token or len(recent) < len(page.posts):
                known = known_out(others, self._client.user_id(), since + timedelta(seconds=5))
                return Sighting(None, complete and known <= shown, frozenset(shown))
            params["pagination_token"] = page.next_token
        return Sighting(None, complete=False)


def known_out(others: Sequence[OutboxPost], account: str, since: datetime) -> set[str]:
    """The ids of what X took from us since then: a list that lacks one lags, or leaves out."""
    return {
        other.remote_id
        for other in others
        if other.state is PostState.SENT
        and other.kind is not PostKind.REPOST
        and other.route is Route.KEYS
        and other.reason in (Reason.NONE, Reason.UNDESCRIBED, Reason.FOUND)
        and other.sent_as in ("", account)
        and (posted_at(other.remote_id) or since) >= since
    }


def is_it(post: OutboxPost, seen: SeenPost, others: Sequence[OutboxPost]) -> bool:
    """Whether what is seen on X is the post, and no other row of the same words has it already.

    What X calls a duplicate may be what another row has published.
    """
    if not is_same(post, seen):
        return False
    if post.kind is PostKind.REPOST or post.reason is Reason.DUPLICATE:
        return True
    return not any(_has(other, seen) and is_same(other, seen) for other in others)


def is_same(post: OutboxPost, seen: SeenPost) -> bool:
    """Whether what is seen on X is what the row of the outbox published."""
    if post.kind is PostKind.REPOST:
        return seen.reposted == post.target_id
    return seen.replied_to == post.target_id and _says_the_same(post, seen)


def is_another(post: OutboxPost, seen: SeenPost, others: Sequence[OutboxPost]) -> bool:
    """Whether what is seen on X, and is not known to be the post, certainly is something else."""
    repeats = bool(seen.reposted) or seen.text.startswith("RT @")
    if post.kind is PostKind.REPOST:
        if seen.reposted or not repeats:
            return True
    elif repeats and not post.text.lstrip().startswith("RT @"):
        return True
    if seen.replied_to and not post.target_id:
        return True
    if any(_has(other, seen) for other in others):
        return True
    # In words that are ours as well it may be either, where X does not say what it answers.
    ours = _says_the_same(post, seen)
    return not ours and any(_says_the_same(other, seen) for other in others)


def _has(other: OutboxPost, seen: SeenPost) -> bool:
    """Whether a row is known to be that post on X, or was before it was edited there."""
    return other.kind is not PostKind.REPOST and other.remote_id in seen.versions


def _says_the_same(post: OutboxPost, seen: SeenPost) -> bool:
    if seen.reposted or post.kind is PostKind.REPOST:
        return False
    ours, theirs = _words(post.text), _words(seen.text)
    if ours == theirs:
        return True
    if post.picture is not None and ours == _words(_PICTURE_ADDRESS.sub("", seen.text)):
        # X says where the picture stands, but not always that it is one.
        return True
    # X puts the names of all those answered before the text of a reply, which may begin with some.
    return bool(post.target_id) and _without_names(post.text) == _without_names(seen.text)


_PICTURE_ADDRESS = re.compile(r"\s*https://t\.co/[A-Za-z0-9]+$")
_LEADING_NAMES = re.compile(r"^(?:@[A-Za-z0-9_]{1,20}\s+)+")


def _without_names(text: str) -> str:
    return _words(_LEADING_NAMES.sub("", text))


def _words(text: str) -> str:
    """What is left of a text however X writes it: no blanks, nothing unseen, no HTML entities."""
    text = html.unescape(text)
    parts = []
    written = 0
    for start, end in url_spans(text):
        address = re.sub(r"^https?://", "", text[start:end], flags=re.IGNORECASE)
        # An address with accents may come back with them written as %C3%A9.
        parts += [text[written:start], unquote(address).rstrip("/")]
        written = end
    parts.append(text[written:])
    folded = fold("".join(parts))
    return "".join(one for one in folded if not one.isspace() and one.isprintable())


def _stamp(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")
