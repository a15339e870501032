"""A keyring in a plain file, for child processes of tests; named in PYTHON_KEYRING_BACKEND.

The app refuses backends that leave secrets readable by anyone. This one says that it belongs to a
system that encrypts, as only a test may.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from keyring.backend import KeyringBackend

PLACE = "TCHAT_TEST_KEYRING"
"""The variable of the environment that names the file."""


class FileKeyring(KeyringBackend):
    """Reads and writes the whole file each time."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        return _read().get(f"{service}|{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        _write({**_read(), f"{service}|{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        kept = _read()
        del kept[f"{service}|{username}"]
        _write(kept)


FileKeyring.__module__ = "keyring.backends.SecretService"


def environment(place: Path) -> dict[str, str]:
    """What a child process needs to find this keyring."""
    return {
        PLACE: str(place),
        "PYTHON_KEYRING_BACKEND": "tests.fakes.file_keyring.FileKeyring",
    }


def _read() -> dict[str, str]:
    place = Path(os.environ[PLACE])
    return dict(json.loads(place.read_text("utf-8"))) if place.exists() else {}


def _write(kept: dict[str, str]) -> None:
    Path(os.environ[PLACE]).write_text(json.dumps(kept), "utf-8")


if TYPE_CHECKING:
    from tchat_desktop.adapters.keyring_vault import Backend

    def _is_a_backend(keyring: FileKeyring) -> Backend:
        return keyring
