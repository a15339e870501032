"""Answers of guests without an account on X: the organiser publishes them, with their name.

That is what their invitation promises ("we publish them with your name").
"""

from __future__ import annotations

from tchat_desktop.domain.chat import Chat, Person
from tchat_desktop.domain.outgoing import OutboxPost, PostKind
from tchat_desktop.domain.texts import Texts, fill, values

LONGEST_BIO = 60
"""Characters of the line on a guest that leave room for what they say."""


def guests_off_x(chat: Chat) -> tuple[Person, ...]:
    """The guests who cannot answer on X themselves, and whose name is known."""
    return tuple(guest for guest in chat.guests if not guest.account and guest.name.strip())


def answer_post(chat: Chat, guest: Person, number: int | None, answer: str, texts: Texts) -> str:
    """The post that gives a guest's answer to the question of that number; None for no question."""
    key = "post.guest_answer" if number else "post.guest_word"
    filled = values(chat, texts, name=_introduced(guest), text=answer.strip(), number=str(number))
    return fill(texts, key, **filled)


def slot_for(guest: Person, question_id: str, answer_id: str) -> str:
    """The key of such a post in the outbox; it tells whose answer it is, and to what."""
    return f"guest:{guest.id}:{question_id}:{answer_id}"


def guest_of(row: OutboxPost) -> str:
    """The id of the guest a row speaks for, "" for none."""
    return _part(row, 1)


def question_answered(row: OutboxPost) -> str:
    """The id of the question a guest's answer in a row is to, "" for none."""
    return _part(row, 2)


def _part(row: OutboxPost, place: int) -> str:
    parts = row.slot.split(":")
    is_answer = row.kind is PostKind.GUEST_ANSWER and len(parts) == 4
    return parts[place] if is_answer else ""


def _introduced(guest: Person) -> str:
    name, bio = guest.name.strip(), guest.bio.strip()
    return f"{name} ({bio})" if bio and len(bio) <= LONGEST_BIO else name
