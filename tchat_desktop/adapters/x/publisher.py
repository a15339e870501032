"""Publishes posts, replies and reposts with the organisation's keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.adapters.x.lookup import OwnPosts
from tchat_desktop.adapters.x.media import Uploads
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, Reason
from tchat_desktop.domain.x import links
from tchat_desktop.domain.x.rules import X_RULES
from tchat_desktop.services.ports import (
    LookedUp,
    PublishByHand,
    Published,
    PublishRefused,
    PublishUnknown,
)

_SETTLED = timedelta(seconds=60)
"""How long X's list of posts may lag; only after that is a post that it lacks surely absent."""


def _no_pictures(_post: OutboxPost) -> bytes:
    raise PublishRefused(Reason.PICTURE, "no pictures are kept")


class XPublisher:
    """A Publisher by X's API. `content_of` gives the content of the picture of a post.

    `content_of` raises PublishRefused when the picture is not stored.
    """

    def __init__(
        self,
        client: XClient,
        content_of: Callable[[OutboxPost], bytes] = _no_pictures,
    ) -> None:
        self._client = client
        self._uploads = Uploads(client, content_of)
        self._own_posts = OwnPosts(client)
        self._lost_at: dict[str, datetime] = {}
        self._made: dict[str, datetime] = {}
        """By id on X, when each post made here was requested, on the clock of the chat (UTC)."""

    def publish(self, post: OutboxPost) -> Published:
        """Publish a post, reply or repost. Raises PublishError, one of its four kinds."""
        if post.target_id and not (post.target_id.isascii() and post.target_id.isdigit()):
            raise PublishRefused(Reason.REFUSED, "not the id of a post")
        try:
            if post.kind is PostKind.REPOST:
                return self._repost(post.target_id)
            return self._post(post)
        except PublishUnknown:
            self._lost_at[post.id] = self._client.now()
            raise
        except (PublishRefused, PublishByHand) as error:
            if error.reason not in (Reason.REFUSED, Reason.NOT_PERMITTED):
                raise
            if X_RULES.remaining(post.text) < 0:
                # X has no error of its own for this, as paying accounts may write longer posts.
                raise error.refused_for(Reason.TOO_LONG) from error
            if post.target_id and error.reason is Reason.NOT_PERMITTED:
                # The author of that post may not allow replies.
                raise error.refused_for(Reason.REFUSED) from error
            raise

    def look_up(self, post: OutboxPost, others: Sequence[OutboxPost]) -> LookedUp:
        """Look for a post among the latest posts of the account. Raises PublishError."""
        # The list shows the state at the instant of the request.
        asked_at = self._client.now()
        look = self._own_posts.find(post, others)
        if look.found is None:
            # After a crash the request may still be under way at the first look.
            lost_at = self._lost_at.setdefault(post.id, asked_at)
            # If another account is connected by now, its posts prove nothing.
            ours = post.sent_as in ("", self._client.user_id())
            settled = asked_at - lost_at >= _SETTLED and self._caught_up(lost_at, look.shown)
            return LookedUp(None, certain=look.complete and settled and ours)
        if post.kind is PostKind.REPOST:
            return LookedUp(Published(post.target_id, links.post("", post.target_id).url), True)
        return LookedUp(self._published(look.found.id), certain=True)

    def _caught_up(self, lost_at: datetime, shown: frozenset[str]) -> bool:
        """Whether X's list includes what was published at `lost_at` (UTC, the clock of the chat).

        It does after a minute of real time, or when it shows a post that was published later.
        """
        later = {post_id for post_id, asked_at in self._made.items() if asked_at > lost_at}
        return self._client.since(lost_at) >= _SETTLED or bool(later & shown)

    def get_ready(self, post: OutboxPost) -> float | None:
        """Upload the picture of a post, one request at each call. Raises PublishError.

        Returns the seconds until the next call, None when there is nothing more to do.
        """
        return self._uploads.step(post) if post.picture is not None else None

    def _post(self, post: OutboxPost) -> Published:
        """Publish a post or reply; its picture is uploaded again if X has deleted it."""
        if post.picture is None:
            return self._create(post)
        try:
            return self._show(post)
        except PublishRefused as error:
            if not _is_about_media(error):
                raise
        # The picture was uploaded long ago and X has deleted it; nothing was published.
        self._uploads.forget(post)
        try:
            return self._show(post)
        except PublishRefused as error:
            if _is_about_media(error):
                raise error.refused_for(Reason.PICTURE) from error
            raise

    def _show(self, post: OutboxPost) -> Published:
        """Publish a post with its picture."""
        picture = self._uploads.put(post)
        made = self._create(post, picture.id)
        return made if picture.described else replace(made, note=Reason.UNDESCRIBED)

    def _create(self, post: OutboxPost, media_id: str = "") -> Published:
        """Publish a post or reply with the uploaded picture, if any."""
        asked: dict[str, Any] = {"text": post.text}
        if media_id:
            asked["media"] = {"media_ids": [media_id]}
        if post.target_id:
            asked["reply"] = {"in_reply_to_tweet_id": post.target_id}
        asked_at = self._client.now()
        made = self._client.call("POST", "/2/tweets", needs=("id",), creates=True, json=asked)
        post_id = str(made["data"]["id"])
        self._made[post_id] = asked_at
        return self._published(post_id)

    def _repost(self, target_id: str) -> Published:
        path = f"/2/users/{self._client.user_id()}/retweets"
        self._client.call(
            "POST", path, needs=("retweeted",), creates=True, json={"tweet_id": target_id}
        )
        return Published(target_id, links.post("", target_id).url)

    def _published(self, post_id: str) -> Published:
        return Published(post_id, links.post(self._client.handle, post_id).url)


def _is_about_media(error: PublishRefused) -> bool:
    """Whether X refused a post because of its picture, such as one that X has deleted."""
    return error.reason is Reason.REFUSED and "media" in error.detail.lower()


if TYPE_CHECKING:
    from tchat_desktop.services.ports import Publisher

    def _is_a_publisher(publisher: XPublisher) -> Publisher:
        return publisher
