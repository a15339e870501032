"""The connection to X: where keys go, how requests are signed, and what no answer means."""

from __future__ import annotations

import logging
import socket
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tchat_desktop.adapters.x.client import XClient, checked_api_url
from tchat_desktop.adapters.x.errors import NoAnswer
from tchat_desktop.adapters.x.session import XSession
from tchat_desktop.domain.account_keys import Credentials, FourKeys
from tchat_desktop.domain.outgoing import Reason
from tchat_desktop.domain.x import links
from tchat_desktop.services.ports import (
    PublishByHand,
    PublishError,
    PublishLater,
    PublishUnknown,
)
from tests.adapters.x.conftest import NewClient
from tests.fakes import x_faults, x_server
from tests.fakes.clock import START, FakeClock
from tests.fakes.x_server import ACCESS_SECRET, CONSUMER, XServer

POST = "POST /2/tweets"


def post(client: XClient, text: str = "Bonjour") -> Any:
    return client.call("POST", "/2/tweets", needs=("id",), creates=True, json={"text": text})


# --- where keys may go ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("http://127.0.0.1:8900", "http://127.0.0.1:8900"),
        ("http://127.0.0.1:8900/", "http://127.0.0.1:8900"),
        (" http://127.8.9.1:80 ", "http://127.8.9.1:80"),
        ("HTTP://LOCALHOST:8900", "http://127.0.0.1:8900"),
        ("http://[::1]:8900", "http://[::1]:8900"),
        ("http://127.0.0.1", "http://127.0.0.1"),
    ],
)
def test_a_loopback_address_is_taken(url: str, canonical: str) -> None:
    assert checked_api_url(url) == canonical


@pytest.mark.parametrize(
    "url",
    [
        "",
        "127.0.0.1:8900",
        "https://127.0.0.1:8900",
        "https://api.x.com",
        "http://api.x.com",
        "http://192.168.1.4:8900",
        "http://0.0.0.0:8900",
        "http://169.254.169.254",
        "http://127.0.0.1.example.org:80",
        "http://127.0.0.1@example.org",
        "http://127.0.0.1:80@example.org",
        "http://me:pw@127.0.0.1:80",
        "http://127.0.0.1:8900/2",
        "http://127.0.0.1:8900?x=1",
        "http://127.0.0.1:8900#x",
        "http://127.0.0.1\\@example.org",
        "http://localhost.example.org:80",
        "http://127.1:80",
        "http://127.0.0.1:99999",
        "http://[::1",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
    ],
)
def test_any_other_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        checked_api_url(url)


def test_without_an_address_keys_go_to_x_alone() -> None:
    client = XClient(FourKeys("a", "b", "1-c", "d"))
    assert client._base == links.API == "https://api.x.com"


@pytest.mark.parametrize("where", ["{url}/2/users/me", "//[no address"])
def test_a_redirect_is_not_followed(server: XServer, client: XClient, where: str) -> None:
    elsewhere = {"Location": where.format(url=server.url)}
    server.fail(POST, x_faults.Fault("redirect", 307, b"{}", elsewhere))
    with pytest.raises(PublishUnknown):
        post(client)
    assert len(server.requests) == 1


