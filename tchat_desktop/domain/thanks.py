"""Lists who took part in a chat, and writes the thanks without mentioning people in bulk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tchat_desktop.domain.anonymity import NameMask, comparable_handle
from tchat_desktop.domain.called import Called
from tchat_desktop.domain.chat import Chat, Person, Role, has_agreed
from tchat_desktop.domain.conversation import FeedPost, Post, asks, number_named
from tchat_desktop.domain.echoes import echoes
from tchat_desktop.domain.figures import guest_handles, own_accounts
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.guest_answers import is_for_guest, with_guest_answers
from tchat_desktop.domain.links import web_address
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.numbering import numbers_asked
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.domain.people import account_of
from tchat_desktop.domain.signals import countable, people_to_spare
from tchat_desktop.domain.texts import (
    Deed,
    Texts,
    fill,
    listed,
    reply_thanks,
    values,
    with_own_texts,
)

MANY_POSTS = 3
"""Posts from which somebody is among the most active."""

MOST_DEEDS = 2
"""The most a word of thanks is for: a list of everything thanks for nothing."""


class ThanksWay(StrEnum):
    """How somebody was thanked, as the organiser said."""

    REPLY = "reply"
    EMAIL = "email"
    IN_PERSON = "in_person"
    POST = "post"
    """By a post that mentions them."""
    PRIVATE = "private"
    """By a private message on the network."""


class ThanksGroup(StrEnum):
    """Those who can be thanked one group after the other; somebody may be in several."""

    GUESTS = "guests"
    TEAM = "team"
    ACTIVE = "active"
    NEWCOMERS = "newcomers"


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
    questions: tuple[int, ...] = ()
    """Numbers of the questions they answered, in order; () if they wrote other numbers."""
    shared: int = 0
    """Posts in which they shared a link."""
    is_guest: bool = False
    is_team: bool = False
    """Whether they held the chat with the organiser, as a co-host or moderator."""
    first_time: bool = False
    """Whether they wrote in no former edition; False when none is known."""
    thanked: bool = False
    thanked_by: ThanksWay | None = None
    """How they were thanked; None if not, or if nobody said how."""
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

    @property
    def groups(self) -> frozenset[ThanksGroup]:
        """The groups they belong to."""
        belongs = {
            ThanksGroup.GUESTS: self.is_guest,
            ThanksGroup.TEAM: self.is_team,
            ThanksGroup.ACTIVE: self.posts >= MANY_POSTS and not (self.is_guest or self.is_team),
            ThanksGroup.NEWCOMERS: self.first_time,
        }
        return frozenset(group for group, does in belongs.items() if does)


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
    former_authors: Iterable[str] | None = None,
) -> tuple[Participant, ...]:
    """Everybody who took part: guests in the chat's order, then others by number of posts and name.

    Guests who accepted are listed even if they wrote nothing. The organising account and posts
    that are not `signals.countable` are left out. Of the `delicate` authors (whose posts ask for
    care), so are those that `signals.people_to_spare` gives. `former_authors` are the handles seen
    in former editions; None when there was none.
    """
    called = Called(chat)
    spared, ours = people_to_spare(chat, delicate), own_accounts(chat, posts, rows)
    reposted = {post_id for post_id, echo in echoes(rows).items() if echo.is_reposted}
    said = with_guest_answers(chat, countable(chat, posts), rows, rules)
    numbers = numbers_asked(chat, rows)
    misnumbered: set[str] = set()
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
            _count_answer(found, item, numbers)
            continue
        key = comparable_handle(item.post.author)
        if not key or key in spared or key in ours:
            continue
        before = found.get(key) or Participant(item.post.author, "")
        asked = asks(item)
        if not asked and _names_another(item, numbers):
            misnumbered.add(key)
        found[key] = replace(
            before,
            name=called.name(item.post) or before.name,
            asked=before.asked + asked,
            answered=before.answered + (bool(item.question_id) and not asked),
            reposted=before.reposted + (item.post.id in reposted),
            posts=before.posts + 1,
            questions=before.questions if asked else _with_number(before, item, numbers),
            shared=before.shared + bool(rules.urls(item.post.text)),
            said=_later(before.said, item.post),
        )
    for key in misnumbered:
        found[key] = replace(found[key], questions=())
    mask = NameMask.over(chat, posts, rules)
    return _sorted(chat, _newcomers(found, former_authors), mask, rules)


def _newcomers(
    found: Mapping[str, Participant], former_authors: Iterable[str] | None
) -> dict[str, Participant]:
    """The same people, with who wrote in no former edition marked."""
    if former_authors is None:
        return dict(found)
    known = set(map(comparable_handle, former_authors))
    return {
        key: replace(one, first_time=bool(one.handle and one.posts) and key not in known)
        for key, one in found.items()
    }


def _with_number(
    before: Participant, item: FeedPost, numbers: Mapping[str, int]
) -> tuple[int, ...]:
    """The numbers of the questions they answered, with that of one more answer."""
    number = numbers.get(item.question_id)
    return tuple(sorted({*before.questions, number})) if number else before.questions


def _names_another(item: FeedPost, numbers: Mapping[str, int]) -> bool:
    """Whether an answer names another number than the one its question was asked by.

    What was announced as Q5 may have been asked as Q4: a thank-you for Q4 would contradict "R5".
    """
    named = number_named(item.post.text)
    return bool(item.question_id) and named not in (None, numbers.get(item.question_id))


def _as_guest(guest: Person, rules: NetworkRules) -> Participant:
    """A guest as a participant whose posts are not counted yet."""
    if account := account_of(guest, rules):
        return Participant(account, guest.name)
    return Participant("", guest.name.strip(), person_id=guest.id)


def _count_answer(
    found: dict[str, Participant], item: FeedPost, numbers: Mapping[str, int]
) -> None:
    """Count an answer that was published for a guest without an account on X."""
    key = comparable_handle(item.assigned_to)
    before = found.get(key) or Participant("", item.post.author_name, person_id=item.assigned_to)
    answered = before.answered + bool(item.question_id)
    answers = _with_number(before, item, numbers)
    found[key] = replace(before, answered=answered, posts=before.posts + 1, questions=answers)


def _later(one: Post | None, other: Post) -> Post:
    return other if one is None or other.created_at >= one.created_at else one


def with_thanked(chat: Chat, key: str, thanked: bool, way: ThanksWay | None = None) -> Chat:
    """The chat with the participant of that key marked as thanked, or no longer.

    `way` says how, where that is known.
    """
    key = comparable_handle(key)
    others = tuple(one for one in chat.thanked if comparable_handle(one) != key)
    ways = tuple(pair for pair in chat.thanked_by if comparable_handle(pair[0]) != key)
    return replace(
        chat,
        thanked=(*others, key) if thanked else others,
        thanked_by=(*ways, (key, str(way))) if thanked and way is not None else ways,
    )


def thanked_of(people: Sequence[Participant]) -> tuple[int, int]:
    """How many of those listed are thanked, and of how many.

    The one count of thanks: everybody listed counts, hidden or not, and nobody else.
    """
    return sum(one.thanked for one in people), len(people)


def thanked_apart(chat: Chat, people: Iterable[Participant]) -> frozenset[str]:
    """The keys of those thanked who are not listed: the team, authors whose posts are gone."""
    return frozenset(map(comparable_handle, chat.thanked)) - {one.key for one in people}


def team_of(chat: Chat) -> tuple[Person, ...]:
    """Those who held the chat with the organiser, as far as there is a name to call them by."""
    return tuple(
        one
        for one in chat.people
        if one.role is not Role.GUEST and (one.name.strip() or one.handle)
    )


def team_keys(chat: Chat, rules: NetworkRules) -> tuple[str, ...]:
    """The keys by which those of the team are ticked, as `Participant.key` has them."""
    return tuple(
        comparable_handle(account_of(one, rules)) or comparable_handle(one.id)
        for one in team_of(chat)
    )


def way_of(chat: Chat, key: str) -> ThanksWay | None:
    """How the participant of that key was thanked; None if nobody said."""
    said = {comparable_handle(one): way for one, way in chat.thanked_by}.get(key, "")
    return next((way for way in ThanksWay if way == said), None)


def grouped_thanks(
    chat: Chat, people: Sequence[Participant], texts: Texts, *, again: bool = False
) -> GroupedThanks:
    """The messages of thanks to publish on X, in the language of the chat.

    `again` tells that the thanks of the run sheet were published already: a different wording is
    used, since X refuses duplicates. Once the recap is online its link is in it. Only guests who
    accepted are mentioned, because X forbids uninvited mentions in bulk.
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
    link = web_address(chat.recap.page_link)
    key = "post.thanks_again" if again else "post.thanks"
    return GroupedThanks(
        fill(texts, "post.thanks_recap" if link else key, **values(shown, texts, recap=link)),
        tuple(
            AddressedThanks(one.handle, _reply(chat, one, f"@{spoken(one.handle)}", texts))
            for one in named
        ),
    )


