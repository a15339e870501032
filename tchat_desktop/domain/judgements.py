"""Hints that are a matter of judgement, which the organiser may put aside: "It is meant so".

One is put aside for what it is about as it reads now. When that changes, it is told anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import replace

from tchat_desktop.domain.chat import Chat


def judgement(*about: str) -> str:
    """The mark of a hint, to be kept in `Chat.meant`: a digest of what the hint is about.

    `about` are the thing, the kind of hint and the words it was told of. The words themselves are
    not kept: they would outlive a text that is taken out.
    """
    told = "\x1f".join(about)
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]


def put_aside(chat: Chat, mark: str) -> Chat:
    """The chat in which the hint of that mark is meant so."""
    return chat if mark in chat.meant else replace(chat, meant=(*chat.meant, mark))


def told_again(chat: Chat, marks: Collection[str]) -> Chat:
    """The chat in which the hints of those marks are told again."""
    return replace(chat, meant=tuple(one for one in chat.meant if one not in marks))
