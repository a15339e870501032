"""Reads the collected posts in a document: each with a valid instant and id, and only once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import msgspec

from tchat_desktop.adapters.reading.ids import Renamed
from tchat_desktop.adapters.reading.sieve import MOST_ITEMS, NoInstant, NoteLeftOut, Sieve
from tchat_desktop.domain.clean_text import cleaned
from tchat_desktop.domain.conversation import NO, YES, FeedPost, Post, has_display_name
from tchat_desktop.domain.x import links
from tchat_desktop.domain.x.rules import X_RULES
from tchat_desktop.services.ports import ChatFileDamaged

MOST_REPOSTS = 2**53

_ID = re.compile(r"[0-9]{1,20}")
"""The form of the id of a post on X, which becomes part of addresses."""


def read_posts(raw: Any, sieve: Sieve, renamed: Renamed) -> tuple[FeedPost, ...]:
    """The posts that can be shown and answered; the others are noted.

    Raises ChatFileDamaged if `raw` is no list or too long, and msgspec.ValidationError.
    """
    if not isinstance(raw, list) or (sieve.limited and len(raw) > MOST_ITEMS):
        raise ChatFileDamaged("posts")
    read: dict[str, FeedPost] = {}
    for path, item in _items(raw, sieve):
        if not _ID.fullmatch(item.post.id) or item.post.id in read:
            sieve.note(f"{path}.post.id")
            continue
        sound = replace(item, post=_sound_post(item.post, f"{path}.post", sieve.note))
        read[item.post.id] = renamed.in_post(_sound_marks(sound, path, sieve.note))
    return tuple(read.values())


def as_read(posts: Iterable[FeedPost]) -> tuple[FeedPost, ...]:
    """Posts that are stored here, in the form in which `read_posts` gives them back.

    Those that it would refuse are left out.
    """
    return tuple(
        replace(item, post=_sound_post(_cleaned(item.post), "", _not_noted))
        for item in posts
        if _ID.fullmatch(item.post.id)
    )


def _cleaned(post: Post) -> Post:
    author, name = cleaned(post.author), cleaned(post.author_name)
    return replace(post, text=cleaned(post.text), author=author, author_name=name)


def _not_noted(_path: str) -> None:
    """Note nothing: it is not from outside."""


def _items(raw: list[Any], sieve: Sieve) -> Iterator[tuple[str, FeedPost]]:
    for index, one in enumerate(raw):
        path = f"posts[{index}]"
        try:
            yield path, msgspec.convert(sieve.sift(one, FeedPost, path), FeedPost)
        except NoInstant:
            continue


def _sound_post(post: Post, path: str, note: NoteLeftOut) -> Post:
    if not 0 <= post.reposts <= MOST_REPOSTS:
        note(f"{path}.reposts")
        post = replace(post, reposts=0)
    # Anything else in the address could lead elsewhere, or be markup where it is shown.
    link = links.canonical(post.url) if post.url.startswith("https://") else ""
    if post.url and not link:
        note(f"{path}.url")
    answers = post.in_reply_to if _ID.fullmatch(post.in_reply_to) else ""
    if answers != post.in_reply_to:
        note(f"{path}.in_reply_to")
    if post.author and not X_RULES.is_account(post.author):
        # With an @ before it, X would mention the account of the valid beginning of it.
        note(f"{path}.author")
        name = post.author_name if has_display_name(post) and post.author_name else post.author
        post = replace(post, author="", author_name=name)
    return replace(post, url=link, in_reply_to=answers)


def _sound_marks(item: FeedPost, path: str, note: NoteLeftOut) -> FeedPost:
    if item.asks not in ("", YES, NO):
        note(f"{path}.asks")
        item = replace(item, asks="")
    if item.harmless and (item.confided or item.names_child):
        # They exclude each other; the one that protects is kept.
        note(f"{path}.harmless")
        item = replace(item, harmless=False)
    return item
