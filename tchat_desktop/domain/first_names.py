"""The first names of hidden people where they stand alone, in what others wrote.

A whole name is masked by itself (`anonymity.NameMask`). A first name alone may be somebody else's,
so the organiser is asked; once it is among the words to hide, it is masked like them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tchat_desktop.domain.anonymity import SHORTEST_NAME, NameMask, hidden_people, words_apart
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.noun_groups import keywords

_WORD = re.compile(r"[^\W\d_]+(?:[-’'ʼ][^\W\d_]+)*")
_TITLES = """
    docteur docteure doctor dr prof professeur professeure professor mme madame mlle mademoiselle
    monsieur miss mr mrs mister maman papa mama tata tonton tante soeur frere imam pasteur maitre
    maire sister brother aunt aunty uncle pastor mayor"""
TITLES = frozenset(_TITLES.split())
"""Folded words before a name that are no name."""


@dataclass(frozen=True, slots=True)
class NameLeft:
    """What may be the first name of somebody hidden, and the texts it is left in."""

    name: str
    texts: tuple[str, ...]


class FirstNames:
    """The first names of those the chat hides, as far as they are known from names and handles."""

    def __init__(self, chat: Chat, posts: Sequence[FeedPost], rules: NetworkRules) -> None:
        people, language = hidden_people(chat, posts), chat.language
        named = {
            fold(item.post.author)
            for item in posts
            if fold(item.post.author_name.removeprefix("@")) != fold(item.post.author)
            if first_name(item.post.author_name, language)
        }
        unnamed = [one for one in people.handles if fold(one) not in named]
        found = _firsts([*people.names, *map(words_apart, unnamed)], language)
        # A handle beside a name is often made of any words: "voix_1" is nobody called "voix".
        aside = _firsts(map(words_apart, people.handles - set(unnamed)), language)
        self._aside = frozenset(aside.keys() - found.keys())
        others = set(map(fold, chat.recap.names_of_others))
        found = {key: name for key, name in {**aside, **found}.items() if key not in others}
        self._masks = {
            name: NameMask((), (), (), (name,), chat.hashtag, rules=rules)
            for name in sorted(found.values())
        }
        self._any = NameMask((), (), (), found.values(), chat.hashtag, rules=rules)

    def left_in(self, texts: Iterable[str]) -> tuple[NameLeft, ...]:
        """Those that are left in texts which are about to be shown; most often none."""
        shown = tuple(text for text in texts if self._any.text(text) != text)
        left = (
            NameLeft(name, tuple(text for text in shown if self._is_in(name, mask, text)))
            for name, mask in self._masks.items()
        )
        return tuple(one for one in left if one.texts)

    def _is_in(self, name: str, mask: NameMask, text: str) -> bool:
        if mask.text(text) == text:
            return False
        if fold(name) not in self._aside:
            return True
        words = re.findall(r"[^\W\d_]+", text)
        return any(fold(word) == fold(name) and word[0].isupper() for word in words)


def _firsts(names: Iterable[str], language: str) -> dict[str, str]:
    """The first names in these, as written, by their folded form."""
    found: dict[str, str] = {}
    for name in sorted(names):
        first = first_name(name, language)
        # Of several ways to write it, the one with its capitals comes first.
        found.setdefault(fold(first), first)
    found.pop("", None)
    return found


def first_name(name: str, language: str) -> str:
    """The first name in the name somebody shows; "" where there is none to be made out.

    Some write their family name first, in capitals: the first name is then the other one.
    """
    meant = set(map(fold, keywords(name, language)))
    words = [
        word
        for word in _WORD.findall(name)
        if len(word) >= SHORTEST_NAME and fold(word) not in TITLES
        if not meant.isdisjoint(map(fold, re.findall(r"[^\W\d_]+", word)))
    ]
    return next((word for word in words if not word.isupper()), words[0] if words else "")
