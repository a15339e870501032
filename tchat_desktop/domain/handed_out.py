"""Whether what was handed out of the questions is what they are now.

What was handed out is known by a digest alone: words that were taken out since are kept nowhere.
"""

from __future__ import annotations

import hashlib

from tchat_desktop.domain.chat import Chat, Person
from tchat_desktop.domain.numbering import bare_text, numbers

QUESTIONS_PICTURE = "picture"
"""The picture of the questions, among what is handed out; anything else is the id of a person."""

Handed = tuple[tuple[str, str], ...]


def asked_now(chat: Chat) -> str:
    """A digest of the questions in words, in their order, with those in reserve."""
    given = numbers(chat)
    told = [
        (given.get(one.id, 0), text) for one in chat.questions if (text := bare_text(chat, one))
    ]
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def with_handed(chat: Chat, to: str, questions: str) -> Handed:
    """What is handed out once `to` has these questions, a digest of `asked_now`; "" for none."""
    others = tuple(one for one in chat.handed_out if one[0] != to)
    return (*others, (to, questions)) if questions else others


def was_handed(chat: Chat, to: str) -> bool:
    """Whether a person or the picture is known to have had questions, of now or of before."""
    return to in dict(chat.handed_out)


def are_outdated(chat: Chat, to: str) -> bool:
    """Whether the questions have changed since `to` had them."""
    had = dict(chat.handed_out).get(to)
    return had is not None and had != asked_now(chat)


def has_questions_of_now(chat: Chat, person: Person) -> bool:
    """Whether a person has received the questions, and they are still the same."""
    return person.has_questions and not are_outdated(chat, person.id)