def test_the_environment_is_not_asked(
    client: XClient, server: XServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert post(client)["data"]["id"] == server.posts[0].id


# --- signing ----------------------------------------------------------------------------------


def test_the_account_is_told(client: XClient) -> None:
    account = client.verify()
    assert (account.handle, account.name) == ("tchat_orga", "Équipe du tchat")
    assert account.picture.startswith("https://pbs.twimg.com/")
    assert account.may_write
    assert client.handle == "tchat_orga"


def test_keys_that_only_read_are_told(server: XServer, new_client: NewClient) -> None:
    client = new_client(server.new_keys("read"))
    assert not client.verify().may_write
    with pytest.raises(PublishByHand) as refused:
        post(client)
    assert refused.value.reason is Reason.READ_ONLY


@pytest.mark.parametrize(
    "wrong",
    ["consumer_key", "consumer_secret", "access_token", "access_token_secret"],
)
def test_one_wrong_key_is_refused(server: XServer, new_client: NewClient, wrong: str) -> None:
    right = getattr(server.keys, wrong)
    client = new_client(replace(server.keys, **{wrong: right[:-1] + "x"}))
    for act in (post, XClient.verify):
        with pytest.raises(PublishByHand) as refused:
            act(client)
        assert refused.value.reason is Reason.KEYS_REFUSED
    assert server.posts == []


def test_texts_in_every_script_are_signed_right(server: XServer, client: XClient) -> None:
    texts = ["À l’école & ailleurs ?", "مرحبا", "日本 #été", "👩🏽‍🏫 100 % + 1", 'a="b" \\ /']
    for text in texts:
        post(client, text)
    assert server.texts() == texts
    found = client.call(
        "GET", "/2/tweets/search/recent", params={"query": "#été -is:retweet", "max_results": 10}
    )
    assert found["meta"]["result_count"] == 1


def test_signing_in_by_the_browser_works_too(server: XServer, new_client: NewClient) -> None:
    tokens = server.new_tokens()
    client = new_client(tokens)
    post(client)
    assert client.user_id() == server.user.id
    assert server.requests[0].headers["Authorization"] == f"Bearer {tokens.access_token}"


def test_an_access_that_has_ended_is_refused(server: XServer, new_client: NewClient) -> None:
    with pytest.raises(PublishByHand) as refused:
        post(new_client(server.new_tokens(lifetime=-1)))
    assert refused.value.reason is Reason.KEYS_REFUSED


def test_a_renewed_access_is_used_from_then_on(server: XServer, new_client: NewClient) -> None:
    given: list[Credentials | None] = [server.new_tokens(), server.new_tokens(), None]
    client = new_client(lambda: given.pop(0))
    post(client, "un")
    post(client, "deux")
    used = [request.headers["Authorization"] for request in server.requests]
    assert len(set(used)) == 2
    with pytest.raises(PublishByHand):
        post(client, "trois")


@pytest.mark.parametrize("ahead", [-7200.0, 86_400.0])
def test_a_wrong_clock_does_not_look_like_wrong_keys(
    server: XServer, client: XClient, ahead: float
) -> None:
    server.clock_ahead = ahead
    post(client, "un")
    post(client, "deux")
    assert server.texts() == ["un", "deux"]
    assert len(server.requests) == 3
    assert client.skew is not None
    assert abs(client.skew - timedelta(seconds=ahead)) < timedelta(seconds=2)


@pytest.mark.parametrize(("before", "after"), [(7200.0, 0.0), (-600.0, 7200.0)])
def test_a_clock_put_right_between_two_posts_does_not_look_like_wrong_keys(
    server: XServer, client: XClient, before: float, after: float
) -> None:
    server.clock_ahead = before
    post(client, "un")
    server.clock_ahead = after
    post(client, "deux")
    assert sorted(server.texts()) == ["deux", "un"]


@pytest.mark.parametrize("date", ["hier", "Thu, 01 Jan 99999999999999999999 00:00:00 GMT"])
def test_an_answer_of_no_date_is_an_answer(
    client: XClient, monkeypatch: pytest.MonkeyPatch, date: str
) -> None:
    monkeypatch.setattr(x_server._Handler, "date_time_string", lambda *_asked: date)
    post(client)
    assert client.skew is None


def test_wrong_keys_are_not_tried_twice_for_the_clock(
    server: XServer, new_client: NewClient
) -> None:
    server.clock_ahead = 7200
    client = new_client(replace(server.keys, access_token_secret="x"))
    for _ in range(2):
        with pytest.raises(PublishByHand):
            post(client)
    assert len(server.requests) == 3


def test_the_id_of_the_account_is_in_its_key(server: XServer, client: XClient) -> None:
    assert client.user_id() == server.user.id
    assert server.requests == []


# --- no answer --------------------------------------------------------------------------------


def test_where_nobody_listens_nothing_was_sent(clock: FakeClock) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        client = XClient(FourKeys("a", "b", "1-c", "d"), url, now=clock.now)
        with pytest.raises(PublishLater) as error:
            post(client)
    assert error.value.reason is Reason.NETWORK
    assert error.value.until > START
    assert "ConnectionRefusedError" in error.value.detail or "NewConnection" in error.value.detail


def test_without_dns_nothing_was_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_asked: object, **_more: object) -> object:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    session = XSession("https://api.x.invalid", (1, 1), 2)
    with pytest.raises(NoAnswer) as error:
        session.request("POST", "/2/tweets", json={"text": "secret"})
    assert not error.value.left


