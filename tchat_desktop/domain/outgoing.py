"""A post on its way out: its states, and which change of state is allowed.

`draft → planned → due → sending → sent | unknown | failed | handed over | skipped | expired`.
The row says `sending` on disk before the request leaves; a lost answer makes it `unknown`, never
`planned` again by itself.
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
    """How far a post has come."""

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
            # A limit stands against it: it has not left, and the organiser is asked.
            PostState.FAILED,
            # On hold, and a spare one by now on the run sheet.
            PostState.DRAFT,
        }
    ),
    PostState.SENDING: frozenset(
        {
            PostState.SENT,
            PostState.UNKNOWN,
            PostState.FAILED,
            PostState.HANDED_OVER,
            # The network said to wait: it was refused for certain, and may leave again later.
            PostState.PLANNED,
        }
    ),
    # Only where the organiser had said so, and takes it back (see decisions.taken_back).
    PostState.SENT: frozenset({PostState.HANDED_OVER, PostState.EXPIRED}),
    PostState.UNKNOWN: frozenset({PostState.SENT, PostState.PLANNED, PostState.SKIPPED}),
    PostState.FAILED: frozenset({PostState.PLANNED, PostState.SENT, PostState.SKIPPED}),
    # Handed over to the browser: the organiser says whether it is out.
    PostState.HANDED_OVER: frozenset({PostState.SENT, PostState.PLANNED, PostState.SKIPPED}),
    PostState.SKIPPED: frozenset({PostState.PLANNED}),
    PostState.EXPIRED: frozenset({PostState.PLANNED, PostState.SENT, PostState.SKIPPED}),
}

NEEDS_ORGANISER = frozenset(
    {PostState.UNKNOWN, PostState.FAILED, PostState.HANDED_OVER, PostState.EXPIRED}
)
"""States in which nothing more happens until the organiser decides."""

WAITING = frozenset({PostState.DRAFT, PostState.PLANNED, PostState.DUE})
"""States from which a post can still be changed, skipped or postponed."""


def needing(rows: Iterable[OutboxPost]) -> tuple[OutboxPost, ...]:
    """The rows that wait for the organiser's word: what every screen counts and lists."""
    return tuple(row for row in rows if row.state in NEEDS_ORGANISER)


def may_become(state: PostState, following: PostState) -> bool:
    """Whether a post in `state` may become `following`."""
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
    """What a guest without an account answered, published for them."""


ASKED_FOR = frozenset({PostKind.REPLY, PostKind.REPOST, PostKind.GUEST_ANSWER})
"""What the organiser asks for in the midst of the hour, besides the run sheet."""


def late_window(kind: PostKind) -> timedelta:
    """How long after its time a post still makes sense: what planning adds to get `expires_at`.

    A question a few minutes late is still a question; a late "we begin in a moment" is not.
    """
    return timedelta(minutes=10 if kind is PostKind.QUESTION else 5)


class Reason(StrEnum):
    """Why a post is where it is, told to the organiser in a sentence by the screen.

    What a network says when it refuses is read by its rules, see `NetworkRules.reason_in`. The
    values are kept on disk.
    """

    NONE = ""
    NETWORK = "network"
    """No connection, or the network is down."""
    ANSWER_LOST = "answer_lost"
    """The request left and no answer came: it may be out."""
    INTERRUPTED = "interrupted"
    """The app stopped while it was sending."""
    TOO_LATE = "too_late"
    """Its time has passed (laptop asleep, network gone)."""
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
    """The account's owner has to prove who they are, on the network itself."""
    LOOKS_AUTOMATED = "looks_automated"
    """What comes is taken for the doing of a machine."""
    DAILY_LIMIT = "daily_limit"
    """The account has published all that it may in a day, whichever way."""
    SUSPENDED = "suspended"
    """The account may publish nothing any more, whichever way."""
    APP_BARRED = "app_barred"
    """The organisation's app may no longer publish."""
    NOT_PERMITTED = "not_permitted"
    """The account may not do this with keys, and nobody says why."""
    REFUSED = "refused"
    """The network refused for a reason we have no word for."""
    SPENDING_LIMIT = "spending_limit"
    TOO_LONG = "too_long"
    UNFILLED = "unfilled"
    """Something is still to be filled in in its text (see domain.blanks)."""
    PICTURE = "picture"
    """The picture of the post cannot be used."""
    UNDESCRIBED = "undescribed"
    """It is out, without the description of its picture, which was refused."""
    BROWSER = "browser"
    """No browser could be opened."""
    BY_HAND = "by_hand"
    """The organiser said so."""
    FOUND = "found"
    """It was seen there by reading, after its answer was lost."""


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
"""Refusals of the account itself: whoever goes on asking makes it worse."""
BARRED_EVERYWHERE = frozenset({Reason.DAILY_LIMIT, Reason.SUSPENDED})
"""Those that hold for the page as well."""
KEYS_OF_NO_USE = KEYS_FAIL | MONEY_FAILS | ACCOUNT_FAILS
"""Reasons that will hold for every later post by keys too, until somebody sees to them."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What the run sheet said of a row when it was planned; the row itself may have changed since.

    By the difference one sees what the organiser decided in the hour, which stays, and what may
    follow when the run sheet changes (see domain.replanning).
    """

    text: str
    due_at: datetime
    route: Route
    state: PostState


