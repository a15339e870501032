"""Authors whose posts come hidden: somebody who insults is not answered, and not read again."""

from __future__ import annotations

from dataclasses import replace

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.folding import fold


def is_muted(author: str, chat: Chat) -> bool:
    """Whether the posts of an author, a bare name on X, come hidden."""
    return bool(author) and fold(author) in map(fold, chat.muted_authors)


def with_muted(chat: Chat, author: str, muted: bool) -> Chat:
    """The chat in which the posts of an author come hidden from now on, or no longer."""
    others = tuple(one for one in chat.muted_authors if fold(one) != fold(author))
    return replace(chat, muted_authors=(*others, author) if muted and author else others)
