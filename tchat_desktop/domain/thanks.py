"""Lists who took part in a chat, and writes the thanks without mentioning people in bulk."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tchat_desktop.domain.anonymity import NameMask, comparable_handle
from tchat_desktop.domain.chat import Chat, Person, has_agreed
from tchat_desktop.domain.conversation import FeedPost, Post, asks, has_display_name
from tchat_desktop.domain.echoes import echoes
from tchat_desktop.domain.figures import guest_handles, own_accounts
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.guest_answers import is_for_guest, with_guest_answers
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.domain.people import account_of
from tchat_desktop.domain.signals import countable, people_to_spare
from tchat_desktop.domain.texts import (
    Texts,
    fill,
    reply_thanks,
    values,
    with_own_texts,
)


@dataclass(frozen=True, slots=True)
class Participant:
    """A person who took part. Counts are posts; `handle` is "" for a guest without an account."""

    handle: str
    name: str
    asked: int = 0
    """Posts in which they asked something."""
    answered: int = 0
    """Posts that answer a question of the chat and ask nothing."""
    reposted: int = 0
    """Posts of theirs that the organiser reposted."""
    posts: int = 0
    is_guest: bool = False
    thanked: bool = False
    may_be_named: bool = True
    """False for people whom the recap does not name, who are thanked in private only."""
    person_id: str = ""
    """The id of a guest without an account on X; "" for anyone else."""
    said: Post | None = None
    """Their last post, to which the thanks can be a reply; None if they wrote none."""

    @property
    def key(self) -> str:
        """A unique key: the handle in comparable form, or the id of a guest without an account."""
        return comparable_handle(self.handle) or comparable_handle(self.person_id)


@dataclass(frozen=True, slots=True)
class AddressedThanks:
    """A message of thanks that mentions one guest, who agreed to take part."""

    handle: str
    text: str


@dataclass(frozen=True, slots=True)
class GroupedThanks:
    """One message of thanks to everybody, and one to each guest who accepted to take part."""

    general: str
    addressed: tuple[AddressedThanks, ...]


def participants(
    chat: Chat,
    posts: Sequence[FeedPost],
    rows: Sequence[OutboxPost],
    rules: NetworkRules,
    delicate: frozenset[str] = frozenset(),
) -> tuple[Participant, ...]:
    """Everybody who took part: guests in the chat's order, then others by number of posts and name.

    Guests who accepted are listed even if they wrote nothing. The organising account and posts
    that are not `signals.countable` are left out. Of the `delicate` authors (whose posts ask for
    care), so are those that `signals.people_to_spare` gives.
    """
    spared, ours = people_to_spare(chat, delicate), own_accounts(chat, posts, rows)
    reposted = {post_id for post_id, echo in echoes(rows).items() if echo.is_reposted}
    said = with_guest_answers(chat, countable(chat, posts), rows, rules)
    spoken_for = {item.assigned_to for item in said if is_for_guest(item)}
    found = {
        one.key: one
        for one in (
            _as_guest(guest, rules)
            for guest in chat.guests
            if has_agreed(guest) or (guest.id in spoken_for and not account_of(guest, rules))
        )
        if one.handle or one.name
    }
    for item in said:
        if is_for_guest(item):
            _count_answer(found, item)
            continue
        key = comparable_handle(item.post.author)
        if not key or key in spared or key in ours:
            continue
        before = found.get(key) or Participant(item.post.author, "")
        asked = asks(item)
        found[key] = replace(
            before,
            name=(has_display_name(item.post) and item.post.author_name) or before.name,
            asked=before.asked + asked,
            answered=before.answered + (bool(item.question_id) and not asked),
            reposted=before.reposted + (item.post.id in reposted),
            posts=before.posts + 1,
            said=_later(before.said, item.post),
        )
    return _sorted(chat, found, NameMask.over(chat, posts, rules), rules)


def _as_guest(guest: Person, rules: NetworkRules) -> Participant:
    """A guest as a participant whose posts are not counted yet."""
    if account := account_of(guest, rules):
        return Participant(account, guest.name)
    return Participant("", guest.name.strip(), person_id=guest.id)


def _count_answer(found: dict[str, Participant], item: FeedPost) -> None:
    """Count an answer that was published for a guest without an account on X."""
    key = comparable_handle(item.assigned_to)
    before = found.get(key) or Participant("", item.post.author_name, person_id=item.assigned_to)
    answered = before.answered + bool(item.question_id)
    found[key] = replace(before, answered=answered, posts=before.posts + 1)


def _later(one: Post | None, other: Post) -> Post:
    return other if one is None or other.created_at >= one.created_at else one


def with_thanked(chat: Chat, key: str, thanked: bool) -> Chat:
    """The chat with the participant of that key marked as thanked, or no longer."""
    others = tuple(one for one in chat.thanked if comparable_handle(one) != comparable_handle(key))
    return replace(chat, thanked=(*others, comparable_handle(key)) if thanked else others)


def grouped_thanks(
    chat: Chat, people: Sequence[Participant], texts: Texts, *, again: bool = False
) -> GroupedThanks:
    """The messages of thanks to publish on X, in the language of the chat.

    `again` tells that the thanks of the run sheet were published already: a different wording is
    used, since X refuses duplicates. Only guests who accepted are mentioned, because X forbids
    uninvited mentions in bulk.
    """
    texts = with_own_texts(chat, texts)
    accepted = {
        comparable_handle(guest.typed_account)
        for guest in chat.guests
        if account_of(guest, texts.rules) and has_agreed(guest)
    }
    named = [
        one for one in people if comparable_handle(one.handle) in accepted and one.may_be_named
    ]
    hidden = {comparable_handle(one.handle) for one in people if not one.may_be_named}
    shown = replace(
        chat,
        people=tuple(one for one in chat.people if comparable_handle(one.handle) not in hidden),
    )
    return GroupedThanks(
        fill(texts, "post.thanks_again" if again else "post.thanks", **values(shown, texts)),
        tuple(
            AddressedThanks(one.handle, reply_thanks(chat, (f"@{spoken(one.handle)}",), texts))
            for one in named
        ),
    )


def personal_thanks(chat: Chat, person: Participant, texts: Texts) -> str:
    """A message of thanks to one person, to be sent by hand.

    It calls them by name, or by @handle when the name is not known. For a person who is not on X
    the text has no tag.
    """
    texts = with_own_texts(chat, texts)
    if not person.handle:
        return fill(texts, "reply.thanks_off_x", **values(chat, texts, name=spoken(person.name)))
    return reply_thanks(chat, (spoken(person.name) or f"@{spoken(person.handle)}",), texts)


def spoken(name: str) -> str:
    """A name made safe for a post: on one line, without signs that would mention or tag."""
    return " ".join(re.sub(r"[@＠#＃\x00-\x1f\x7f]", " ", name).split())


def _sorted(
    chat: Chat, found: Mapping[str, Participant], mask: NameMask, rules: NetworkRules
) -> tuple[Participant, ...]:
    """The participants with their marks, in the order of `participants`."""
    guests = guest_handles(chat)
    thanked = {comparable_handle(handle) for handle in chat.thanked}
    places = {
        comparable_handle(account_of(guest, rules)) or comparable_handle(guest.id): place
        for place, guest in enumerate(chat.guests)
    }
    marked = {
        key: replace(
            person,
            is_guest=key in guests or bool(person.person_id),
            thanked=key in thanked,
            may_be_named=not mask.hides(key),
        )
        for key, person in found.items()
    }
    return tuple(
        marked[key]
        for key in sorted(
            marked,
            key=lambda key: (
                not marked[key].is_guest,
                places.get(key, 0) if marked[key].is_guest else 0,
                -marked[key].posts,
                fold(marked[key].name),
                key,
            ),
        )
    )
