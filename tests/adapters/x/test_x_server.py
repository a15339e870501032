"""The fake X itself: what a stand-in must refuse for a test against it to mean anything."""

from __future__ import annotations

import base64
import hashlib
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from requests_oauthlib import OAuth1

from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.domain.account_keys import FourKeys
from tests.adapters.x.conftest import NewClient
from tests.fakes import x_faults, x_openapi
from tests.fakes.x_server import CLIENT_ID, CONSUMER, XServer
from tests.fakes.x_world import Refused, World


@pytest.fixture
def web() -> requests.Session:
    """A client that is not ours."""
    session = requests.Session()
    session.trust_env = False
    return session


# --- the document -----------------------------------------------------------------------------

documented = pytest.mark.skipif(x_openapi.document() is None, reason="X's document is not here")


@documented
@pytest.mark.parametrize(
    ("method", "path", "query", "body"),
    [
        ("POST", "/2/tweets", {}, {"text": "a", "txt": "b"}),
        ("POST", "/2/tweets", {}, {"text": 7}),
        ("POST", "/2/tweets", {}, {"reply": {}}),
        ("POST", "/2/tweets", {}, {"media": {"media_ids": []}}),
        ("POST", "/2/tweets", {}, None),
        ("POST", "/2/tweet", {}, {"text": "a"}),
        ("GET", "/2/users/me", {"user.fields": "name,shoe_size"}, None),
        ("GET", "/2/users/me", {"x": "1"}, None),
        ("GET", "/2/users/me", {}, {"text": "a"}),
        ("GET", "/2/users/nobody/tweets", {}, None),
        ("GET", "/2/users/1/tweets", {"max_results": "4"}, None),
        ("GET", "/2/users/1/tweets", {"max_results": "many"}, None),
        ("GET", "/2/users/1/tweets", {"start_time": "2026-11-23"}, None),
        ("GET", "/2/tweets/search/recent", {}, None),
        ("POST", "/2/users/1/retweets", {}, {"tweet_id": 7}),
    ],
)
def test_a_request_x_does_not_describe_is_noticed(
    method: str, path: str, query: dict[str, str], body: object
) -> None:
    document = x_openapi.document()
    assert document is not None
    assert list(document.request_faults(method, path, query, body))


@documented
@pytest.mark.parametrize(
    ("method", "path", "status", "body"),
    [
        ("POST", "/2/tweets", 201, {"data": {"id": "1"}}),
        ("POST", "/2/tweets", 201, {"data": {"id": "x", "text": "a"}}),
        ("POST", "/2/tweets", 200, {"data": {"id": "1", "text": "a"}}),
        ("GET", "/2/users/1/tweets", 200, {"data": [{"id": 1}]}),
        ("GET", "/2/users/1/tweets", 200, {"data": [{"created_at": "hier"}]}),
        ("GET", "/2/users/1/tweets", 200, {"meta": {"result_count": "2"}}),
        (
            "GET",
            "/2/users/me",
            404,
            {"type": "https://api.x.com/2/problems/resource-not-found", "title": "x"},
        ),
    ],
)
def test_an_answer_x_does_not_describe_is_noticed(
    method: str, path: str, status: int, body: object
) -> None:
    document = x_openapi.document()
    assert document is not None
    assert list(document.answer_faults(method, path, status, body))


@documented
def test_what_may_be_null_may_be_null() -> None:
    document = x_openapi.document()
    assert document is not None
    for urls in (None, [{"start": 0, "end": 1, "title": None}]):
        body = {"data": [{"id": "1", "entities": {"urls": urls}}]}
        assert list(document.answer_faults("GET", "/2/users/1/tweets", 200, body)) == []


@documented
def test_the_server_notes_what_passes(new_client: NewClient) -> None:
    with XServer() as server:
        assert server.checked
        XClient(server.keys, server.url).call("GET", "/2/users/me", params={"x": "1"})
    assert server.violations == ["GET /2/users/me: unknown parameter x"]


def test_without_the_document_the_server_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(x_openapi, "PLACE", tmp_path / "absent.json")
    x_openapi.document.cache_clear()
    try:
        with XServer() as server:
            assert not server.checked
            XClient(server.keys, server.url).call("GET", "/2/users/me", params={"x": "1"})
        assert server.violations == []
    finally:
        x_openapi.document.cache_clear()


# --- signatures -------------------------------------------------------------------------------


def test_a_signed_request_cannot_be_sent_again(server: XServer, web: requests.Session) -> None:
    keys = server.keys
    auth = OAuth1(*keys.secrets())
    prepared = web.prepare_request(
        requests.Request("POST", f"{server.url}/2/tweets", json={"text": "un"}, auth=auth)
    )
    assert web.send(prepared).status_code == 201
    assert web.send(prepared).status_code == 401


@pytest.mark.parametrize("part", ["url", "method", "nothing"])
def test_the_signature_covers_method_and_address(
    server: XServer, web: requests.Session, part: str
) -> None:
    url = f"{server.url}/2/users/me"
    auth = OAuth1(*server.keys.secrets())
    prepared = web.prepare_request(
        requests.Request("GET", url, params={"user.fields": "name"}, auth=auth)
    )
    if part == "url":
        prepared.url = f"{url}?user.fields=url"
    elif part == "method":
        prepared.headers["Authorization"] = prepared.headers["Authorization"].replace(
            b"HMAC-SHA1", b"PLAINTEXT"
        )
    assert web.send(prepared).status_code == (200 if part == "nothing" else 401)


