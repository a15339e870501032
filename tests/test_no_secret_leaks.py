"""A canary among the keys is nowhere but in the keyring, whatever goes wrong."""

from __future__ import annotations

import base64
import gzip
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.adapters.x.portrait import fetch_portrait
from tchat_desktop.domain.account_keys import FourKeys
from tchat_desktop.platform.paths import DATABASE
from tchat_desktop.services.clock import SystemClock
from tchat_desktop.services.ports import PublishError
from tchat_desktop.start.data_directory import DataDirectory
from tests.e2e.commands import SPEED, Home, spawn
from tests.fakes import x_faults
from tests.fakes.office_proxy import OfficeProxy
from tests.fakes.x_server import XServer
from tests.fakes.x_world import Token

CANARIES = FourKeys(
    "CanaryConsumerKey00000001",
    "CanaryConsumerSecret000000000000000000000000000002",
    "1001-CanaryAccessToken0000000000000000000000003",
    "CanaryAccessTokenSecret0000000000000000000004",
)
PUBLISH = "POST /2/tweets"


def forms(secret: str) -> set[bytes]:
    """A secret as it may be written."""
    plain = secret.encode()
    return {
        plain,
        secret.encode("utf-16-le"),
        quote(secret, safe="").encode(),
        plain.hex().encode(),
        # Of base64, what does not depend on the bytes around.
        base64.b64encode(plain)[:-4],
        base64.b64encode(b"x" + plain)[4:-4],
        base64.b64encode(b"xx" + plain)[4:-4],
    }


FORMS = {form for secret in CANARIES.secrets() for form in forms(secret)}


def found_in(content: bytes) -> list[bytes]:
    """The canaries in some bytes, compressed or not."""
    if content[:2] == b"\x1f\x8b":
        content += gzip.decompress(content)
    return [form for form in FORMS if form in content]


class ProcessWatch:
    """Reads command lines and environments of all of this person's processes, again and again."""

    def __init__(self) -> None:
        self.seen: set[int] = set()
        self.found: list[str] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="process-watch")

    def __enter__(self) -> ProcessWatch:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.05):
            for process in Path("/proc").glob("[0-9]*"):
                self._read(process)

    def _read(self, process: Path) -> None:
        for name in ("cmdline", "environ"):
            try:
                content = (process / name).read_bytes()
            except OSError:
                continue
            if content:
                self.seen.add(int(process.name))
            if found_in(content):
                self.found.append(f"{process.name}/{name}")


@pytest.fixture
def server() -> Iterator[XServer]:
    with XServer() as server:
        know_canaries(server)
        yield server


def know_canaries(server: XServer) -> None:
    assert server.user.id == "1001"
    server.api.consumers[CANARIES.consumer_key] = CANARIES.consumer_secret
    server.api.tokens[CANARIES.access_token] = Token(server.user, CANARIES.access_token_secret)


def post_and_die(home: Home, server: XServer) -> tuple[str, int]:
    """Keep the keys, then post: killed once, cut off, refused, and with an error nobody caught."""
    said = ""
    done = home.call(server, "--connect", typed="\n".join(CANARIES.secrets()))
    assert done.returncode == 0, done.stderr
    said += done.stdout + done.stderr
    wrong = [*CANARIES.secrets()[:3], CANARIES.access_token_secret[::-1]]
    refused = home.call(server, "--connect", typed="\n".join(wrong))
    assert refused.returncode == 1
    said += refused.stdout + refused.stderr
    # X answers with what it was sent, as a proxy might.
    echo = x_faults.Fault("echo", 403, f'{{"detail": "{CANARIES.access_token}"}}'.encode())
    server.fail(PUBLISH, x_faults.DROP_AFTER)
    command = home.command(server, "--run", str(home.file), "--speed", str(SPEED))
    command[command.index("-m") + 1] = "tests.fakes.crashing_app"
    with spawn(command, home.environment()) as process:
        assert process.stdout is not None
        while "sending" not in (line := process.stdout.readline()):
            assert line
            said += line
        process.kill()
        out, err = process.communicate(timeout=60)
    said += out + err
    # Only now: the first one may have come further than to its first post.
    server.fail(PUBLISH, echo, x_faults.CAPTIVE_PORTAL, x_faults.TRUNCATED)
    with spawn(command, home.environment()) as process:
        out, err = process.communicate(timeout=60)
    return said + out + err, process.returncode


