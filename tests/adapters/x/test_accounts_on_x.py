"""Accounts in front of X's stand-in: from the keys or the sign-in to the first post."""

from __future__ import annotations

import http.client
import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest

from tchat_desktop.adapters.keyring_vault import MemoryVault
from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.adapters.x.hand_over import Words
from tchat_desktop.adapters.x.publisher import XPublisher
from tchat_desktop.adapters.x.sign_in import XBrowserSignIn, XPinSignIn, refresh
from tchat_desktop.domain.account_keys import Credentials, FourKeys, OAuth2Tokens, SignInProblem
from tchat_desktop.domain.outgoing import Reason
from tchat_desktop.services.accounts import Accounts
from tchat_desktop.services.ports import PublishByHand, Published, PublishError, SignInError
from tests.fakes import x_faults
from tests.fakes.outgoing import planned
from tests.fakes.x_server import CLIENT_ID, CONSUMER, XServer

WORDS = Words("fr", "ltr", "Tchat Desktop", "Revenez", "Recommencez")


@pytest.fixture
def x() -> Iterator[XServer]:
    with XServer() as server:
        yield server
    assert server.violations == []


def now() -> datetime:
    return datetime.now(UTC)


def accounts_on(x: XServer, vault: MemoryVault) -> Accounts:
    def verify(credentials: Credentials) -> object:
        return XClient(credentials, x.url).verify()

    return Accounts(
        vault,
        verify,  # type: ignore[arg-type]
        now=now,
        refresh=lambda tokens: refresh(tokens, now, x.url),
    )


def visit(address: str) -> tuple[int, str, str]:
    """Open a page as a browser does: the status, what it shows, and where it sends one on to."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    connection.request("GET", f"{parts.path}?{parts.query}")
    answer = connection.getresponse()
    shown = answer.read().decode()
    connection.close()
    return answer.status, shown, answer.headers.get("Location", "")


def test_keys_are_whose_x_says(x: XServer) -> None:
    vault = MemoryVault()
    made = accounts_on(x, vault).connect(x.keys)
    assert (made.account.handle, made.account.name) == ("tchat_orga", "Équipe du tchat")
    assert made.account.may_write
    assert accounts_on(x, vault).restore() == made


def test_keys_that_only_read_are_noticed(x: XServer) -> None:
    assert not accounts_on(x, MemoryVault()).connect(x.new_keys("read")).account.may_write


def test_keys_mistyped_are_refused_and_kept_nowhere(x: XServer) -> None:
    vault = MemoryVault()
    wrong = FourKeys(x.keys.consumer_key, "mistyped", *x.keys.secrets()[2:])
    with pytest.raises(PublishError) as caught:
        accounts_on(x, vault).connect(wrong)
    assert caught.value.reason is Reason.KEYS_REFUSED
    assert vault.read("account") is None


def test_the_number_of_the_page_leads_to_the_first_post(x: XServer) -> None:
    signing = XPinSignIn(*CONSUMER, api_url=x.url)
    _status, shown, _on = visit(signing.start())
    found = re.search(r"<code>(\d+)</code>", shown)
    assert found
    with pytest.raises(SignInError) as caught:
        signing.finish(str(int(found[1]) - 1))
    assert caught.value.problem is SignInProblem.WRONG_PIN
    accounts = accounts_on(x, MemoryVault())
    accounts.connect(signing.finish(found[1]))
    client = XClient(accounts.credentials, x.url)
    assert isinstance(XPublisher(client).publish(planned("q1")), Published)
    assert x.texts() == ["Texte q1"]


def test_a_page_another_one_replaced_is_too_late(x: XServer) -> None:
    signing = XPinSignIn(*CONSUMER, api_url=x.url)
    signing.start()
    x.api.requested.clear()
    with pytest.raises(SignInError) as caught:
        signing.finish("1234567")
    assert caught.value.problem is SignInProblem.LATE_PIN


def test_an_app_x_does_not_know_gets_no_page(x: XServer) -> None:
    with pytest.raises(SignInError) as caught:
        XPinSignIn("unknown", "unknown", api_url=x.url).start()
    assert caught.value.problem is SignInProblem.KEYS_REFUSED


def test_a_wrong_clock_is_no_obstacle(x: XServer) -> None:
    x.clock_ahead = 3600
    signing = XPinSignIn(*CONSUMER, api_url=x.url)
    _status, shown, _on = visit(signing.start())
    found = re.search(r"<code>(\d+)</code>", shown)
    assert found
    assert signing.finish(found[1]).consumer_key == CONSUMER[0]


def signed_in(x: XServer) -> OAuth2Tokens:
    signing = XBrowserSignIn(CLIENT_ID, WORDS, now=now, api_url=x.url, ports=(0,))
    page = signing.start()
    got: list[OAuth2Tokens] = []
    waiting = threading.Thread(target=lambda: got.append(signing.finish(threading.Event())))
    waiting.start()
    status, _shown, on = visit(page)
    assert status == 302
    assert visit(on)[0] == 200
    waiting.join(10)
    return got[0]


def test_the_browser_leads_to_the_first_post_and_the_access_is_renewed(x: XServer) -> None:
    vault = MemoryVault()
    accounts = accounts_on(x, vault)
    first = signed_in(x)
    accounts.connect(first)
    renewed = accounts.credentials(lasting=timedelta(hours=2))
    assert isinstance(renewed, OAuth2Tokens)
    assert renewed.access_token != first.access_token
    client = XClient(accounts.credentials, x.url)
    assert isinstance(XPublisher(client).publish(planned("q1")), Published)
    later = accounts_on(x, vault)
    later.restore()
    assert later.credentials() == renewed


def test_a_renewal_whose_answer_is_lost_has_used_up_what_renews(x: XServer) -> None:
    accounts = accounts_on(x, MemoryVault())
    accounts.connect(x.new_tokens(lifetime=200))
    x.fail("POST /2/oauth2/token", x_faults.DROP_AFTER)
    assert accounts.credentials() is not None
    assert accounts.must_reconnect
    assert x.count("POST /2/oauth2/token") == 1
    # And X would indeed have refused it.
    with pytest.raises(SignInError) as caught:
        refresh(accounts.credentials(), now, x.url)  # type: ignore[arg-type]
    assert caught.value.problem is SignInProblem.RECONNECT


def test_an_access_that_ended_asks_to_reconnect_before_anything_leaves(x: XServer) -> None:
    vault = MemoryVault()
    accounts = accounts_on(x, vault)
    accounts.connect(x.new_tokens())
    vault.write("oauth2_expires", (now() - timedelta(hours=1)).isoformat())
    accounts.restore()
    x.api.refreshes.clear()
    with pytest.raises(PublishByHand) as caught:
        XPublisher(XClient(accounts.credentials, x.url)).publish(planned("q1"))
    assert caught.value.reason is Reason.KEYS_REFUSED
    assert x.texts() == []
