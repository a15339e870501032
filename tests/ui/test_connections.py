"""The account for the pages: asked off the GUI thread, told in it, one thing after another."""

from __future__ import annotations

import http.client
import re
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from tchat_desktop.adapters.keyring_vault import MemoryVault
from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.adapters.x.hand_over import Words
from tchat_desktop.adapters.x.portrait import fetch_portrait
from tchat_desktop.adapters.x.sign_in import XBrowserSignIn, XPinSignIn
from tchat_desktop.domain.account_keys import AccountSeen, Credentials, FourKeys, SignInProblem
from tchat_desktop.domain.outgoing import Reason
from tchat_desktop.services.accounts import Accounts, Connection
from tchat_desktop.services.ports import PublishError, SignInError, VaultLocked
from tchat_desktop.ui.pages.shared.connections import Connections
from tests.fakes import x_faults
from tests.fakes.x_api import PORTRAIT
from tests.fakes.x_server import CLIENT_ID, CONSUMER, XServer

WORDS = Words("fr", "ltr", "Tchat", "Revenez", "Recommencez")
PATIENCE = 20_000


class Vault(MemoryVault):
    """A keyring that can be locked, or wait for a password."""

    def __init__(self) -> None:
        super().__init__()
        self.locked = False
        self.answers = threading.Event()
        self.answers.set()
        self.asked = threading.Event()

    def read(self, name: str) -> str | None:
        self._ask()
        return super().read(name)

    def forget(self, name: str) -> None:
        self._ask()
        super().forget(name)

    def _ask(self) -> None:
        self.asked.set()
        assert self.answers.wait(20)
        if self.locked:
            raise VaultLocked("locked")


class Page(QObject):
    """What a page hears, and whether it hears it in its own thread."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.errors: list[Exception] = []
        self.opened: list[str] = []
        self.at_home = True
        self._qtbot = qtbot

    def done(self, connection: Connection | None) -> None:
        self._hear(self.heard, connection)

    def failed(self, error: Exception) -> None:
        self._hear(self.errors, error)

    def open(self, page: str) -> None:
        self._hear(self.opened, page)

    def _hear(self, where: list, what: object) -> None:
        where.append(what)
        self.at_home = self.at_home and QThread.currentThread() is self.thread()

    def wait(self, condition: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE)

    def wait_done(self) -> Connection | None:
        self.wait(lambda: self.heard or self.errors)
        assert not self.errors
        return self.heard[-1]  # type: ignore[return-value]

    def wait_failed(self) -> Exception:
        self.wait(lambda: self.errors)
        assert self.at_home
        return self.errors[-1]


@pytest.fixture
def x() -> Iterator[XServer]:
    with XServer() as server:
        yield server
    assert server.violations == []


@pytest.fixture
def vault() -> Vault:
    return Vault()


@pytest.fixture
def connections(x: XServer, vault: Vault, qtbot: QtBot) -> Iterator[Connections]:
    def verify(credentials: Credentials) -> AccountSeen:
        return XClient(credentials, x.url, timeout=(20, 20)).verify()

    def now() -> datetime:
        return datetime.now(UTC)

    made = Connections(
        Accounts(vault, verify, now=now),
        lambda key, secret: XPinSignIn(key, secret, x.url),
        lambda client: XBrowserSignIn(client, WORDS, now=now, api_url=x.url, ports=(0,)),
        fetch=lambda address: fetch_portrait(address, x.url, (20, 20), 20),
    )
    yield made
    assert made.stop()


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    return Page(qtbot)


def visit(address: str) -> tuple[str, str]:
    """Open a page as a browser does: what it shows, and where it sends one on to."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    connection.request("GET", f"{parts.path}?{parts.query}")
    answer = connection.getresponse()
    shown = answer.read().decode()
    connection.close()
    return shown, answer.headers.get("Location", "")


