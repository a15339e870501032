"""Builds the addresses to which tags, mentions and links of a post lead, if they are safe."""

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
    """A part of a text, with the https address it leads to; "" for none."""

    text: str
    address: str = ""
    is_tag: bool = False


def pieces(text: str, linked: bool = True) -> tuple[Piece, ...]:
    """The text cut at its tags, mentions and links; the pieces joined give the text.

    Without `linked` only tags are cut out and nothing has an address, as in a rehearsal, whose
    people and posts are invented.
    """
    found: list[Piece] = []
    place = 0
    for entity in X_RULES.entities(text):
        address = _address(entity.kind, entity.value)
        is_tag = entity.kind is EntityKind.HASHTAG
        if address and (linked or is_tag):
            found.append(Piece(text[place : entity.start]))
            shown = text[entity.start : entity.end]
            found.append(Piece(shown, address if linked else "", is_tag))
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
    """The address of the page of a tag on X; "" when it is no valid tag."""
    bare = tag.lstrip("#＃")
    return links.tag(bare) if X_RULES.is_tag(bare) else ""


def profile_address(handle: str) -> str:
    """The address of the profile of a handle on X; "" when the handle is not valid."""
    bare = handle.lstrip("@＠")
    return links.profile(bare) if _HANDLE.fullmatch(bare) else ""


def post_address(url: str, post_id: str, handle: str) -> str:
    """The address of a post on X under the author's name; "" if the name or the id is not valid.

    Only the id is taken from the collected `url`: it is that of the newest version of the post.
    """
    with suppress(NotAPostLink):
        post_id = links.read(url).id
    profile = profile_address(handle)
    return f"{profile}/status/{post_id}" if profile and re.fullmatch(r"[0-9]+", post_id) else ""


def safe_address(url: str) -> str:
    """The address if it is a plain https one, else "".

    Characters that could end it in HTML or Markdown (quotes, angle brackets, backslashes) are
    percent-encoded.
    """
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zs"} for letter in url):
        return ""
    try:
        parts = urlsplit(url)
        user, host, _port = parts.username, parts.hostname, parts.port
    except ValueError:
        return ""
    # A user name before the host can make an address look like that of another site.
    if parts.scheme != "https" or not host or user is not None:
        return ""
    return _ENDS_AN_ADDRESS.sub(lambda found: quote(found[0], safe=""), url)
