"""Asks for the file that says which version of the app is the newest.

It is one request that says nothing of who asks: no cookie, no question in the address, and the
name of the app without its version.
"""

from __future__ import annotations

import queue
import threading
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tchat_desktop.adapters.reading.new_version import BIGGEST_NEWS, read_version
from tchat_desktop.domain.new_version import NewVersion
from tchat_desktop.platform.paths import resource
from tchat_desktop.services.ports import VersionNotLearned

_TIMEOUT = (5.0, 5.0)
_LONGEST = 12.0
_HEADERS = {
    "User-Agent": "Tchat",
    "Accept": "application/json",
    "Accept-Encoding": "identity",
}


def load_version_address(path: Path | None = None) -> str:
    """The address of the file, from the resources by default; "" where nobody publishes one.

    Raises OSError, and ValueError where it is no plain https address.
    """
    text = (path or resource("versions.toml")).read_text("utf-8")
    address = tomllib.loads(text).get("address", "")
    if address:
        _parted(address)
    return str(address)


class VersionFile:
    """The file at an https address.

    An answer may take `longest` seconds, whatever the other end does; connecting and each read
    have the `timeout`. Redirects are not followed. `trusted` is a file of certificates that
    replaces those the app brings.
    """

    def __init__(
        self,
        address: str,
        timeout: tuple[float, float] = _TIMEOUT,
        longest: float = _LONGEST,
        trusted: Path | None = None,
    ) -> None:
        self._origin, self._path = _parted(address)
        self._timeout = timeout
        self._longest = longest
        self._trusted = trusted

    @property
    def host(self) -> str:
        """The host that is asked, with its port if it is an unusual one."""
        return self._origin.removeprefix("https://")

    def newest(self) -> NewVersion:
        """The version the file tells of; waits for the network. Raises VersionNotLearned."""
        from tchat_desktop.adapters.x.session import XSession

        session = XSession(self._origin, self._timeout, self._longest, biggest=BIGGEST_NEWS)
        session.headers.update(_HEADERS)
        if self._trusted is not None:
            session.verify = str(self._trusted)
        answers: queue.SimpleQueue[bytes | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(session.request("GET", self._path).content)
            except Exception as error:
                answers.put(error)

        # No timeout of a socket ends a name that is not found or headers that come byte by byte.
        threading.Thread(target=ask, name="version-file", daemon=True).start()
        try:
            answer = answers.get(timeout=self._longest)
            if isinstance(answer, Exception):
                raise answer
            return read_version(answer, self._origin)
        except queue.Empty:
            raise VersionNotLearned("no answer in time") from None
        except Exception as error:
            raise VersionNotLearned(f"{type(error).__name__}: {error}") from None


def _parted(address: object) -> tuple[str, str]:
    """Origin and path of an address. Raises ValueError where it is no plain https address."""
    parts = urlsplit(str(address))
    origin = f"https://{parts.hostname}" + (f":{parts.port}" if parts.port else "")
    if f"{origin}{parts.path}" != address or not parts.hostname or len(parts.path) < 2:
        raise ValueError(f"not a plain https address of a file: {address!r}")
    return origin, parts.path


if TYPE_CHECKING:
    from tchat_desktop.services.ports import VersionSource

    def _is_a_source(file: VersionFile) -> VersionSource:
        return file
