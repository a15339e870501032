"""The pre-filled pages on x.com: the free way, where a person presses the button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tchat_desktop.domain.network_rules import PageTooLong
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, Reason
from tchat_desktop.domain.x.links import post_page, reply_page, repost_page
from tchat_desktop.services.ports import Browser, HandedOver, LookedUp, PublishRefused


def page_of(post: OutboxPost) -> str:
    """The page to publish a row of the outbox. Raises PageTooLong, ValueError for a wrong id."""
    if post.kind is PostKind.REPOST:
        return repost_page(post.target_id)
    if post.target_id:
        return reply_page(post.text, post.target_id)
    return post_page(post.text)


class AssistedPublisher:
    """Opens the pre-filled page; the organiser presses the button there, and says so here."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def publish(self, post: OutboxPost) -> HandedOver:
        """Open the page. Raises PublishRefused."""
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
        """Never certain: only the organiser sees whether the button was pressed."""
        return LookedUp(None, certain=False)


if TYPE_CHECKING:
    from tchat_desktop.services.ports import Publisher

    def _is_a_publisher(publisher: AssistedPublisher) -> Publisher:
        return publisher
