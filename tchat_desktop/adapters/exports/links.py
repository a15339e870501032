"""Where the tags, mentions and links of a post lead, and which of them may be opened."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from tchat_desktop.domain.post_text import EntityKind, entities, is_valid_hashtag

X = "https://x.com"
X_HOSTS = frozenset({"x.com", "www.x.com", "mobile.x.com", "twitter.com", "www.twitter.com",
                     "mobile.twitter.com"})  # fmt: skip

_HANDLE = re.compile(r"[A-Za-z0-9_]{1,20}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, with the https address it leads to, or none."""

    text: str
    address: str = ""


def pieces(text: str, linked: bool = True) -> tuple[Piece, ...]:
    """The text cut at its tags, mentions and links; joined, the pieces give the text unmodified.

    With `linked` False nothing leads anywhere (a rehearsal's people and posts do not exist).
    """
    found: list[Piece] = []
    place = 0
    for entity in entities(text) if linked else ():
        address = _address(entity.kind, entity.value)
        if address:
            found.append(Piece(text[place : entity.start]))
            found.append(Piece(text[entity.start : entity.end], address))
            place = entity.end
    found.append(Piece(text[place:]))
    return tuple(piece for piece in found if piece.text)


def _address(kind: EntityKind, value: str) -> str:
    if kind is EntityKind.HASHTAG:
        return tag_address(value)
    if kind is EntityKind.MENTION:
        return profile_address(value)
    if kind is EntityKind.URL:
        return safe_address(value if re.match(r"(?i)[a-z]+://", value) else f"https://{value}")
    return ""


def tag_address(tag: str) -> str:
    """The page of a tag on X; empty when X would make no tag of it."""
    bare = tag.lstrip("#＃")
    return f"{X}/hashtag/{quote(bare, safe='')}" if is_valid_hashtag(bare) else ""


def profile_address(handle: str) -> str:
    """The profile of a bare handle on X; empty when it cannot be one."""
    bare = handle.lstrip("@＠")
    return f"{X}/{bare}" if _HANDLE.fullmatch(bare) else ""


def post_address(url: str, post_id: str, handle: str) -> str:
    """The page of a post on X: as collected if it is there, else made from its id; or empty."""
    safe = safe_address(url)
    if safe and urlsplit(safe).hostname in X_HOSTS:
        return safe
    profile = profile_address(handle)
    return f"{profile}/status/{post_id}" if profile and re.fullmatch(r"[0-9]+", post_id) else ""


def safe_address(url: str) -> str:
    """The address if it is a plain https one, else empty: nothing else is ever opened."""
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zs"} for letter in url):
        return ""
    try:
        parts = urlsplit(url)
        user, host, _port = parts.username, parts.hostname, parts.port
    except ValueError:
        return ""
    # An address with a user before the host is made to look like another one.
    return url if parts.scheme == "https" and host and user is None else ""
