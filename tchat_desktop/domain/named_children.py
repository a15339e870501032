"""Whether a text of ours names a child: the one rule, asked before any of them leaves.

It is a hint like `child_names`, which misses much; so nothing is forbidden. The organiser reads the
text, and what they decide of it holds for that exact text, wherever it leaves from.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from tchat_desktop.domain.chat import Chat, Picture
from tchat_desktop.domain.child_names import child_hints, says_age_of_child
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.numbering import without_number

_WORD = r"[^\W\d_]+(?:[-'’ʼ][^\W\d_]+)*"
_NAME = re.compile(rf"{_WORD}(?:[ \u00a0\u202f]+[A-ZÀ-ÖØ-Þ](?:[^\W\d_]|[-'’ʼ])*){{0,2}}")
"""The name that a hint begins by: a word, and the ones after it that have a capital."""


def all_words(text: str, picture: Picture | None = None) -> str:
    """Everything that is read of a post of ours: its text, and the description of its picture."""
    return f"{text}\n{picture.alt_text}" if picture is not None and picture.alt_text else text


def children_named(text: str, chat: Chat) -> tuple[str, ...]:
    """The pieces of a text of ours that may name a child, such as "Aïcha, 14 ans".

    People of the chat are grown-ups whom the organiser knows: their names are no child's, unless
    an age under 18 stands beside one, which is then of somebody else with that name.
    """
    known = [frozenset(map(fold, re.findall(_WORD, person.name))) for person in chat.people]
    return tuple(
        hint
        for hint in child_hints(text)
        if says_age_of_child(hint) or not any(_name_words(hint) <= name for name in known)
    )


def to_ask_about(text: str, chat: Chat) -> tuple[str, ...]:
    """The same pieces; () once the organiser has said that this very text is to be published."""
    found = children_named(text, chat)
    return () if found and reading(text) in chat.named_on_purpose else found


def reading(text: str) -> str:
    """A digest of a text, without the number of a question, which follows the run sheet.

    The words themselves are not kept: they would outlive a post that is taken out.
    """
    words = without_number(text.strip())
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()


def with_naming_meant(chat: Chat, text: str) -> Chat:
    """The chat with the organiser's word that this text is published although it names a child."""
    read = reading(text)
    if read in chat.named_on_purpose:
        return chat
    return replace(chat, named_on_purpose=(*chat.named_on_purpose, read))


def _name_words(hint: str) -> frozenset[str]:
    found = _NAME.match(hint)
    return frozenset(map(fold, re.findall(_WORD, found[0]))) if found else frozenset()
