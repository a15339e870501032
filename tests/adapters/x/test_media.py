"""Pictures that go with posts."""

from __future__ import annotations

import hashlib
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.adapters.x.lookup import is_same
from tchat_desktop.adapters.x.media import KEPT, PIECE, Attachment, upload
from tchat_desktop.adapters.x.publisher import XPublisher
from tchat_desktop.adapters.x.seen_posts import SeenPost
from tchat_desktop.domain.chat import Picture
from tchat_desktop.domain.outgoing import OutboxPost, Reason
from tchat_desktop.domain.x.pictures import LARGEST_PICTURE
from tchat_desktop.services.ports import (
    Published,
    PublishError,
    PublishLater,
    PublishRefused,
    PublishUnknown,
)
from tests.adapters.samples import PNG
from tests.adapters.x.conftest import NewClient
from tests.fakes import x_faults
from tests.fakes.clock import START
from tests.fakes.outgoing import planned
from tests.fakes.x_faults import Fault
from tests.fakes.x_server import XServer

UPLOAD = "POST /2/media/upload"
GIF = b"GIF89a" + b"\0" * PIECE


def pictured(content: bytes, alt_text: str = "", **changes: object) -> OutboxPost:
    picture = Picture(hashlib.sha256(content).hexdigest(), "image/png", alt_text)
    return planned("a", picture=picture, **changes)


def publisher_of(client: XClient, content: bytes) -> XPublisher:
    return XPublisher(client, lambda _post: content)


def fails(publisher: XPublisher, post: OutboxPost) -> PublishError:
    with pytest.raises(PublishError) as error:
        publisher.publish(post)
    return error.value


def asked(server: XServer, route: str) -> int:
    return sum(
        server.api.route(request.method, request.path) == route for request in server.requests
    )


def test_a_picture_goes_with_its_description(server: XServer, client: XClient) -> None:
    post = pictured(PNG, "L’affiche du tchat")
    publisher = publisher_of(client, PNG)
    server.fail("POST /2/tweets", x_faults.DROP_AFTER)
    assert isinstance(fails(publisher, post), PublishUnknown)
    (media,) = server.world.media.values()
    assert (media.content, media.kind) == (PNG, "tweet_image")
    assert media.alt_text == "L’affiche du tchat"
    assert server.posts[0].media == (media.id,)
    found = publisher.look_up(post, ()).published
    assert found is not None
    assert found.remote_id == server.posts[0].id


@pytest.mark.parametrize("text", ["Texte a", "Texte a https://t.co/AbC123xyz"])
def test_a_post_is_known_again_although_x_does_not_say_what_its_address_is(text: str) -> None:
    seen = SeenPost("1", "2", text, START)
    assert is_same(pictured(PNG), seen)
    assert is_same(planned("a"), seen) == (text == "Texte a")
    assert not is_same(pictured(PNG), replace(seen, text=f"{text} et plus"))


