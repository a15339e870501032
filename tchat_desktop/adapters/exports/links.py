"""Where the tags, mentions and links of a post lead, and which of them may be opened."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from tchat_desktop.domain.network_rules import EntityKind, NotAPostLink
from tchat_desktop.domain.x import links
from tchat_desktop.domain.x.rules import X_RULES

_ENDS_AN_ADDRESS = re.compile(r"""["'<>\\^`{|}]""")
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
    for entity in X_RULES.entities(text) if linked else ():
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
    return links.tag(bare) if X_RULES.is_tag(bare) else ""


def profile_address(handle: str) -> str:
    """The profile of a bare handle on X; empty when it cannot be one."""
    bare = handle.lstrip("@＠")
    return links.profile(bare) if _HANDLE.fullmatch(bare) else ""


def post_address(url: str, post_id: str, handle: str) -> str:
    """The page of a post on X, as X writes it, under the author's own name; empty if it has none.

    Of what was collected, only the id is taken: it may be that of a version edited on X.
    """
    with suppress(NotAPostLink):
        post_id = links.read(url).id
    profile = profile_address(handle)
    return f"{profile}/status/{post_id}" if profile and re.fullmatch(r"[0-9]+", post_id) else ""


def safe_address(url: str) -> str:
    """The address if it is a plain https one, else empty: nothing else is ever opened.

    What could end it where it is written (quotes, angle brackets, backslashes) is encoded.
    """
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zs"} for letter in url):
        return ""
    try:
        parts = urlsplit(url)
        user, host, _port = parts.username, parts.hostname, parts.port
    except ValueError:
        return ""
    # An address with a user before the host is made to look like another one.
    if parts.scheme != "https" or not host or user is not None:
        return ""
    return _ENDS_AN_ADDRESS.sub(lambda found: quote(found[0], safe=""), url)
