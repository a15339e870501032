"""The report on a chat: its figures, what was hoped for, and how everything was counted.

Every screen and every file that tells of the results of a chat takes them from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from heapq import nsmallest

from tchat_desktop.domain.anonymity import NameMask, comparable_handle
from tchat_desktop.domain.called import Called
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import FeedPost, asks, is_by_hand
from tchat_desktop.domain.doubts import Doubt, as_shown
from tchat_desktop.domain.echoes import echoes
from tchat_desktop.domain.editions import Edition, Measure, MeasureSeries, authors_before, series
from tchat_desktop.domain.etiquette import Share, ShareVerdict, share_in
from tchat_desktop.domain.figures import (
    Figures,
    Voices,
    count_voices,
    guest_handles,
    voices,
)
from tchat_desktop.domain.guest_answers import is_for_guest
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.domain.post_languages import LanguageCount, count_languages

MOST_SHARED = 5
"""How many of the most shared posts are listed."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What the organiser hoped for, and what came."""

    measure: Measure
    hoped: int
    came: int

    @property
    def is_reached(self) -> bool:
        """Whether at least as much came as was hoped for."""
        return self.came >= self.hoped


@dataclass(frozen=True, slots=True)
class SharedPost:
    """A post of a participant that was reposted, masked as in the recap."""

    post_id: str
    name: str
    """The name its author shows; "" where it is not known."""
    handle: str
    text: str
    reposts: int
    """As X told when the post was collected."""
    created_at: datetime
    """UTC."""
    url: str = ""
    question_id: str = ""
    doubts: tuple[Doubt, ...] = ()
    """What to check in it before it is published."""


@dataclass(frozen=True, slots=True)
class PublicQuestions:
    """What the public asked: posts that ask something, guests and the organisers left out."""

    asked: int = 0
    answered: int = 0
    """Those with a reply by the organising account, or marked as answered by the organiser."""


@dataclass(frozen=True, slots=True)
class Method:
    """How the posts of the public that are counted were collected."""

    from_x: int = 0
    """Given by X itself, which takes access keys."""
    by_hand: int = 0
    """Brought by the organiser, by their links or from a page that was pasted."""
    for_guests: int = 0
    """Answers that the organising account published for guests without an account."""
    without_text: int = 0
    """Those of which only the link is known, so that their language is not told."""
    first_at: datetime | None = None
    """When the first of them was written (UTC); None without any."""
    last_at: datetime | None = None
    """When the last of them was written (UTC)."""


@dataclass(frozen=True, slots=True)
class ChatReport:
    """What is told of a chat after it."""

    figures: Figures = field(default_factory=Figures)
    goals: tuple[Goal, ...] = ()
    languages: tuple[LanguageCount, ...] = ()
    """Of the posts of the public: the most first, last those whose language is not told."""
    asked_by_public: PublicQuestions = field(default_factory=PublicQuestions)
    most_shared: tuple[SharedPost, ...] = ()
    """The posts of participants with the most reposts. Those of hidden people are not among them,
    since the number would lead to them."""
    promotion: Share = field(default_factory=lambda: Share(0, 0, ShareVerdict.FINE))
    """How many of the `Figures.own_posts` speak of the organisation: by its name, its account or
    the link to share."""
    method: Method = field(default_factory=Method)
    former: tuple[Edition, ...] = ()
    """The former editions, the oldest first."""

    @property
    def comparison(self) -> tuple[MeasureSeries, ...]:
        """Each measure over the former editions and this one; nothing without a former one."""
        if not self.former:
            return ()
        return series([edition.figures for edition in self.former], self.figures)


def _answers(_reply: OutboxPost) -> bool:
    """Return True: without the texts of the chat, no reply is known to be a mere welcome."""
    return True