def test_when_tls_fails_nothing_was_sent(server: XServer) -> None:
    session = XSession(server.url.replace("http:", "https:"), (1, 1), 2)
    with pytest.raises(NoAnswer) as error:
        session.request("POST", "/2/tweets", json={"text": "secret"})
    assert not error.value.left
    assert "SSL" in error.value.why
    assert server.posts == []


@pytest.mark.parametrize(
    ("fault", "stored"),
    [
        (x_faults.DROP_BEFORE, 0),
        (x_faults.DROP_AFTER, 1),
        (x_faults.TRUNCATED, 1),
        (x_faults.NOTHING, 0),
        (x_faults.CAPTIVE_PORTAL, 0),
        (x_faults.CAPTIVE_PORTAL_AFTER, 1),
        (x_faults.SERVER_ERROR_AFTER, 1),
        (x_faults.TIMED_OUT_AFTER, 1),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_an_answer_lost_after_sending_leaves_the_outcome_open(
    server: XServer, client: XClient, fault: x_faults.Fault, stored: int
) -> None:
    server.fail(POST, fault)
    with pytest.raises(PublishUnknown) as error:
        post(client)
    assert error.value.reason is Reason.ANSWER_LOST
    assert len(server.posts) == stored
    assert server.count(POST) == 1


@pytest.mark.parametrize("fault", x_faults.RECOVERABLE, ids=lambda fault: fault.name)
def test_a_lost_answer_to_a_reading_is_just_the_network(
    server: XServer, client: XClient, fault: x_faults.Fault
) -> None:
    server.fail("GET /2/users/me", fault)
    with pytest.raises(PublishLater) as error:
        client.verify()
    assert error.value.reason is Reason.NETWORK
    assert client.verify().handle == "tchat_orga"


def test_who_does_not_answer_is_not_waited_for(server: XServer, new_client: NewClient) -> None:
    server.fail(POST, x_faults.Fault("late", latency=60.0))
    client = new_client(timeout=(1.0, 0.05))
    began = time.monotonic()
    with pytest.raises(PublishUnknown):
        post(client)
    assert time.monotonic() - began < 20


def test_an_answer_that_comes_byte_by_byte_is_given_up(
    server: XServer, new_client: NewClient
) -> None:
    server.fail(POST, x_faults.Fault("drip", drip=0.02))
    client = new_client(longest=0.1)
    with pytest.raises(PublishUnknown):
        post(client)
    assert len(server.posts) == 1


# --- limits -----------------------------------------------------------------------------------


@pytest.mark.parametrize("speed", [1.0, 60.0])
def test_a_closed_window_is_known_from_the_last_answer(
    server: XServer, new_client: NewClient, speed: float
) -> None:
    listing = "GET /2/users/:id/tweets"
    server.api.limits |= {POST: 2, listing: 1}
    client = new_client(speed=speed)
    assert client.closed_until(POST) is None
    post(client, "un")
    assert client.closed_until(POST) is None
    post(client, "deux")
    until = client.closed_until(POST)
    assert until is not None
    assert timedelta(minutes=14) < (until - START) / speed <= timedelta(minutes=15)
    assert client.closed_until(listing) is None
    client.call("GET", f"/2/users/{client.user_id()}/tweets")
    assert client.closed_until(listing) is not None


@pytest.mark.parametrize("ahead", [0.0, 7200.0])
def test_too_fast_waits_as_long_as_x_says_whatever_the_clocks(
    server: XServer, client: XClient, ahead: float
) -> None:
    server.clock_ahead = ahead
    server.fail(POST, x_faults.RATE_LIMIT)
    with pytest.raises(PublishLater) as error:
        post(client)
    assert error.value.reason is Reason.RATE_LIMIT
    assert abs((error.value.until - START).total_seconds() - 300) < 3


def test_a_faster_clock_waits_as_long_in_truth(server: XServer, new_client: NewClient) -> None:
    server.fail(POST, x_faults.RATE_LIMIT)
    with pytest.raises(PublishLater) as error:
        post(new_client(speed=60.0))
    assert abs((error.value.until - START).total_seconds() - 300 * 60) < 3 * 60


@pytest.mark.parametrize("speed", [1.0, 60.0])
def test_keys_that_cannot_be_had_yet_are_waited_for_on_the_clock_of_the_chat(
    new_client: NewClient, speed: float
) -> None:
    def not_yet() -> Credentials | None:
        raise PublishLater(Reason.NETWORK, datetime.now(UTC) + timedelta(seconds=30))

    with pytest.raises(PublishLater) as error:
        post(new_client(not_yet, speed=speed))
    assert abs((error.value.until - START) / speed - timedelta(seconds=30)) < timedelta(seconds=3)


def test_waits_grow_while_x_does_not_say_until_when(server: XServer, client: XClient) -> None:
    server.fail(POST, *[x_faults.RATE_LIMIT_UNSAID] * 2)
    waits = []
    for _ in range(2):
        with pytest.raises(PublishLater) as error:
            post(client)
        waits.append((error.value.until - START).total_seconds())
    post(client)
    server.fail(POST, x_faults.RATE_LIMIT_UNSAID)
    with pytest.raises(PublishLater) as error:
        post(client, "encore")
    waits.append((error.value.until - START).total_seconds())
    assert waits == [60, 120, 60]


def test_the_servers_own_limit_is_met(server: XServer, client: XClient) -> None:
    server.api.limits[POST] = 2
    post(client, "un")
    post(client, "deux")
    with pytest.raises(PublishLater) as error:
        post(client, "trois")
    assert error.value.reason is Reason.RATE_LIMIT
    assert client.closed_until(POST) is not None


# --- secrets ----------------------------------------------------------------------------------


def _tried(act: Callable[[], object]) -> str:
    """Everything a crash report could show of an error."""
    with pytest.raises(PublishError) as caught:
        act()
    error = caught.value
    assert error.__context__ is error.__cause__ is None
    return repr(error) + error.detail + "".join(traceback.format_exception(error))


@pytest.mark.parametrize("bearer", [False, True])
def test_no_secret_is_logged_or_told(
    server: XServer, new_client: NewClient, caplog: pytest.LogCaptureFixture, bearer: bool
) -> None:
    caplog.set_level(logging.DEBUG)
    keys: Credentials = server.new_tokens() if bearer else server.keys
    faults = [*x_faults.RECOVERABLE, x_faults.UNAUTHORIZED, x_faults.A_LIST, x_faults.RATE_LIMIT]
    server.fail("*", *faults)
    client = new_client(keys)
    told = repr(client) + "".join(_tried(lambda: post(client)) for _ in faults)
    post(client, "enfin")
    told += caplog.text
    secrets = [*keys.secrets(), CONSUMER[1], ACCESS_SECRET, "oauth_signature"]
    assert [secret for secret in secrets if secret in told] == []
    assert "PublishUnknown" in told


def test_tweepy_is_not_imported_before_the_first_call() -> None:
    import subprocess

    code = (
        "import sys; from tchat_desktop.adapters.x import publisher, reader, media, client;"
        "from tchat_desktop.domain.account_keys import FourKeys;"
        "publisher.XPublisher(client.XClient(FourKeys('a', 'b', 'c', 'd')));"
        "print([n for n in ('tweepy', 'requests', 'requests_oauthlib') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
