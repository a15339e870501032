"""Finds out whether a post was published, by comparing X's list of the account's posts.

What X stores may differ from what was sent in unforeseen ways, and its list may lag. So a post is
not absent just because its text is not found. It is absent only if the list is complete, shows
every post known to be published, and each post on it is known to be another one.
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
"""How far beyond the time of a post the list is read, in case a clock was corrected meanwhile."""
DUPLICATES_KEPT = timedelta(days=2)
"""How far back a post that X calls a duplicate is looked for."""
PAGE = 100
MOST_PAGES = 10


@dataclass(frozen=True, slots=True)
class Sighting:
    """The outcome of looking for a post in X's list; `found` is None if it is not there.

    `complete` tells that it would have been found if it were there. `shown` are the ids of the
    posts on the list, including those from before they were edited.
    """

    found: SeenPost | None
    complete: bool
    shown: frozenset[str] = frozenset()


class OwnPosts:
    """The latest posts of the account. X charges a tenth of a US cent for each, once a day."""

    def __init__(self, client: XClient) -> None:
        self._client = client
        self._reading = PostReading(client)

    def find(self, post: OutboxPost, others: Sequence[OutboxPost]) -> Sighting:
        """Look for a post among those published since it was due. Raises PublishError.

        `others` are the other rows of the outbox; the list is complete only if each post on it
        matches one of them. The outbox uses the clock of the chat, which may differ from X's, so
        what counts is how long ago the post was due.
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
        """Whether the difference between X's clock and the computer's has changed from `known`."""
        now = self._client.skew
        return known is not None and now is not None and abs(now - known) > MARGIN / 3

    def _read_back(
        self, post: OutboxPost, others: Sequence[OutboxPost], *, bounded: bool
    ) -> Sighting:
        """Read the list back to the time of the post. Raises PublishError.

        With `bounded` X is asked for that time only, for which its clock must be known.
        """
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
    """The ids of posts sent by keys from the account since `since` (UTC), in X's time.

    A list that lacks one of them lags or is incomplete.
    """
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
    """Whether a post seen on X is this one, and does not belong to another row of the same text.

    For a duplicate, as X calls it, the post of another row counts too.
    """
    if not is_same(post, seen):
        return False
    if post.kind is PostKind.REPOST or post.reason is Reason.DUPLICATE:
        return True
    return not any(_has(other, seen) and is_same(other, seen) for other in others)


def is_same(post: OutboxPost, seen: SeenPost) -> bool:
    """Whether a post seen on X has the text and target of an outbox row."""
    if post.kind is PostKind.REPOST:
        return seen.reposted == post.target_id
    return seen.replied_to == post.target_id and _says_the_same(post, seen)


def is_another(post: OutboxPost, seen: SeenPost, others: Sequence[OutboxPost]) -> bool:
    """Whether a post seen on X, which is not known to be this one, certainly is another one."""
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
    # With the same text as this post it may be either, as X may not tell what it replies to.
    ours = _says_the_same(post, seen)
    return not ours and any(_says_the_same(other, seen) for other in others)


def _has(other: OutboxPost, seen: SeenPost) -> bool:
    """Whether a row is known to be that post on X, or an earlier version of it."""
    return other.kind is not PostKind.REPOST and other.remote_id in seen.versions


def _says_the_same(post: OutboxPost, seen: SeenPost) -> bool:
    """Whether a post seen on X has the text of an outbox row, apart from changes by X."""
    if seen.reposted or post.kind is PostKind.REPOST:
        return False
    ours, theirs = _words(post.text), _words(seen.text)
    if ours == theirs:
        return True
    if post.picture is not None and ours == _words(_PICTURE_ADDRESS.sub("", seen.text)):
        # X adds the address of a picture to the text, and does not always mark it as one.
        return True
    # X puts the names of the people replied to before the text, which may begin with some itself.
    return bool(post.target_id) and _without_names(post.text) == _without_names(seen.text)


_PICTURE_ADDRESS = re.compile(r"\s*https://t\.co/[A-Za-z0-9]+$")
_LEADING_NAMES = re.compile(r"^(?:@[A-Za-z0-9_]{1,20}\s+)+")


def _without_names(text: str) -> str:
    return _words(_LEADING_NAMES.sub("", text))


def _words(text: str) -> str:
    """The text in a form that X's changes do not affect.

    It is folded, without blanks and invisible characters, HTML entities and percent-encoding are
    decoded, and addresses have no scheme.
    """
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
