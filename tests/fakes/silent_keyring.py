"""A keyring that never answers, for child processes of tests; named in PYTHON_KEYRING_BACKEND."""

from __future__ import annotations

import threading

from keyring.backend import KeyringBackend


class SilentKeyring(KeyringBackend):
    """Says that it belongs to a system that encrypts, and waits for ever when it is asked."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        threading.Event().wait()
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        threading.Event().wait()

    def delete_password(self, service: str, username: str) -> None:
        threading.Event().wait()


SilentKeyring.__module__ = "keyring.backends.SecretService"
