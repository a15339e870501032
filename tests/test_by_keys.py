"""A picture that cannot be shown stops its post."""

from __future__ import annotations

import pytest

from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.domain.account_keys import FourKeys
from tchat_desktop.domain.chat import Picture
from tchat_desktop.domain.outgoing import Reason
from tchat_desktop.services.ports import PublishRefused, StoreError
from tchat_desktop.start.posting import make_publisher
from tests.fakes.clock import FakeClock
from tests.fakes.memory_store import MemoryPictures
from tests.fakes.outgoing import planned


@pytest.mark.parametrize("error", [KeyError("gone"), StoreError("the disk")])
def test_a_picture_that_cannot_be_read_stops_its_post_and_says_why(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    pictures = MemoryPictures()

    def refuse(_chat_id: str, _picture_id: str) -> bytes:
        raise error

    monkeypatch.setattr(pictures, "content", refuse)
    client = XClient(FourKeys("a", "b", "c", "d"), "http://127.0.0.1:9")
    publisher = make_publisher(client, FakeClock(), pictures, lambda text: text)
    post = planned("a", picture=Picture("0f" * 32, "image/png"))
    for act in (publisher.get_ready, publisher.publish):
        with pytest.raises(PublishRefused) as refused:
            act(post)
        assert refused.value.reason is Reason.PICTURE
