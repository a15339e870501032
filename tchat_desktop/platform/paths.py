"""Where things are: the data of the person, and the files the app brings along."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs

APP = "tchat-desktop"
DATABASE = "tchat.db"
"""The name of the database in the data directory."""


def data_dir() -> Path:
    """Where chats are kept unless `--data-dir` says otherwise."""
    return Path(platformdirs.user_data_dir(APP, appauthor=False, roaming=False))


_SYNCED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "mon drive": "Google Drive",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pcloud": "pCloud",
    "mega": "MEGA",
    "proton drive": "Proton Drive",
}


def sync_service(folder: Path) -> str:
    """The service that copies what is in a folder to other computers; "" when none is known.

    By the names those services give their folders, as in "OneDrive - Voix des filles".
    """
    for part in folder.parts:
        name = part.casefold()
        for start, service in _SYNCED.items():
            if name == start or name.startswith((f"{start} ", f"{start}-", f"{start}(")):
                return service
    return ""


def resource_dir(name: str) -> Path:
    """A folder the app brings along, such as "resources" or "translations".

    It lies beside the package in a checkout, inside it in a wheel and in the app for Windows, and
    where PyInstaller says in one it made.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen, name)
    package = Path(__file__).parent.parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


def resource(*parts: str) -> Path:
    """A file under resources/."""
    return resource_dir("resources").joinpath(*parts)


def settings_file() -> Path:
    """Where the settings are kept; apart from the data, which may be moved."""
    return Path(platformdirs.user_config_dir(APP, appauthor=False, roaming=False), "settings.json")
