"""Secrets in the system's keyring: each in an entry of its own, and only where they are encrypted.

Any call may block for as long as the system asks the person for a password: never on the GUI
thread, but as a job of a worker that tells when it is done.
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
"""UTF-16 units that Windows keeps in an entry; a longer secret is refused on every system."""

_SAFE = ("SecretService", "libsecret", "kwallet", "macOS", "Windows")
"""Modules of keyring.backends that hand secrets to a system which encrypts them."""
_ABSENT = ("keyring.backends.fail", "keyring.backends.null")
_MOST_COPIES = 8
"""Entries of one name that other programs may have left; more is a keyring that lies."""

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
    """What is used of a backend of the keyring library."""

    def get_password(self, service: str, username: str) -> str | None:
        """The secret, or None."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep the secret."""

    def delete_password(self, service: str, username: str) -> None:
        """Delete one entry of that name."""


def system_backend() -> Backend:
    """The keyring of this system as the keyring library finds it. Takes about 0.2 s."""
    import keyring.core

    found: Backend = keyring.core.get_keyring()
    if type(found).__module__ in _ABSENT:
        # It stays with what it once found; a keyring may have been unlocked or started since.
        keyring.core.init_backend()
        found = keyring.core.get_keyring()
    return found


class KeyringVault:
    """The system's keyring as a SecretVault.

    What a failure says is the name of its class alone: messages of backends are not ours to trust.
    """

    def __init__(
        self, backend: Callable[[], Backend] = system_backend, prefix: str = "tchat-desktop"
    ) -> None:
        self._find = backend
        self._prefix = prefix
        self._backend: Backend | None = None

    def read(self, name: str) -> str | None:
        """The secret of that name. Raises VaultError."""
        return self._ask(lambda backend: backend.get_password(self._entry(name), name))

    def write(self, name: str, secret: str) -> None:
        """Keep a secret, read back to be sure. Raises VaultError."""
        if len(secret.encode("utf-16-le")) // 2 > LONGEST_SECRET:
            raise VaultFull("too long")
        self._ask(lambda backend: backend.set_password(self._entry(name), name, secret))
        if self.read(name) != secret:
            raise VaultError("not kept")

    def forget(self, name: str) -> None:
        """Really forget it; no error when it was not there. Raises VaultError."""
        for _copy in range(_MOST_COPIES):
            if self.read(name) is None:
                return
            self._ask(lambda backend: backend.delete_password(self._entry(name), name))
        if self.read(name) is not None:
            raise VaultError("not forgotten")

    def _entry(self, name: str) -> str:
        """One service an entry: Windows moves entries around that share a service."""
        return f"{self._prefix}/{name}"

    def _ask(self, question: Callable[[Backend], Result]) -> Result:
        try:
            if self._backend is None:
                self._backend = _safe(self._find())
            return question(self._backend)
        except VaultError:
            raise
        except Exception as error:
            # A backend that cannot even be found (named in the settings, not installed) is none.
            failure = _classified(error, VaultMissing if self._backend is None else VaultError)
        log.warning("keyring: %s: %s", type(failure).__name__, failure)
        # Outside of the handler: the error of the backend must not come along as context.
        raise failure


class MemoryVault:
    """Keeps secrets until the app ends: for a demonstration, which leaves no trace."""

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}

    def read(self, name: str) -> str | None:
        """The secret of that name."""
        return self._secrets.get(name)

    def write(self, name: str, secret: str) -> None:
        """Keep a secret."""
        self._secrets[name] = secret

    def forget(self, name: str) -> None:
        """Forget it; no error when it was not there."""
        self._secrets.pop(name, None)


def _safe(found: Backend) -> Backend:
    """A backend that encrypts: the one found, or the first such of a chain, used by itself.

    Raises VaultMissing, VaultUnsafe.
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
    """Which of our errors it is, by names: the classes differ by system and may not be there."""
    for link in _chain(error):
        kind = type(link)
        if kind.__name__ == "error" and kind.__module__.endswith("pywintypes"):
            code = getattr(link, "winerror", 0)
            return _BY_WINDOWS_CODE.get(code, VaultError)(f"Windows error {code}")
    # KWallet says only this when its prompt is dismissed.
    if str(error) == "Cancelled by user":
        return VaultLocked(type(error).__name__)
    # The cause knows better: a dismissed prompt comes as an InitError.
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
