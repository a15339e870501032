"""Keeps secrets in the system's keyring, each in an entry of its own, if it encrypts them.

Any call may block while the system asks the person for a password: never call it on the GUI thread.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Protocol, TypeVar

from tchat_desktop.services.ports import (
    SecretVault,
    VaultError,
    VaultFull,
    VaultLocked,
    VaultMissing,
    VaultUnsafe,
)

log = logging.getLogger(__name__)

Result = TypeVar("Result")

LONGEST_SECRET = 1280
"""The most UTF-16 units of a secret, as Windows keeps them; enforced on every system."""

_SAFE = ("SecretService", "libsecret", "kwallet", "macOS", "Windows")
"""Modules of keyring.backends whose system encrypts the secrets."""
_MAY_ASK = ("libsecret", "kwallet")
"""Those of them that do not say whether they are locked before they are used."""
_ABSENT = ("keyring.backends.fail", "keyring.backends.null")
_MOST_COPIES = 8
"""How often an entry is deleted until it is gone, as several programs may have made one."""

_BY_NAME: dict[str, type[VaultError]] = {
    "NoKeyringError": VaultMissing,
    "SecretServiceNotAvailableException": VaultMissing,
    "InitError": VaultMissing,
    "KeyringLocked": VaultLocked,
    "LockedException": VaultLocked,
    "PromptDismissedException": VaultLocked,
    "KeychainDenied": VaultLocked,
    "SecAuthFailure": VaultLocked,
}
_BY_WINDOWS_CODE: dict[int, type[VaultError]] = {
    5: VaultLocked,  # access denied
    8: VaultFull,  # not enough memory
    112: VaultFull,  # disk full
    1312: VaultMissing,  # no logon session: a service account
    1783: VaultFull,  # bad stub data: what a blob that is too long gets
}


class Backend(Protocol):
    """The methods used of a backend of the keyring library; they may raise anything."""

    def get_password(self, service: str, username: str) -> str | None:
        """The secret, None if there is none."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Store the secret."""

    def delete_password(self, service: str, username: str) -> None:
        """Delete one entry of that name."""


def system_backend() -> Backend:
    """The keyring of this system, as the keyring library finds it. Takes about 0.2 seconds."""
    import keyring.core

    found: Backend = keyring.core.get_keyring()
    if type(found).__module__ in _ABSENT:
        # The library keeps its first finding; a keyring may have been started since.
        keyring.core.init_backend()
        found = keyring.core.get_keyring()
    return found


def named_backend() -> str:
    """The keyring of this system as `keyring` names it: "SecretService Keyring"."""
    return str(getattr(system_backend(), "name", ""))


def opens_silently() -> bool:
    """Whether the keyring of this system can be used now without asking anybody for a password.

    False where that cannot be known. Raises VaultMissing, VaultUnsafe.
    """
    found = _encrypting(system_backend())
    module = type(found).__module__
    if hasattr(found, "get_preferred_collection"):
        return _is_open_collection()
    return not any(_is_within(module, f"keyring.backends.{name}") for name in _MAY_ASK)


def _is_open_collection() -> bool:
    """Whether the collection secrets go to by default is there and unlocked."""
    from contextlib import closing

    import secretstorage

    with closing(secretstorage.dbus_init()) as bus:
        try:
            # Not get_default_collection, which asks for a password to make a new one.
            return not secretstorage.Collection(bus).is_locked()
        except secretstorage.exceptions.ItemNotFoundException:
            return False


