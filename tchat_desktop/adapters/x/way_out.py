"""Finds the proxies of this computer for X, and tells from an error why X cannot be reached.

It imports `requests`, which is slow, so import it only where it is used.
"""

from __future__ import annotations

import errno
import re
import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

import requests
from requests.utils import get_environ_proxies

from tchat_desktop.domain.obstacles import Obstacle

_NO_ROAD = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL})
_OF_ANOTHER_DAY = frozenset({9, 10, 0x800B0101, -67818, -67819})
"""Expired, or not yet valid: as OpenSSL, Windows (CERT_E_EXPIRED) and macOS number it."""
_CUT = (ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError)


def proxies_for(url: str) -> dict[str, str]:
    """The proxies in the settings of this computer for an address, in the form `requests` takes.

    Only https addresses use one, so that it cannot read what is sent, unless the computer was told
    to believe its certificate. SOCKS proxies are left out,
    as they would need another library.
    """
    return {scheme: proxy for scheme, proxy in _named(url).items() if not _is_socks(proxy)}


def has_only_socks(url: str) -> bool:
    """Whether the settings name only SOCKS proxies for an address, which are not used."""
    named = _named(url).values()
    return bool(named) and all(map(_is_socks, named))


def _named(url: str) -> dict[str, str]:
    if urlsplit(url).scheme != "https":
        return {}
    found = get_environ_proxies(url)
    return {name: proxy for name, proxy in found.items() if name.startswith(("https", "all"))}


def _is_socks(proxy: str) -> bool:
    return proxy.lower().startswith("socks")


def causes(error: BaseException) -> Iterator[BaseException]:
    """An error and its causes, from the outermost to the innermost, six at most."""
    inner: BaseException | None = error
    for _depth in range(6):
        if inner is None:
            return
        yield inner
        further = [inner.__cause__, getattr(inner, "reason", None), *inner.args, inner.__context__]
        inner = next((one for one in further if isinstance(one, BaseException)), None)


def obstacle_of(error: BaseException) -> Obstacle:
    """Why X could not be reached, as told by the error that `requests` raised."""
    chain = tuple(causes(error))
    if isinstance(error, requests.exceptions.ProxyError):
        return _of_proxy(chain)
    for one in chain:
        if isinstance(one, ssl.SSLError):
            return _of_tls(one)
        if isinstance(one, socket.gaierror):
            return Obstacle.OFFLINE
        if isinstance(one, OSError) and one.errno in _NO_ROAD:
            return Obstacle.OFFLINE
    return Obstacle.UNKNOWN


def _of_proxy(chain: tuple[BaseException, ...]) -> Obstacle:
    """Why a proxy failed; http.client gives its status only in the text of the error."""
    for one in chain:
        if found := re.match(r"Tunnel connection failed: (\d{3})", str(one)):
            status = int(found[1])
            if status == 407:
                return Obstacle.PASSWORD
            return Obstacle.BARRED if status < 500 else Obstacle.UNKNOWN
    return Obstacle.PROXY_GONE


def _of_tls(error: ssl.SSLError) -> Obstacle:
    if isinstance(error, _CUT):
        return Obstacle.UNKNOWN
    if getattr(error, "verify_code", 0) in _OF_ANOTHER_DAY:
        return Obstacle.DATE
    return Obstacle.STRANGER
