"""The pages of a rehearsal: made as in the real hour, and opened nowhere but in the app."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.services.ports import HandedOver, LookedUp, Publisher
from tchat_desktop.services.rehearsal import SimulatedX


def link_of(post: Post, rules: NetworkRules) -> str:
    """The made-up link of a post, in the form of the network's own."""
    return rules.links.post(post.author, post.id).url


class SimulatedPages:
    """The way without keys: what would open in the browser is told to `opened` instead.

    `pages` makes the page of a post as in the real hour, with its refusals; its browser goes
    nowhere.
    """

    def __init__(self, pages: Publisher, x: SimulatedX, opened: Callable[[str], object]) -> None:
        self._pages = pages
        self._x = x
        self._opened = opened

    def publish(self, post: OutboxPost) -> HandedOver:
        """Have the page shown. Raises PublishRefused."""
        handed = self._pages.publish(post)
        assert isinstance(handed, HandedOver)
        self._x.page_ready(handed.page, post)
        self._opened(handed.page)
        return handed

    def get_ready(self, post: OutboxPost) -> None:
        """Do nothing: a page needs no preparation."""

    def look_up(self, _post: OutboxPost, _others: Sequence[OutboxPost]) -> LookedUp:
        """Never certain: only the organiser sees whether the button was pressed."""
        return LookedUp(None, certain=False)


class NowhereBrowser:
    """A browser that opens nothing, and says it did."""

    def open(self, page: str) -> bool:  # noqa: ARG002 - nothing leaves in a rehearsal
        """Open nothing; always True."""
        return True


if TYPE_CHECKING:
    from tchat_desktop.services.ports import Browser

    def _is_a_publisher(pages: SimulatedPages) -> Publisher:
        return pages

    def _is_a_browser(browser: NowhereBrowser) -> Browser:
        return browser
