"""Pictures that go with posts."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.adapters.x.media import ONE_SHOT, Attachment, upload
from tchat_desktop.adapters.x.publisher import XPublisher
from tchat_desktop.services.ports import PublishError, PublishLater, PublishRefused, PublishUnknown
from tests.adapters.x.conftest import NewClient
from tests.fakes import x_faults
from tests.fakes.outgoing import planned
from tests.fakes.x_faults import Fault
from tests.fakes.x_server import XServer

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def fails(publisher: XPublisher) -> PublishError:
    with pytest.raises(PublishError) as error:
        publisher.publish(planned("a"))
    return error.value


def pictured(client: XClient, *pictures: Attachment) -> XPublisher:
    return XPublisher(client, lambda _post: pictures)


def test_a_picture_goes_with_its_description(
    server: XServer, client: XClient, tmp_path: Path
) -> None:
    path = tmp_path / "affiche.png"
    path.write_bytes(PNG)
    publisher = pictured(client, Attachment(path, "L’affiche du tchat"))
    server.fail("POST /2/tweets", x_faults.DROP_AFTER)
    assert isinstance(fails(publisher), PublishUnknown)
    (media,) = server.world.media.values()
    assert (media.content, media.kind) == (PNG, "tweet_image")
    assert media.alt_text == "L’affiche du tchat"
    assert server.posts[0].media == (media.id,)
    assert publisher.look_up(planned("a")).published is not None


@pytest.mark.parametrize("bearer", [False, True])
def test_a_big_picture_goes_in_pieces(
    server: XServer, new_client: NewClient, tmp_path: Path, bearer: bool
) -> None:
    content = b"\xff\xd8\xff" + bytes(range(256)) * 9000
    path = tmp_path / "photo.jpg"
    path.write_bytes(content)
    client = new_client(server.new_tokens() if bearer else None)
    pictured(client, Attachment(path, "")).publish(planned("a"))
    (media,) = server.world.media.values()
    assert media.content == content
    assert len(media.pieces) == -(-len(content) // ONE_SHOT) == 3


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n" + b"0" * 5_000_000])
def test_what_is_no_picture_stops_the_post(
    server: XServer, client: XClient, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "fichier"
    path.write_bytes(content)
    assert isinstance(fails(pictured(client, Attachment(path, ""))), PublishRefused)
    missing = Attachment(tmp_path / "absent.png", "")
    assert isinstance(fails(pictured(client, missing)), PublishRefused)
    assert server.requests == []


@pytest.mark.parametrize("fault", [x_faults.DROP_AFTER, x_faults.TRUNCATED, x_faults.SERVER_ERROR])
@pytest.mark.parametrize("route", ["POST /2/media/upload", "POST /2/media/metadata"])
def test_a_picture_lost_on_the_way_leaves_the_post_certainly_unsent(
    server: XServer, client: XClient, tmp_path: Path, fault: Fault, route: str
) -> None:
    path = tmp_path / "affiche.png"
    path.write_bytes(PNG)
    publisher = pictured(client, Attachment(path, "Une affiche"))
    server.fail(route, fault)
    assert isinstance(fails(publisher), PublishLater)
    assert server.posts == []
    publisher.publish(planned("a"))
    assert len(server.posts) == 1


def test_a_moving_picture_is_waited_for(server: XServer, client: XClient, tmp_path: Path) -> None:
    path = tmp_path / "anime.gif"
    path.write_bytes(b"GIF89a" + b"\0" * ONE_SHOT)
    pauses: list[float] = []
    media_id = upload(client, Attachment(path, ""), pauses.append)
    assert server.world.media[media_id].kind == "tweet_gif"
    assert pauses == [1.0]