def test_without_signature_nothing_is_told(server: XServer, web: requests.Session) -> None:
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": "OAuth x"}):
        assert web.get(f"{server.url}/2/users/me", headers=headers).status_code == 401


# --- signing in -------------------------------------------------------------------------------


def test_the_number_on_the_page_makes_keys_that_work(
    server: XServer, new_client: NewClient, web: requests.Session
) -> None:
    auth = OAuth1(*CONSUMER, callback_uri="oob")
    given = parse_qs(web.post(f"{server.url}/oauth/request_token", auth=auth).text)
    token, secret = given["oauth_token"][0], given["oauth_token_secret"][0]
    page = web.get(f"{server.url}/oauth/authorize", params={"oauth_token": token}).text
    pin = page.partition("<code>")[2].partition("<")[0]

    def access(number: str) -> requests.Response:
        auth = OAuth1(*CONSUMER, token, secret, verifier=number)
        return web.post(f"{server.url}/oauth/access_token", auth=auth)

    assert access("0000000").status_code == 401
    fields = parse_qs(access(pin).text)
    assert fields["screen_name"] == ["tchat_orga"]
    keys = FourKeys(*CONSUMER, fields["oauth_token"][0], fields["oauth_token_secret"][0])
    assert new_client(keys).verify().handle == "tchat_orga"
    assert access(pin).status_code == 401


def test_tokens_are_given_once_and_renewed_once(
    server: XServer, new_client: NewClient, web: requests.Session
) -> None:
    verifier = "v" * 64
    digest = hashlib.sha256(verifier.encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": CLIENT_ID,
        "redirect_uri": "http://127.0.0.1:8765/",
        "state": "etat",
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    page = web.get(f"{server.url}/i/oauth2/authorize", params=asked, allow_redirects=False)
    answer = parse_qs(urlsplit(page.headers["Location"]).query)
    assert answer["state"] == ["etat"]
    given = {
        "grant_type": "authorization_code",
        "code": answer["code"][0],
        "redirect_uri": asked["redirect_uri"],
        "client_id": CLIENT_ID,
        "code_verifier": verifier,
    }
    address = f"{server.url}/2/oauth2/token"
    tokens = web.post(address, data=given).json()
    assert web.post(address, data=given).status_code == 400
    renewal = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    renewed = web.post(address, data=renewal).json()
    assert renewed["access_token"] != tokens["access_token"]
    assert web.post(address, data=renewal).status_code == 400
    headers = {"Authorization": f"Bearer {renewed['access_token']}"}
    assert web.get(f"{server.url}/2/users/me", headers=headers).ok


# --- the rest ---------------------------------------------------------------------------------


def test_a_post_can_be_shown_elsewhere_until_it_is_deleted(
    server: XServer, client: XClient, web: requests.Session
) -> None:
    said = server.world.say("amina_ex", "R1 : lois & <écoles>")
    address = f"{server.url}/oembed"
    asked = {"url": f"https://x.com/amina_ex/status/{said.id}", "omit_script": "1"}
    shown = web.get(address, params=asked).json()
    assert shown["author_name"] == "amina_ex"
    assert "lois &amp; &lt;écoles&gt;" in shown["html"]
    del server.world.posts[said.id]
    assert web.get(address, params=asked).status_code == 404
    own = client.call("POST", "/2/tweets", json={"text": "à effacer"})["data"]["id"]
    assert client.call("DELETE", f"/2/tweets/{own}")["data"] == {"deleted": True}
    assert server.posts == []


def test_random_trouble_is_the_same_for_the_same_seed(server: XServer) -> None:
    def drawn(seed: int) -> list[str]:
        server.trouble.at_random(seed, 0.5)
        return [fault.name if (fault := server.trouble.next("x")) else "" for _ in range(50)]

    assert drawn(1) == drawn(1) != drawn(2)
    assert 10 < sum(map(bool, drawn(3))) < 40


def test_a_fault_is_for_its_route_and_for_once(server: XServer, client: XClient) -> None:
    server.fail("POST /2/tweets", x_faults.UNAUTHORIZED)
    client.verify()
    assert server.trouble.happened == []


def test_the_same_text_is_refused_for_a_day() -> None:
    now = [1_800_000_000.0]
    world = World(lambda: now[0])
    author = world.user("tchat_orga")
    world.publish(author, "e\u0301té ")
    with pytest.raises(Refused, match="duplicate content"):
        world.publish(author, "été")
    now[0] += 86_401
    world.publish(author, "été")
    assert len({post.id for post in world.posts.values()}) == 2


def test_it_runs_alone() -> None:
    command = [sys.executable, "-m", "tests.fakes.x_server", "--port", "0", "--search-delay", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        url = running.stdout.readline().split()[-1]
        running.stdout.readline()
        keys = FourKeys(*(running.stdout.readline().strip() for _ in range(4)))
        try:
            assert XClient(keys, url).verify().handle == "tchat_orga"
        finally:
            running.terminate()
