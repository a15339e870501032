"""A backend as other packages bring them, which would keep secrets readable by anyone."""

from __future__ import annotations

from keyring.backend import KeyringBackend


class PlainRing(KeyringBackend):
    """Named by a test in the settings of the keyring library."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("a secret went where anyone can read it")

    def delete_password(self, service: str, username: str) -> None:
        return None
