"""The figures of a chat: what was collected under the tag, counted, and nothing made up.

How many people read the posts X knows and we do not, so no reach is given: only the posts, the
people who wrote them, and the reposts X told of when the posts were collected. Posts the organiser
hid (abuse, advertising) and confidences (`signals.countable`) are left out of every count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tchat_desktop.domain.anonymity import NameMask, comparable_handle
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import (
    Asked,
    FeedPost,
    Post,
    asked_questions,
    asked_wordings,
    is_by_hand,
)
from tchat_desktop.domain.guest_answers import is_for_guest, with_guest_answers
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.numbering import numbers_asked
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState, told_at
from tchat_desktop.domain.signals import countable, is_confidence

LONGEST_WINDOW = 240
"""Minutes shown at most; what is said later is counted as "after"."""


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """One question that was asked, with the replies of others than the organising account."""

    question_id: str
    number: int | None
    """By which it went out; None for one that has none, such as one of the reserve."""
    replies: int
    asked_minute: int | None = None
    """Minutes after the beginning; None when it was not sent from here or fell outside."""
    text: str = ""
    """As it was really asked, people and words that are hidden masked."""


@dataclass(frozen=True, slots=True)
class Busiest:
    """The minute with most posts of participants: its index, its instant (UTC), their count."""

    minute: int
    at: datetime
    posts: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted. Instants are UTC."""

    participants: int = 0
    """Distinct people who posted, guests included, the organising account not."""
    guests: int = 0
    """How many of the participants are guests."""
    newcomers: int | None = None
    """Participants seen in no former edition; None when no former edition was given."""
    posts: int = 0
    """All posts, those of the organising account included."""
    own_posts: int = 0
    """Those of the organising account, less what it published for guests without one."""
    reposts: int | None = 0
    """Reposts as X told when the posts were collected; None when X was asked about none of them."""
    questions: tuple[QuestionFigures, ...] = ()
    begins_at: datetime | None = None
    minutes: tuple[int, ...] = ()
    """Posts of participants in each minute from `begins_at` on: with `before` and `after` they are
    `public_posts`."""
    before: int = 0
    after: int = 0
    """Posts of participants before the first minute, and after the last one."""
    confidences: int = 0
    """Posts left out because they confide something. For the organiser alone, never published."""
    spent_cents: float = 0.0
    """What the hour has cost with keys at most, in US cents."""

    @property
    def public_posts(self) -> int:
        """The posts of the participants: all but those of the organising account."""
        return self.posts - self.own_posts

    @property
    def questions_asked(self) -> int:
        """How many questions were asked."""
        return len(self.questions)

    @property
    def questions_answered(self) -> int:
        """How many questions had at least one reply."""
        return sum(question.replies > 0 for question in self.questions)

    @property
    def replies(self) -> int:
        """All replies to questions."""
        return sum(question.replies for question in self.questions)

    @property
    def busiest(self) -> Busiest | None:
        """The minute with most posts of participants, the first of them; None without any."""
        most = max(self.minutes, default=0)
        if not most or self.begins_at is None:
            return None
        minute = self.minutes.index(most)
        return Busiest(minute, self.begins_at + timedelta(minutes=minute), most)


class Measure(StrEnum):
    """What two editions are compared by."""

    PARTICIPANTS = "participants"
    GUESTS = "guests"
    POSTS = "public_posts"
    REPOSTS = "reposts"
    QUESTIONS_ASKED = "questions_asked"
    QUESTIONS_ANSWERED = "questions_answered"
    REPLIES = "replies"


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """One measure in this edition and in a former one."""

    measure: Measure
    now: int
    before: int

    @property
    def difference(self) -> int:
        """How many more (or fewer, when negative)."""
        return self.now - self.before

    @property
    def percent(self) -> int | None:
        """The difference in hundredths of the former count; None when that was zero."""
        return round(100 * self.difference / self.before) if self.before else None


