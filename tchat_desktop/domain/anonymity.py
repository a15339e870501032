"""Keeps people who must not be named (children, people at risk) out of what is shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.post_text import EntityKind, entities

MASK = "[…]"
"""What stands where a name, a handle or a telltale link was."""

SHORTEST_HANDLE = 4
"""A handle shorter than this is masked after an @ only: alone it is an ordinary word."""

SHORTEST_NAME = 3


def bare(handle: str) -> str:
    """A name on X as it is compared: without the @ sign, letter case set aside."""
    return handle.strip().removeprefix("@").casefold()


class Veil:
    """Masks the hidden authors of a chat: their handles, names, and links that lead to them."""

    def __init__(self, handles: Iterable[str], names: Iterable[str], post_ids: Iterable[str]):
        self._handles = frozenset(bare(handle) for handle in handles) - {""}
        self._post_ids = frozenset(post_ids) - {""}
        self._words = _pattern(self._handles, names)

    @classmethod
    def over(cls, chat: Chat, posts: Sequence[FeedPost]) -> Veil:
        """The veil the organiser asked for, with what is known of the people to hide."""
        handles = frozenset(bare(handle) for handle in chat.recap.hidden_authors) - {""}
        theirs = [item.post for item in posts if bare(item.post.author) in handles]
        names = {post.author_name for post in theirs}
        names |= {person.name for person in chat.people if bare(person.handle) in handles}
        return cls(handles, names, (post.id for post in theirs))

    def hides(self, handle: str) -> bool:
        """Whether the person of that handle must not be named."""
        return bare(handle) in self._handles

    def text(self, text: str) -> str:
        """The text with every trace of a hidden person masked."""
        if self._words is None or not text:
            return text
        return self._words.sub(MASK, _without_links(text, self._telltale))

    def own_text(self, text: str) -> str:
        """A text by a hidden person: its links go as well, since they may show who wrote it."""
        return self.text(_without_links(text, lambda _link: True))

    def _telltale(self, link: str) -> bool:
        if self._words is not None and self._words.search(link):
            return True
        return any(
            part in self._post_ids or bare(part) in self._handles
            for part in re.split(r"[/?#&=]", link)
        )


def _pattern(handles: frozenset[str], names: Iterable[str]) -> re.Pattern[str] | None:
    if not handles:
        return None
    words: set[str] = set()
    for name in names:
        # A name with a flower beside it is also written without the flower.
        for form in (name.strip(), " ".join(re.findall(r"[\w'’.-]+", name))):
            if sum(letter.isalnum() for letter in form) >= SHORTEST_NAME:
                words.add(form)
    words |= {handle for handle in handles if len(handle) >= SHORTEST_HANDLE}
    at_first = [f"[@＠]{re.escape(handle)}" for handle in handles]
    alone = [re.escape(word) for word in sorted(words, key=len, reverse=True)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(at_first + alone)})(?!\w)", re.IGNORECASE)


def _without_links(text: str, unwanted: Callable[[str], bool]) -> str:
    for entity in reversed(entities(text)):
        if entity.kind is EntityKind.URL and unwanted(entity.value):
            text = text[: entity.start] + MASK + text[entity.end :]
    return text
