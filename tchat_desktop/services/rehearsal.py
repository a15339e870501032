"""The rehearsal: an X that is nowhere but here, with people who answer, and what came of it.

Simulated posts have no link: nothing in a rehearsal may be taken for a real post.
"""

from __future__ import annotations

import heapq
import random
import re
import threading
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import FeedPost, Post, is_from_guest, is_question
from tchat_desktop.domain.outgoing import (
    NEEDS_ORGANISER,
    OutboxPost,
    PostKind,
    PostState,
    Reason,
)
from tchat_desktop.services.ports import (
    Clock,
    LookedUp,
    Published,
    PublishLater,
    PublishRefused,
    PublishUnknown,
)

CUT = (timedelta(minutes=25), timedelta(minutes=29))
"""When the network goes and comes back, from the start of the chat."""
RETRY = timedelta(seconds=20)
LATE = timedelta(minutes=1)
"""From this delay on, a post that left counts as held up."""


# --- the script ----------------------------------------------------------------------------


class Someone(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fictitious participant; `handle` is a bare name that ends in "_ex"."""

    name: str
    handle: str


class Theme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is answered to questions with a word that begins with one of `words` (small letters)."""

    words: tuple[str, ...]
    answers: tuple[str, ...]
    guest_answers: tuple[str, ...] = ()


class Subject(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Themes for chats about something: those with one of `words` in topic, summary or tag."""

    words: tuple[str, ...]
    themes: tuple[Theme, ...]
    incidents: tuple[Incident, ...] = ()


class Incident(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something to deal with, said `seconds` after the question number `after_question` asked."""

    after_question: int
    seconds: int
    name: str
    handle: str
    text: str
    when_answered: str = ""
    """What the person says once the organiser has replied; empty for nothing more."""


class Script(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who takes part in a rehearsal, and what they say, in one language; without number or tag."""

    people: tuple[Someone, ...]
    greetings: tuple[str, ...]
    guest_greetings: tuple[str, ...]
    answers: tuple[str, ...]
    guest_answers: tuple[str, ...]
    when_answered: tuple[str, ...]
    thanks: tuple[str, ...]
    subjects: tuple[Subject, ...] = ()
    incidents: tuple[Incident, ...] = ()


def load_script(path: Path) -> Script:
    """Read a script. Raises OSError, msgspec.ValidationError, tomllib.TOMLDecodeError."""
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Script)


# --- the simulated network -----------------------------------------------------------------


class SimulatedX:
    """Takes posts and gives back a conversation. The same seed, chat and posts give the same one.

    It is a Publisher and a TagReader, for two threads at once.
    """

    def __init__(self, script: Script, clock: Clock, chat: Chat, seed: int = 0) -> None:
        self._script = script
        self._clock = clock
        self._chat = chat
        self._seed = seed
        self._began = clock.now()
        start = chat.starts_at or self._began
        self._cut_from, self._cut_to = start + CUT[0], start + CUT[1]
        self._lock = threading.Lock()
        self._timeline: list[Post] = []
        self._to_come: list[tuple[datetime, int, Someone, str, str]] = []
        self._published: dict[str, Published] = {}
        self._asked: list[tuple[str, int, str]] = []
        self._said: set[str] = set()
        self._answer_lost = False
        self._scheduled = 0
        # Ids grow from one run to the next, as those of X do.
        self._next_id = int(self._began.timestamp()) * 1000

    def publish(self, post: OutboxPost) -> Published:
        """Take a post. Raises PublishUnknown or PublishLater while the network is cut."""
        with self._lock:
            now = self._clock.now()
            if not self._is_cut(now):
                return self._accept(post, now)
            if not self._answer_lost:
                self._answer_lost = True
                self._accept(post, now)
                raise PublishUnknown(Reason.ANSWER_LOST)
            raise self._without_network(now)

    def get_ready(self, post: OutboxPost) -> None:
        """There is nothing to prepare."""

    def look_up(self, post: OutboxPost, _others: Sequence[OutboxPost]) -> LookedUp:
        """Whether a post was taken. Raises PublishLater while the network is cut."""
        with self._lock:
            now = self._clock.now()
            if self._is_cut(now):
                raise self._without_network(now)
            # What an earlier run of the rehearsal took is forgotten.
            ours = post.changed_at is not None and post.changed_at >= self._began
            certain = ours and post.reason is not Reason.INTERRUPTED
            return LookedUp(self._published.get(post.id), certain)

    def read(self, since_id: str) -> Sequence[Post]:
        """What was said after a post. Raises PublishLater while the network is cut."""
        with self._lock:
            now = self._clock.now()
            if self._is_cut(now):
                raise self._without_network(now)
            self._let_speak(now)
            since = int(since_id or 0)
            return [post for post in self._timeline if int(post.id) > since]

    def _is_cut(self, now: datetime) -> bool:
        return self._cut_from <= now < self._cut_to

    def _without_network(self, now: datetime) -> PublishLater:
        return PublishLater(Reason.NETWORK, min(now + RETRY, self._cut_to))

    def _accept(self, post: OutboxPost, now: datetime) -> Published:
        if post.id in self._published:
            raise PublishRefused(Reason.DUPLICATE)
        self._let_speak(now)
        author = self._chat.account or "organisation"
        ours = self._say(
            Someone(self._chat.organisation or author, author), post.text, now, post.target_id
        )
        published = self._published[post.id] = Published(ours.id, "")
        self._react(post, ours, now)
        return published

    def _say(self, who: Someone, text: str, at: datetime, in_reply_to: str) -> Post:
        self._next_id += 1
        reposts = random.Random(f"{self._seed}:{text}").choice((0, 0, 0, 1, 2, 5))
        post = Post(
            id=str(self._next_id),
            author=who.handle,
            author_name=who.name,
            text=text,
            created_at=at,
            in_reply_to=in_reply_to,
            reposts=reposts,
        )
        self._timeline.append(post)
        return post

    def _let_speak(self, now: datetime) -> None:
        """Publish what participants have to say by now."""
        while self._to_come and self._to_come[0][0] <= now:
            at, _, who, text, in_reply_to = heapq.heappop(self._to_come)
            self._say(who, text, at, in_reply_to)

    # --- the participants ------------------------------------------------------------------

    def _react(self, post: OutboxPost, ours: Post, now: datetime) -> None:
        chance = random.Random(f"{self._seed}:{post.slot}")
        match post.kind:
            case PostKind.WELCOME:
                people = chance.sample(self._script.people, 7)
                self._chorus(chance, people, self._script.greetings, now)
                self._chorus(chance, self._guests(), self._script.guest_greetings, now)
            case PostKind.QUESTION:
                self._asked.append((post.text, _number(post, len(self._asked) + 1), ours.id))
                self._answers(chance, now, chance.randint(4, 7), with_guests=True)
                self._incidents(now)
            case PostKind.NUDGE:
                if self._asked:
                    self._answers(chance, now, 2, with_guests=False)
            case PostKind.CLOSING | PostKind.THANKS:
                people = chance.sample(self._script.people, 5)
                self._chorus(chance, people, self._script.thanks, now)
            case PostKind.REPLY:
                self._answer_back(chance, post, ours, now)
            case _:
                pass

    def _answers(
        self, chance: random.Random, now: datetime, how_many: int, *, with_guests: bool
    ) -> None:
        question, number, question_id = self._asked[-1]
        themes = self._themes(question)
        own = [text for theme in themes for text in theme.answers]
        for who in chance.sample(self._script.people, how_many):
            text = self._unsaid(chance, own) or self._unsaid(chance, self._script.answers)
            text = text or chance.choice(self._script.answers)
            # Most write the number as they were asked to; some only press "reply"; some do neither.
            habit = chance.random()
            self._later(
                now + timedelta(seconds=chance.randint(15, 240)),
                who,
                f"R{number} {text}" if habit < 0.7 else text,
                in_reply_to=question_id if habit > 0.6 and habit < 0.85 else "",
            )
        if not with_guests:
            return
        learned = [text for theme in themes for text in theme.guest_answers]
        for guest in self._guests():
            text = self._unsaid(chance, learned) or self._unsaid(chance, self._script.guest_answers)
            if text:
                at = now + timedelta(seconds=chance.randint(40, 170))
                self._later(at, guest, f"R{number} {text}")

    def _chorus(
        self,
        chance: random.Random,
        people: Sequence[Someone],
        texts: Sequence[str],
        now: datetime,
    ) -> None:
        for who in people:
            text = self._unsaid(chance, texts)
            if text:
                self._later(now + timedelta(seconds=chance.randint(8, 170)), who, text)

    def _incidents(self, now: datetime) -> None:
        for incident in self._all_incidents():
            if incident.after_question == len(self._asked):
                who = Someone(incident.name, incident.handle)
                self._later(now + timedelta(seconds=incident.seconds), who, incident.text)

    def _answer_back(
        self, chance: random.Random, post: OutboxPost, ours: Post, now: datetime
    ) -> None:
        answered = next((one for one in self._timeline if one.id == post.target_id), None)
        if answered is None:
            return
        who = Someone(answered.author_name, answered.author)
        incident = next(
            (one for one in self._all_incidents() if one.handle == answered.author), None
        )
        if incident is None:
            text = self._unsaid(chance, self._script.when_answered)
        else:
            text = incident.when_answered
        if text:
            at = now + timedelta(seconds=chance.randint(25, 120))
            self._later(at, who, text, in_reply_to=ours.id)

    def _later(self, at: datetime, who: Someone, text: str, in_reply_to: str = "") -> None:
        tag = f" #{self._chat.hashtag}" if self._chat.hashtag else ""
        self._said.add(text)
        self._scheduled += 1
        heapq.heappush(self._to_come, (at, self._scheduled, who, text + tag, in_reply_to))

    def _unsaid(self, chance: random.Random, texts: Sequence[str]) -> str:
        """One of the texts nobody has said yet, "" when there is none."""
        left = [text for text in texts if not any(said.endswith(text) for said in self._said)]
        return chance.choice(left) if left else ""

    def _guests(self) -> list[Someone]:
        return [
            Someone(guest.name or guest.account, guest.account)
            for guest in self._chat.guests
            if guest.account
        ]

    def _subjects(self) -> list[Subject]:
        about = f"{self._chat.topic} {self._chat.summary} {self._chat.hashtag}".lower()
        return [
            subject
            for subject in self._script.subjects
            if any(word in about for word in subject.words)
        ]

    def _themes(self, question: str) -> list[Theme]:
        asked = question.replace(f"#{self._chat.hashtag}", "").lower()
        return [
            theme
            for subject in self._subjects()
            for theme in subject.themes
            if any(re.search(rf"\b{re.escape(word)}", asked) for word in theme.words)
        ]

    def _all_incidents(self) -> list[Incident]:
        special = [one for subject in self._subjects() for one in subject.incidents]
        return [*self._script.incidents, *special]


def _number(post: OutboxPost, otherwise: int) -> int:
    found = re.search(r"[0-9]+", post.label)
    return int(found[0]) if found else otherwise


# --- what came of it -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RehearsalReport:
    """A rehearsal in figures, for the page that says what went well."""

    planned: int
    """Posts of the run sheet, without the reserve."""
    sent: int
    """Posts of the run sheet and the reserve that left."""
    skipped: int
    postponed: int
    held_up: int
    """Those that left late, because of the cut or a pause."""
    undecided: int
    """Posts that still wait for the organiser's word, replies among them."""
    replies: int
    reposts: int
    participants: int
    received: int
    """Posts of participants."""
    audience_questions: int
    audience_answered: int
    stars: int
    hidden: int


def rehearsal_report(
    chat: Chat,
    planned: Sequence[OutboxPost],
    rows: Sequence[OutboxPost],
    posts: Sequence[FeedPost],
) -> RehearsalReport:
    """What came of a rehearsal: `planned` are the rows it began with, `rows` those at its end."""
    out = (PostState.SENT, PostState.HANDED_OVER)
    at_first = {row.slot: row for row in planned}
    sheet = [row for row in rows if row.slot in at_first]
    sent = [row for row in sheet if row.state in out]
    by_hand = [row for row in rows if row.slot not in at_first and row.state in out]
    questions = [
        one for one in posts if is_question(one.post.text) and not is_from_guest(one.post, chat)
    ]
    return RehearsalReport(
        planned=sum(row.state is PostState.PLANNED for row in planned),
        sent=len(sent),
        skipped=sum(row.state is PostState.SKIPPED for row in sheet),
        postponed=sum(
            at_first[row.slot].state is PostState.PLANNED and row.due_at > at_first[row.slot].due_at
            for row in sheet
        ),
        held_up=sum(
            row.changed_at is not None and row.changed_at - row.due_at > LATE for row in sent
        ),
        undecided=sum(row.state in NEEDS_ORGANISER for row in rows),
        replies=sum(row.kind is PostKind.REPLY for row in by_hand),
        reposts=sum(row.kind is PostKind.REPOST for row in by_hand),
        participants=len({one.post.author.casefold() for one in posts}),
        received=len(posts),
        audience_questions=len(questions),
        audience_answered=sum(one.answered for one in questions),
        stars=sum(one.starred for one in posts),
        hidden=sum(one.hidden for one in posts),
    )