def compare(now: Figures, before: Figures) -> tuple[MeasureChange, ...]:
    """The two editions side by side, in the order of Measure, less what is not known of one."""
    counts = (
        (measure, getattr(now, measure.value), getattr(before, measure.value))
        for measure in Measure
    )
    return tuple(MeasureChange(*one) for one in counts if None not in one)


def count(
    chat: Chat,
    posts: Sequence[FeedPost],
    rows: Sequence[OutboxPost],
    rules: NetworkRules,
    former_authors: Iterable[str] | None = None,
) -> Figures:
    """Count a chat. `former_authors` are the handles seen in former editions, if there are any."""
    collected = countable(chat, posts)
    said = with_guest_answers(chat, collected, rows, rules)
    account = comparable_handle(chat.account)
    others = [
        item
        for item in said
        if is_for_guest(item) or comparable_handle(item.post.author) != account
    ]
    people = {comparable_handle(item.post.author) for item in others if not is_for_guest(item)}
    spoken_for = {item.assigned_to for item in others if is_for_guest(item)}
    own = _own_posts(chat, said, rows, rules)
    begins_at, length = _window(chat, [item.post for item in said])
    public = [item.post.created_at for item in others]
    minutes, before, after = _by_minute(public, begins_at, length)
    return Figures(
        participants=len(people) + len(spoken_for),
        guests=len(people & guest_handles(chat)) + len(spoken_for),
        newcomers=None
        if former_authors is None
        else len(people - {comparable_handle(author) for author in former_authors}),
        posts=len(public) + len(own),
        own_posts=len(own),
        reposts=_reposts([item.post for item in collected]),
        questions=_questions(
            chat, others, rows, begins_at, length, NameMask.over(chat, posts, rules), rules
        ),
        begins_at=begins_at,
        minutes=minutes,
        before=before,
        after=after,
        confidences=sum(not item.hidden and is_confidence(item, chat) for item in posts),
    )


def guest_handles(chat: Chat) -> frozenset[str]:
    """The handles of the guests who have not declined, as they are compared."""
    return frozenset(comparable_handle(guest.typed_account) for guest in chat.guests) - {""}


def _reposts(posts: Sequence[Post]) -> int | None:
    told = [post.reposts for post in posts if not is_by_hand(post)]
    return sum(told) if told or not posts else None


def questions_sent(
    chat: Chat, rows: Sequence[OutboxPost], rules: NetworkRules
) -> Mapping[str, Asked]:
    """The questions that are out for certain, by id."""
    sent = [row for row in rows if row.state is PostState.SENT]
    return {one.question_id: one for one in asked_questions(chat, sent, rules)}


def _own_posts(
    chat: Chat, collected: Sequence[FeedPost], rows: Sequence[OutboxPost], rules: NetworkRules
) -> list[datetime]:
    """When the organising account posted: as collected, and as sent but not collected."""
    account = comparable_handle(chat.account)
    instants = {
        item.post.id: item.post.created_at
        for item in collected
        if comparable_handle(item.post.author) == account and not is_for_guest(item)
    }
    aside = {PostKind.REPOST, PostKind.GUEST_ANSWER}
    for row in rows:
        if row.state is PostState.SENT and row.kind not in aside:
            instants.setdefault(row.remote_id or row.id, told_at(row, rules))
    return list(instants.values())


def _window(chat: Chat, posts: Sequence[Post]) -> tuple[datetime | None, int]:
    """The first minute and how many: the planned hour if anything was said around it."""
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
    begin = first.replace(second=0, microsecond=0)
    last = max(post.created_at for post in posts)
    lasted = _minute(last, begin) + 1
    return begin, min(max(lasted, chat.minutes), LONGEST_WINDOW)


def _minute(instant: datetime, begins_at: datetime) -> int:
    return (instant - begins_at) // timedelta(minutes=1)


def _by_minute(
    instants: Iterable[datetime], begins_at: datetime | None, length: int
) -> tuple[tuple[int, ...], int, int]:
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
    veil: NameMask,
    rules: NetworkRules,
) -> tuple[QuestionFigures, ...]:
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
                    veil.text(wordings.get(question.id) or question.text),
                )
            )
    return tuple(found)