def test_a_canary_is_nowhere_but_in_the_keyring(server: XServer, tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.prepare()
    with ProcessWatch() as watch:
        said, code = post_and_die(home, server)
    assert code == 3, said
    server.trouble.happened.index((PUBLISH, "echo"))
    # The test can fail: the canaries are where they should be, and were used.
    assert found_in(home.ring.read_bytes())
    assert any(found_in(str(dict(one.headers)).encode()) for one in server.requests)
    assert "[hidden]" in said
    export(home)
    crashes = list((home.data / "crashes").glob("*.txt"))
    assert len(crashes) == 2
    assert all("[hidden]" in path.read_text("utf-8") for path in crashes)
    assert "[hidden]" in (home.data / "logs" / "tchat.log").read_text("utf-8")
    with closing(sqlite3.connect(home.data / DATABASE)) as database:
        assert database.execute("SELECT count(*) FROM outbox").fetchone()[0] > 0
    leaks = [
        str(path)
        for path in home.folder.rglob("*")
        if path.is_file() and path != home.ring and found_in(path.read_bytes())
    ]
    assert leaks == []
    assert found_in(said.encode()) == []
    if Path("/proc/self/cmdline").exists():
        assert len(watch.seen) > 1
        assert watch.found == []


def test_neither_the_proxy_nor_the_host_of_pictures_learns_a_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    # Skips here where certificates cannot be made.
    from tests.fakes.certificates import Authority

    caplog.set_level("DEBUG")
    authority = Authority(tmp_path)
    monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(authority.trusted))
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    tls = authority.context("api.x.com", "pbs.twimg.com")
    with XServer(tls=tls) as server, OfficeProxy(server.port) as proxy:
        know_canaries(server)
        for name in ("HTTPS_PROXY", "https_proxy"):
            monkeypatch.setenv(name, proxy.url)
        client = XClient(CANARIES)
        picture = client.verify().picture
        client.call("POST", "/2/tweets", needs=("id",), creates=True, json={"text": "Bonsoir"})
        assert len(fetch_portrait(picture)) > 100
        tunnels = [where for where, _headers in proxy.asked]
        # A refused tunnel, and one that is cut, show no more.
        proxy.status = 407
        with pytest.raises(PublishError):
            client.verify()
    assert tunnels == ["api.x.com:443", "api.x.com:443", "pbs.twimg.com:443"]
    assert len(proxy.seen) > 3000
    assert found_in(proxy.seen) == []
    to_x = [one for one in server.requests if one.headers["Host"] == "api.x.com"]
    for_picture = [one for one in server.requests if one.headers["Host"] == "pbs.twimg.com"]
    assert any(found_in(repr(one).encode()) for one in to_x)
    assert [found_in(repr(one).encode()) for one in for_picture] == [[]]
    assert found_in(caplog.text.encode()) == []


def export(home: Home) -> None:
    """Write the chat and the database's copy of the day, as the window does."""
    with closing(DataDirectory(home.data, SystemClock(), lambda _event: None)) as data:
        data.library.export_file("short", home.folder / "out.tchat")
        assert data.database.back_up_today() is not None


def test_the_search_finds_a_secret_in_every_form() -> None:
    secret = CANARIES.access_token_secret
    for written in (
        secret.encode(),
        secret.encode("utf-16-le"),
        gzip.compress(secret.encode()),
        base64.b64encode(f"a:{secret}:b".encode()),
        base64.b64encode(f"ab:{secret}".encode()),
        secret.encode().hex().encode(),
    ):
        assert found_in(b"..." * (written[:2] != b"\x1f\x8b") + written)
    assert not found_in(b"nothing of the kind")
