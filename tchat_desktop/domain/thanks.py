"""Who took part and how, and thanks that reach them without mentioning people in bulk."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tchat_desktop.domain.anonymity import Veil, bare
from tchat_desktop.domain.chat import Chat, Invitation
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.figures import guest_handles, question_of, question_rows
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState
from tchat_desktop.domain.post_text import urls


@dataclass(frozen=True, slots=True)
class Participant:
    """Someone who took part. Counts are posts."""

    handle: str
    name: str
    asked: int = 0
    """Posts that put a question of their own."""
    answered: int = 0
    """Posts that belong to a question of the chat."""
    reposted: int = 0
    """Posts of theirs that the organiser reposted."""
    posts: int = 0
    is_guest: bool = False
    thanked: bool = False
    may_be_named: bool = True
    """False for those the recap hides: thank them in private only."""


@dataclass(frozen=True, slots=True)
class AddressedThanks:
    """A thank-you to one person, who agreed to be part of the chat."""

    handle: str
    text: str


@dataclass(frozen=True, slots=True)
class GroupedThanks:
    """One message to everybody, mentioning nobody, and one to each guest who accepted."""

    general: str
    addressed: tuple[AddressedThanks, ...]


def participants(
    chat: Chat, posts: Sequence[FeedPost], rows: Sequence[OutboxPost]
) -> tuple[Participant, ...]:
    """Everybody who took part: guests in the chat's order, then by number of posts, then by name.

    Guests who accepted are listed even if they wrote nothing. The organising account and posts the
    organiser hid are left out.
    """
    asked = question_rows(chat, rows)
    reposted = {
        row.target_id
        for row in rows
        if row.kind is PostKind.REPOST and row.state is PostState.SENT and row.target_id
    }
    found: dict[str, Participant] = {
        bare(guest.handle): Participant(guest.handle, guest.name)
        for guest in chat.guests
        if guest.handle and guest.invitation is Invitation.ACCEPTED
    }
    for item in posts:
        key = bare(item.post.author)
        if item.hidden or not key or key == bare(chat.account):
            continue
        before = found.get(key) or Participant(item.post.author, "")
        answers = bool(question_of(item, asked))
        found[key] = replace(
            before,
            name=item.post.author_name or before.name,
            asked=before.asked + (not answers and asks(item.post.text)),
            answered=before.answered + answers,
            reposted=before.reposted + (item.reposted or item.post.id in reposted),
            posts=before.posts + 1,
        )
    return _sorted(chat, found, Veil.over(chat, posts))


def asks(text: str) -> bool:
    """Whether a post puts a question: a question mark outside of links."""
    for entity in reversed(urls(text)):
        text = text[: entity.start] + text[entity.end :]
    return any(mark in text for mark in "?？؟")


def with_thanked(chat: Chat, handle: str, thanked: bool) -> Chat:
    """The chat with a person ticked off as thanked, or no longer."""
    others = tuple(one for one in chat.thanked if bare(one) != bare(handle))
    return replace(chat, thanked=(*others, bare(handle)) if thanked else others)


def grouped_thanks(
    chat: Chat, people: Sequence[Participant], general: str, personal: str
) -> GroupedThanks:
    """Thanks for X from two texts in the chat's language.

    `general` may hold {tag}, {topic}, {organisation}, {count} and {guests} (names, no mentions);
    `personal` those of `personal_thanks`. Only guests who accepted are addressed: X forbids
    uninvited mentions in bulk, and identical thanks to many would be just that.
    """
    accepted = {
        bare(guest.handle) for guest in chat.guests if guest.invitation is Invitation.ACCEPTED
    }
    guests = [one for one in people if bare(one.handle) in accepted and one.may_be_named]
    names = ", ".join(_spoken(guest.name) for guest in guests if _spoken(guest.name))
    values = _common(chat) | {"count": str(len(people)), "guests": names}
    return GroupedThanks(
        _filled(general, values),
        tuple(
            AddressedThanks(guest.handle, personal_thanks(chat, guest, personal))
            for guest in guests
        ),
    )


def personal_thanks(chat: Chat, person: Participant, text: str) -> str:
    """A thank-you to one person, by hand or by e-mail, from a text in the chat's language.

    The text may hold {name}, {handle} (with its @), {tag}, {topic}, {organisation}, {posts},
    {asked}, {answered} and {reposted}.
    """
    counts = {
        "posts": str(person.posts),
        "asked": str(person.asked),
        "answered": str(person.answered),
        "reposted": str(person.reposted),
    }
    handle = f"@{bare_handle}" if (bare_handle := person.handle.removeprefix("@")) else ""
    return _filled(
        text,
        _common(chat) | counts | {"name": _spoken(person.name) or handle, "handle": handle},
    )


def _common(chat: Chat) -> dict[str, str]:
    return {
        "tag": f"#{chat.hashtag}" if chat.hashtag else "",
        "topic": chat.topic,
        "organisation": _spoken(chat.organisation),
    }


def _spoken(name: str) -> str:
    """A name that can stand in a post: on one line, and mentioning or tagging nothing."""
    return " ".join(re.sub(r"[@＠#＃\x00-\x1f\x7f]", " ", name).split())


def _filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its known placeholders replaced; others stay as they are."""
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), text)


def _sorted(
    chat: Chat, found: Mapping[str, Participant], veil: Veil
) -> tuple[Participant, ...]:
    guests = guest_handles(chat)
    thanked = {bare(handle) for handle in chat.thanked}
    places = {bare(guest.handle): place for place, guest in enumerate(chat.guests)}
    marked = {
        key: replace(
            person,
            is_guest=key in guests,
            thanked=key in thanked,
            may_be_named=not veil.hides(key),
        )
        for key, person in found.items()
    }
    return tuple(
        marked[key]
        for key in sorted(
            marked,
            key=lambda key: (
                key not in guests,
                places.get(key, 0) if key in guests else 0,
                -marked[key].posts,
                marked[key].name.casefold(),
                key,
            ),
        )
    )
