"""How X shows a post on other sites: its author and text, without any key, and failing quietly."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from tchat_desktop.adapters.x.embedded import EmbeddedPosts
from tchat_desktop.adapters.x.pages import XPages
from tchat_desktop.domain.found_posts import completed
from tchat_desktop.services.ports import NotReached
from tests.adapters.x.test_pages import ID, POSTS

WHOLE = POSTS[0].post
ANSWER = {
    "url": "https://twitter.com/awa_diop/status/1",
    "author_name": "Awa Diop",
    "author_url": "https://twitter.com/awa_diop",
    "html": '<blockquote class="twitter-tweet" data-dnt="true"><p lang="fr" dir="ltr">R1 Chez nous,'
    '<br>les filles le savent <a href="https://twitter.com/hashtag/UnionsPrécoces?src=hash">'
    "#UnionsPrécoces</a></p>&mdash; Awa Diop (@awa_diop) <a href="
    '"https://twitter.com/awa_diop/status/1?ref_src=twsrc">5 décembre 2026</a></blockquote>\n',
}


class Publish(BaseHTTPRequestHandler):
    """Answers as publish.x.com does."""

    answer: tuple[int, bytes] = (200, b"")
    asked: list[str] = []  # noqa: RUF012
    headers_seen: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        Publish.asked.append(self.path)
        Publish.headers_seen.append(str(self.headers))
        status, body = Publish.answer
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: object) -> None:
        """Nothing."""


@pytest.fixture
def publish() -> Iterator[EmbeddedPosts]:
    Publish.asked, Publish.headers_seen = [], []
    with HTTPServer(("127.0.0.1", 0), Publish) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield EmbeddedPosts(f"http://127.0.0.1:{server.server_port}", (2.0, 2.0), 3.0)
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("address", [WHOLE.url, f"https://x.com/i/web/status/{ID}"])
def test_a_post_known_by_its_link_is_told(publish: EmbeddedPosts, address: str) -> None:
    (bare,) = XPages().copied(b"", address).posts
    Publish.answer = (200, json.dumps(ANSWER).encode())
    told = publish.told(bare)
    assert told == WHOLE
    assert completed(bare, told).text == WHOLE.text
    (path,) = Publish.asked
    assert urlsplit(path).path == "/oembed"
    asked = parse_qs(urlsplit(path).query)
    assert asked["url"] == [bare.url]
    assert asked["dnt"] == ["true"]
    assert "Cookie" not in Publish.headers_seen[0]


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_post_that_is_gone_or_protected_is_not_told(publish: EmbeddedPosts, status: int) -> None:
    Publish.answer = (status, b'{"error": "gone"}')
    with pytest.raises(LookupError):
        publish.told(WHOLE)


@pytest.mark.parametrize(
    "body", [b"{}", b"[]", b"3", b'{"html": 3, "author_url": "https://example.org/awa"}']
)
def test_an_answer_about_nothing_is_not_told(publish: EmbeddedPosts, body: bytes) -> None:
    Publish.answer = (200, body)
    with pytest.raises(LookupError):
        publish.told(WHOLE)


@pytest.mark.parametrize(
    "answer", [(429, b""), (500, b""), (302, b""), (200, b"<html>Bienvenue</html>"), (402, b"")]
)
def test_what_is_no_answer_of_x_ends_the_asking(
    publish: EmbeddedPosts, answer: tuple[int, bytes]
) -> None:
    Publish.answer = answer
    with pytest.raises(NotReached):
        publish.told(WHOLE)


def test_nobody_there() -> None:
    with pytest.raises(NotReached):
        EmbeddedPosts("http://127.0.0.1:9", (1.0, 1.0), 2.0).told(WHOLE)


def test_a_stand_in_elsewhere_is_refused() -> None:
    with pytest.raises(ValueError, match="loopback"):
        EmbeddedPosts("http://192.0.2.1")
