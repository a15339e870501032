"""Finds the posts in what was copied from pages of X, and in files that hold such pages.

What comes in is data: nothing of it is run, loaded or followed.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tchat_desktop.adapters.reading.page import page_pieces
from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.clean_text import cleaned
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.found_posts import FoundPosts
from tchat_desktop.domain.x.page_posts import (
    is_copied_page,
    links_on_page,
    names_in_text,
    posts_in_text,
    posts_on_page,
)
from tchat_desktop.services.ports import PageUnreadable

MOST_READ_AT_ONCE = 16_000_000
"""Bytes of a page, and characters of a text: what is beyond is not read.

A browser copies some 20,000 bytes for each post, which makes 800 posts.
"""
PAGE_ENDINGS = ("html", "htm", "mhtml", "mht", "json", "csv", "txt")
_TEXT_PLACE, _NAME_PLACE, _LINK_PLACE = 3, 2, 7
"""The columns of the app's own table of posts; see `adapters.exports.figures_csv`."""


class XPages:
    """The PostPages of X. It takes its time: on the GUI thread use nothing but `is_page`."""

    def is_page(self, markup: bytes, text: str) -> bool:
        """Whether what was copied is clearly a page with several posts; told at once."""
        return is_copied_page(markup, text)

    def copied(self, markup: bytes, text: str) -> FoundPosts:
        """The posts in what a browser put on the clipboard: a page, and the same as plain text."""
        cut = len(markup) > MOST_READ_AT_ONCE or len(text) > MOST_READ_AT_ONCE
        text = text[:MOST_READ_AT_ONCE]
        found = _on_page(_decoded(markup[:MOST_READ_AT_ONCE]), text)
        return replace(found, cut=cut)

    def saved(self, path: Path) -> FoundPosts:
        """The posts in a file: a saved page, a table or a file of posts, or a text with links.

        Raises PageUnreadable for a file of another kind or without any text, OSError.
        """
        ending = path.suffix.lower().removeprefix(".")
        if ending not in PAGE_ENDINGS:
            raise PageUnreadable(ending)
        with path.open("rb") as file:
            content = file.read(MOST_READ_AT_ONCE + 1)
        cut = len(content) > MOST_READ_AT_ONCE
        content = content[:MOST_READ_AT_ONCE]
        if ending in ("mhtml", "mht"):
            found = _on_page(_page_packed_in(content), "")
        elif ending in ("html", "htm"):
            found = _on_page(_decoded(content), "")
        else:
            text = _decoded(content)
            listed = _in_json(text) if ending == "json" else _in_table(text)
            found = FoundPosts(listed, has_content=bool(text.strip())) if listed else _in_text(text)
        return replace(found, cut=cut)


def _on_page(markup: str, text: str) -> FoundPosts:
    """A page that shows posts with their times is read as one; else links count, here and there."""
    pieces = page_pieces(markup) if markup else []
    shown = posts_on_page(pieces)
    if shown:
        return FoundPosts(shown, has_content=True)
    linked, told = links_on_page(pieces), _in_text(text or "".join(one.text for one in pieces))
    # What the text says of a post comes first: its words may stand beside its link.
    posts = (*told.posts, *linked)
    content = told.has_content or bool(pieces)
    return FoundPosts(posts, 0 if posts else told.unaddressed, has_content=content)


def _in_text(text: str) -> FoundPosts:
    posts = posts_in_text(text)
    return FoundPosts(posts, 0 if posts else names_in_text(text), has_content=bool(text.strip()))


def _decoded(content: bytes) -> str:
    """Text as browsers and Windows write it: UTF-16 with its mark, UTF-8, else Windows' own."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # A page that is cut ends in the middle of a letter.
        near_end = error.start > len(content) - 4
        return content.decode(
            "utf-8" if near_end else "cp1252", "ignore" if near_end else "replace"
        )


def _page_packed_in(content: bytes) -> str:
    """The page in a file in which a browser saved it with its pictures."""
    import email
    import email.policy

    packed = email.message_from_bytes(content, policy=email.policy.default)
    parts = (part for part in packed.walk() if part.get_content_type() == "text/html")
    pages = (part.get_payload(decode=True) for part in parts)
    return "\n".join(_decoded(page) for page in pages if isinstance(page, bytes))


def _in_table(text: str) -> tuple[Post, ...]:
    """The posts of the app's own table: the link tells who and when, its place the text."""
    # With what writes tables, which is slow to import.
    from tchat_desktop.adapters.exports.figures_csv import plain_cell

    first = text.partition("\n")[0]
    rows = csv.reader(
        io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ","
    )
    found: list[Post] = []
    try:
        for row in rows:
            posts = posts_in_text(row[_LINK_PLACE]) if len(row) > _LINK_PLACE else ()
            if len(posts) == 1:
                found.append(_told(posts[0], row[_NAME_PLACE], plain_cell(row[_TEXT_PLACE])))
    except csv.Error:
        # What was read until there is whole.
        pass
    return tuple(found)


def _in_json(text: str) -> tuple[Post, ...]:
    """The posts of a document of the app, or of a list of posts: whatever has a link and a text."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return ()
    found: list[Post] = []
    for item in _objects(document):
        link = item.get("url")
        posts = posts_in_text(link) if isinstance(link, str) and len(link) <= Cap.LINK else ()
        if len(posts) == 1:
            found.append(_told(posts[0], item.get("author_name"), item.get("text")))
    return tuple(found)


def _objects(document: Any) -> Iterator[dict[str, Any]]:
    """Every object of a document, the outer ones first."""
    waiting = [document]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            yield item
            waiting += reversed(item.values())
        elif isinstance(item, list):
            waiting += reversed(item)


def _told(post: Post, name: object, text: object) -> Post:
    """The post with what the file says of it, as far as it is text."""
    named = cleaned(name).strip()[: Cap.NAME] if isinstance(name, str) else ""
    words = cleaned(text).strip()[: Cap.POST] if isinstance(text, str) else ""
    return replace(post, author_name=named or post.author_name, text=words)


if TYPE_CHECKING:
    from tchat_desktop.services.ports import PostPages

    def _is_a_post_pages(pages: XPages) -> PostPages:
        return pages
