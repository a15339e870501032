"""Counts the posts collected under the tag of a chat, the people who wrote them, and the reposts.

There is no figure for reach, since the app does not learn how many people read the posts. Reposts
are those known to X when the posts were collected. Posts the organiser hid (abuse, advertising) and
confidences (`signals.countable`) are left out of every count, and told apart.

Every screen and every export takes its numbers from here, or counts what `is_by_public` lets
through: a number is the same wherever it stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tchat_desktop.domain.anonymity import NameMask, comparable_handle
from tchat_desktop.domain.chat import Chat, Role
from tchat_desktop.domain.conversation import (
    Asked,
    FeedPost,
    Post,
    asked_questions,
    asked_wordings,
    is_by_hand,
)
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.guest_answers import is_for_guest, with_guest_answers
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.numbering import numbers_asked
from tchat_desktop.domain.outgoing import ASKED_FOR, OutboxPost, PostKind, PostState, told_at
from tchat_desktop.domain.signals import countable

LONGEST_WINDOW = 240
"""The most minutes of the curve; later posts are counted in `Figures.after`."""


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """One question that was asked, with the replies to it by anyone but the organising account."""

    question_id: str
    number: int | None
    """The number it was published with; None if it had none."""
    replies: int
    asked_minute: int | None = None
    """Minutes after the beginning; None when the app did not send it, or outside the curve."""
    text: str = ""
    """The wording it was published with, with hidden people and words masked."""


@dataclass(frozen=True, slots=True)
class Busiest:
    """The minute with the most posts of participants.

    `minute` is its index in `Figures.minutes`, `at` its beginning in UTC, `posts` their number.
    """

    minute: int
    at: datetime
    posts: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one chat. Datetimes are in UTC."""

    participants: int = 0
    """Distinct people who posted, guests included, without the organising account."""
    guest_keys: frozenset[str] = frozenset()
    """The participants who are guests: handles as compared, ids for guests without an account."""
    spoken_for: int = 0
    """How many of the guests wrote nothing on X themselves: their answers were published."""
    team: int = 0
    """How many of the participants are co-hosts or moderators, with an account of their own."""
    newcomers: int | None = None
    """Participants seen in no former edition; None when no former edition was given."""
    posts: int = 0
    """All posts, including those of the organising account."""
    own_posts: int = 0
    """Posts of the organising account: what left in the hour, replies with thanks among it, and
    what was collected. Answers it published for guests, and the thread of the recap, are not."""
    reposts: int | None = 0
    """Reposts known to X when the posts were collected; None when all were entered by hand."""
    questions: tuple[QuestionFigures, ...] = ()
    begins_at: datetime | None = None
    minutes: tuple[int, ...] = ()
    """Posts of participants in each minute from `begins_at` on."""
    before: int = 0
    after: int = 0
    """Posts of participants before the first minute (`before`) and after the last (`after`)."""
    hidden: int = 0
    """Posts left out because the organiser hid them; never published."""
    confidences: int = 0
    """Posts left out because somebody confides something in them; never published."""
    spent_cents: float = 0.0
    """The most the hour can have cost with the API, in US cents."""

    @property
    def guests(self) -> int:
        """How many of the participants are guests."""
        return len(self.guest_keys)

    @property
    def public_posts(self) -> int:
        """The posts of the participants, which are the sum of `before`, `minutes` and `after`."""
        return self.posts - self.own_posts

    @property
    def questions_asked(self) -> int:
        """The number of questions that were asked."""
        return len(self.questions)

    @property
    def questions_answered(self) -> int:
        """The number of questions with at least one reply."""
        return sum(question.replies > 0 for question in self.questions)

    @property
    def replies(self) -> int:
        """The number of replies to all questions together."""
        return sum(question.replies for question in self.questions)

    @property
    def busiest(self) -> Busiest | None:
        """The first minute with the most posts of participants; None without any post."""
        most = max(self.minutes, default=0)
        if not most or self.begins_at is None:
            return None
        minute = self.minutes.index(most)
        return Busiest(minute, self.begins_at + timedelta(minutes=minute), most)


@dataclass(frozen=True, slots=True)
class Voices:
    """The posts of a chat that may be counted, told apart by who speaks in them."""

    collected: Sequence[FeedPost]
    """What was collected, without what is not `signals.countable`."""
    said: Sequence[FeedPost]
    """The same with what was published for guests, in their name, and without the thread of the
    recap."""
    public: Sequence[FeedPost]
    """What participants said, guests included."""
    own: Sequence[OwnPost]
    """What the organising account published, without what it published for guests."""


