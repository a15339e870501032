"""One request that says nothing of who asks, and answers of every kind, hostile ones included."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tchat_desktop.adapters.reading.new_version import BIGGEST_NEWS
from tchat_desktop.adapters.version_file import VersionFile, load_version_address
from tchat_desktop.platform.paths import resource
from tchat_desktop.services.ports import VersionNotLearned
from tests.fakes.certificates import Authority
from tests.fakes.office_proxy import OfficeProxy
from tests.fakes.version_server import (
    PATH,
    Respond,
    VersionServer,
    answered,
    dripping,
    flowing,
    sent,
)

PATIENCE = 20.0
"""Seconds for what comes at once, on a machine that has much to do."""
BRIEF = 0.6
"""Seconds for what never comes."""
OK = b"HTTP/1.1 200 OK\r\n"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy but the test's own, whatever this machine has."""
    for name in ("HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def server(authority: Authority) -> Iterator[VersionServer]:
    with VersionServer(authority) as running:
        running.respond = answered(told(running))
        yield running


@pytest.fixture
def file(server: VersionServer, authority: Authority) -> VersionFile:
    return VersionFile(server.address, (PATIENCE, PATIENCE), PATIENCE, authority.trusted)


def told(server: VersionServer, **changes: object) -> bytes:
    good = {
        "version": "1.2.0",
        "date": "2026-12-31",
        "page": f"https://{server.host}/nouveau",
        "news": {"fr": ["Plus court."]},
    }
    return json.dumps(good | changes).encode()


def test_the_file_is_read(file: VersionFile, server: VersionServer) -> None:
    found = file.newest()
    assert (found.number, found.published_on) == ("1.2.0", date(2026, 12, 31))
    assert found.page == f"https://{server.host}/nouveau"
    assert file.host == server.host


def test_the_request_says_nothing_of_who_asks(file: VersionFile, server: VersionServer) -> None:
    """No version, no system, no language, no cookie of before: the same from everybody."""
    server.respond = answered(told(server), "200 OK", "Set-Cookie: who=me; Path=/", 'ETag: "me"')
    file.newest()
    file.newest()
    expected = {
        f"GET {PATH} HTTP/1.1",
        f"Host: {server.host}",
        "User-Agent: Tchat",
        "Accept: application/json",
        "Accept-Encoding: identity",
        "Connection: close",
        "",
    }
    for asked in server.requests:
        assert set(asked.decode().split("\r\n")) == expected
    assert len(server.requests) == 2


def test_an_answer_packed_against_our_wish_is_read_too(
    file: VersionFile, server: VersionServer
) -> None:
    packed = gzip.compress(told(server))
    server.respond = answered(packed, "200 OK", "Content-Encoding: gzip")
    assert file.newest().number == "1.2.0"


HOSTILE: dict[str, Respond] = {
    "a page of a captive portal": answered(b"<!DOCTYPE html><title>Wi-Fi</title>"),
    "nothing": answered(b""),
    "another type": answered(b'"1.2.0"'),
    "deep nesting": answered(b"[" * BIGGEST_NEWS),
    "too long": answered(b" " * (BIGGEST_NEWS + 1)),
    "a length that is not kept": sent(OK + b"Content-Length: 100\r\n\r\n{}"),
    "a length beyond all": sent(OK + b"Content-Length: " + b"9" * 4000 + b"\r\n\r\n{}"),
    "no HTTP at all": sent(b"\x00\x01\x02 220 smtp ready\r\n"),
    "the end": sent(b""),
    "not found": answered(b"{}", "404 Not Found"),
    "a fault of its own": answered(b"{}", "500 Oops"),
    "nothing changed": answered(b"", "304 Not Modified"),
    "chunks of nonsense": sent(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n"),
    "packed nonsense": answered(b"{}" * 50, "200 OK", "Content-Encoding: gzip"),
    "endless, fast": flowing(OK + b"\r\n", b" " * 65536),
}
ENDLESS = {
    "endless, slow": dripping(OK + b"\r\n", b" "),
    "endless headers": dripping(OK, b"X"),
    "silence": dripping(b"", b""),
}


@pytest.mark.parametrize("respond", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_answer_is_seen_for_what_it_is(
    file: VersionFile, server: VersionServer, respond: Respond
) -> None:
    server.respond = respond
    with pytest.raises(VersionNotLearned) as caught:
        file.newest()
    assert "in time" not in str(caught.value)


@pytest.mark.parametrize("respond", ENDLESS.values(), ids=ENDLESS)
def test_what_never_ends_is_left_alone(
    server: VersionServer, authority: Authority, respond: Respond
) -> None:
    server.respond = respond
    began = time.monotonic()
    with pytest.raises(VersionNotLearned):
        VersionFile(server.address, (30.0, 30.0), BRIEF, authority.trusted).newest()
    assert time.monotonic() - began < BRIEF + 10


def test_a_bomb_is_not_unpacked(
    file: VersionFile, server: VersionServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundred megabytes in a hundred kilobytes: what is read of it stays small."""
    import tracemalloc

    bomb = gzip.compress(b" " * 100_000_000)
    server.respond = answered(bomb, "200 OK", "Content-Encoding: gzip")
    tracemalloc.start()
    try:
        with pytest.raises(VersionNotLearned):
            file.newest()
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 20_000_000


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 Other", "307 Temp", "308 Perm"])
@pytest.mark.parametrize(
    "to", ["https://{host}/other", "http://{host}/", "file:///etc/passwd", "//["]
)
def test_no_redirect_is_followed(
    file: VersionFile, server: VersionServer, status: str, to: str
) -> None:
    location = f"Location: {to.format(host=server.host)}"
    server.respond = answered(told(server), status, location)
    with pytest.raises(VersionNotLearned, match=status[:3]):
        file.newest()
    assert server.connections == 1


def test_a_page_on_another_host_refuses_the_file(file: VersionFile, server: VersionServer) -> None:
    server.respond = answered(told(server, page="https://example.org/nouveau"))
    with pytest.raises(VersionNotLearned, match="elsewhere"):
        file.newest()


def test_who_is_not_the_host_is_not_asked(server: VersionServer, tmp_path: Path) -> None:
    stranger = tmp_path / "stranger"
    stranger.mkdir()
    file = VersionFile(server.address, (PATIENCE, PATIENCE), PATIENCE, Authority(stranger).trusted)
    with pytest.raises(VersionNotLearned):
        file.newest()
    with pytest.raises(VersionNotLearned):
        VersionFile(server.address, (PATIENCE, PATIENCE), PATIENCE).newest()
    assert server.requests == []


def test_nobody_there_is_no_more_than_that(authority: Authority) -> None:
    with VersionServer(authority) as gone:
        address = gone.address
    with pytest.raises(VersionNotLearned):
        VersionFile(address, (PATIENCE, PATIENCE), PATIENCE, authority.trusted).newest()


def test_it_goes_through_the_proxy_of_the_office(
    server: VersionServer, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    with OfficeProxy(int(server.host.rpartition(":")[2])) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        file = VersionFile(server.address, (PATIENCE, PATIENCE), PATIENCE, authority.trusted)
        assert file.newest().number == "1.2.0"
    assert [where for where, _headers in proxy.asked] == [server.host]
    assert PATH.encode() not in proxy.seen


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/version.json",
        "https://example.org",
        "https://example.org/",
        "https:///version.json",
        "https://me:pw@example.org/version.json",
        "https://example.org/version.json?who=me",
        "https://example.org/version.json#me",
        "https://example.org:port/version.json",
        "https://[::1/version.json",
        "file:///version.json",
        "//example.org/version.json",
        " https://example.org/version.json",
    ],
)
def test_no_other_address_can_be_asked(address: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"."):
        VersionFile(address)
    named = tmp_path / "versions.toml"
    named.write_text(f'address = "{address}"\n', "utf-8")
    with pytest.raises(ValueError, match=r"."):
        load_version_address(named)


@pytest.mark.parametrize("address", ["", "https://example.org/tchat/version.json"])
def test_the_address_is_a_line_of_the_resources(address: str, tmp_path: Path) -> None:
    named = tmp_path / "versions.toml"
    named.write_text(f'address = "{address}"\n', "utf-8")
    assert load_version_address(named) == address


def test_the_address_the_app_brings_can_be_asked_or_is_none() -> None:
    assert resource("versions.toml").is_file()
    address = load_version_address()
    assert address == "" or VersionFile(address).host
