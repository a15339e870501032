"""The picture of the account: from X's hosts alone, without keys, and never large."""

from __future__ import annotations

import pytest

from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.adapters.x.portrait import BIGGEST, fetch_portrait, larger
from tchat_desktop.domain.obstacles import Obstacle
from tchat_desktop.services.ports import NotReached
from tests.fakes import x_faults
from tests.fakes.office_proxy import OfficeProxy
from tests.fakes.x_api import PORTRAIT
from tests.fakes.x_portraits import portrait
from tests.fakes.x_server import XServer

ADDRESS = "https://pbs.twimg.com/profile_images/1001/o_normal.png"
ROUTE = f"GET {PORTRAIT}"


def fetch(server: XServer, address: str = ADDRESS) -> bytes:
    return fetch_portrait(address, server.url, (2.0, 2.0), 3.0)


def test_the_larger_variant_comes_and_no_key_goes(server: XServer, client: XClient) -> None:
    assert fetch(server, client.verify().picture) == portrait()
    asked = server.requests[-1]
    assert asked.path.endswith("_bigger.png")
    assert "Authorization" not in asked.headers
    sent = repr(asked)
    assert not [secret for secret in server.keys.secrets() if secret in sent]


@pytest.mark.parametrize(
    "address",
    [
        "http://pbs.twimg.com/a_normal.png",
        "https://twimg.com.example.org/a.png",
        "https://eviltwimg.com/a.png",
        "https://pbs.twimg.com@example.org/a.png",
        "https://me:pw@pbs.twimg.com/a.png",
        "https://pbs.twimg.com:8443/a.png",
        "https://example.org\\.twimg.com/a.png",
        "https://127.0.0.1/a.png",
        "file:///etc/passwd",
        "",
    ],
)
def test_any_other_address_is_refused_unasked(server: XServer, address: str) -> None:
    with pytest.raises(ValueError, match="not a picture of X"):
        fetch(server, address)
    assert server.requests == []


def test_a_stand_in_elsewhere_is_refused() -> None:
    with pytest.raises(ValueError, match="loopback"):
        fetch_portrait(ADDRESS, "http://192.0.2.1")


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/profile_images/1/abc_normal.jpg", "/profile_images/1/abc_bigger.jpg"),
        ("/profile_images/1/a_normal_normal.jpeg", "/profile_images/1/a_normal_bigger.jpeg"),
        ("/sticky/default_profile_images/default_profile_normal.png",
         "/sticky/default_profile_images/default_profile_bigger.png"),
        ("/profile_images/1/abc_400x400.jpg", "/profile_images/1/abc_400x400.jpg"),
        ("/a_normal", "/a_normal"),
    ],
)  # fmt: skip
def test_the_larger_variant_is_the_one_x_documents(path: str, wanted: str) -> None:
    assert larger(path) == wanted


def test_a_redirect_is_not_followed(server: XServer) -> None:
    elsewhere = {"Location": f"{server.url}{PORTRAIT.replace(':id', '1')}"}
    server.fail(ROUTE, x_faults.Fault("redirect", 302, b"", elsewhere))
    with pytest.raises(LookupError, match="302"):
        fetch(server)
    assert server.count(ROUTE) == 1


def test_what_is_too_large_or_too_slow_is_let_go(server: XServer) -> None:
    huge = x_faults.Fault("huge", 200, b"x" * (BIGGEST + 1))
    server.fail(ROUTE, huge, x_faults.DROP_BEFORE, x_faults.Fault("drip", drip=0.02))
    for _time in range(3):
        with pytest.raises(NotReached):
            fetch_portrait(ADDRESS, server.url, (2.0, 2.0), 0.2)


def test_no_picture_is_no_more_than_that(server: XServer) -> None:
    with pytest.raises(LookupError, match="404"):
        fetch(server, "https://pbs.twimg.com/none.png")


def test_it_goes_through_the_proxy_of_the_office_too(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    with OfficeProxy() as proxy:
        proxy.status = 407
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        with pytest.raises(NotReached) as caught:
            fetch_portrait(ADDRESS)
    assert caught.value.obstacle is Obstacle.PASSWORD
    assert [where for where, _headers in proxy.asked] == ["pbs.twimg.com:443"]