def test_keys_are_tested_kept_and_forgotten(
    connections: Connections, page: Page, x: XServer, vault: Vault, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(connections.changed, timeout=PATIENCE):
        connections.connect_with(page, x.keys, page.done, page.failed)
    made = page.wait_done()
    assert made is not None
    assert made == connections.current()
    assert made.account.handle == "tchat_orga"
    assert page.at_home
    with qtbot.waitSignal(connections.changed, timeout=PATIENCE):
        connections.forget(page, page.done, page.failed)
    page.wait(lambda: len(page.heard) == 2)
    assert connections.current() is None
    assert vault.read("account") is None


def test_refused_keys_change_nothing(connections: Connections, page: Page, x: XServer) -> None:
    wrong = FourKeys(x.keys.consumer_key, "mistyped", *x.keys.secrets()[2:])
    changes: list[object] = []
    connections.changed.connect(lambda: changes.append(1))
    connections.connect_with(page, wrong, page.done, page.failed)
    error = page.wait_failed()
    assert isinstance(error, PublishError)
    assert error.reason is Reason.KEYS_REFUSED
    assert changes == []


def test_the_account_kept_is_found_again(
    connections: Connections, page: Page, x: XServer, vault: Vault
) -> None:
    vault.locked = True
    connections.restore(page, page.done, page.failed)
    assert isinstance(page.wait_failed(), VaultLocked)
    assert not connections.asked
    vault.locked = False
    page.errors.clear()
    connections.restore(page, page.done, page.failed)
    assert page.wait_done() is None
    assert connections.asked


def test_a_keyring_that_waits_for_a_password_holds_up_nobody(
    connections: Connections, page: Page, x: XServer, vault: Vault
) -> None:
    vault.answers.clear()
    connections.restore(page, page.done, page.failed)
    page.wait(vault.asked.is_set)
    # The GUI thread is here, and free; what is asked now is done in its turn.
    assert connections.current() is None
    connections.connect_with(page, x.keys, page.done, page.failed)
    assert page.heard == []
    vault.answers.set()
    page.wait(lambda: len(page.heard) == 2)
    assert page.heard[0] is None


def test_what_could_not_be_forgotten_is_told_and_here_it_is_forgotten(
    connections: Connections, page: Page, x: XServer, vault: Vault
) -> None:
    connections.connect_with(page, x.keys, page.done, page.failed)
    page.wait_done()
    vault.locked = True
    connections.forget(page, page.done, page.failed)
    assert isinstance(page.wait_failed(), VaultLocked)
    assert connections.current() is None


def test_the_number_signs_in_after_a_wrong_one(
    connections: Connections, page: Page, x: XServer
) -> None:
    connections.start_pin(page, *CONSUMER, page.open, page.failed)
    page.wait(lambda: page.opened)
    found = re.search(r"<code>(\d+)</code>", visit(page.opened[0])[0])
    assert found
    connections.finish_pin(page, str(int(found[1]) - 1), page.done, page.failed)
    error = page.wait_failed()
    assert isinstance(error, SignInError)
    assert error.problem is SignInProblem.WRONG_PIN
    page.errors.clear()
    connections.finish_pin(page, found[1], page.done, page.failed)
    made = page.wait_done()
    assert made is not None
    assert made.account.handle == "tchat_orga"


def test_a_number_used_up_is_not_asked_for_again_when_the_network_fails(
    connections: Connections, page: Page, x: XServer
) -> None:
    connections.start_pin(page, *CONSUMER, page.open, page.failed)
    page.wait(lambda: page.opened)
    found = re.search(r"<code>(\d+)</code>", visit(page.opened[0])[0])
    assert found
    x.fail("GET /2/users/me", x_faults.DROP_BEFORE)
    connections.finish_pin(page, found[1], page.done, page.failed)
    assert isinstance(page.wait_failed(), PublishError)
    page.errors.clear()
    connections.finish_pin(page, found[1], page.done, page.failed)
    assert page.wait_done() is not None
    assert x.count("POST /oauth/access_token") == 1


def test_a_number_without_a_page_is_too_late(connections: Connections, page: Page) -> None:
    connections.finish_pin(page, "1234567", page.done, page.failed)
    error = page.wait_failed()
    assert isinstance(error, SignInError)
    assert error.problem is SignInProblem.LATE_PIN


def test_the_browser_signs_in(connections: Connections, page: Page, x: XServer) -> None:
    connections.browser_sign_in(page, CLIENT_ID, page.open, page.done, page.failed)
    page.wait(lambda: page.opened)
    threading.Thread(target=lambda: visit(visit(page.opened[0])[1])).start()
    assert page.wait_done() is not None


def test_waiting_for_the_browser_ends_when_something_else_is_asked(
    connections: Connections, page: Page, x: XServer
) -> None:
    connections.browser_sign_in(page, CLIENT_ID, page.open, page.done, page.failed)
    page.wait(lambda: page.opened)
    connections.connect_with(page, x.keys, page.done, page.failed)
    error = page.wait_failed()
    assert isinstance(error, SignInError)
    assert error.problem is SignInProblem.STOPPED
    page.wait(lambda: page.heard)


def test_a_page_that_is_gone_is_told_nothing_and_no_browser_is_waited_for(
    connections: Connections, page: Page, x: XServer, qtbot: QtBot
) -> None:
    gone = Page(qtbot)
    connections.browser_sign_in(gone, CLIENT_ID, gone.open, gone.done, gone.failed)
    connections.connect_with(gone, x.keys, gone.done, gone.failed)
    shiboken6.delete(gone)
    with qtbot.waitSignal(connections.changed, timeout=PATIENCE):
        pass
    connections.check(page, page.done, page.failed)
    assert page.wait_done() == connections.current()
    assert (gone.opened, gone.heard, gone.errors) == ([], [], [])


# --- the picture ------------------------------------------------------------------------------


def test_the_picture_comes_once_and_is_gone_with_the_account(
    connections: Connections, x: XServer, qtbot: QtBot
) -> None:
    page = Page(qtbot)
    connections.connect_with(page, x.keys, page.done, page.failed)
    page.wait(lambda: connections.picture)
    assert connections.picture is not None
    assert connections.picture.width() == 73
    connections.check(page, page.done, page.failed)
    page.wait(lambda: len(page.heard) == 2)
    connections.forget(page, page.done, page.failed)
    page.wait(lambda: len(page.heard) == 3)
    assert connections.picture is None
    connections.connect_with(page, x.keys, page.done, page.failed)
    page.wait(lambda: connections.picture)
    assert x.count(f"GET {PORTRAIT}") == 1
    assert page.at_home


def test_without_a_picture_nothing_is_said(
    connections: Connections, x: XServer, qtbot: QtBot
) -> None:
    x.fail(f"GET {PORTRAIT}", x_faults.CAPTIVE_PORTAL)
    page = Page(qtbot)
    connections.connect_with(page, x.keys, page.done, page.failed)
    page.wait_done()
    connections.check(page, page.done, page.failed)
    page.wait(lambda: len(page.heard) == 2)
    assert x.count(f"GET {PORTRAIT}") == 1
    assert connections.picture is None
    assert page.errors == []
