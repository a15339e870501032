"""The keyring: where secrets may go, and what each refusal means."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import traceback
from pathlib import Path

import pytest
from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordSetError

from tchat_desktop.adapters.keyring_vault import (
    LONGEST_SECRET,
    KeyringVault,
    MemoryVault,
    system_backend,
)
from tchat_desktop.services.ports import (
    VaultError,
    VaultFull,
    VaultLocked,
    VaultMissing,
    VaultUnsafe,
)
from tests.contracts.vault import SecretVaultContract

CANARY = "canary-secret-9b1e55"


class LockedException(Exception):
    """Named as in secretstorage, which only Linux has."""


class PromptDismissedException(Exception):
    """Named as in secretstorage."""


class SecretServiceNotAvailableException(Exception):
    """Named as in secretstorage."""


class Ring:
    """A backend that keeps entries in memory, with what a test wants to go wrong."""

    def __init__(self, fails: Exception | None = None) -> None:
        self.entries: dict[tuple[str, str], list[str]] = {}
        self.fails = fails
        self.deaf = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.fails:
            raise self.fails
        copies = self.entries.get((service, username), [])
        return copies[0] if copies else None

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.fails:
            raise self.fails
        if not self.deaf:
            self.entries[service, username] = [password]

    def delete_password(self, service: str, username: str) -> None:
        if self.fails:
            raise self.fails
        if not self.deaf:
            self.entries[service, username].pop(0)


def ring_of(module: str, **members: object) -> Ring:
    """A backend that says it comes from that module."""
    made: Ring = type("Keyring", (Ring,), {"__module__": module, **members})()
    return made


def vault_on(ring: Ring) -> KeyringVault:
    return KeyringVault(lambda: ring)


@pytest.fixture
def ring() -> Ring:
    return ring_of("keyring.backends.SecretService")


class TestKeyringVault(SecretVaultContract):
    @pytest.fixture
    def vault(self, ring: Ring) -> KeyringVault:
        return vault_on(ring)


class TestMemoryVault(SecretVaultContract):
    @pytest.fixture
    def vault(self) -> MemoryVault:
        return MemoryVault()


# --- where secrets may go ------------------------------------------------------------------


@pytest.mark.parametrize("name", ["SecretService", "libsecret", "kwallet", "macOS", "Windows"])
def test_the_keyrings_of_the_systems_are_used(name: str) -> None:
    ring = ring_of(f"keyring.backends.{name}")
    vault_on(ring).write("access_token", CANARY)
    assert list(ring.entries) == [("tchat-desktop/access_token", "access_token")]


@pytest.mark.parametrize(
    ("module", "error"),
    [
        ("keyring.backends.fail", VaultMissing),
        ("keyring.backends.null", VaultMissing),
        ("keyrings.alt.file", VaultUnsafe),
        ("keyrings.alt.Windows", VaultUnsafe),
        ("keyring.backends.SecretServiceLookalike", VaultUnsafe),
        ("somebody.elses", VaultUnsafe),
    ],
)
def test_a_keyring_that_loses_or_shows_secrets_gets_none(
    module: str, error: type[VaultError]
) -> None:
    ring = ring_of(module)
    with pytest.raises(error):
        vault_on(ring).write("access_token", CANARY)
    with pytest.raises(error):
        vault_on(ring_of("keyring.backends.chainer", backends=[ring])).write("a", CANARY)
    assert ring.entries == {}


def test_of_a_chain_only_the_safe_link_is_used() -> None:
    plain, safe = ring_of("keyrings.alt.file"), ring_of("keyring.backends.kwallet")
    vault = vault_on(ring_of("keyring.backends.chainer", backends=[plain, safe]))
    vault.write("access_token", CANARY)
    assert vault.read("access_token") == CANARY
    assert safe.entries
    assert not plain.entries


def test_a_chain_of_nothing_is_no_keyring() -> None:
    with pytest.raises(VaultMissing):
        vault_on(ring_of("keyring.backends.chainer", backends=[])).read("a")


@pytest.mark.parametrize(
    ("setting", "error"),
    [
        ("keyring.backends.null.Keyring", "VaultMissing"),
        ("keyring.backends.fail.Keyring", "VaultMissing"),
        # Of Windows and macOS its one link is their own keyring.
        (
            "keyring.backends.chainer.ChainerBackend",
            "kept" if sys.platform in ("win32", "darwin") else "VaultMissing",
        ),
        ("keyrings.alt.file.PlaintextKeyring", "VaultMissing"),
        pytest.param(
            "keyring.backends.macOS.Keyring",
            "VaultMissing",
            marks=pytest.mark.skipif(sys.platform == "darwin", reason="it is the system's own"),
        ),
        ("tests.adapters.plain_ring.PlainRing", "VaultUnsafe"),
    ],
)
def test_what_the_settings_of_the_library_name_is_judged(setting: str, error: str) -> None:
    code = (
        "from tchat_desktop.adapters.keyring_vault import KeyringVault\n"
        "vault = KeyringVault(prefix='tchat-desktop-tests')\n"
        "try:\n"
        "    vault.write('access_token', 'x'); vault.forget('access_token'); print('kept')\n"
        "except Exception as error: print(type(error).__name__)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent.parent,
        env={
            **os.environ,
            "PYTHON_KEYRING_BACKEND": setting,
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        },
    )
    assert done.stdout.strip() == error


def test_no_test_finds_the_keyring_of_the_person() -> None:
    assert type(system_backend()).__module__ == "keyring.backends.fail"


def test_a_keyring_that_starts_later_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring.core
    from keyring.backends import fail

    later = ring_of("keyring.backends.SecretService")
    monkeypatch.setattr(keyring.core, "_keyring_backend", fail.Keyring())
    monkeypatch.setattr(
        keyring.core, "init_backend", lambda: setattr(keyring.core, "_keyring_backend", later)
    )
    assert system_backend() is later


# --- what each refusal means ---------------------------------------------------------------


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


def windows_error(code: int) -> Exception:
    kind = type("error", (Exception,), {"__module__": "win32ctypes.pywin32.pywintypes"})
    made: Exception = kind(code, "CredWrite", CANARY)
    made.winerror = code  # type: ignore[attr-defined]
    return made


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (NoKeyringError(CANARY), VaultMissing),
        (InitError(CANARY), VaultMissing),
        (SecretServiceNotAvailableException(CANARY), VaultMissing),
        (caused(InitError(CANARY), SecretServiceNotAvailableException(CANARY)), VaultMissing),
        (KeyringLocked(CANARY), VaultLocked),
        (LockedException(CANARY), VaultLocked),
        (PromptDismissedException(CANARY), VaultLocked),
        (caused(InitError(CANARY), PromptDismissedException(CANARY)), VaultLocked),
        (PasswordSetError("Cancelled by user"), VaultLocked),
        (PasswordSetError(CANARY), VaultError),
        (windows_error(1783), VaultFull),
        (windows_error(8), VaultFull),
        (windows_error(5), VaultLocked),
        (windows_error(1312), VaultMissing),
        (windows_error(87), VaultError),
        (OSError(CANARY), VaultError),
        (RuntimeError(CANARY), VaultError),
    ],
    ids=repr,
)
def test_each_failure_is_told_apart_and_tells_no_secret(
    ring: Ring,
    raised: Exception,
    told: type[VaultError],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    vault = vault_on(ring)
    vault.read("access_token")
    ring.fails = raised
    for call in (
        lambda: vault.read("access_token"),
        lambda: vault.write("access_token", CANARY),
        lambda: vault.forget("access_token"),
    ):
        with pytest.raises(VaultError) as caught:
            call()
        assert caught.type is told
        assert caught.value.__context__ is None
        assert CANARY not in "".join(traceback.format_exception(caught.value))
    assert "keyring" in caplog.text
    assert CANARY not in caplog.text


def test_the_names_that_are_told_apart_exist() -> None:
    theirs = pytest.importorskip("secretstorage.exceptions")
    for ours in (LockedException, PromptDismissedException, SecretServiceNotAvailableException):
        assert issubclass(getattr(theirs, ours.__name__), Exception)


def test_a_keyring_that_does_not_keep_is_found_out(ring: Ring) -> None:
    ring.deaf = True
    with pytest.raises(VaultError, match="not kept"):
        vault_on(ring).write("access_token", CANARY)


def test_a_keyring_that_does_not_forget_is_found_out(ring: Ring) -> None:
    vault = vault_on(ring)
    vault.write("access_token", CANARY)
    ring.deaf = True
    with pytest.raises(VaultError, match="not forgotten"):
        vault.forget("access_token")


def test_every_copy_is_forgotten(ring: Ring) -> None:
    ring.entries["tchat-desktop/access_token", "access_token"] = ["new", "old", "older"]
    vault = vault_on(ring)
    vault.forget("access_token")
    assert vault.read("access_token") is None


@pytest.mark.parametrize(("secret", "fits"), [("a" * LONGEST_SECRET, True), ("🧡" * 641, False)])
def test_what_windows_could_not_keep_is_refused_everywhere(
    ring: Ring, secret: str, fits: bool
) -> None:
    vault = vault_on(ring)
    if fits:
        vault.write("access_token", secret)
        assert vault.read("access_token") == secret
        return
    with pytest.raises(VaultFull):
        vault.write("access_token", secret)
    assert not ring.entries


def test_a_vault_that_is_only_made_has_not_asked_the_system() -> None:
    def never() -> Ring:
        raise AssertionError("asked")

    KeyringVault(never)
