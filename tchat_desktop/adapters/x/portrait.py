"""Fetches the picture of an account from X's picture hosts; needs no key and costs nothing."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from tchat_desktop.adapters.x.client import checked_api_url
from tchat_desktop.adapters.x.errors import NoAnswer, Refusal
from tchat_desktop.services.ports import NotReached

HOSTS = (".twimg.com", ".x.com")
_TIMEOUT = (5.0, 5.0)
_LONGEST = 10.0
BIGGEST = 1_000_000
"""The most bytes of a picture; the variant asked for has a few thousand."""


def fetch_portrait(
    address: str,
    api_url: str | None = None,
    timeout: tuple[float, float] = _TIMEOUT,
    longest: float = _LONGEST,
) -> bytes:
    """The content of the picture at an https address, in the larger variant that X documents.

    It waits for X: never call it on the GUI thread. `timeout` (connect, read) and `longest` are in
    seconds; `api_url` is a stand-in for X on this computer. Raises ValueError for an address that
    is not X's, NotReached, and LookupError when there is no picture.
    """
    from tchat_desktop.adapters.x.session import XSession

    parts = urlsplit(address)
    host = parts.netloc.lower()
    if (
        parts.scheme != "https"
        or not host.endswith(HOSTS)
        or not re.fullmatch(r"[a-z0-9.-]+", host)
    ):
        raise ValueError("not a picture of X")
    base = checked_api_url(api_url) if api_url else f"https://{host}"
    session = XSession(base, timeout, longest, biggest=BIGGEST)
    try:
        content: bytes = session.request("GET", larger(parts.path)).content
    except NoAnswer as error:
        raise NotReached(error.obstacle, error.why) from None
    except Refusal as error:
        raise LookupError(f"HTTP {error.status}") from None
    return content


def larger(path: str) -> str:
    """The path of the variant of 73 by 73 pixels, enough for the small circle on sharp screens."""
    return re.sub(r"_normal(?=\.\w+$)", "_bigger", path)
