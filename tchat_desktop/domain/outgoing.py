"""One post on its way out: its states, and which changes of state are allowed.

`draft → planned → due → sending → sent | unknown | failed | handed over | skipped | expired`. The
row is written as `sending` on disk before the request leaves. When the answer is lost the row
becomes `unknown`, and it is never planned again automatically.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from tchat_desktop.domain.chat import Occasion, Picture, Route

if TYPE_CHECKING:
    from tchat_desktop.domain.network_rules import NetworkRules


class PostState(StrEnum):
    """How far a post has come on its way out; ALLOWED says which changes are possible."""

    DRAFT = "draft"
    PLANNED = "planned"
    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    FAILED = "failed"
    HANDED_OVER = "handed_over"
    SKIPPED = "skipped"
    EXPIRED = "expired"


ALLOWED: dict[PostState, frozenset[PostState]] = {
    PostState.DRAFT: frozenset({PostState.PLANNED, PostState.SKIPPED}),
    PostState.PLANNED: frozenset(
        {PostState.DRAFT, PostState.DUE, PostState.SKIPPED, PostState.EXPIRED}
    ),
    PostState.DUE: frozenset(
        {
            PostState.PLANNED,
            PostState.SENDING,
            PostState.SKIPPED,
            PostState.EXPIRED,
            # A limit forbids the post: it has not left, and the organiser is asked.
            PostState.FAILED,
            # While on hold, a due post becomes a reserve one if the run sheet is edited so.
            PostState.DRAFT,
        }
    ),
    PostState.SENDING: frozenset(
        {
            PostState.SENT,
            PostState.UNKNOWN,
            PostState.FAILED,
            PostState.HANDED_OVER,
            # The network asked to wait: it certainly refused, so the post may be sent again later.
            PostState.PLANNED,
        }
    ),
    # Only for a post the organiser had confirmed by hand (see decisions.taken_back).
    PostState.SENT: frozenset({PostState.HANDED_OVER, PostState.EXPIRED}),
    PostState.UNKNOWN: frozenset({PostState.SENT, PostState.PLANNED, PostState.SKIPPED}),
    PostState.FAILED: frozenset({PostState.PLANNED, PostState.SENT, PostState.SKIPPED}),
    # The page is open in the browser: the organiser says whether the post was published.
    PostState.HANDED_OVER: frozenset({PostState.SENT, PostState.PLANNED, PostState.SKIPPED}),
    PostState.SKIPPED: frozenset({PostState.PLANNED}),
    PostState.EXPIRED: frozenset({PostState.PLANNED, PostState.SENT, PostState.SKIPPED}),
}
"""For each state, the states that may follow it."""

NEEDS_ORGANISER = frozenset(
    {PostState.UNKNOWN, PostState.FAILED, PostState.HANDED_OVER, PostState.EXPIRED}
)
"""States that a post leaves only when the organiser decides what becomes of it."""

WAITING = frozenset({PostState.DRAFT, PostState.PLANNED, PostState.DUE})
"""States in which a post can still be changed, skipped or postponed."""

MOVING = frozenset({PostState.PLANNED, PostState.DUE, PostState.SENDING})
"""States that change by themselves."""

OUT = frozenset({PostState.SENDING, PostState.SENT, PostState.HANDED_OVER, PostState.UNKNOWN})
"""States in which a post is published, or may be: its text is what it is."""


def needing(rows: Iterable[OutboxPost]) -> tuple[OutboxPost, ...]:
    """Return the rows that wait for a decision of the organiser.

    Every screen that counts or lists these rows calls this function, so that the numbers agree.
    """
    return tuple(row for row in rows if row.state in NEEDS_ORGANISER)


def may_become(state: PostState, following: PostState) -> bool:
    """Return whether a post in `state` may change to the state `following`."""
    return following in ALLOWED[state]


class PostKind(StrEnum):
    """What a post is for."""

    WELCOME = "welcome"
    RULES = "rules"
    GUESTS = "guests"
    QUESTION = "question"
    NUDGE = "nudge"
    CLOSING = "closing"
    THANKS = "thanks"
    REPLY = "reply"
    REPOST = "repost"
    GUEST_ANSWER = "guest_answer"
    """The answer of a guest who has no account, published by the organising account."""
    IMPROMPTU = "impromptu"
    """A post that the organiser writes during the chat."""
    ANNOUNCEMENT = "announcement"
    """A post that makes the chat known, before it."""
    THREAD = "thread"
    """A post of the thread that tells the recap, after the chat."""


FAREWELL = (PostKind.CLOSING, PostKind.THANKS)
"""The kinds of posts that end a chat."""

ASKED_FOR = frozenset({PostKind.REPLY, PostKind.REPOST, PostKind.GUEST_ANSWER, PostKind.IMPROMPTU})
"""Kinds of posts that the organiser adds during the chat; they are not on the run sheet."""


def late_window(kind: PostKind) -> timedelta:
    """Return how long after its planned time a post of that kind may still be published.

    Planning adds it to the planned time to get `expires_at`. A question makes sense ten minutes
    late, an announcement or a thread half an hour; the other kinds, such as "we begin in a
    moment", five minutes late.
    """
    if kind in (PostKind.ANNOUNCEMENT, PostKind.THREAD):
        return timedelta(minutes=30)
    return timedelta(minutes=10 if kind is PostKind.QUESTION else 5)


class Reason(StrEnum):
    """Why a post is in its state; the screens word each reason in a sentence for the organiser.

    The words by which a network refuses are read by its rules, see `NetworkRules.reason_in`. The
    values are kept on disk.
    """

    NONE = ""
    NETWORK = "network"
    """There was no connection, or the network was down."""
    ANSWER_LOST = "answer_lost"
    """The request left and no answer came: the post may be published."""
    INTERRUPTED = "interrupted"
    """The app stopped while it was sending the post."""
    TOO_LATE = "too_late"
    """The post did not leave before `expires_at` (the laptop slept, or there was no network)."""
    KEYS_REFUSED = "keys_refused"
    """The keys are not, or no longer, those of an account."""
    READ_ONLY = "read_only"
    """The keys may read, and not publish."""
    NOT_ENROLLED = "not_enrolled"
    """The organisation's app is not admitted to publishing."""
    NO_CREDIT = "no_credit"
    """What publishing costs is not paid for."""
    CAPPED = "capped"
    """What keys may do, or spend, in a day or a month is used up."""
    DUPLICATE = "duplicate"
    """The network has the same post already."""
    NOT_SUMMONED = "not_summoned"
    """Keys may answer only those who spoke to the account."""
    RATE_LIMIT = "rate_limit"
    """Too many in too short a time: later it is taken."""
    ACCOUNT_LOCKED = "account_locked"
    """The owner of the account has to prove who they are, on the network itself."""
    LOOKS_AUTOMATED = "looks_automated"
    """The network takes the requests for those of a robot."""
    DAILY_LIMIT = "daily_limit"
    """The account has published as many posts as it may in one day, by whichever way."""
    SUSPENDED = "suspended"
    """The account may publish nothing any more, whichever way."""
    APP_BARRED = "app_barred"
    """The organisation's app may no longer publish."""
    NOT_PERMITTED = "not_permitted"
    """The network does not let the account do this with keys, and gives no reason."""
    REFUSED = "refused"
    """The network refused for a reason that has no value of its own here."""
    SPENDING_LIMIT = "spending_limit"
    TOO_LONG = "too_long"
    UNFILLED = "unfilled"
    """The text still has a blank to fill in (see domain.blanks)."""
    NAMES_CHILD = "names_child"
    """The text may name a child, and nobody has said yet that it is meant (named_children)."""
    PICTURE = "picture"
    """The picture of the post cannot be used."""
    UNDESCRIBED = "undescribed"
    """The post is published, but the description of its picture was refused."""
    BROWSER = "browser"
    """No browser could be opened."""
    BY_HAND = "by_hand"
    """The organiser said that the post is published."""
    FOUND = "found"
    """The answer was lost, but reading showed that the post is published."""


