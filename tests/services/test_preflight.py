"""The pre-flight in front of X's stand-in: whatever is wrong is found, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tchat_desktop.adapters.keyring_vault import MemoryVault
from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.adapters.x.reach import reach
from tchat_desktop.domain import run_sheet
from tchat_desktop.domain.account_keys import AccountSeen, Credentials
from tchat_desktop.domain.chat import Chat, Route
from tchat_desktop.domain.obstacles import Obstacle
from tchat_desktop.domain.preflight import Finding, Power, PreflightCheck
from tchat_desktop.services.accounts import Accounts
from tchat_desktop.services.ports import VaultError, VaultLocked, VaultMissing
from tchat_desktop.services.preflight import Computer, look
from tests.domain.chats import a_chat
from tests.fakes import x_faults
from tests.fakes.texts import load_texts
from tests.fakes.x_server import XServer

FR = load_texts("fr")
USERS_ME = "GET /2/users/me"


class Vault(MemoryVault):
    """A keyring that fails when told to."""

    error: VaultError | None = None

    def read(self, name: str) -> str | None:
        if self.error:
            raise self.error
        return super().read(name)

    def write(self, name: str, secret: str) -> None:
        if self.error:
            raise self.error
        super().write(name, secret)


@pytest.fixture
def x() -> Iterator[XServer]:
    with XServer() as server:
        yield server
    assert server.violations == []


@pytest.fixture
def vault() -> Vault:
    return Vault()


@pytest.fixture
def accounts(x: XServer, vault: Vault) -> Accounts:
    def verify(credentials: Credentials) -> AccountSeen:
        return XClient(credentials, x.url, timeout=(20, 20)).verify()

    return Accounts(vault, verify, now=lambda: datetime.now(UTC))


MAINS = Computer(power=lambda: None, stays_awake=lambda: True)


def found(
    x: XServer, accounts: Accounts, chat: Chat, url: str = "", paying: bool = True
) -> dict[Finding, object]:
    """What a look finds."""
    sheet = run_sheet.build_run_sheet(chat, FR)
    checks = look(
        chat, sheet, lambda: reach(url or x.url, (20, 20), 20), accounts, MAINS, paying=paying
    )
    assert len({check.finding for check in checks}) == len(checks)
    return {check.finding: check.value for check in checks}


def keys_chat() -> Chat:
    return replace(a_chat(), route=Route.KEYS, account="tchat_orga")


def test_all_is_well(x: XServer, accounts: Accounts) -> None:
    accounts.connect(x.keys)
    assert list(found(x, accounts, keys_chat())) == [
        Finding.REACHED,
        Finding.ON_TIME,
        Finding.KEPT,
        Finding.KEYS_WORK,
        Finding.MAY_WRITE,
        Finding.CREDIT,
        Finding.NO_BATTERY,
        Finding.STAYS_AWAKE,
        Finding.ALL_DIFFERENT,
    ]


def test_without_keys_neither_the_keyring_nor_the_account_is_asked(
    x: XServer, accounts: Accounts, vault: Vault
) -> None:
    vault.error = VaultLocked("locked")
    chat = replace(keys_chat(), route=Route.ASSISTED)
    assert list(found(x, accounts, chat)) == [
        Finding.REACHED,
        Finding.ON_TIME,
        Finding.NO_BATTERY,
        Finding.STAYS_AWAKE,
        Finding.ALL_DIFFERENT,
    ]
    assert [one.method for one in x.requests] == []


@pytest.mark.parametrize("ahead", [240.0, -240.0])
def test_a_wrong_clock_is_found(x: XServer, accounts: Accounts, ahead: float) -> None:
    x.clock_ahead = ahead
    skew = found(x, accounts, replace(keys_chat(), route=Route.ASSISTED))[Finding.CLOCK_OFF]
    assert isinstance(skew, timedelta)
    assert abs(skew - timedelta(seconds=ahead)) < timedelta(seconds=5)


def test_no_network_is_found_and_the_keys_are_not_blamed(x: XServer, accounts: Accounts) -> None:
    accounts.connect(x.keys)
    asked = x.count(USERS_ME)
    seen = found(x, accounts, keys_chat(), "http://127.0.0.1:9")
    assert seen[Finding.NOT_REACHED] is Obstacle.UNKNOWN
    assert x.count(USERS_ME) == asked
    assert Finding.KEYS_UNKNOWN in seen
    assert not {Finding.ON_TIME, Finding.CLOCK_OFF, Finding.KEYS_REFUSED} & set(seen)


@pytest.mark.parametrize(
    ("fault", "finding"),
    [
        (x_faults.UNAUTHORIZED, Finding.KEYS_REFUSED),
        (x_faults.NO_CREDIT, Finding.NO_CREDIT),
        (x_faults.USAGE_CAPPED, Finding.CAPPED),
        (x_faults.NOT_ENROLLED, Finding.KEYS_REFUSED),
        (x_faults.RATE_LIMIT, Finding.KEYS_UNKNOWN),
        (x_faults.SERVER_ERROR, Finding.KEYS_UNKNOWN),
    ],
)
def test_what_x_refuses_is_found(
    x: XServer, accounts: Accounts, fault: x_faults.Fault, finding: Finding
) -> None:
    accounts.connect(x.keys)
    x.fail(USERS_ME, fault)
    seen = found(x, accounts, keys_chat())
    assert finding in seen
    assert not {Finding.KEYS_WORK, Finding.CREDIT} & set(seen)


def test_keys_that_only_read_and_another_account_are_found(x: XServer, accounts: Accounts) -> None:
    accounts.connect(x.new_keys("read"))
    seen = found(x, accounts, replace(keys_chat(), account="autre"))
    assert seen[Finding.OTHER_ACCOUNT] == "tchat_orga"
    assert Finding.READ_ONLY in seen


def test_no_keys_are_found_and_nothing_is_paid(x: XServer, accounts: Accounts) -> None:
    assert Finding.NO_KEYS in found(x, accounts, keys_chat())
    assert x.count(USERS_ME) == 0


def test_keys_of_an_earlier_start_are_taken_up(
    x: XServer, accounts: Accounts, vault: Vault
) -> None:
    accounts.connect(x.keys)
    later = Accounts(vault, accounts._verify, now=lambda: datetime.now(UTC))
    assert Finding.KEYS_WORK in found(x, later, keys_chat())
    assert later.current() is not None


def test_a_locked_keyring_is_found_whether_keys_are_known_or_not(
    x: XServer, accounts: Accounts, vault: Vault
) -> None:
    vault.error = VaultLocked("locked")
    seen = found(x, accounts, keys_chat())
    assert Finding.KEYRING_CLOSED in seen
    assert Finding.NO_KEYS not in seen
    vault.error = None
    accounts.connect(x.keys)
    vault.error = VaultLocked("locked")
    seen = found(x, accounts, keys_chat())
    assert {Finding.KEYRING_CLOSED, Finding.KEYS_WORK} <= set(seen)


def test_keys_in_memory_alone_are_told_and_not_lost(
    x: XServer, accounts: Accounts, vault: Vault
) -> None:
    vault.error = VaultMissing("none")
    accounts.connect(x.keys)
    seen = found(x, accounts, keys_chat())
    assert {Finding.NOT_KEPT, Finding.KEYS_WORK} <= set(seen)
    assert accounts.current() is not None


def test_keys_are_not_tried_where_it_may_not_cost_anything(x: XServer, accounts: Accounts) -> None:
    accounts.connect(x.keys)
    asked = x.count(USERS_ME)
    seen = found(x, accounts, keys_chat(), paying=False)
    assert {Finding.KEPT, Finding.KEYS_NOT_TRIED} <= set(seen)
    assert x.count(USERS_ME) == asked


def silent() -> Power | None:
    raise OSError("no such call")


@pytest.mark.parametrize(
    ("computer", "findings"),
    [
        (MAINS, [Finding.NO_BATTERY, Finding.STAYS_AWAKE]),
        (
            Computer(lambda: Power(False, 49), lambda: False),
            [Finding.BATTERY_LOW, Finding.MAY_SLEEP],
        ),
        (Computer(silent, lambda: True), [Finding.POWER_UNKNOWN, Finding.STAYS_AWAKE]),
    ],
)
@pytest.mark.parametrize("route", list(Route))
def test_the_computer_is_looked_at_whatever_the_way(
    accounts: Accounts, route: Route, computer: Computer, findings: list[Finding]
) -> None:
    chat = replace(keys_chat(), route=route)
    checks = look(chat, run_sheet.build_run_sheet(chat, FR), timedelta, accounts, computer)
    assert [check.finding for check in checks[-3:-1]] == findings


def test_two_posts_that_are_alike_are_found(x: XServer, accounts: Accounts) -> None:
    chat = run_sheet.with_item_text(keys_chat(), "welcome", "Bonsoir #UnionsPrécoces", FR)
    chat = run_sheet.with_item_text(chat, "closing", "Bonsoir #UnionsPrécoces", FR)
    assert Finding.SAME_TWICE in found(x, accounts, chat)


def test_a_check_knows_no_secret(x: XServer, accounts: Accounts) -> None:
    accounts.connect(x.keys)
    checks = look(
        keys_chat(), run_sheet.build_run_sheet(keys_chat(), FR), timedelta, accounts, MAINS
    )
    assert not [secret for secret in x.keys.secrets() if secret in repr(checks)]
    assert all(isinstance(check, PreflightCheck) for check in checks)
