"""Whom to invite again: those who took part in former chats, and the words that invite them.

One person at a time, and never by a mention that was not asked for: X forbids it in bulk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tchat_desktop.domain.anonymity import NamingRule, comparable_handle
from tchat_desktop.domain.chat import Chat, Naming
from tchat_desktop.domain.conversation import FeedPost, Post, asks
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.guest_answers import is_for_guest, with_guest_answers
from tchat_desktop.domain.letters import Letter
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.domain.people import account_of
from tchat_desktop.domain.promotion import questions_told
from tchat_desktop.domain.signals import countable, people_to_spare
from tchat_desktop.domain.texts import Texts, When, fill, fill_post, values, with_own_texts
from tchat_desktop.domain.thanks import Participant, participants, spoken


class InvitedBy(StrEnum):
    """How somebody was invited again, as the organiser said."""

    UNSAID = ""
    REPLY = "reply"
    MESSAGE = "message"
    EMAIL = "email"
    IN_PERSON = "in_person"


@dataclass(frozen=True, slots=True)
class HeldChat:
    """A chat that was held, with its posts (oldest first) and the rows of its outbox."""

    chat: Chat
    posts: Sequence[FeedPost]
    rows: Sequence[OutboxPost]
    delicate: frozenset[str] = frozenset()
    """`signals.delicate_authors` of its posts."""


@dataclass(frozen=True, slots=True)
class FormerParticipant:
    """Somebody who took part before. Counts are of posts in all these chats together."""

    key: str
    """Their handle as compared; the id of a guest without an account on X."""
    handle: str
    name: str
    answered: int = 0
    """Posts that answer a question of a chat and ask nothing."""
    asked: int = 0
    posts: int = 0
    editions: int = 0
    """In how many of the chats they took part."""
    was_guest: bool = False
    answer: str = ""
    """What they answered last, as it was published."""
    said: Post | None = None
    """Their last post, to which an invitation can be a reply; None if they wrote none."""
    email: str = ""
    """Of a guest, as it was typed."""
    may_be_named: bool = True
    """False for somebody whom a recap does not name: they are invited in private only."""
    invited: bool = False
    invited_by: InvitedBy = InvitedBy.UNSAID

    @property
    def called(self) -> str:
        """How a word to them calls them: by name, or by @handle when the name is not known.

        It mentions nobody by accident: a name is written without signs that would.
        """
        return spoken(self.name) or (f"@{spoken(self.handle)}" if self.handle else "")


def former_participants(
    held: Iterable[HeldChat], rules: NetworkRules
) -> tuple[FormerParticipant, ...]:
    """Who took part in these chats, the oldest first: who answered most comes first.

    Left out everywhere are those who are hidden or muted in any of them, who confided something
    there, and who held a chat with the organiser.
    """
    found: dict[str, FormerParticipant] = {}
    left_out: set[str] = set()
    for one in held:
        chat = one.chat
        rule = NamingRule(chat)
        left_out |= _not_to_invite(chat, rule)
        left_out |= people_to_spare(chat, one.delicate)
        answers = _answers(one, rules)
        emails = {
            comparable_handle(account_of(guest, rules) or guest.id): guest.email.strip()
            for guest in chat.guests
        }
        for person in participants(chat, one.posts, one.rows, rules, one.delicate):
            key = _key_in(found, person)
            if person.is_team or (person.handle and rule.of(person.handle) is Naming.HIDDEN):
                left_out.add(key)
                continue
            before = found.pop(key, FormerParticipant(key, person.handle, ""))
            after = _with(before, person)
            found[person.key] = replace(
                after,
                key=person.key,
                answer=answers.get(person.key, before.answer),
                email=emails.get(person.key, "") or before.email,
            )
    kept = (one for key, one in found.items() if key not in left_out)
    return tuple(sorted(kept, key=_place))


def _place(one: FormerParticipant) -> tuple[int, int, int, str, str]:
    return -one.answered, -one.editions, -one.posts, fold(one.name), one.key


def _not_to_invite(chat: Chat, rule: NamingRule) -> set[str]:
    """The handles of a chat that are hidden or muted in it, and the organising account."""
    hidden = {handle for handle in rule.chosen if rule.of(handle) is Naming.HIDDEN}
    return hidden | {comparable_handle(one) for one in (*chat.muted_authors, chat.account) if one}


def _key_in(found: Mapping[str, FormerParticipant], person: Participant) -> str:
    """The key under which a person stands: without an account, a guest is known by their name."""
    if person.handle:
        return person.key
    name = fold(person.name)
    alike = (one.key for one in found.values() if not one.handle and fold(one.name) == name)
    return next(alike, person.key)


def _with(before: FormerParticipant, person: Participant) -> FormerParticipant:
    """The person with what they did in one more chat, later than the others."""
    return replace(
        before,
        handle=person.handle,
        name=person.name or before.name,
        answered=before.answered + person.answered,
        asked=before.asked + person.asked,
        posts=before.posts + person.posts,
        editions=before.editions + 1,
        was_guest=before.was_guest or person.is_guest,
        said=person.said or before.said,
        may_be_named=before.may_be_named and person.may_be_named,
    )


def _answers(held: HeldChat, rules: NetworkRules) -> dict[str, str]:
    """What each person answered last, by key."""
    chat = held.chat
    said = with_guest_answers(chat, countable(chat, held.posts), held.rows, rules)
    return {
        comparable_handle(item.assigned_to if is_for_guest(item) else item.post.author): (
            item.post.text
        )
        for item in said
        if item.question_id and not asks(item)
    }


def to_invite(
    chat: Chat, former: Sequence[FormerParticipant], rules: NetworkRules
) -> tuple[FormerParticipant, ...]:
    """Those of them whom a chat can invite, with what was ticked off, in their order.

    Without the people who are in it already, and those who are hidden or muted in it.
    """
    rule = NamingRule(chat)
    accounts = {account_of(one, rules) for one in chat.people}
    there = {comparable_handle(one) for one in (*accounts, *(one.id for one in chat.people)) if one}
    # Without an account, somebody is who bears that name.
    names = {fold(one.name) for one in chat.people} - {""}
    there |= {one.key for one in former if not one.handle and fold(one.name) in names}
    there |= _not_to_invite(chat, rule)
    ways = {comparable_handle(key): way for key, way in chat.invited_again}
    known = {way.value: way for way in InvitedBy}
    return tuple(
        replace(one, invited=True, invited_by=known.get(ways[one.key], InvitedBy.UNSAID))
        if one.key in ways
        else one
        for one in former
        if one.key not in there
    )


def with_invited(chat: Chat, key: str, way: InvitedBy | None) -> Chat:
    """The chat with the person of that key ticked off as invited; None takes the tick away."""
    key = comparable_handle(key)
    others = tuple(pair for pair in chat.invited_again if comparable_handle(pair[0]) != key)
    more = ((key, way.value),) if way is not None else ()
    return replace(chat, invited_again=(*others, *more))


def invitation_again(chat: Chat, person: FormerParticipant, texts: Texts, when: When) -> str:
    """The words that invite somebody again, in the language of the chat.

    For somebody on X they fit a post wherever that can be: a question told beforehand and the
    hours by town give way. For a guest without an account they are the letter.
    """
    if not person.handle:
        return letter_again(chat, person, texts, when).body
    texts = with_own_texts(chat, texts)
    told = questions_told(chat)
    filled = values(chat, texts, when, name=person.called, question=told[0] if told else "")
    text = fill_post(texts, "again.post", **filled)
    if texts.rules.remaining(text) < 0:
        text = fill_post(texts, "again.post", **{**filled, "hours": when.hour})
    return text


def letter_again(chat: Chat, person: FormerParticipant, texts: Texts, when: When) -> Letter:
    """The same as a letter, to a former guest whose address is known."""
    texts = with_own_texts(chat, texts)
    filled = values(chat, texts, when, name=spoken(person.name))
    return Letter(
        fill(texts, "again.subject", **filled),
        fill(texts, "again.letter", **filled),
    )
