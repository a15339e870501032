"""Everything that was said in a chat, the organisers' own posts too, as the files document it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tchat_desktop.domain.anonymity import comparable_handle
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.figures import Figures, guest_handles, is_by_public, own_accounts
from tchat_desktop.domain.guest_answers import is_for_guest, with_guest_answers
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState, told_at
from tchat_desktop.domain.refreshing import was_edited
from tchat_desktop.domain.report import ChatReport
from tchat_desktop.domain.signals import countable
from tchat_desktop.domain.thanks import Participant, participants


class Voice(StrEnum):
    """Who speaks in a post."""

    PUBLIC = "public"
    GUEST = "guest"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Said:
    """A post with who speaks in it."""

    item: FeedPost
    voice: Voice
    edited: bool = False
    """Whether its author changed it on X after it was published, as its link tells."""

    @property
    def is_ours(self) -> bool:
        """Whether the organisation wrote it, or published it for a guest: its text is ours."""
        return self.voice is Voice.ORGANISATION or is_for_guest(self.item)


@dataclass(frozen=True, slots=True)
class Dossier:
    """A chat with what was collected and counted in it: what the files of the report are made of.

    Nothing in it is masked: who writes a file masks.
    """

    chat: Chat
    report: ChatReport
    posts: tuple[FeedPost, ...] = ()
    rows: tuple[OutboxPost, ...] = ()
    simulated: bool = False
    """Whether it comes from a rehearsal: its participants are invented, its posts are not on X."""

    @property
    def figures(self) -> Figures:
        """The figures of the report."""
        return self.report.figures


@dataclass(frozen=True, slots=True)
class Unnamed:
    """The participants who must not be named, together."""

    people: int = 0
    posts: int = 0


@dataclass(frozen=True, slots=True)
class Documented:
    """What the files document of a dossier beside its figures."""

    said: tuple[Said, ...]
    """As `everything_said` gives it."""
    named: tuple[Participant, ...]
    unnamed: Unnamed


def documented(dossier: Dossier, rules: NetworkRules) -> Documented:
    """What the files document of a dossier; with many posts it takes seconds."""
    given = (dossier.chat, dossier.posts, dossier.rows, rules)
    return Documented(everything_said(*given), *counted_people(*given))


def counted_people(
    chat: Chat, posts: Sequence[FeedPost], rows: Sequence[OutboxPost], rules: NetworkRules
) -> tuple[tuple[Participant, ...], Unnamed]:
    """The participants that the figures count, those who may be named each with their posts.

    The count of one who must not be named could lead to them, so those are added up.
    """
    wrote = [one for one in participants(chat, posts, rows, rules) if one.posts]
    kept = [one for one in wrote if not one.may_be_named]
    together = Unnamed(len(kept), sum(one.posts for one in kept))
    return tuple(one for one in wrote if one.may_be_named), together


def everything_said(
    chat: Chat, posts: Sequence[FeedPost], rows: Sequence[OutboxPost], rules: NetworkRules
) -> tuple[Said, ...]:
    """All posts that the figures count, oldest first: as many as `Figures.posts`.

    Those are the `signals.countable` ones, the answers published for guests, and what left from
    here and was not collected. Nothing is masked.
    """
    collected = with_guest_answers(chat, countable(chat, posts), rows, rules)
    ours, guests = own_accounts(chat, posts, rows), guest_handles(chat)
    found = []
    for item in collected:
        if not is_by_public(item, ours):
            voice = Voice.ORGANISATION
        elif is_for_guest(item) or comparable_handle(item.post.author) in guests:
            voice = Voice.GUEST
        else:
            voice = Voice.PUBLIC
        edited = not is_for_guest(item) and was_edited(item.post, rules)
        found.append(Said(item, voice, edited))
    there = {one.item.post.id for one in found if one.voice is Voice.ORGANISATION}
    found += [
        Said(_as_posted(chat, row, rules), Voice.ORGANISATION)
        for row in _left(rows)
        if (row.remote_id or row.id) not in there
    ]
    return tuple(sorted(found, key=lambda one: (one.item.post.created_at, one.item.post.id)))


def _left(rows: Sequence[OutboxPost]) -> Sequence[OutboxPost]:
    """What the organisation certainly published in its own name, each post once."""
    aside = {PostKind.REPOST, PostKind.GUEST_ANSWER}
    sent = [row for row in rows if row.state is PostState.SENT and row.kind not in aside]
    return list({row.remote_id or row.id: row for row in reversed(sent)}.values())


def _as_posted(chat: Chat, row: OutboxPost, rules: NetworkRules) -> FeedPost:
    name = chat.organisation.strip() or f"@{chat.account}"
    post = Post(
        row.remote_id or row.id,
        chat.account,
        name,
        row.text,
        told_at(row, rules),
        row.url,
        # How often it was reposted is not known: it was not read.
        by_hand=True,
    )
    return FeedPost(post, question_id=row.question_id)
