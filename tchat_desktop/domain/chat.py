"""What a chat is: an immutable value, edited by replacing it.

A chat ("tchat") is a public conversation on a tag, at a set day and hour, for about an hour. Undo,
redo and autosave are snapshots of this value; a `.tchat` file is the same value as JSON.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from tchat_desktop.domain.debrief import RehearsalReport

SUGGESTED_MINUTES = 60
"""A chat lasts an hour in general (the guide)."""


class Purpose(StrEnum):
    """The four kinds of chat the guide tells apart."""

    SHARE_INFORMATION = "share_information"
    EXCHANGE_EXPERIENCES = "exchange_experiences"
    GIVE_ACCESS = "give_access"
    MEETING = "meeting"


class Rhythm(StrEnum):
    """How often the chat comes back; used to propose the date of the next edition."""

    ONCE = "once"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


class Route(StrEnum):
    """How posts leave: by a pre-filled page, by the organisation's own keys, or not at all."""

    ASSISTED = "assisted"
    KEYS = "keys"
    REHEARSAL = "rehearsal"


class Occasion(StrEnum):
    """Which hour a post belongs to: the real one, or a rehearsal that leaves no trace outside."""

    LIVE = "live"
    REHEARSAL = "rehearsal"


class Role(StrEnum):
    """What a person does in the chat."""

    GUEST = "guest"
    CO_HOST = "co_host"
    MODERATOR = "moderator"


class Invitation(StrEnum):
    """How far the invitation of a person has come."""

    NOT_INVITED = "not_invited"
    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Channel(StrEnum):
    """Where an announcement is published."""

    X = "x"
    FACEBOOK = "facebook"
    EMAIL = "email"
    WHATSAPP = "whatsapp"


@dataclass(frozen=True, slots=True)
class Question:
    """One question to the audience; `text` holds neither the number nor the tag."""

    id: str
    text: str = ""
    essential: bool = True
    minutes: int = 6
    prepared_answer: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A guest or a member of the team; `handle` is the name on X as typed, without the @ sign."""

    id: str
    role: Role = Role.GUEST
    name: str = ""
    handle: str = ""
    no_account: bool = False
    """The person has no account on X: texts give the name."""
    bio: str = ""
    email: str = ""
    time_zone: str = ""
    """IANA name; empty means the zone of the organiser."""
    invitation: Invitation = Invitation.NOT_INVITED
    has_questions: bool = False
    """Whether the person has received the questions."""

    @property
    def typed_account(self) -> str:
        """The name as typed, "" for who has no account: to be compared, never to be tagged."""
        return "" if self.no_account else self.handle


def has_agreed(person: Person) -> bool:
    """Whether a person said yes to taking part; somebody of the team has by being in it."""
    return person.role is not Role.GUEST or person.invitation is Invitation.ACCEPTED


@dataclass(frozen=True, slots=True)
class Announcement:
    """One message that makes the chat known; an empty text means the proposed one."""

    id: str
    channel: Channel = Channel.X
    minutes_before: int = 7 * 24 * 60
    text: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture shown with a post. The chat names it; its content is kept beside the chat."""

    id: str
    """SHA-256 of its content, in hexadecimal."""
    kind: str
    """Its media type, such as image/jpeg."""
    alt_text: str = ""
    """What it says to those who do not see it."""