POST_FAILS = frozenset({Reason.DUPLICATE, Reason.TOO_LONG})
"""Refusals of this very post: they say nothing of the keys."""
KEYS_FAIL = frozenset({Reason.KEYS_REFUSED, Reason.READ_ONLY, Reason.NOT_ENROLLED})
MONEY_FAILS = frozenset({Reason.NO_CREDIT, Reason.CAPPED})
ACCOUNT_FAILS = frozenset(
    {
        Reason.ACCOUNT_LOCKED,
        Reason.LOOKS_AUTOMATED,
        Reason.DAILY_LIMIT,
        Reason.SUSPENDED,
        Reason.APP_BARRED,
        Reason.NOT_PERMITTED,
    }
)
"""Refusals of the account itself; repeating a request makes matters worse."""
BARRED_EVERYWHERE = frozenset({Reason.DAILY_LIMIT, Reason.SUSPENDED})
"""Refusals of the account that hold for the network's own page too, which is no way out then."""
KEYS_OF_NO_USE = KEYS_FAIL | MONEY_FAILS | ACCOUNT_FAILS
"""Reasons that will also refuse every later post with keys, until somebody resolves them."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What the run sheet said of a row when it was planned; the row itself may have changed since.

    The difference between the two shows what the organiser decided during the chat. Such decisions
    stay when the run sheet is edited; the other values follow it (see domain.replanning). `due_at`
    is in UTC.
    """

    text: str
    due_at: datetime
    route: Route
    state: PostState


