"""Publishes by pre-filled pages of x.com, on which a person presses the button; this is free."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tchat_desktop.domain.network_rules import PageTooLong
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, Reason
from tchat_desktop.domain.x.links import post_page, reply_page, repost_page
from tchat_desktop.services.ports import Browser, HandedOver, LookedUp, PublishRefused


def page_of(post: OutboxPost) -> str:
    """The address of the page that publishes an outbox row.

    Raises PageTooLong, and ValueError when `target_id` is not the id of a post.
    """
    if post.kind is PostKind.REPOST:
        return repost_page(post.target_id)
    if post.target_id:
        return reply_page(post.text, post.target_id)
    return post_page(post.text)


class AssistedPublisher:
    """A Publisher that opens the pre-filled page; the organiser publishes it and confirms that."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def publish(self, post: OutboxPost) -> HandedOver:
        """Open the page in the browser. Raises PublishRefused if that is not possible."""
        try:
            page = page_of(post)
        except PageTooLong as error:
            raise PublishRefused(Reason.TOO_LONG, str(error)) from error
        except ValueError as error:
            raise PublishRefused(Reason.REFUSED, str(error)) from error
        if not self._browser.open(page):
            raise PublishRefused(Reason.BROWSER)
        return HandedOver(page)

    def get_ready(self, post: OutboxPost) -> None:
        """Do nothing: a page needs no preparation."""

    def look_up(self, _post: OutboxPost, _others: Sequence[OutboxPost]) -> LookedUp:
        """Find nothing: only the organiser knows whether the button was pressed."""
        return LookedUp(None, certain=False)


if TYPE_CHECKING:
    from tchat_desktop.services.ports import Publisher

    def _is_a_publisher(publisher: AssistedPublisher) -> Publisher:
        return publisher
