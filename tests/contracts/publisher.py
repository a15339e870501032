"""What every Publisher does: simulated, by the web page or by keys.

A test module derives from the class and gives a fixture `publisher`; `reached` gives a post that
can be replied to or reposted.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from tchat_desktop.domain.outgoing import OutboxPost, PostKind
from tchat_desktop.services.ports import HandedOver, Published, Publisher
from tests.contracts.stores import row

NEVER_SENT = row("never", text="Ce texte n’est jamais parti")


class PublisherContract:
    """Posts, replies and reposts leave; what was never sent is never found."""

    @pytest.fixture
    def target_id(self) -> str:
        """The id of a post that is out there."""
        return "1850000000000000001"

    def outgoing(self, target_id: str) -> list[OutboxPost]:
        """One post of each sort."""
        post = row("post")
        reply = replace(row("reply"), kind=PostKind.REPLY, target_id=target_id)
        repost = replace(row("repost"), kind=PostKind.REPOST, target_id=target_id)
        return [post, reply, repost]

    def test_each_sort_of_post_leaves(self, publisher: Publisher, target_id: str) -> None:
        for post in self.outgoing(target_id):
            result = publisher.publish(post)
            if isinstance(result, HandedOver):
                assert result.page.startswith("https://x.com/")
            else:
                assert result.remote_id
                assert result.url == "" or result.url.startswith("https://x.com/")

    def test_a_post_without_a_picture_has_nothing_to_get_ready(self, publisher: Publisher) -> None:
        assert publisher.get_ready(row("post")) is None

    def test_what_left_is_found(self, publisher: Publisher) -> None:
        result = publisher.publish(row("post"))
        if isinstance(result, Published):
            assert publisher.look_up(row("post"), ()).published == result

    def test_what_never_left_is_not_found(self, publisher: Publisher) -> None:
        publisher.publish(row("post"))
        assert publisher.look_up(NEVER_SENT, ()).published is None