def _reply(chat: Chat, person: Participant, name: str, texts: Texts) -> str:
    return reply_thanks(chat, (name,), texts, did(person, texts), first_time(person, texts))


def did(person: Participant, texts: Texts) -> str:
    """What somebody really did, as it follows their name in a word of thanks."""
    if person.is_team:
        return texts.messages[f"word.{Deed.TEAM}"]
    deeds: list[str] = []
    if person.is_guest:
        deeds.append(texts.messages[f"word.{Deed.GUEST}"])
    if person.questions:
        answers = Deed.ANSWERS if len(person.questions) > 1 else Deed.ANSWER
        numbers = listed(tuple(f"Q{number}" for number in person.questions), texts)
        deeds.append(fill(texts, f"word.{answers}", questions=numbers))
    elif person.answered:
        replies = Deed.REPLIES if person.answered > 1 else Deed.REPLY
        deeds.append(texts.messages[f"word.{replies}"])
    if person.asked:
        asked = Deed.QUESTIONS if person.asked > 1 else Deed.QUESTION
        deeds.append(texts.messages[f"word.{asked}"])
    if not deeds:
        other = Deed.SHARED if person.shared else Deed.PART
        deeds.append(texts.messages[f"word.{other}"])
    return listed(tuple(deeds[:MOST_DEEDS]), texts)


