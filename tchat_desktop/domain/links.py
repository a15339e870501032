"""A link as people write it, and as it is shared."""

from __future__ import annotations

import re

_LONGEST = 2_000
"""Characters of a link; browsers take no more everywhere."""

_HOST = re.compile(r"[^\s/.:@]+(?:\.[^\s/.:@]+)+(?:/\S*)?$")
_BARE = re.compile(r"www\.[^\s/.]+\.\S+", re.IGNORECASE)


def with_scheme(text: str) -> str:
    """The link with https:// in front when it begins with www.; anything else as it is."""
    link = text.strip()
    return f"https://{link}" if len(link) <= _LONGEST and _BARE.fullmatch(link) else link


def web_address(text: str) -> str:
    """The link as an address of the web, for a code to scan or a page; "" when it is none.

    What has no scheme gets https://, as whoever reads "example.org/chat" would type it.
    """
    link = with_scheme(text)
    if re.match(r"https?://", link, re.IGNORECASE):
        return link
    return f"https://{link}" if _HOST.match(link) and len(link) <= _LONGEST else ""