@dataclass(frozen=True, slots=True)
class OutboxPost:
    """One row of the outbox: a post on its way out. All its datetimes are in UTC."""

    id: str
    chat_id: str
    occasion: Occasion
    slot: str
    """The key of the row, unique within one chat and occasion; no code reads anything out of it.

    For a post of the run sheet it is the key of its item. The facts have fields of their own.
    """
    kind: PostKind
    text: str
    due_at: datetime
    expires_at: datetime
    """From this instant on, the post is no longer sent automatically."""
    route: Route
    state: PostState = PostState.PLANNED
    question_id: str = ""
    """The id of the chat's question that is asked, or that a guest's answer belongs to; or ""."""
    number: int | None = None
    """The number a question is asked by, 3 for Q3; None in reserve and for other kinds of posts."""
    target_id: str = ""
    """The id of the post that is replied to or reposted; or ""."""
    target_author: str = ""
    """The bare name, without @, of the author who is replied to or reposted."""
    follows: str = ""
    """The id of the row whose post this one answers, so that they make a thread; or "".

    It leaves only once that post is out and its id is known, which is then the `target_id`."""
    guest_id: str = ""
    """The id of the guest without an account who gave this answer; or ""."""
    guest_name: str = ""
    """The name that guest had when the answer was given."""
    remote_id: str = ""
    url: str = ""
    reason: Reason = Reason.NONE
    detail: str = ""
    """A technical detail for the log only; never a secret."""
    said: str = ""
    """The words of the network's refusal, shown to whoever asks for details; never a secret."""
    page: str = ""
    """The address of the pre-filled page that was opened for the post; "" for none."""
    attempts: int = 0
    sent_as: str = ""
    """The id of the account that last sent the post with keys; "" otherwise."""
    not_before: datetime | None = None
    """The network asked not to try this kind of post before this instant; None if it did not."""
    picture: Picture | None = None
    planned: Planned | None = None
    """None for what is not on the run sheet, such as replies and reposts."""
    changed_at: datetime | None = None
    """When the row was last written with a change; None for a row that never changed."""

    @property
    def label(self) -> str:
        """How the log names the row: "Q3", "@name", the name of the guest, else its kind."""
        if self.number is not None:
            return f"Q{self.number}"
        author = f"@{self.target_author}" if self.target_author else ""
        return author or self.guest_name or self.kind.value


def with_reason(
    row: OutboxPost, reason: Reason = Reason.NONE, detail: str = "", said: str = "", page: str = ""
) -> OutboxPost:
    """Return the row with that reason; its former reason, detail, `said` and page are dropped."""
    return replace(row, reason=reason, detail=detail, said=said, page=page)


def left_at(row: OutboxPost, rules: NetworkRules) -> datetime:
    """Return when the post left or its page was opened (UTC), not when somebody confirmed it.

    For a post confirmed by hand it is the instant that the id of its link tells, if the link is
    known and ids of the network tell one; else its planned time.
    """
    if row.reason is not Reason.BY_HAND:
        return row.changed_at or row.due_at
    return rules.posted_at(row.remote_id) or row.due_at


def confirmed_at(row: OutboxPost, rules: NetworkRules) -> datetime | None:
    """Return when somebody confirmed the post by hand (UTC); None if its publication time is known.

    It is also None for a post that nobody confirmed by hand.
    """
    by_hand = row.state is PostState.SENT and row.reason is Reason.BY_HAND
    return row.changed_at if by_hand and rules.posted_at(row.remote_id) is None else None


def told_at(row: OutboxPost, rules: NetworkRules) -> datetime:
    """Return the time of publication that every screen and file shows for a post (UTC).

    It is when the post left or, where that is not known, when somebody confirmed it.
    """
    return confirmed_at(row, rules) or left_at(row, rules)


def chained(rows: Iterable[OutboxPost]) -> frozenset[str]:
    """Return the ids of the rows that wait for the id of the post they answer.

    It is missing while that post is not out, and while nobody knows where it is. `rows` are all
    rows of the occasion.
    """
    rows = tuple(rows)
    known = {row.id for row in rows if row.state is PostState.SENT and row.remote_id}
    return frozenset(row.id for row in rows if row.follows and row.follows not in known)


def with_target(row: OutboxPost, rows: Iterable[OutboxPost]) -> OutboxPost:
    """Return the row with the id of the post that it follows as its target.

    A row that follows none is returned as it is; for one that is `chained` the target is "".
    """
    if not row.follows:
        return row
    known = (one.remote_id for one in rows if one.id == row.follows)
    return replace(row, target_id=next(known, ""))


def leaves_at(row: OutboxPost, rows: Iterable[OutboxPost]) -> datetime:
    """Return the earliest instant (UTC) at which a planned row may leave.

    That is its planned time, or later if the network asked to wait. A wait asked for one row holds
    for all planned rows of the same route, separately for reposts and for other posts, so that they
    keep their order. `rows` are all rows of the hour.
    """
    is_repost = row.kind is PostKind.REPOST
    holds = [
        other.not_before
        for other in rows
        if other.not_before is not None
        and other.state is PostState.PLANNED
        and other.route is row.route
        and (other.kind is PostKind.REPOST) is is_repost
    ]
    return max([row.due_at, *holds])