@pytest.mark.parametrize("bearer", [False, True])
def test_a_big_picture_goes_in_pieces(server: XServer, new_client: NewClient, bearer: bool) -> None:
    content = b"\xff\xd8\xff" + bytes(range(256)) * 5000
    client = new_client(server.new_tokens() if bearer else None)
    publisher_of(client, content).publish(pictured(content))
    (media,) = server.world.media.values()
    assert media.content == content
    assert len(media.pieces) == -(-len(content) // PIECE) == 3


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", PNG + bytes(LARGEST_PICTURE)])
def test_what_is_no_picture_stops_the_post(
    server: XServer, client: XClient, content: bytes
) -> None:
    error = fails(publisher_of(client, content), pictured(content))
    assert isinstance(error, PublishRefused)
    assert error.reason is Reason.PICTURE
    assert server.requests == []


def test_a_picture_nobody_keeps_stops_its_post_only(server: XServer, client: XClient) -> None:
    publisher = XPublisher(client)
    assert fails(publisher, pictured(PNG)).reason is Reason.PICTURE
    assert isinstance(publisher.publish(planned("b")), Published)


def test_a_picture_x_refuses_is_told_as_such(server: XServer, client: XClient) -> None:
    server.fail(UPLOAD, x_faults.FORBIDDEN, x_faults.UNAUTHORIZED)
    publisher = publisher_of(client, PNG)
    assert fails(publisher, pictured(PNG)).reason is Reason.PICTURE
    assert fails(publisher, pictured(PNG)).reason is Reason.KEYS_REFUSED
    assert server.posts == []


@pytest.mark.parametrize("fault", [x_faults.DROP_AFTER, x_faults.TRUNCATED, x_faults.SERVER_ERROR])
@pytest.mark.parametrize("route", [UPLOAD, "POST /2/media/metadata"])
def test_a_picture_lost_on_the_way_leaves_the_post_certainly_unsent(
    server: XServer, client: XClient, fault: Fault, route: str
) -> None:
    publisher = publisher_of(client, PNG)
    post = pictured(PNG, "Une affiche")
    server.fail(route, fault)
    assert isinstance(fails(publisher, post), PublishLater)
    assert server.posts == []
    publisher.publish(post)
    assert len(server.posts) == 1


def test_a_description_that_is_to_be_filled_in_does_not_leave(
    server: XServer, client: XClient
) -> None:
    publisher_of(client, PNG).publish(pictured(PNG, "L’école de [ville]"))
    (media_id,) = server.posts[0].media
    assert server.world.media[media_id].alt_text == ""


def test_a_picture_whose_description_x_refuses_leaves_without_it(
    server: XServer, client: XClient
) -> None:
    publisher = publisher_of(client, PNG)
    server.fail("POST /2/media/metadata", x_faults.A_LIST)
    result = publisher.publish(pictured(PNG, "Une affiche"))
    assert result.note is Reason.UNDESCRIBED
    (media_id,) = server.posts[0].media
    assert server.world.media[media_id].alt_text == ""
    # The next one has its own.
    assert publisher.publish(pictured(PNG, "Une autre", text="Suite")).note is Reason.NONE


def test_a_moving_picture_is_waited_for(server: XServer, client: XClient) -> None:
    pauses: list[float] = []
    media_id = upload(client, Attachment(GIF, ""), pauses.append).id
    assert server.world.media[media_id].kind == "tweet_gif"
    assert pauses == [1.0]


# --- ahead of its time ---------------------------------------------------------------------


def test_a_picture_is_got_ready_one_request_at_a_time(server: XServer, client: XClient) -> None:
    publisher = publisher_of(client, GIF)
    post = pictured(GIF, "Une carte qui s’anime")
    waits = []
    while (wait := publisher.get_ready(post)) is not None:
        waits.append(wait)
        assert len(server.requests) == len(waits)
    # Begun, two pieces, ended; asked about after the second X wants; described.
    assert waits == [0.0, 0.0, 0.0, 1.0, 0.0]
    assert server.posts == []
    server.requests.clear()
    publisher.publish(post)
    assert asked(server, "POST /2/tweets") == len(server.requests) == 1
    assert server.posts[0].media == tuple(server.world.media)


def test_what_was_begun_is_finished_as_the_post_leaves(server: XServer, client: XClient) -> None:
    publisher = publisher_of(client, GIF[: PIECE + 1])
    post = pictured(GIF[: PIECE + 1])
    assert publisher.get_ready(post) == 0.0
    assert publisher.get_ready(post) == 0.0
    publisher.publish(post)
    assert asked(server, "POST /2/media/upload/initialize") == 1
    (media,) = server.world.media.values()
    assert media.content == GIF[: PIECE + 1]


def test_what_was_begun_and_thrown_away_is_begun_anew(server: XServer, client: XClient) -> None:
    publisher = publisher_of(client, GIF)
    publisher.get_ready(pictured(GIF))
    server.world.media.clear()
    publisher.publish(pictured(GIF))
    (media,) = server.world.media.values()
    assert media.content == GIF


def test_a_picture_with_another_description_is_another_one(
    server: XServer, client: XClient
) -> None:
    publisher = publisher_of(client, PNG)
    while publisher.get_ready(pictured(PNG, "Avant")) is not None:
        pass
    publisher.publish(pictured(PNG, "Après"))
    (media_id,) = server.posts[0].media
    assert server.world.media[media_id].alt_text == "Après"


def test_a_picture_x_has_thrown_away_is_put_there_again_once(
    server: XServer, client: XClient
) -> None:
    publisher = publisher_of(client, PNG)
    assert publisher.get_ready(pictured(PNG)) is None
    server.world.media.clear()
    publisher.publish(pictured(PNG))
    assert server.posts[0].media == tuple(server.world.media)
    assert asked(server, "POST /2/tweets") == 2


def test_a_picture_x_never_knows_is_told_and_not_tried_for_ever(
    server: XServer, client: XClient
) -> None:
    invalid = Fault("invalid_media", 400, b'{"detail":"Your media IDs are invalid."}')
    server.fail("POST /2/tweets", invalid, invalid)
    assert fails(publisher_of(client, PNG), pictured(PNG)).reason is Reason.PICTURE
    assert asked(server, "POST /2/tweets") == 2


def test_a_picture_is_not_counted_on_for_longer_than_x_keeps_it(
    server: XServer, new_client: NewClient
) -> None:
    passed = timedelta()
    client = new_client(wall=lambda: time.time() + passed.total_seconds())
    publisher = publisher_of(client, PNG)
    assert publisher.get_ready(pictured(PNG)) is None
    assert publisher.get_ready(pictured(PNG)) is None
    assert asked(server, UPLOAD) == 1
    passed = KEPT + timedelta(minutes=1)
    assert publisher.get_ready(pictured(PNG)) is None
    assert asked(server, UPLOAD) == 2
