"""What is checked in front of a real keyring; run by session.sh, in the order written here."""

from __future__ import annotations

import gc
import os
import warnings
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import secretstorage

from tchat_desktop.adapters.keyring_vault import KeyringVault, system_backend
from tchat_desktop.domain.account_keys import AccountSeen, Credentials, FourKeys
from tchat_desktop.services.accounts import Accounts
from tchat_desktop.services.ports import VaultLocked
from tchat_desktop.start.self_test import machine
from tchat_desktop.start.self_test.found import Lack
from tests.contracts.vault import SecretVaultContract

CANARY = "canary0Secret1In2The3Keyring4Of5The6Tests"
KEYS = FourKeys("consumer0Key", "consumer0Secret", "42-access0Token", CANARY)
SEEN = AccountSeen("42", "Voix d’Asmae 🧡", "voix_asmae", "https://pbs.twimg.com/a.jpg")


def lock() -> None:
    """Lock the keyring as the system does when the session is locked."""
    with closing(secretstorage.dbus_init()) as bus:
        secretstorage.get_default_collection(bus).lock()


def seen(_keys: Credentials) -> AccountSeen:
    return SEEN


def accounts() -> Accounts:
    return Accounts(KeyringVault(), seen, now=lambda: datetime(2026, 11, 23, tzinfo=UTC))


def test_the_session_has_a_keyring_of_its_own() -> None:
    assert type(system_backend()).__module__ == "keyring.backends.SecretService"
    assert [path.name for path in Path(os.environ["KEYRINGS"]).glob("*.keyring")] == [
        "login.keyring"
    ]


class TestKeyringVault(SecretVaultContract):
    @pytest.fixture
    def vault(self) -> Iterator[KeyringVault]:
        vault = KeyringVault(prefix="tchat-desktop-contract")
        yield vault
        for name in (
            "consumer_key",
            "consumer_secret",
            "access_token",
            "access_token_secret",
            "account",
        ):
            vault.forget(name)


def test_an_account_comes_back_in_another_run_of_the_app() -> None:
    made = accounts().connect(KEYS)
    assert made.kept
    again = accounts()
    assert again.restore() == made
    assert again.credentials() == KEYS


def test_nothing_on_the_disk_shows_the_secret() -> None:
    files = [
        path for path in Path(os.environ["KEYRINGS"]).parent.parent.rglob("*") if path.is_file()
    ]
    assert any(path.suffix == ".keyring" for path in files)
    for path in files:
        content = path.read_bytes()
        assert CANARY.encode() not in content, path
        assert CANARY.encode("utf-16-le") not in content, path


def test_a_forgotten_account_is_gone_for_every_run() -> None:
    one = accounts()
    one.restore()
    one.forget()
    assert one.current() is None
    assert accounts().restore() is None
    with closing(secretstorage.dbus_init()) as bus:
        left = [
            item.get_label() for item in secretstorage.get_default_collection(bus).get_all_items()
        ]
    assert left == []


def test_the_self_test_tries_it_and_leaves_nothing() -> None:
    assert "written, read, forgotten" in machine.system_keyring()
    with closing(secretstorage.dbus_init()) as bus:
        assert not [*secretstorage.get_default_collection(bus).get_all_items()]


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_locked_keyring_is_told_and_the_keys_work_until_exit() -> None:
    accounts().connect(KEYS)
    lock()
    with pytest.raises(VaultLocked):
        KeyringVault().read("account")
    with pytest.raises(VaultLocked):
        KeyringVault().write("account", "x")
    with pytest.raises(VaultLocked):
        accounts().restore()
    late = accounts()
    made = late.connect(KEYS)
    assert not made.kept
    assert isinstance(made.not_kept, VaultLocked)
    assert late.credentials() == KEYS
    with warnings.catch_warnings():
        # The keyring library leaves its connection open when the keyring stays locked.
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def test_the_self_test_asks_nobody_for_the_password_of_a_locked_one() -> None:
    lock()
    with pytest.raises(Lack, match="locked"):
        machine.system_keyring()
