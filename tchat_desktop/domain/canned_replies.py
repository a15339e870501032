"""The short replies at hand during the chat, which the organiser can word otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tchat_desktop.domain.chat import Chat, Person, Question, has_agreed
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.guest_answers import answer_post, guests_off_x
from tchat_desktop.domain.prepared_answers import answer_of
from tchat_desktop.domain.texts import CANNED, Texts, fill, values, with_own_texts

_IN_PRIVATE = "canned.private"


@dataclass(frozen=True, slots=True)
class CannedReply:
    """A short reply as it would be published."""

    key: str
    """The key of its text in `domain/texts.py`."""
    text: str
    tagged: bool
    """Whether it has the tag: what sends somebody to private messages leads nobody to them."""


def canned_replies(chat: Chat, feed: FeedPost, texts: Texts) -> tuple[CannedReply, ...]:
    """The short replies to a post, in their order; the source is the first one of its question.

    Where no source is known its blank stands in the text, which does not leave like that.
    """
    texts = with_own_texts(chat, texts)
    asked = _question(chat, feed)
    source = next(iter(asked.sources), "") if asked is not None else ""
    said = values(chat, texts, name=f"@{feed.post.author}", source=source)
    return tuple(CannedReply(key, fill(texts, key, **said), key != _IN_PRIVATE) for key in CANNED)


def answer_mark(number: int | None, texts: Texts) -> str:
    """What begins an answer to the question of this number, such as "R3"; "" without a number."""
    letter = texts.messages["post.guest_answer"].split("{number}")[0].strip()
    return f"{letter}{number}" if number else ""


def marked(text: str, mark: str) -> str:
    """The text with "R3" at its beginning, or without it where it begins with it."""
    rest = text.removeprefix(f"{mark} ")
    return rest if rest != text else f"{mark} {text.lstrip()}"


def guest_replies(
    chat: Chat, feed: FeedPost, number: int | None, texts: Texts
) -> Sequence[tuple[Person, str]]:
    """What guests without an account prepared for the question of a post, as it is published.

    `number` is the one by which the hour asks this question; without one there is nothing. Those
    with an account answer themselves.
    """
    texts = with_own_texts(chat, texts)
    return [
        (guest, answer_post(chat, guest, number, prepared, texts))
        for guest in guests_off_x(chat, texts.rules)
        if number and has_agreed(guest) and (prepared := answer_of(guest, feed.question_id))
    ]


def _question(chat: Chat, feed: FeedPost) -> Question | None:
    return next((one for one in chat.questions if one.id == feed.question_id), None)
