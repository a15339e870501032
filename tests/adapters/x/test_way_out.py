"""Through an office's proxy, and what bars the way: nothing that has not left is in doubt."""

from __future__ import annotations

import errno
import os
import socket
import ssl
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.adapters.x.errors import NoAnswer
from tchat_desktop.adapters.x.reach import reach
from tchat_desktop.adapters.x.session import XSession
from tchat_desktop.adapters.x.sign_in import XPinSignIn
from tchat_desktop.adapters.x.way_out import obstacle_of, proxies_for
from tchat_desktop.domain.account_keys import SignInProblem
from tchat_desktop.domain.obstacles import Obstacle
from tchat_desktop.domain.outgoing import Reason
from tchat_desktop.domain.x import links
from tchat_desktop.services.ports import NotReached, PublishLater, SignInError
from tests.fakes.certificates import Authority
from tests.fakes.office_proxy import OfficeProxy
from tests.fakes.x_server import CONSUMER, XServer

TIMEOUT = (2.0, 2.0)
NAMES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy but the test's own, whatever this machine has."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def x(authority: Authority) -> Iterator[XServer]:
    """X itself, as a tunnel would lead to it."""
    with XServer(tls=authority.context("api.x.com")) as server:
        yield server


@pytest.fixture
def proxy(x: XServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[OfficeProxy]:
    with OfficeProxy(x.port) as running:
        monkeypatch.setenv("HTTPS_PROXY", running.url)
        yield running


def client_of(x: XServer, trusted: Path | None = None) -> XClient:
    """A client that goes to X, nowhere else; it trusts the tests' authority when told to."""
    client = XClient(x.keys, timeout=TIMEOUT)
    client._tweepy = client._connect(x.keys)
    client._in_use = x.keys
    if trusted:
        client._tweepy.session.verify = str(trusted)
    return client


def post(client: XClient) -> Any:
    return client.call("POST", "/2/tweets", needs=("id",), creates=True, json={"text": "Bonjour"})


def test_a_post_goes_through_the_proxy_and_the_proxy_reads_nothing(
    x: XServer, proxy: OfficeProxy, authority: Authority
) -> None:
    answer = post(client_of(x, authority.trusted))
    assert answer["data"]["id"] == x.posts[0].id
    assert [where for where, _headers in proxy.asked] == ["api.x.com:443"]
    assert len(proxy.seen) > 1000
    for hidden in (*x.keys.secrets(), "Bonjour", "Authorization", "/2/tweets"):
        assert hidden.encode() not in proxy.seen


def test_the_password_of_the_proxy_is_for_the_proxy_alone(
    x: XServer, proxy: OfficeProxy, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy.url.replace("://", "://me:pw@"))
    post(client_of(x, authority.trusted))
    assert "Basic" in proxy.asked[0][1]["Proxy-Authorization"]
    assert "Proxy-Authorization" not in x.requests[0].headers


@pytest.mark.parametrize(
    ("status", "obstacle"),
    [
        (407, Obstacle.PASSWORD),
        (403, Obstacle.BARRED),
        (405, Obstacle.BARRED),
        (502, Obstacle.UNKNOWN),
        (504, Obstacle.UNKNOWN),
    ],
)
def test_a_tunnel_that_is_refused_leaves_no_doubt(
    x: XServer, proxy: OfficeProxy, status: int, obstacle: Obstacle
) -> None:
    proxy.status = status
    with pytest.raises(PublishLater) as caught:
        post(client_of(x))
    assert (caught.value.reason, caught.value.obstacle) == (Reason.NETWORK, obstacle)
    assert x.requests == []
    assert b"Bonjour" not in proxy.seen


def test_a_proxy_that_is_not_there_leaves_no_doubt(
    x: XServer, monkeypatch: pytest.MonkeyPatch, closed_port: int
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://me:hidden@127.0.0.1:{closed_port}")
    with pytest.raises(PublishLater) as caught:
        post(client_of(x))
    assert caught.value.obstacle is Obstacle.PROXY_GONE
    assert "hidden" not in str(caught.value)


def test_whoever_answers_in_the_place_of_x_is_not_believed(x: XServer, proxy: OfficeProxy) -> None:
    with pytest.raises(PublishLater) as caught:
        post(client_of(x))
    assert caught.value.obstacle is Obstacle.STRANGER
    assert x.requests == []


@pytest.mark.skipif(sys.platform != "linux", reason="the list of this computer is its person's own")
def test_who_reads_along_with_the_consent_of_the_computer_is_let(
    x: XServer, proxy: OfficeProxy, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An antivirus or an office whose authority is in the system's list, as in a browser's."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.trusted))
    assert post(client_of(x))["data"]["id"] == x.posts[0].id


@pytest.mark.skipif(sys.platform != "linux", reason="the list of this computer is its person's own")
def test_x_is_known_where_the_computer_has_no_list(
    x: XServer, proxy: OfficeProxy, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    # certifi's list is the only one, and the tests' authority stands in it.
    monkeypatch.setenv("SSL_CERT_FILE", os.devnull)
    monkeypatch.setenv("SSL_CERT_DIR", os.devnull)
    monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(authority.trusted))
    assert post(client_of(x))["data"]["id"] == x.posts[0].id


def test_another_name_is_a_stranger_even_with_a_certificate(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    with XServer(tls=authority.context("example.org")) as x, OfficeProxy(x.port) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        with pytest.raises(PublishLater) as caught:
            post(client_of(x, authority.trusted))
    assert caught.value.obstacle is Obstacle.STRANGER
    assert x.requests == []


@pytest.mark.parametrize(
    ("code", "obstacle"),
    [
        (0x800B0101, Obstacle.DATE),
        (-67818, Obstacle.DATE),
        (-67819, Obstacle.DATE),
        (0x800B0109, Obstacle.STRANGER),
        (-67843, Obstacle.STRANGER),
    ],
)
def test_windows_and_macos_have_numbers_of_their_own(code: int, obstacle: Obstacle) -> None:
    refused = ssl.SSLCertVerificationError("no")
    refused.verify_code = code
    assert obstacle_of(requests.exceptions.SSLError(refused)) is obstacle


@pytest.mark.parametrize("days", [400, -400])
def test_a_certificate_of_another_day_is_the_clock(
    authority: Authority, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    old = authority.context("api.x.com", ago=timedelta(days=days))
    with XServer(tls=old) as x, OfficeProxy(x.port) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        with pytest.raises(PublishLater) as caught:
            post(client_of(x, authority.trusted))
    assert caught.value.obstacle is Obstacle.DATE


def test_a_page_without_tls_is_a_stranger(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with XServer() as portal, OfficeProxy(portal.port) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        with pytest.raises(PublishLater) as caught:
            post(client_of(portal))
    assert caught.value.obstacle is Obstacle.STRANGER


def test_signing_in_and_the_sign_of_life_go_the_same_way(proxy: OfficeProxy) -> None:
    proxy.status = 407
    with pytest.raises(SignInError) as caught:
        XPinSignIn(*CONSUMER).start()
    assert caught.value.problem is SignInProblem.NETWORK
    assert caught.value.obstacle is Obstacle.PASSWORD
    with pytest.raises(NotReached) as refused:
        reach()
    assert refused.value.obstacle is Obstacle.PASSWORD
    assert [where for where, _headers in proxy.asked] == ["api.x.com:443", "x.com:443"]


# --- which proxy ------------------------------------------------------------------------------


def test_a_stand_in_on_this_computer_is_never_asked_through_a_proxy(
    monkeypatch: pytest.MonkeyPatch, closed_port: int
) -> None:
    for name in NAMES[:3]:
        monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port}")
    with XServer() as here:
        assert reach(here.url, TIMEOUT, 3) is not None


def test_what_needs_no_proxy_goes_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    assert proxies_for(links.API) == {"https": "http://proxy.example:3128"}
    monkeypatch.setenv("NO_PROXY", "example.org,.x.com")
    assert proxies_for(links.API) == {}


def test_socks_is_passed_over_and_plain_http_has_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("ALL_PROXY", "SOCKS5://proxy.example:1080")
    assert proxies_for(links.API) == {}
    assert proxies_for("http://127.0.0.1:8900") == {}


def test_netrc_is_not_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login someone password hidden\n", "utf-8")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    with XServer() as here:
        session = XSession(here.url, TIMEOUT, 3)
        with pytest.raises(Exception, match="HTTP 40"):
            session.request("GET", "/2/users/me")
        assert "Authorization" not in here.requests[0].headers


# --- what bars the way ------------------------------------------------------------------------


def no_name(*_asked: object, **_more: object) -> Any:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def no_road(*_asked: object, **_more: object) -> Any:
    raise OSError(errno.ENETUNREACH, "Network is unreachable")


@pytest.mark.parametrize("broken", [no_name, no_road])
def test_a_computer_that_is_not_on_the_internet_says_so(
    monkeypatch: pytest.MonkeyPatch, broken: Callable[..., Any]
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", broken)
    with pytest.raises(NotReached) as caught:
        reach(timeout=TIMEOUT, longest=3)
    assert caught.value.obstacle is Obstacle.OFFLINE


def test_no_answer_is_no_more_than_that(closed_port: int) -> None:
    session = XSession(f"http://127.0.0.1:{closed_port}", TIMEOUT, 3)
    with pytest.raises(NoAnswer) as caught:
        session.request("GET", "/")
    assert caught.value.obstacle is Obstacle.UNKNOWN
    cut = requests.exceptions.SSLError(ssl.SSLEOFError(8, "EOF occurred"))
    assert obstacle_of(cut) is Obstacle.UNKNOWN


@pytest.mark.parametrize(
    ("more", "obstacle"),
    [({}, Obstacle.SOCKS), ({"NO_PROXY": ".x.com,x.com"}, Obstacle.OFFLINE)],
)
def test_where_only_socks_leads_out_it_is_told(
    monkeypatch: pytest.MonkeyPatch, more: dict[str, str], obstacle: Obstacle
) -> None:
    for name, value in ({"ALL_PROXY": "socks5h://proxy.example:1080"} | more).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(socket, "getaddrinfo", no_name)
    with pytest.raises(NotReached) as caught:
        reach(timeout=TIMEOUT, longest=3)
    assert caught.value.obstacle is obstacle


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port of this machine at which nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield int(taken.getsockname()[1])
