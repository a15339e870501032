"""A link as people write it, and as it is shared."""

from __future__ import annotations

import re

_LONGEST = 2_000
"""Characters of a link; browsers take no more everywhere."""

_BARE = re.compile(r"www\.[^\s/.]+\.\S+", re.IGNORECASE)


def with_scheme(text: str) -> str:
    """The link with https:// in front when it begins with www.; anything else as it is."""
    link = text.strip()
    return f"https://{link}" if len(link) <= _LONGEST and _BARE.fullmatch(link) else link
