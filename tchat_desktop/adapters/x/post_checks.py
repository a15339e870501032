"""Looks on X again for posts that were collected before: with keys, or as anybody's site may."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.adapters.x.embedded import EmbeddedPosts
from tchat_desktop.adapters.x.seen_posts import PostPage, PostReading, SeenPost
from tchat_desktop.domain.conversation import Post, newest_id
from tchat_desktop.domain.outgoing import Reason
from tchat_desktop.domain.x import links
from tchat_desktop.domain.x.rules import X_RULES
from tchat_desktop.services.ports import PublishByHand, PublishLater

LOOK_UP = "/2/tweets"
MOST_IDS = 100
"""How many posts X tells in one answer."""
MOST_ROUNDS = 3
"""How often what was edited is followed to its newest version in one asking."""


class ChecksByPage:
    """The PostChecks without keys: one post after another, as it is shown on other sites."""

    at_once = 1
    by_keys = False

    def __init__(self, embedded: EmbeddedPosts, pause: float = 0.6) -> None:
        self._embedded = embedded
        self.pause = pause

    def told(self, posts: Sequence[Post]) -> Mapping[str, Post | None]:
        """What X shows of the posts. Raises NotReached."""
        return {post.id: self._embedded.now(post) for post in posts}


class ChecksByKeys:
    """The PostChecks with keys, for one thread. `affordable` gives how many may still be read."""

    at_once = MOST_IDS
    by_keys = True

    def __init__(self, client: XClient, affordable: Callable[[], int], pause: float = 1.0) -> None:
        self._client = client
        self._reading = PostReading(client)
        self._affordable = affordable
        self.pause = pause

    def told(self, posts: Sequence[Post]) -> Mapping[str, Post | None]:
        """What X tells of the posts, each in its newest version. Raises PublishError."""
        told: dict[str, Post | None] = {}
        wanted = {newest_id(post, X_RULES): post for post in posts}
        for _round in range(MOST_ROUNDS):
            if not wanted:
                break
            later: dict[str, Post] = {}
            page = self._read(list(wanted))
            for seen in page.posts:
                post = wanted.get(seen.id)
                if post is None:
                    continue
                newest = seen.versions[-1]
                if newest == seen.id:
                    told[post.id] = _as_seen(post, seen)
                else:
                    later[newest] = post
            told |= {wanted[one].id: None for one in page.missing if one in wanted}
            wanted = later
        return told

    def _read(self, ids: Sequence[str]) -> PostPage:
        """One answer about these ids. Raises PublishError."""
        if self._affordable() < len(ids):
            raise PublishByHand(Reason.SPENDING_LIMIT, "looking again would cost too much")
        until = self._client.closed_until(f"GET {LOOK_UP}")
        if until is not None:
            raise PublishLater(Reason.RATE_LIMIT, until)
        return self._reading.page(LOOK_UP, {"ids": ",".join(ids)}, references=False)


def _as_seen(post: Post, seen: SeenPost) -> Post:
    return replace(post, text=seen.text, url=links.post(post.author, seen.id).url)


if TYPE_CHECKING:
    from tchat_desktop.services.ports import PostChecks

    def _is_a_post_checks(checks: ChecksByPage) -> PostChecks:
        return checks

    def _is_a_post_checks_too(checks: ChecksByKeys) -> PostChecks:
        return checks
