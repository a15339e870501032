"""Posts, replies and reposts with the organisation's own keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.adapters.x.lookup import OwnPosts
from tchat_desktop.adapters.x.media import Attachment, upload
from tchat_desktop.domain.conversation import PostLink
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, Reason
from tchat_desktop.domain.post_text import remaining
from tchat_desktop.services.ports import LookedUp, Published, PublishRefused, PublishUnknown

SETTLED = timedelta(seconds=10)
"""How long after a lost answer what X does not show is certainly absent."""


def _no_pictures(_post: OutboxPost) -> Sequence[Attachment]:
    return ()


class XPublisher:
    """Publishes through X's API. `attachments` tells the pictures of a post."""

    def __init__(
        self,
        client: XClient,
        attachments: Callable[[OutboxPost], Sequence[Attachment]] = _no_pictures,
    ) -> None:
        self._client = client
        self._attachments = attachments
        self._own_posts = OwnPosts(client)
        self._lost_at: dict[str, datetime] = {}

    def publish(self, post: OutboxPost) -> Published:
        """Send a post, reply or repost. Raises PublishError, one of its four kinds."""
        if post.target_id and not (post.target_id.isascii() and post.target_id.isdigit()):
            raise PublishRefused(Reason.REFUSED, "not the id of a post")
        try:
            if post.kind is PostKind.REPOST:
                return self._repost(post.target_id)
            return self._post(post)
        except PublishUnknown:
            self._lost_at[post.id] = self._client.now()
            raise
        except PublishRefused as error:
            if error.reason is Reason.REFUSED and remaining(post.text) < 0:
                # X has no body of its own for this, and lets paying accounts write more.
                raise PublishRefused(Reason.TOO_LONG, error.detail) from error
            raise

    def look_up(self, post: OutboxPost) -> LookedUp:
        """Look for it among the account's latest posts. Raises PublishError."""
        found, complete = self._own_posts.find(post)
        if found is None:
            # After a crash the request may still be on its way when it is first looked for.
            lost_at = self._lost_at.setdefault(post.id, self._client.now())
            settled = self._client.now() - lost_at >= SETTLED
            return LookedUp(None, certain=complete and settled)
        if post.kind is PostKind.REPOST:
            return LookedUp(Published(post.target_id, PostLink("", post.target_id).url), True)
        return LookedUp(self._published(found.id), certain=True)

    def _post(self, post: OutboxPost) -> Published:
        asked: dict[str, Any] = {"text": post.text}
        media = [upload(self._client, one) for one in self._attachments(post)]
        if media:
            asked["media"] = {"media_ids": media}
        if post.target_id:
            asked["reply"] = {"in_reply_to_tweet_id": post.target_id}
        made = self._client.call("POST", "/2/tweets", needs=("id",), creates=True, json=asked)
        return self._published(str(made["data"]["id"]))

    def _repost(self, target_id: str) -> Published:
        path = f"/2/users/{self._client.user_id()}/retweets"
        self._client.call(
            "POST", path, needs=("retweeted",), creates=True, json={"tweet_id": target_id}
        )
        return Published(target_id, PostLink("", target_id).url)

    def _published(self, post_id: str) -> Published:
        return Published(post_id, PostLink(self._client.handle, post_id).url)
