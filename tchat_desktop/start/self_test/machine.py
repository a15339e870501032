"""What the computer gives: time zones, storage, the way to X, the keyring, power."""

from __future__ import annotations

import secrets
import shutil
import sqlite3
import sys
import tempfile
import zoneinfo
from datetime import datetime, timedelta
from pathlib import Path

from tchat_desktop.start.self_test.found import Lack, Unusable

LEAST_ROOM = 100_000_000
"""Bytes free on the disk below which the chats of a day might not be written any more."""
_OFFSETS = {
    ("Africa/Dakar", 7): 0,
    ("Africa/Dakar", 12): 0,
    ("Europe/Paris", 7): 2,
    ("Europe/Paris", 12): 1,
}
"""Hours from UTC on the fifth of a month."""


def time_zones() -> str:
    """The zones by the data of the system, and by what the app brings along."""
    system = tuple(zoneinfo.TZPATH)
    try:
        zoneinfo.reset_tzpath(())
        _check_offsets("the app's data")
    finally:
        zoneinfo.reset_tzpath(system)
    if not any(Path(folder, "Africa/Dakar").is_file() for folder in system):
        return "by the app's data; the system has none"
    _check_offsets("the system's data")
    return "by the system's data and by the app's"


def _check_offsets(whose: str) -> None:
    for (name, month), hours in _OFFSETS.items():
        try:
            zone = zoneinfo.ZoneInfo.no_cache(name)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise Unusable(f"{whose}: {name}: {error}") from error
        found = datetime(2026, month, 5, 20, tzinfo=zone).utcoffset()
        if found != timedelta(hours=hours):
            raise Unusable(f"{whose}: {name} is at {found} in month {month}")


def storage() -> str:
    """A chat comes back from disk as it was, by SQLite as the app uses it."""
    from tchat_desktop.services.clock import SystemClock
    from tchat_desktop.start.data_directory import DataDirectory

    with tempfile.TemporaryDirectory() as folder:
        data = DataDirectory(Path(folder), SystemClock(), lambda _event: None)
        try:
            chat = data.library.open_example("fr")
            if data.library.load(chat.id) != chat:
                raise Unusable("a chat came back changed")
            with data.database.reading() as connection:
                mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
                whole = connection.execute("PRAGMA integrity_check").fetchone()[0]
        finally:
            data.close()
    if (mode, whole) != ("wal", "ok"):
        raise Unusable(f"SQLite {sqlite3.sqlite_version}: journal {mode}, integrity {whole}")
    return f"SQLite {sqlite3.sqlite_version}, journal {mode}, integrity {whole}"


def free_disk(folder: Path) -> str:
    """There is room on the disk of the data directory, which need not be there yet."""
    there = next(one for one in (folder.absolute(), *folder.absolute().parents) if one.is_dir())
    free = shutil.disk_usage(there).free
    if free < LEAST_ROOM:
        raise Unusable(f"{free / 1e6:.0f} MB on the disk of {folder}")
    return f"{free / 1e9:.1f} GB on the disk of {folder}"


def x_library() -> str:
    """The library that speaks to X."""
    import tweepy

    return f"tweepy {tweepy.__version__}"


def tls_roots() -> str:
    """The certificates by which the app knows X; nothing is asked of the network."""
    import ssl

    import certifi
    import truststore

    context = ssl.create_default_context(cafile=certifi.where())
    roots = context.cert_store_stats()["x509_ca"]
    if not roots:
        raise Unusable(f"no root in {certifi.where()}")
    truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return f"{roots} roots and those of the computer, {ssl.OPENSSL_VERSION}"


def power_libraries() -> str:
    """The libraries that read the battery and hold sleep off."""
    import psutil
    import wakepy

    if sys.platform == "darwin":
        import appnope

        with appnope.nope_scope():
            pass
    return f"psutil {psutil.__version__}, wakepy {wakepy.__version__}"


def system_keyring() -> str:
    """A secret of our own is written, read and forgotten, where that asks nobody for a password."""
    from tchat_desktop.adapters.keyring_vault import KeyringVault, named_backend, opens_silently
    from tchat_desktop.services.ports import VaultMissing, VaultUnsafe

    name = named_backend()
    try:
        silent = opens_silently()
    except (VaultMissing, VaultUnsafe) as error:
        raise Lack(f"{name} keeps no keys ({type(error).__name__})") from error
    if not silent:
        raise Lack(f"{name} is locked, or may ask for a password: not tried")
    vault = KeyringVault(prefix="tchat-desktop-self-test")
    secret = secrets.token_hex(16)
    vault.write("trial", secret)
    vault.forget("trial")
    return f"{name}: written, read, forgotten"