@dataclass(frozen=True, slots=True)
class RunEdit:
    """What the organiser changed on one item of the run sheet; None keeps what was proposed."""

    key: str
    text: str | None = None
    minutes: int | None = None
    included: bool = True
    picture: Picture | None = None
    by_page: bool = False
    """This post goes by the pre-filled page even when the others go by keys."""


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A number to call for help, in one country; as typed, in the language of the posts."""

    id: str
    country: str = ""
    number: str = ""
    serves: str = ""
    """Whom it is for: children, women, everyone."""
    hours: str = ""
    """When somebody answers."""
    verified: bool = False
    """The organiser has checked that all of it is right."""
    none_found: bool = False
    """The organiser looked for a number in that country and found none."""


@dataclass(frozen=True, slots=True)
class RecapDraft:
    """The organiser's own words and choices for the recap of the highlights."""

    title: str = ""
    introduction: str = ""
    conclusion: str = ""
    comments: tuple[tuple[str, str], ...] = ()
    """Pairs of (question id, a sentence said under that question)."""
    order: tuple[str, ...] = ()
    """Ids of posts in the order wished for; highlights not named follow by time."""
    hidden_authors: tuple[str, ...] = ()
    """Bare names on X of people who must not be named (children, people at risk)."""
    masked_words: tuple[str, ...] = ()
    """Words that are shown nowhere, such as the name of a child told of by somebody else."""
    guest_answers: tuple[str, ...] = ()
    """Highlights among the answers published for guests without an account: ids of their rows."""
    read_again: tuple[tuple[str, str], ...] = ()
    """Pairs of (post id, `doubts.ShownPost.reading`): where a child's name is hidden, and the
    organiser has read that the rest does not tell who it is."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat from the first idea to the thanks. Instants are UTC; texts are as typed."""

    id: str
    # Le but
    purpose: Purpose | None = None
    rhythm: Rhythm = Rhythm.ONCE
    audience: str = ""
    success: str = ""
    language: str = "fr"
    """BCP 47 language of the posts, apart from the language of the screens."""
    organisation: str = ""
    account: str = ""
    """Bare name on X of the organising account."""
    # Le sujet, le jour et l'heure
    topic: str = ""
    summary: str = ""
    starts_at: datetime | None = None
    time_zone: str = "Africa/Dakar"
    audience_zones: tuple[str, ...] = ()
    towns: tuple[tuple[str, str], ...] = ()
    """Pairs of (zone, town): how the organiser calls a place, where not by the zone's own city."""
    moved_from: datetime | None = None
    """Where the start was before the rules of its zone changed; until the organiser has seen it."""
    minutes: int = SUGGESTED_MINUTES
    # Le tag
    hashtag: str = ""
    """Without the # sign."""
    # Les questions, les invités et l'équipe, la promotion, le déroulé
    questions: tuple[Question, ...] = ()
    people: tuple[Person, ...] = ()
    announcements: tuple[Announcement, ...] = ()
    registration_link: str = ""
    """Where people register or read more (a Facebook event, a form); https."""
    run_order: tuple[str, ...] = ()
    run_edits: tuple[RunEdit, ...] = ()
    run_sheet_seen: bool = False
    """The run sheet was on screen with questions in it; noted, not edited (ChatEditor.note)."""
    # La protection
    help_lines: tuple[HelpLine, ...] = ()
    """The numbers to call for help, country by country."""
    focal_point: str = ""
    """Who in the organisation is told at once when somebody is in danger; never published."""
    focal_phone: str = ""
    rules_accepted: bool = False
    """The organiser has read what protects children and people who confide something."""
    # La connexion, la répétition
    live_elsewhere: datetime | None = None
    """When this copy was made of a chat that was open on another computer: nothing leaves from here
    until that is asked for."""
    route: Route | None = None
    spending_limit_cents: int = 500
    """Ceiling for paid posts, in hundredths of a US dollar."""
    rehearsed_at: datetime | None = None
    rehearsal: RehearsalReport | None = None
    """What came of the last rehearsal."""
    # Après
    recap: RecapDraft = field(default_factory=RecapDraft)
    recap_saved: str = ""
    """The recap as it was saved last (see domain.saved_recap); noted, not edited."""
    recap_content: str = ""
    """What the recap shows beside its draft, as seen last (see there); noted, not edited."""
    thanked: tuple[str, ...] = ()
    """Bare names on X of the people who were thanked; ids of those without an account."""
    to_thank: int = 0
    """How many people there are to be thanked, as counted last; noted, not edited."""
    lessons: str = ""
    former_lessons: str = ""
    """What was to be kept from the edition before this one."""
    carried_over: tuple[str, ...] = ()
    """Fields that stand as the edition before left them, or as the computer proposed them, until
    the organiser has seen to them."""
    closed_at: datetime | None = None
    """When the organiser said that the chat is over."""

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the organiser."""
        return ZoneInfo(self.time_zone)

    @property
    def starts_local(self) -> datetime | None:
        """The start as a wall clock of the organiser shows it."""
        return self.starts_at.astimezone(self.zone) if self.starts_at else None

    def town(self, zone: str) -> str:
        """How the organiser calls a place; "" for the city its zone is known by."""
        return dict(self.towns).get(zone, "")

    @property
    def ends_at(self) -> datetime | None:
        """The end, UTC."""
        return self.starts_at + timedelta(minutes=self.minutes) if self.starts_at else None

    @property
    def guests(self) -> tuple[Person, ...]:
        """The guests who have not declined, in order."""
        return tuple(
            person
            for person in self.people
            if person.role is Role.GUEST and person.invitation is not Invitation.DECLINED
        )

    def question_index(self, question_id: str) -> int:
        """Where a question is in the list, from 0. Raises KeyError if unknown."""
        for index, question in enumerate(self.questions):
            if question.id == question_id:
                return index
        raise KeyError(question_id)


def with_town(chat: Chat, zone: str, town: str) -> Chat:
    """The chat that calls a place by a town; "" for the city its zone is known by."""
    others = tuple(pair for pair in chat.towns if pair[0] != zone)
    return replace(chat, towns=(*others, (zone, town)) if town else others)


def seen_to(chat: Chat, *fields: str) -> Chat:
    """The chat once the organiser has chosen these fields, or has said that they are right."""
    left = tuple(name for name in chat.carried_over if name not in fields)
    return replace(chat, carried_over=left)


class ChatPhase(StrEnum):
    """Where a chat stands in time, for the cards of the home screen and the rail."""

    DRAFT = "draft"
    UPCOMING = "upcoming"
    LIVE = "live"
    ENDED = "ended"


def phase(chat: Chat, now: datetime) -> ChatPhase:
    """Where the chat stands at `now` (UTC)."""
    if chat.closed_at is not None:
        return ChatPhase.ENDED
    if chat.starts_at is None or chat.ends_at is None:
        return ChatPhase.DRAFT
    if now < chat.starts_at:
        return ChatPhase.UPCOMING
    return ChatPhase.LIVE if now < chat.ends_at else ChatPhase.ENDED


def minutes_until(instant: datetime, now: datetime) -> int:
    """Minutes still to come, the one under way counted; 0 once the instant has passed."""
    return max(0, -(-(instant - now) // timedelta(minutes=1)))


def until_next_minute(chat: Chat, now: datetime) -> timedelta:
    """How long until there is another number of minutes to its beginning, or to its end.

    At most a minute. Instants are UTC.
    """
    minute = timedelta(minutes=1)
    return (chat.starts_at - now) % minute or minute if chat.starts_at is not None else minute


def new_id() -> str:
    """A fresh identifier for a chat or one of its parts."""
    return uuid.uuid4().hex


Part = TypeVar("Part", Question, Person, Announcement, HelpLine)


def with_part(parts: tuple[Part, ...], part: Part) -> tuple[Part, ...]:
    """The parts with the one of the same id replaced, or `part` added at the end."""
    if any(other.id == part.id for other in parts):
        return tuple(part if other.id == part.id else other for other in parts)
    added: tuple[Part, ...] = (part,)
    return parts + added


def without_part(parts: tuple[Part, ...], part_id: str) -> tuple[Part, ...]:
    """The parts less the one of that id."""
    return tuple(part for part in parts if part.id != part_id)


def with_part_moved(parts: tuple[Part, ...], part_id: str, to: int) -> tuple[Part, ...]:
    """The parts with one moved to the index `to`, clamped to the ends."""
    part = next(part for part in parts if part.id == part_id)
    rest = [other for other in parts if other.id != part_id]
    rest.insert(max(0, min(to, len(rest))), part)
    return tuple(rest)


def picture_ids(chat: Chat) -> frozenset[str]:
    """The ids of the pictures shown with the posts of a chat."""
    return frozenset(edit.picture.id for edit in chat.run_edits if edit.picture is not None)