@dataclass(frozen=True, slots=True)
class OutboxPost:
    """One row of the outbox. Instants are UTC."""

    id: str
    chat_id: str
    occasion: Occasion
    slot: str
    """What it is known by, unique within chat and occasion; of a post of the run sheet the key of
    its item. Nothing is read out of it: the facts have fields of their own."""
    kind: PostKind
    text: str
    due_at: datetime
    expires_at: datetime
    """After this instant it no longer leaves by itself."""
    route: Route
    state: PostState = PostState.PLANNED
    question_id: str = ""
    """The question of the chat that it asks, or that the answer of a guest is to."""
    number: int | None = None
    """The number a question carries, 3 for Q3; None for one in reserve and for other posts."""
    target_id: str = ""
    """The post replied to or reposted."""
    target_author: str = ""
    """The name on the network, without its @, of who is replied to or reposted."""
    guest_id: str = ""
    """The guest without an account whose answer it is."""
    guest_name: str = ""
    """The name of that guest when the answer was given."""
    remote_id: str = ""
    url: str = ""
    reason: Reason = Reason.NONE
    detail: str = ""
    """For the log alone; never a secret."""
    said: str = ""
    """The network's own words about its refusal, for the curious; never a secret."""
    page: str = ""
    """The address of the pre-filled page that was opened for it, "" for none."""
    attempts: int = 0
    sent_as: str = ""
    """Id of the account it was sent with last; "" for the page and for what was not sent."""
    not_before: datetime | None = None
    picture: Picture | None = None
    planned: Planned | None = None
    """None for what the run sheet does not have: replies and reposts."""
    changed_at: datetime | None = None

    @property
    def label(self) -> str:
        """What a line of a log calls it: "Q3", "@name", the name of a guest, else its kind."""
        if self.number is not None:
            return f"Q{self.number}"
        author = f"@{self.target_author}" if self.target_author else ""
        return author or self.guest_name or self.kind.value


def with_reason(
    row: OutboxPost, reason: Reason = Reason.NONE, detail: str = "", said: str = "", page: str = ""
) -> OutboxPost:
    """The row with that reason; nothing stays of what was told of it before."""
    return replace(row, reason=reason, detail=detail, said=said, page=page)


def left_at(row: OutboxPost, rules: NetworkRules) -> datetime:
    """When a post left, or its page was opened, not when somebody confirmed it. UTC.

    Of what was confirmed by hand the id tells it, on a network whose ids do; else its own time.
    """
    if row.reason is not Reason.BY_HAND:
        return row.changed_at or row.due_at
    return rules.posted_at(row.remote_id) or row.due_at


def confirmed_at(row: OutboxPost, rules: NetworkRules) -> datetime | None:
    """When somebody said that a post is out (UTC), where nothing tells when it was published."""
    by_hand = row.state is PostState.SENT and row.reason is Reason.BY_HAND
    return row.changed_at if by_hand and rules.posted_at(row.remote_id) is None else None


def told_at(row: OutboxPost, rules: NetworkRules) -> datetime:
    """The hour that every screen and file tells of a post that is out (UTC).

    When it left; where nobody knows that, when somebody confirmed it.
    """
    return confirmed_at(row, rules) or left_at(row, rules)


def leaves_at(row: OutboxPost, rows: Iterable[OutboxPost]) -> datetime:
    """When a planned row may leave: at its time, and not before its sort is let through again.

    What was refused for now holds for all posts of the same way and sort, which keeps their order.
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