def first_time(person: Participant, texts: Texts) -> str:
    """The sentence that welcomes who came for the first time; "" for guests and the team."""
    comes = person.first_time and not (person.is_guest or person.is_team)
    return texts.messages["word.first_time"] if comes else ""


def personal_thanks(chat: Chat, person: Participant, texts: Texts) -> str:
    """A message of thanks to one person, to be sent by hand.

    It calls them by name, or by @handle when the name is not known. For a person who is not on X
    the text has no tag.
    """
    texts = with_own_texts(chat, texts)
    if person.handle:
        return _reply(chat, person, spoken(person.name) or f"@{spoken(person.handle)}", texts)
    said = values(
        chat,
        texts,
        name=spoken(person.name),
        did=did(person, texts),
        first_time=first_time(person, texts),
        recap=web_address(chat.recap.page_link),
    )
    return fill(texts, "reply.thanks_off_x", **said)


def private_thanks(chat: Chat, person: Participant, texts: Texts) -> str:
    """A message of thanks that one person alone will read, with neither tag nor @handle.

    It greets them by name where that is known.
    """
    texts = with_own_texts(chat, texts)
    hello = texts.messages["word.day_greeting"]
    said = values(
        chat,
        texts,
        greeting=f"{hello} {spoken(person.name)}".strip(),
        did=did(person, texts),
        first_time=first_time(person, texts),
        recap=web_address(chat.recap.page_link),
    )
    return fill(texts, "reply.thanks_private", **said)


def spoken(name: str) -> str:
    """A name made safe for a post: on one line, without signs that would mention or tag."""
    return " ".join(re.sub(r"[@＠#＃\x00-\x1f\x7f]", " ", name).split())


def _sorted(
    chat: Chat, found: Mapping[str, Participant], mask: NameMask, rules: NetworkRules
) -> tuple[Participant, ...]:
    """The participants with their marks, in the order of `participants`."""
    guests = guest_handles(chat)
    team = {
        comparable_handle(account_of(one, rules))
        for one in chat.people
        if one.role is not Role.GUEST
    }
    thanked = {comparable_handle(handle) for handle in chat.thanked}
    places = {
        comparable_handle(account_of(guest, rules)) or comparable_handle(guest.id): place
        for place, guest in enumerate(chat.guests)
    }
    marked = {
        key: replace(
            person,
            is_guest=key in guests or bool(person.person_id),
            is_team=key in team - guests,
            thanked=key in thanked,
            thanked_by=way_of(chat, key) if key in thanked else None,
            # As in the recap: who bears a name that is hidden is not named either.
            may_be_named=not mask.hides(key) and mask.text(person.name) == person.name,
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
