"""The chat and its parts, as immutable values that are edited by replacing them.

A chat ("tchat") is a public conversation under a hashtag, on a set day and hour, for about an hour.
Undo, redo and autosave keep snapshots of this value; a `.tchat` file is the same value as JSON.
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
"""Minutes a chat usually lasts (the organiser's guide)."""


MOST_HOPED = 100_000
"""The highest number that can be hoped for: so many posts the app can count."""


class Purpose(StrEnum):
    """The four kinds of chat that the organiser's guide tells apart."""

    SHARE_INFORMATION = "share_information"
    EXCHANGE_EXPERIENCES = "exchange_experiences"
    GIVE_ACCESS = "give_access"
    MEETING = "meeting"


class Rhythm(StrEnum):
    """How often the chat takes place, from which the date of the next edition is proposed."""

    ONCE = "once"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


class Route(StrEnum):
    """How posts are published: by pre-filled pages of x.com, by the API, or only simulated."""

    ASSISTED = "assisted"
    KEYS = "keys"
    REHEARSAL = "rehearsal"


class Occasion(StrEnum):
    """Whether a post belongs to the real chat, its announcements, its thread, or a rehearsal.

    Of a rehearsal nothing is published.
    """

    LIVE = "live"
    PROMOTION = "promotion"
    THREAD = "thread"
    """The thread that tells the recap, after the chat."""
    REHEARSAL = "rehearsal"


PUBLISHED = (Occasion.LIVE, Occasion.PROMOTION, Occasion.THREAD)
"""The occasions whose posts are really published, and may cost something."""


class Role(StrEnum):
    """What a person does in the chat."""

    GUEST = "guest"
    CO_HOST = "co_host"
    MODERATOR = "moderator"


class Invitation(StrEnum):
    """Whether a person was invited, and what they answered."""

    NOT_INVITED = "not_invited"
    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class ReachedBy(StrEnum):
    """How the answers of a guest without an account on X reach the organiser."""

    UNSAID = ""
    PHONE = "phone"
    WHATSAPP = "whatsapp"
    EMAIL = "email"


class Naming(StrEnum):
    """How the recap shows who wrote a post."""

    NAMED = ""
    INITIALS = "initials"
    """Initials alone: no name, no handle, no link and no time that would lead to the person."""
    HIDDEN = "hidden"


class Channel(StrEnum):
    """Where an announcement is published."""

    X = "x"
    FACEBOOK = "facebook"
    EMAIL = "email"
    WHATSAPP = "whatsapp"
    PRESS = "press"


@dataclass(frozen=True, slots=True)
class Question:
    """One question to the audience; `text` holds neither the number nor the tag.

    `essential` questions are planned in the run sheet; the others are kept in reserve.
    """

    id: str
    text: str = ""
    essential: bool = True
    minutes: int = 6
    prepared_answer: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A guest or a member of the team; `handle` is the name on X as typed, without the @ sign.

    The handle may be invalid: `domain.people` says what is wrong with it.
    """

    id: str
    role: Role = Role.GUEST
    name: str = ""
    handle: str = ""
    no_account: bool = False
    """The person has no account on X: texts give the name."""
    bio: str = ""
    email: str = ""
    time_zone: str = ""
    """IANA name of the person's time zone; empty means the zone of the organiser."""
    language: str = ""
    """BCP 47 language of the letters and files for this person; empty means that of the posts."""
    invitation: Invitation = Invitation.NOT_INVITED
    has_questions: bool = False
    """Whether the person has received the questions."""
    answers: tuple[tuple[str, str], ...] = ()
    """Pairs of (question id, the answer this person prepared for it), as received."""
    reached_by: ReachedBy = ReachedBy.UNSAID
    """How the answers of somebody without an account arrive; the posts that give them say it."""

    @property
    def typed_account(self) -> str:
        """The name on X as typed, "" for a person without an account.

        It may be no valid name: use it for comparing, and `people.account_of` for a mention.
        """
        return "" if self.no_account else self.handle


def has_agreed(person: Person) -> bool:
    """Whether a person agreed to take part: a guest who accepted, or any member of the team."""
    return person.role is not Role.GUEST or person.invitation is Invitation.ACCEPTED


@dataclass(frozen=True, slots=True)
class Announcement:
    """One message that announces the chat; an empty text stands for the proposed one.

    `minutes_before` counts back from the start of the chat.
    """

    id: str
    channel: Channel = Channel.X
    minutes_before: int = 7 * 24 * 60
    text: str = ""
    done: bool = False
    tag: str = ""
    """The bare tag it went out with, once it is `done`; "" while that is not known."""
    by_keys: bool = False
    """It leaves by itself at its time, with the keys, while the chat is open (X only)."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture shown with a post. Its content is stored apart from the chat, under its id."""

    id: str
    """SHA-256 of its content, in hexadecimal."""
    kind: str
    """Its media type, such as image/jpeg."""
    alt_text: str = ""
    """Its description for people who cannot see it."""


class Design(StrEnum):
    """The designs in which the chat's visuals can be drawn."""

    BUBBLE = "bubble"
    FULL = "full"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class VisualDraft:
    """The organiser's choices for the visuals that announce the chat (see domain.visuals)."""

    design: Design = Design.BUBBLE
    colour: str = "#4b2e83"
    """The main colour, as #rrggbb."""
    logo: Picture | None = None
    alt_text: str = ""
    """Their description for people who cannot see them; "" stands for the proposed one."""
    questions_alt_text: str = ""
    """The same for the picture with the questions."""


@dataclass(frozen=True, slots=True)
class RunEdit:
    """What the organiser changed on one item of the run sheet; None keeps the proposed value."""

    key: str
    text: str | None = None
    minutes: int | None = None
    included: bool = True
    picture: Picture | None = None
    by_page: bool = False
    """This post is published by the pre-filled page even when the others are sent by the API."""


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A helpline of one country; all texts are as typed, in the language of the posts."""

    id: str
    country: str = ""
    number: str = ""
    serves: str = ""
    """Whom it is for, such as children, women or everyone."""
    hours: str = ""
    """The hours at which somebody answers."""
    verified: bool = False
    """The organiser has checked the number, whom it serves and its hours."""
    none_found: bool = False
    """The organiser looked for a number in that country and found none."""


@dataclass(frozen=True, slots=True)
class OwnText:
    """A ready-made text as the organiser has changed it, with named blanks such as "{topic}"."""

    language: str
    """BCP 47."""
    key: str
    """The key of the text in `domain/texts.py`."""
    text: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the recap that the organiser makes themselves, among the questions.

    Without a title it is none: it is not shown, and its highlights are under their questions.
    """

    id: str
    title: str = ""
    after: str = ""
    """Id of the question it follows, of any if that is gone; "" to come before all of them.

    Of several after one question, the order in `RecapDraft.chapters` is theirs."""


@dataclass(frozen=True, slots=True)
class RecapDraft:
    """The organiser's own words and choices for the recap of the highlights."""

    title: str = ""
    introduction: str = ""
    conclusion: str = ""
    comments: tuple[tuple[str, str], ...] = ()
    """Pairs of (id of a question or chapter, the organiser's comment under its title)."""
    chapters: tuple[Chapter, ...] = ()
    placed: tuple[tuple[str, str], ...] = ()
    """Pairs of (post id, chapter id) of highlights that are in a chapter; others are under their
    questions."""
    between: tuple[tuple[str, str], ...] = ()
    """Pairs of (post id, what the organiser says before that highlight)."""
    order: tuple[str, ...] = ()
    """Ids of posts in the order the organiser wants; other highlights follow, oldest first."""
    hidden_authors: tuple[str, ...] = ()
    """Bare names on X of people who must not be named (children, people at risk)."""
    initialled_authors: tuple[str, ...] = ()
    """Bare names on X of people who are shown by their initials."""
    named_authors: tuple[str, ...] = ()
    """Bare names on X of people who are named though `everybody` says otherwise."""
    everybody: Naming = Naming.NAMED
    """How all other authors are shown, except guests, the team and the organising account."""
    masked_words: tuple[str, ...] = ()
    """Words masked everywhere in the recap, such as the name of a child in somebody's post."""
    names_of_others: tuple[str, ...] = ()
    """First names that the organiser says are not those of somebody hidden, where they stand."""
    guest_answers: tuple[str, ...] = ()
    """Ids of the outbox rows that are highlights, of guests without an account on X."""
    read_again: tuple[tuple[str, str], ...] = ()
    """Pairs of (post id, `doubts.ShownPost.reading`) of posts in which a child's name is masked.

    The organiser has read that the rest of the text does not tell who the child is."""
    page_link: str = ""
    """Where the organiser published the recap, as typed; "" while it is not online."""


@dataclass(frozen=True, slots=True)
class FunderDraft:
    """What the organiser writes on the page for a funder; all texts are as typed."""

    name: str = ""
    """Whom the page is for."""
    impact: str = ""
    """One sentence on what the chat has changed."""
    contact: str = ""
    """Whom to ask, such as a name and an e-mail address."""
    language: str = ""
    """BCP 47 language of the page; "" for that of the posts."""
    quotes: tuple[str, ...] = ()
    """The ids of the posts to quote, in their order; none for those that are proposed."""


class TellsOf(StrEnum):
    """What a part of a proposed post of the thread tells."""

    FIGURES = "figures"
    QUOTE = "quote"
    """Words of somebody; `Told.post_id` is their post."""
    AUTHOR = "author"
    """The name of whoever is quoted."""
    GUEST = "guest"


@dataclass(frozen=True, slots=True)
class Told:
    """A part of a proposed post that is true only while the recap says so."""

    of: TellsOf
    text: str = ""
    post_id: str = ""


@dataclass(frozen=True, slots=True)
class ThreadPost:
    """One post of the thread that tells the recap; its number is no part of the text."""

    id: str
    text: str = ""
    told: tuple[Told, ...] = ()
    """What was proposed in it from the figures, the posts and the guests."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat from the first idea to the thanks. Datetimes are in UTC; texts are as typed."""

    id: str
    # The purpose
    purpose: Purpose | None = None
    rhythm: Rhythm = Rhythm.ONCE
    audience: str = ""
    success: str = ""
    hoped_participants: int = 0
    """How many people the organiser hopes will take part; 0 where no number is given."""
    hoped_replies: int = 0
    """How many replies to all questions together they hope for; 0 where no number is given."""
    language: str = "fr"
    """BCP 47 language of the posts; the language of the screens is another setting."""
    organisation: str = ""
    account: str = ""
    """Bare name on X of the organising account."""
    # Topic, day and hour
    topic: str = ""
    summary: str = ""
    event: str = ""
    """What the chat is held on the occasion of, such as a conference or an international day."""
    starts_at: datetime | None = None
    time_zone: str = "Africa/Dakar"
    audience_zones: tuple[str, ...] = ()
    towns: tuple[tuple[str, str], ...] = ()
    """Pairs of (IANA zone, town) for towns other than the city that gives the zone its name."""
    begun_at: datetime | None = None
    """When the chat was made (UTC): nothing could be done for it before. None if not known."""
    moved_from: datetime | None = None
    """The former start (UTC) after the rules of its zone changed, until the organiser saw that."""
    minutes: int = SUGGESTED_MINUTES
    # The tag
    hashtag: str = ""
    """Without the # sign."""
    # The questions, guests and team, promotion, the run sheet
    questions: tuple[Question, ...] = ()
    people: tuple[Person, ...] = ()
    announcements: tuple[Announcement, ...] = ()
    own_texts: tuple[OwnText, ...] = ()
    """The ready-made texts that the organiser has changed (domain.own_texts)."""
    announced: tuple[str, ...] = ()
    """Ids of the announcements that left with the keys. Set by ChatEditor.note."""
    announced_tags: tuple[tuple[str, str], ...] = ()
    """Pairs of (id, bare tag) of those: what they left with. Set by ChatEditor.note."""
    handed_out: tuple[tuple[str, str], ...] = ()
    """Pairs of (id of a person, or `handed_out.QUESTIONS_PICTURE`; digest of their questions).

    Set by ChatEditor.note: what is out is not undone."""
    invited_again: tuple[tuple[str, str], ...] = ()
    """Pairs of (bare name on X, or id of somebody without; `coming_again.InvitedBy`) of people
    who took part in former chats and were invited to this one."""
    registration_link: str = ""
    """The address where people register or read more, such as a Facebook event or a form."""
    link_words: str = ""
    """What is behind that link, when it is something of its own, such as a report."""
    visuals: VisualDraft | None = None
    """The choices for the pictures that announce the chat; None until one is made."""
    run_order: tuple[str, ...] = ()
    run_edits: tuple[RunEdit, ...] = ()
    run_sheet_seen: bool = False
    """The organiser has seen the run sheet with questions in it. Set by ChatEditor.note."""
    # Protection
    help_lines: tuple[HelpLine, ...] = ()
    """The helplines, country by country."""
    focal_point: str = ""
    """Whom in the organisation to tell at once when somebody is in danger; never published."""
    focal_phone: str = ""
    rules_accepted: bool = False
    """The organiser has read the rules that protect children and people who confide something."""
    named_on_purpose: tuple[str, ...] = ()
    """`named_children.reading` of texts that may name a child and are published all the same.

    Set by ChatEditor.note: what is out is not undone."""
    muted_authors: tuple[str, ...] = ()
    """Bare names on X of those whose posts come hidden. Set by ChatEditor.note."""
    meant: tuple[str, ...] = ()
    """`judgements.judgement` of the hints that the organiser has put aside."""
    # How posts leave, rehearsal
    live_elsewhere: datetime | None = None
    """When this copy was made (UTC) of a chat whose hour was open on another computer.

    Nothing is published from here until the organiser asks for it; None for an ordinary chat."""
    route: Route | None = None
    spending_limit_cents: int = 500
    """The most to spend on the API, in US cents."""
    rehearsed_at: datetime | None = None
    rehearsal: RehearsalReport | None = None
    """The report of the last rehearsal."""
    # After the chat
    recap: RecapDraft = field(default_factory=RecapDraft)
    rehearsed_recap: RecapDraft | None = None
    """The same for the invented posts of a rehearsal, so that nothing of it is in the real one."""
    recap_saved: str = ""
    """Digest of the recap as it was last saved (domain.saved_recap). Set by ChatEditor.note."""
    recap_forms: tuple[tuple[str, str], ...] = ()
    """Pairs of (form, digest of the recap as that form of it was last saved).

    A chat of an earlier version has `recap_saved` alone. Set by ChatEditor.note."""
    recap_content: str = ""
    """Digest of what the recap last showed beside its draft. Set by ChatEditor.note."""
    thread: tuple[ThreadPost, ...] = ()
    """The posts of the thread that tells the recap, in order (domain.recap_thread)."""
    thread_out: tuple[tuple[str, str], ...] = ()
    """Pairs of (id of a post of the thread, its id on X, "" while that is not known).

    They are out, or may be. Set by ChatEditor.note."""
    checked_on_x: datetime | None = None
    """When all highlights were last compared with X (UTC). Set by ChatEditor.note."""
    gone_from_x: tuple[str, ...] = ()
    """Ids of collected posts that were not public any more by then. Set by ChatEditor.note.

    One that is a highlight all the same was put back on purpose."""
    funder: FunderDraft | None = None
    """What the page for a funder says; None until something is written for it."""
    thanked: tuple[str, ...] = ()
    """Bare names on X of the people who were thanked; ids of those without an account."""
    thanked_by: tuple[tuple[str, str], ...] = ()
    """Pairs of (one of `thanked`, `thanks.ThanksWay`) for those of whom it is known how."""
    everyone_thanked: bool = False
    """The organiser says that a thank-you to everyone is published, beside the one of the hour."""
    to_thank: int = 0
    """How many people there were to thank at the last count. Set by ChatEditor.note."""
    thanked_apart: int = 0
    """How many of `thanked` were not among those people: the team, authors of posts that are gone.

    Set by ChatEditor.note."""
    confidences_waiting: int = 0
    """How many messages confided something and were not seen to, when that was last looked at.

    Set by ChatEditor.note."""
    lessons: str = ""
    """What to keep for next time."""
    to_change: str = ""
    """What to do otherwise next time."""
    former_lessons: str = ""
    """The lessons of the edition before this one."""
    carried_over: tuple[str, ...] = ()
    """Names of fields copied from the last edition or proposed, not yet confirmed or changed."""
    closed_at: datetime | None = None
    """When the organiser closed the chat (UTC)."""
    put_away: bool = False
    """It is kept apart from the others on the home screen. Set by ChatLibrary.put_away."""

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the organiser."""
        return ZoneInfo(self.time_zone)

    @property
    def starts_local(self) -> datetime | None:
        """The start in the organiser's time zone; None without a date."""
        return self.starts_at.astimezone(self.zone) if self.starts_at else None

    def town(self, zone: str) -> str:
        """The town the organiser chose for an IANA zone; "" for the city in the zone's name."""
        return dict(self.towns).get(zone, "")

    @property
    def ends_at(self) -> datetime | None:
        """The end in UTC; None without a date."""
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
        """The index of a question in the list, from 0. Raises KeyError if unknown."""
        for index, question in enumerate(self.questions):
            if question.id == question_id:
                return index
        raise KeyError(question_id)


def with_town(chat: Chat, zone: str, town: str) -> Chat:
    """The chat with a town for an IANA zone; "" goes back to the city in the zone's name."""
    others = tuple(pair for pair in chat.towns if pair[0] != zone)
    return replace(chat, towns=(*others, (zone, town)) if town else others)


def seen_to(chat: Chat, *fields: str) -> Chat:
    """The chat once the organiser has changed or confirmed these fields (see `carried_over`)."""
    left = tuple(name for name in chat.carried_over if name not in fields)
    return replace(chat, carried_over=left)


def is_out(chat: Chat, announcement: Announcement) -> bool:
    """Whether it is published: by the organiser's word, or because it left with the keys."""
    return announcement.done or announcement.id in chat.announced


class ChatPhase(StrEnum):
    """Whether a chat is to come, under way or over, for the home screen and the list of steps."""

    DRAFT = "draft"
    UPCOMING = "upcoming"
    LIVE = "live"
    ENDED = "ended"


def phase(chat: Chat, now: datetime) -> ChatPhase:
    """The phase of the chat at `now` (UTC)."""
    if chat.closed_at is not None:
        return ChatPhase.ENDED
    if chat.starts_at is None or chat.ends_at is None:
        return ChatPhase.DRAFT
    if now < chat.starts_at:
        return ChatPhase.UPCOMING
    return ChatPhase.LIVE if now < chat.ends_at else ChatPhase.ENDED


def lasting_until(chat: Chat, ends_at: datetime | None) -> Chat:
    """The chat as it lasts when its hour ends at another instant (UTC) than announced.

    None, and an instant before the start, leave it as it is.
    """
    if ends_at is None or chat.starts_at is None or ends_at <= chat.starts_at:
        return chat
    return replace(chat, minutes=minutes_until(ends_at, chat.starts_at))


def minutes_until(instant: datetime, now: datetime) -> int:
    """The minutes from `now` to `instant` (UTC), rounded up; 0 once the instant has passed."""
    return max(0, -(-(instant - now) // timedelta(minutes=1)))


def until_next_minute(chat: Chat, now: datetime) -> timedelta:
    """How long until `minutes_until` the start or the end changes, to refresh a countdown in time.

    It is more than zero and at most a minute. `now` is in UTC.
    """
    minute = timedelta(minutes=1)
    return (chat.starts_at - now) % minute or minute if chat.starts_at is not None else minute


def new_id() -> str:
    """A new unique identifier for a chat or one of its parts."""
    return uuid.uuid4().hex


Part = TypeVar("Part", Question, Person, Announcement, HelpLine, ThreadPost)


def with_part(parts: tuple[Part, ...], part: Part) -> tuple[Part, ...]:
    """The parts with `part` in place of the one with its id, or added at the end."""
    if any(other.id == part.id for other in parts):
        return tuple(part if other.id == part.id else other for other in parts)
    added: tuple[Part, ...] = (part,)
    return parts + added


def without_part(parts: tuple[Part, ...], part_id: str) -> tuple[Part, ...]:
    """The parts without the one of that id."""
    return tuple(part for part in parts if part.id != part_id)


def with_part_moved(parts: tuple[Part, ...], part_id: str, to: int) -> tuple[Part, ...]:
    """The parts with one moved to the index `to`, clamped. Raises KeyError if unknown."""
    part = {part.id: part for part in parts}[part_id]
    rest = [other for other in parts if other.id != part_id]
    rest.insert(max(0, min(to, len(rest))), part)
    return tuple(rest)


def picture_ids(chat: Chat) -> frozenset[str]:
    """The ids of the pictures of a chat: those shown with its posts, and the logo."""
    logo = chat.visuals.logo if chat.visuals is not None else None
    pictures = (*(edit.picture for edit in chat.run_edits), logo)
    return frozenset(picture.id for picture in pictures if picture is not None)