@dataclass(frozen=True, slots=True)
class OwnPost:
    """A post of the organising account; `at` is UTC."""

    at: datetime
    text: str


def voices(
    chat: Chat, posts: Sequence[FeedPost], rows: Sequence[OutboxPost], rules: NetworkRules
) -> Voices:
    """Tell apart who speaks in the posts collected and in the outbox `rows`."""
    thread = thread_ids(chat)
    collected = countable(chat, posts)
    apart = [one for one in collected if one.post.id not in thread] if thread else collected
    said = with_guest_answers(chat, apart, rows, rules)
    ours = own_accounts(chat, posts, rows)
    # An author is compared once, and not with each of their posts.
    writes = {author: comparable_handle(author) in ours for author in _authors(said)}
    public = [item for item in said if is_for_guest(item) or not writes[item.post.author]]
    by_us = [item.post for item in said if not is_for_guest(item) and writes[item.post.author]]
    return Voices(collected, said, public, _own_posts(by_us, rows, rules))


def thread_ids(chat: Chat) -> frozenset[str]:
    """The ids of the posts of the thread that tells the recap, as far as they are known."""
    return frozenset(post_id for _slot, post_id in chat.thread_out if post_id)


def count(
    chat: Chat,
    posts: Sequence[FeedPost],
    rows: Sequence[OutboxPost],
    rules: NetworkRules,
    former_authors: Iterable[str] | None = None,
) -> Figures:
    """The figures of a chat from all its collected posts and its outbox `rows`.

    `former_authors` are the handles seen in former editions; None when there was none.
    """
    told = voices(chat, posts, rows, rules)
    return count_voices(chat, posts, rows, rules, told, former_authors)


def count_voices(
    chat: Chat,
    posts: Sequence[FeedPost],
    rows: Sequence[OutboxPost],
    rules: NetworkRules,
    told: Voices,
    former_authors: Iterable[str] | None = None,
) -> Figures:
    """The same as `count`, where the `voices` of these posts are known already."""
    people = set(map(comparable_handle, _authors(told.public))) - {""}
    spoken_for = {item.assigned_to for item in told.public if is_for_guest(item)}
    guests = people & guest_handles(chat)
    begins_at, length = _window(chat, [item.post for item in told.said], rows, rules)
    public = [item.post.created_at for item in told.public]
    minutes, before, after = _by_minute(public, begins_at, length)
    mask = NameMask.over(chat, posts, rules)
    thread = thread_ids(chat)
    hidden = sum(item.hidden for item in posts)
    return Figures(
        participants=len(people) + len(spoken_for),
        guest_keys=frozenset(guests | spoken_for),
        spoken_for=len(spoken_for),
        team=len(people & team_handles(chat) - guests),
        newcomers=None
        if former_authors is None
        else len(people - {comparable_handle(author) for author in former_authors}),
        posts=len(public) + len(told.own),
        own_posts=len(told.own),
        reposts=_reposts([one.post for one in told.collected if one.post.id not in thread]),
        questions=_questions(chat, told.public, rows, begins_at, length, mask, rules),
        begins_at=begins_at,
        minutes=minutes,
        before=before,
        after=after,
        hidden=hidden,
        confidences=len(posts) - hidden - len(told.collected),
    )


def _authors(posts: Iterable[FeedPost]) -> set[str]:
    return {item.post.author for item in posts}


def own_accounts(
    chat: Chat, posts: Iterable[FeedPost], rows: Iterable[OutboxPost]
) -> frozenset[str]:
    """The accounts the organisers write with, as compared.

    That is the account of the chat. Where none was given, it is who wrote the posts that left from
    here, and whoever bears the name of the organisation.
    """
    if account := comparable_handle(chat.account):
        return frozenset({account})
    left = {row.remote_id for row in rows if row.state is PostState.SENT} - {""}
    house = fold(chat.organisation).strip()
    return frozenset(
        comparable_handle(item.post.author)
        for item in posts
        if item.post.id in left or (house and fold(item.post.author_name).strip() == house)
    ) - {""}


def is_by_public(item: FeedPost, ours: frozenset[str]) -> bool:
    """Whether a post is one of the participants, guests included, and not the organisers' own.

    `ours` are the `own_accounts`. An answer published for a guest without an account on X is the
    guest's.
    """
    return is_for_guest(item) or comparable_handle(item.post.author) not in ours


def guest_handles(chat: Chat) -> frozenset[str]:
    """The handles of the guests who have not declined, in the form used for comparing."""
    return frozenset(comparable_handle(guest.typed_account) for guest in chat.guests) - {""}