class KeyringVault:
    """A SecretVault in the system's keyring.

    Errors name only the class of the backend's error, because its message might hold a secret.
    """

    def __init__(
        self, backend: Callable[[], Backend] = system_backend, prefix: str = "tchat-desktop"
    ) -> None:
        self._find = backend
        self._prefix = prefix
        self._backend: Backend | None = None

    def read(self, name: str) -> str | None:
        """The secret of that name, None if there is none. Raises VaultError."""
        return self._ask(lambda backend: backend.get_password(self._entry(name), name))

    def write(self, name: str, secret: str) -> None:
        """Store a secret, and read it back to be sure. Raises VaultError."""
        if len(secret.encode("utf-16-le")) // 2 > LONGEST_SECRET:
            raise VaultFull("too long")
        self._ask(lambda backend: backend.set_password(self._entry(name), name, secret))
        if self.read(name) != secret:
            raise VaultError("not kept")

    def forget(self, name: str) -> None:
        """Delete all entries of a secret; no error when there was none. Raises VaultError."""
        for _copy in range(_MOST_COPIES):
            if self.read(name) is None:
                return
            self._ask(lambda backend: backend.delete_password(self._entry(name), name))
        if self.read(name) is not None:
            raise VaultError("not forgotten")

    def _entry(self, name: str) -> str:
        """The service name of an entry, one for each, as Windows moves entries that share one."""
        return f"{self._prefix}/{name}"

    def _ask(self, question: Callable[[Backend], Result]) -> Result:
        """Call the backend. Raises VaultError in place of whatever the backend raises."""
        try:
            if self._backend is None:
                self._backend = _encrypting(self._find())
            return question(self._backend)
        except VaultError:
            raise
        except Exception as error:
            # A backend that is configured but not installed counts as a missing keyring.
            failure = _classified(error, VaultMissing if self._backend is None else VaultError)
        log.warning("keyring: %s: %s", type(failure).__name__, failure)
        # Raised outside of the handler, so that the backend's error is not attached as context.
        raise failure


class MemoryVault:
    """A SecretVault in memory, for a demonstration, which must leave nothing in the keyring."""

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}

    def read(self, name: str) -> str | None:
        """The secret of that name, None if there is none."""
        return self._secrets.get(name)

    def write(self, name: str, secret: str) -> None:
        """Store a secret."""
        self._secrets[name] = secret

    def forget(self, name: str) -> None:
        """Delete a secret; no error when it was not there."""
        self._secrets.pop(name, None)


def _encrypting(found: Backend) -> Backend:
    """A backend that encrypts: the one found, or the first such one if it is a chain of several.

    Raises VaultMissing if there is no backend, VaultUnsafe if none of them encrypts.
    """
    if type(found).__module__ == "keyring.backends.chainer":
        links: list[Backend] = list(getattr(found, "backends", ()))
    else:
        links = [found]
    modules = [type(link).__module__ for link in links]
    for link, module in zip(links, modules, strict=True):
        if any(_is_within(module, f"keyring.backends.{name}") for name in _SAFE):
            return link
    if all(module in _ABSENT for module in modules):
        raise VaultMissing("no keyring")
    raise VaultUnsafe(", ".join(modules))


def _is_within(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


def _classified(error: Exception, otherwise: type[VaultError]) -> VaultError:
    """The VaultError for an error of a backend, told by the name of its class.

    Names are used because the classes differ by system and may not be installed.
    """
    for link in _chain(error):
        kind = type(link)
        if kind.__name__ == "error" and kind.__module__.endswith("pywintypes"):
            code = getattr(link, "winerror", 0)
            return _BY_WINDOWS_CODE.get(code, VaultError)(f"Windows error {code}")
    # KWallet says this when its prompt is dismissed, with no error class of its own.
    if str(error) == "Cancelled by user":
        return VaultLocked(type(error).__name__)
    # The innermost cause comes first: a dismissed prompt comes wrapped in an InitError.
    for link in reversed(list(_chain(error))):
        if (known := _BY_NAME.get(type(link).__name__)) is not None:
            return known(type(link).__name__)
    return otherwise(type(error).__name__)


def _chain(error: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = error
    seen: set[int] = set()
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or link.__context__


if TYPE_CHECKING:

    def _keyring_vault_is_a_secret_vault(vault: KeyringVault) -> SecretVault:
        return vault

    def _memory_vault_is_a_secret_vault(vault: MemoryVault) -> SecretVault:
        return vault