def build_report(
    chat: Chat,
    posts: Sequence[FeedPost],
    rows: Sequence[OutboxPost],
    rules: NetworkRules,
    *,
    former: Sequence[Edition] = (),
    spent_cents: float = 0.0,
    answers: Callable[[OutboxPost], bool] = _answers,
) -> ChatReport:
    """The report on a chat from the posts collected and the outbox `rows` of one occasion.

    `former` are its former editions, the oldest first. `spent_cents` is the most the hour can have
    cost, in US cents. `answers` tells whether a reply answers (see `echoes`).

    It takes a second for 100,000 posts: not on the GUI thread.
    """
    told = voices(chat, posts, rows, rules)
    counted = count_voices(chat, posts, rows, rules, told, authors_before(former))
    figures = replace(counted, spent_cents=spent_cents)
    mask = NameMask.over(chat, posts, rules)
    return ChatReport(
        figures=figures,
        goals=goals(chat, figures),
        languages=count_languages(item.post.text for item in told.public),
        asked_by_public=_asked_by_public(chat, told.public, rows, answers),
        most_shared=_most_shared(chat, told.public, mask),
        promotion=share_in((one.text for one in told.own), chat, rules),
        method=_method(told),
        former=tuple(former),
    )


def edition_of(
    chat: Chat,
    posts: Sequence[FeedPost],
    rows: Sequence[OutboxPost],
    rules: NetworkRules,
    before: Sequence[Edition] = (),
) -> Edition:
    """A former edition to compare with; `before` are the editions before it."""
    told = voices(chat, posts, rows, rules)
    figures = count_voices(chat, posts, rows, rules, told, authors_before(before))
    authors = {comparable_handle(author) for author in {one.post.author for one in told.public}}
    return Edition(chat, figures, frozenset(authors - {""}))


def goals(chat: Chat, figures: Figures) -> tuple[Goal, ...]:
    """What was hoped for in numbers, beside what came; nothing where no number was given."""
    found = (
        Goal(Measure.PARTICIPANTS, chat.hoped_participants, figures.participants),
        Goal(Measure.REPLIES, chat.hoped_replies, figures.replies),
    )
    return tuple(one for one in found if one.hoped > 0)


def _asked_by_public(
    chat: Chat,
    public: Iterable[FeedPost],
    rows: Sequence[OutboxPost],
    answers: Callable[[OutboxPost], bool],
) -> PublicQuestions:
    sent, guests = echoes(rows, answers), guest_handles(chat)
    asked = [
        item
        for item in public
        if asks(item) and not is_for_guest(item) and not _is_by(item, guests)
    ]
    answered = (
        item.answered or (item.post.id in sent and sent[item.post.id].is_answered) for item in asked
    )
    return PublicQuestions(len(asked), sum(answered))


def _is_by(item: FeedPost, guests: frozenset[str]) -> bool:
    return comparable_handle(item.post.author) in guests


def _most_shared(chat: Chat, public: Iterable[FeedPost], mask: NameMask) -> tuple[SharedPost, ...]:
    known = (
        item
        for item in public
        # X gave no number for the others, see `is_by_hand`.
        if item.post.reposts > 0 and not is_by_hand(item.post) and not is_for_guest(item)
    )
    shown = (item for item in known if not mask.hides(item.post.author))
    called = Called(chat)
    first = nsmallest(
        MOST_SHARED, shown, key=lambda one: (-one.post.reposts, one.post.created_at, one.post.id)
    )
    return tuple(_shared(item, chat, called, mask) for item in first)


def _shared(item: FeedPost, chat: Chat, called: Called, mask: NameMask) -> SharedPost:
    post, shown = item.post, as_shown(item, chat, mask)
    return SharedPost(
        post.id,
        mask.text(called.name(post)),
        post.author,
        shown.text,
        post.reposts,
        post.created_at,
        post.url,
        item.question_id,
        shown.doubts,
    )


def _method(told: Voices) -> Method:
    for_guests = sum(map(is_for_guest, told.public))
    by_hand = sum(is_by_hand(item.post) and not is_for_guest(item) for item in told.public)
    instants = [item.post.created_at for item in told.public]
    return Method(
        from_x=len(told.public) - by_hand - for_guests,
        by_hand=by_hand,
        for_guests=for_guests,
        without_text=sum(not item.post.text.strip() for item in told.public),
        first_at=min(instants, default=None),
        last_at=max(instants, default=None),
    )
