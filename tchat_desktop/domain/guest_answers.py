"""Answers of guests without an account on X: the organiser publishes them, with their name.

That is what their invitation promises ("we publish them with your name").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tchat_desktop.domain.chat import Chat, Person
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost, PostState, told_at
from tchat_desktop.domain.people import account_of
from tchat_desktop.domain.texts import Texts, fill, values

LONGEST_BIO = 60
"""Characters of the line on a guest that leave room for what they say."""


def guests_off_x(chat: Chat, rules: NetworkRules) -> tuple[Person, ...]:
    """The guests who cannot answer on X themselves, and whose name is known."""
    return tuple(
        guest for guest in chat.guests if not account_of(guest, rules) and guest.name.strip()
    )


def answer_post(chat: Chat, guest: Person, number: int | None, answer: str, texts: Texts) -> str:
    """The post that gives a guest's answer to the question of that number; None for no question."""
    key = "post.guest_answer" if number else "post.guest_word"
    via = texts.messages[f"word.via_{guest.reached_by}"] if guest.reached_by else ""
    said = {"name": _introduced(guest), "via": via, "text": answer.strip(), "number": str(number)}
    return fill(texts, key, **(values(chat, texts) | said))


def with_guest_answers(
    chat: Chat, posts: Iterable[FeedPost], rows: Sequence[OutboxPost], rules: NetworkRules
) -> tuple[FeedPost, ...]:
    """The posts, oldest first, with what was published for guests: each once, in their name.

    Such a post has no author on X, unless the guest has an account by now; its id is that of its
    row, and `assigned_to` that of the guest.
    Collected under the organising account as well, it is not there a second time.
    """
    rows = [row for row in rows if row.guest_id and row.state is PostState.SENT]
    if not rows:
        return tuple(posts)
    doubles = {row.remote_id for row in rows} - {""}
    said = [item for item in posts if item.post.id not in doubles]
    said += [_as_said(chat, row, rules) for row in rows]
    return tuple(sorted(said, key=lambda item: item.post.created_at))


def is_for_guest(item: FeedPost) -> bool:
    """Whether a post is one the organiser published for a guest without an account."""
    return not item.post.author and bool(item.assigned_to)


def _as_said(chat: Chat, row: OutboxPost, rules: NetworkRules) -> FeedPost:
    guest = next((one for one in chat.guests if one.id == row.guest_id), None)
    name = guest.name.strip() if guest is not None else row.guest_name
    account = account_of(guest, rules) if guest is not None else ""
    return FeedPost(
        Post(row.id, account, name, row.text, told_at(row, rules), row.url),
        starred=row.id in chat.recap.guest_answers,
        question_id=row.question_id,
        assigned_to=row.guest_id,
    )


def _introduced(guest: Person) -> str:
    name, bio = guest.name.strip(), guest.bio.strip()
    return f"{name} ({bio})" if bio and len(bio) <= LONGEST_BIO else name