def team_handles(chat: Chat) -> frozenset[str]:
    """The handles of the co-hosts and moderators, in the form used for comparing."""
    team = (one for one in chat.people if one.role is not Role.GUEST)
    return frozenset(comparable_handle(one.typed_account) for one in team) - {""}


def _reposts(posts: Sequence[Post]) -> int | None:
    """All reposts that X told of; None when every post was entered by hand."""
    told = [post.reposts for post in posts if not is_by_hand(post)]
    return sum(told) if told or not posts else None


def questions_sent(
    chat: Chat, rows: Sequence[OutboxPost], rules: NetworkRules
) -> Mapping[str, Asked]:
    """The questions that were certainly published, by id."""
    sent = [row for row in rows if row.state is PostState.SENT]
    return {one.question_id: one for one in asked_questions(chat, sent, rules)}


def _own_posts(
    by_us: Iterable[Post], rows: Sequence[OutboxPost], rules: NetworkRules
) -> tuple[OwnPost, ...]:
    """What the organising account published: posts collected, and sent ones not collected.

    Reposts and answers published for guests are left out.
    """
    found = {post.id: OwnPost(post.created_at, post.text) for post in by_us}
    aside = {PostKind.REPOST, PostKind.GUEST_ANSWER}
    for row in rows:
        if row.state is PostState.SENT and row.kind not in aside:
            found.setdefault(row.remote_id or row.id, OwnPost(told_at(row, rules), row.text))
    return tuple(found.values())


def _window(
    chat: Chat, posts: Sequence[Post], rows: Sequence[OutboxPost], rules: NetworkRules
) -> tuple[datetime | None, int]:
    """The first minute (UTC) and the number of minutes of the curve; None and 0 for no curve.

    It is the planned time if any post lies within an hour of it, or there is no post. Else it is
    the hour as it was held, from the first post of the run sheet that left to the last one; what
    comes later is after the chat. Without those it is the time of the posts.
    """
    first = min((post.created_at for post in posts), default=None)
    start, end = chat.starts_at, chat.ends_at
    if start is not None and end is not None:
        hour = timedelta(hours=1)
        near = any(start - hour <= post.created_at <= end + hour for post in posts)
        if near or first is None:
            return start, min(chat.minutes, LONGEST_WINDOW)
    if first is None:
        return None, 0
    # No hour was planned, or the chat was held at another one (a rehearsal).
    ours = [
        told_at(row, rules)
        for row in rows
        if row.state is PostState.SENT and row.kind not in ASKED_FOR
    ]
    begin = min(ours, default=first).replace(second=0, microsecond=0)
    last = max(ours) if ours else max(post.created_at for post in posts)
    lasted = _minute(last, begin) + 1
    return begin, min(max(lasted, chat.minutes), LONGEST_WINDOW)


def _minute(instant: datetime, begins_at: datetime) -> int:
    return (instant - begins_at) // timedelta(minutes=1)


def _by_minute(
    instants: Iterable[datetime], begins_at: datetime | None, length: int
) -> tuple[tuple[int, ...], int, int]:
    """The posts in each of `length` minutes, before the first minute, and after the last."""
    if begins_at is None:
        return (), 0, 0
    counts, before, after = [0] * length, 0, 0
    for instant in instants:
        minute = _minute(instant, begins_at)
        if minute < 0:
            before += 1
        elif minute >= length:
            after += 1
        else:
            counts[minute] += 1
    return tuple(counts), before, after


def _questions(
    chat: Chat,
    others: Sequence[FeedPost],
    rows: Sequence[OutboxPost],
    begins_at: datetime | None,
    length: int,
    mask: NameMask,
    rules: NetworkRules,
) -> tuple[QuestionFigures, ...]:
    """The figures of the questions that were asked, ordered by number."""
    asked = questions_sent(chat, rows, rules)
    wordings = asked_wordings(chat, rows)
    replies = Counter(item.question_id for item in others if item.question_id)
    found = []
    given = numbers_asked(chat, rows)
    for question in sorted(chat.questions, key=lambda one: given.get(one.id, len(given) + 1)):
        # A question with replies was asked, even if not from here.
        if question.id in asked or question.id in replies:
            sent, minute = asked.get(question.id), None
            if sent is not None and begins_at is not None:
                minute = _minute(sent.at, begins_at)
            inside = minute is not None and 0 <= minute < length
            found.append(
                QuestionFigures(
                    question.id,
                    given.get(question.id),
                    replies.get(question.id, 0),
                    minute if inside else None,
                    mask.text(wordings.get(question.id) or question.text),
                )
            )
    return tuple(found)
