"""The pre-filled pages of a rehearsal: made as in the real hour, but opened only inside the app."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.services.ports import HandedOver, LookedUp, Publisher
from tchat_desktop.services.rehearsal import SimulatedX


def link_of(post: Post, rules: NetworkRules) -> str:
    """Return a made-up link for a post, in the form of the network's own links."""
    return rules.links.post(post.author, post.id).url


class SimulatedPages:
    """The Publisher of a rehearsal without keys: it calls `opened` instead of opening a browser.

    `pages` makes the page of a post as in the real hour, with the same refusals; it must have a
    browser that opens nothing. Used on the posting thread.
    """

    def __init__(self, pages: Publisher, x: SimulatedX, opened: Callable[[str], object]) -> None:
        self._pages = pages
        self._x = x
        self._opened = opened

    def publish(self, post: OutboxPost) -> HandedOver:
        """Have the page of a post shown. Raises PublishRefused when no page can be made."""
        handed = self._pages.publish(post)
        assert isinstance(handed, HandedOver)
        self._x.page_ready(handed.page, post)
        self._opened(handed.page)
        return handed

    def get_ready(self, post: OutboxPost) -> None:
        """Do nothing: a page needs no preparation."""

    def look_up(self, _post: OutboxPost, _others: Sequence[OutboxPost]) -> LookedUp:
        """Return that nothing is certain: only the organiser sees whether the page was sent."""
        return LookedUp(None, certain=False)


class NowhereBrowser:
    """A browser that opens nothing, and reports that it did."""

    def open(self, page: str) -> bool:  # noqa: ARG002 - nothing leaves in a rehearsal
        """Open nothing; return True."""
        return True


if TYPE_CHECKING:
    from tchat_desktop.services.ports import Browser

    def _is_a_publisher(pages: SimulatedPages) -> Publisher:
        return pages

    def _is_a_browser(browser: NowhereBrowser) -> Browser:
        return browser
