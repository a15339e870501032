"""A simulated X inside the app, with a simulated public that answers, for rehearsals.

A chat is rehearsed by the route it has chosen: with keys, posts leave automatically and the tag is
read; without keys, each post opens a simulated page (see `ui/pages/rehearsing`) on which a person
sends it, and the person copies the links of the public's posts. Nothing ever leaves for X.
"""

from __future__ import annotations

import heapq
import random
import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.decisions import SHIFTABLE
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, Reason
from tchat_desktop.domain.people import account_of
from tchat_desktop.services.ports import (
    Clock,
    LookedUp,
    Published,
    Publisher,
    PublishLater,
    PublishRefused,
    PublishUnknown,
    TagReader,
)
from tchat_desktop.services.rehearsal_script import (
    Incident,
    Script,
    Someone,
    filled,
    words_of,
)

CUT_AT = 0.4
"""The simulated network fails when this part of the chat (0 to 1) has passed."""
_RETRY = timedelta(seconds=20)
"""How long to wait before a post is tried again while the simulated network is cut."""
LATE = timedelta(minutes=2)
"""From this delay on a post counts as late; reading and sending a page takes a moment."""
CARE = frozenset({"disclosure", "named_child"})
"""Values of Happened.incidents that say a post could expose somebody."""


@dataclass(frozen=True, slots=True)
class Happened:
    """What really happened in a rehearsal, whatever the organiser said about it."""

    posted: Mapping[str, datetime] = field(default_factory=dict)
    """When each row of the outbox was really posted (UTC), by row id."""
    told_privately: Mapping[str, str] = field(default_factory=dict)
    """What was written in private to the author of a post, by the id of that post."""
    said: tuple[Post, ...] = ()
    """The posts of the simulated public."""
    incidents: Mapping[str, str] = field(default_factory=dict)
    """What is at stake in a post of the public ("troll", …), by the id of the post."""
    expected: Mapping[str, datetime] = field(default_factory=dict)
    """By when each row was to be posted (UTC), by row id.

    It is the row's time, also if it was postponed while it was not late. A row that is sent at
    once, before its time, keeps the time it had.
    """
    cut_at: datetime | None = None
    """When the network failed (UTC); None if it did not."""
    back_at: datetime | None = None
    """When the network worked again (UTC); None if it did not."""
    repaired: bool = False
    """Whether a person reconnected the network."""
    held: frozenset[str] = frozenset()
    """The ids of the rows that could not be sent because the network was cut."""


class SimulatedX:
    """Takes posts and answers with a conversation; the same seed, chat and posts give the same one.

    It is a Publisher and a TagReader, and provides what the simulated pages show. Several threads
    may use it at once. The network is cut once, until somebody calls `reconnect`, or for
    `cut_lasts` when nobody watches the rehearsal.
    """

    def __init__(
        self,
        script: Script,
        clock: Clock,
        chat: Chat,
        rules: NetworkRules,
        seed: int = 0,
        cut_lasts: timedelta | None = None,
    ) -> None:
        self._script = script
        self._clock = clock
        self._chat = chat
        self._rules = rules
        self._seed = seed
        self._began = clock.now()
        start = chat.starts_at or self._began
        self._cut_from: datetime | None = start + CUT_AT * timedelta(minutes=chat.minutes)
        self._cut_lasts = cut_lasts
        self._cut_at = self._cut_from
        self._repaired_at: datetime | None = None
        self._held: set[str] = set()
        self._lock = threading.Lock()
        self._ours: list[Post] = []
        self._said: list[Post] = []
        self._to_come: list[tuple[datetime, int, Someone, str, str, str]] = []
        self._published: dict[str, Published] = {}
        self._posted: dict[str, datetime] = {}
        self._expected: dict[str, datetime] = {}
        self._reposted: frozenset[str] = frozenset()
        self._pages: dict[str, OutboxPost] = {}
        self._closed: set[str] = set()
        """The pages that were closed before they were sent, and not opened again."""
        self._private: dict[str, str] = {}
        self._incidents = list(script.incidents)
        self._at_stake: dict[str, str] = {}
        self._answers_back: dict[str, str] = {}
        self._asked: list[tuple[str, int, str]] = []
        self._texts: set[str] = set()
        self._answer_lost = False
        self._scheduled = 0
        self._numbers: dict[str, int] = {}
        """The place of each post in the order they were published, by its id."""

    # --- with keys: a Publisher and a TagReader ----------------------------------------------

    def publish(self, post: OutboxPost) -> Published:
        """Publish a post on the simulated X.

        While the network is cut it raises PublishUnknown the first time, and takes the post all the
        same; after that it raises PublishLater. Raises PublishRefused for a post published before.
        """
        with self._lock:
            now = self._clock.now()
            if not self._is_cut(now):
                return self._accept(post, now)
            self._held.add(post.id)
            if not self._answer_lost:
                self._answer_lost = True
                self._accept(post, now)
                raise PublishUnknown(Reason.ANSWER_LOST)
            raise self._without_network(now)

    def get_ready(self, post: OutboxPost) -> None:
        """Do nothing: the simulated X needs no preparation."""

    def look_up(self, post: OutboxPost, _others: Sequence[OutboxPost]) -> LookedUp:
        """Look whether a post was taken. Raises PublishLater while the network is cut."""
        with self._lock:
            now = self._clock.now()
            if self._is_cut(now):
                raise self._without_network(now)
            # Posts taken before a restart are not known here, so their absence is not certain.
            ours = post.changed_at is not None and post.changed_at >= self._began
            certain = ours and post.reason is not Reason.INTERRUPTED
            return LookedUp(self._published.get(post.id), certain)

    def read(self, since_id: str) -> Sequence[Post]:
        """Return the posts under the tag newer than `since_id`, oldest first.

        Raises PublishLater while the network is cut.
        """
        posts = self.under_tag()
        since = self._numbers.get(since_id, 0)
        return [post for post in posts if self._numbers[post.id] > since]

    # --- what the fictitious pages show and do -----------------------------------------------

    def page_ready(self, page: str, post: OutboxPost) -> None:
        """Remember for which row of the outbox `page` was opened."""
        with self._lock:
            self._pages[page] = post

    def row_of(self, page: str) -> OutboxPost | None:
        """Return the row a page was opened for; None for any other page."""
        with self._lock:
            return self._pages.get(page)

    def send_page(self, page: str, text: str) -> Post:
        """Publish `text`, because the person pressed the button of that page.

        Raises KeyError for a page that was opened for no row, PublishLater while the network is
        cut, and PublishRefused for a page that was sent before.
        """
        with self._lock:
            now, row = self._clock.now(), self._pages[page]
            if self._is_cut(now):
                self._held.add(row.id)
                raise self._without_network(now)
            return self._take(row, text, now)

    def page_shown(self, page: str) -> None:
        """Note that a page is open, perhaps again."""
        with self._lock:
            self._closed.discard(page)

    def page_closed(self, page: str) -> None:
        """Note that a page was closed; one that was sent is done with."""
        with self._lock:
            self._closed.add(page)

    @property
    def closed_unsent(self) -> frozenset[str]:
        """The ids of the rows whose page was closed without posting, and is not open again."""
        with self._lock:
            rows = {self._pages[page].id for page in self._closed if page in self._pages}
            return frozenset(rows - self._posted.keys())

    def left_alone(self, post_ids: Collection[str]) -> str:
        """Return the newest page of one of these rows that was never sent; "" for none."""
        with self._lock:
            left = [
                page
                for page, row in self._pages.items()
                if row.id in post_ids and row.id not in self._posted
            ]
            return left[-1] if left else ""

    def tell_privately(self, post_id: str, text: str) -> None:
        """Record a private message to the author of a post.

        Raises PublishLater while the network is cut.
        """
        with self._lock:
            now = self._clock.now()
            if self._is_cut(now):
                raise self._without_network(now)
            self._private[post_id] = "\n".join(filter(None, (self._private.get(post_id), text)))

    def under_tag(self) -> tuple[Post, ...]:
        """Return the posts that can be seen under the tag by now, oldest first.

        Raises PublishLater while the network is cut.
        """
        with self._lock:
            now = self._clock.now()
            if self._is_cut(now):
                raise self._without_network(now)
            self._let_speak(now)
            posts = (*self._ours, *self._said)
            return tuple(sorted(posts, key=lambda post: self._numbers[post.id]))

    def needing_care(self) -> tuple[Post, ...]:
        """Return the public's posts that could expose somebody, oldest first.

        Posts whose author was written to in private are left out.
        """
        with self._lock:
            self._let_speak(self._clock.now())
            return tuple(
                post
                for post in self._said
                if self._at_stake.get(post.id) in CARE and post.id not in self._private
            )

    @property
    def reposted(self) -> frozenset[str]:
        """The ids of the posts that were reposted."""
        return self._reposted

    @property
    def is_cut(self) -> bool:
        """Whether the network is cut at present."""
        with self._lock:
            return self._is_cut(self._clock.now())

    def reconnect(self) -> None:
        """Repair the network; does nothing while it works."""
        with self._lock:
            now = self._clock.now()
            if self._is_cut(now):
                self._cut_from, self._repaired_at = None, now

    def follow(self, chat: Chat) -> None:
        """Continue with the chat as it was edited."""
        with self._lock:
            self._chat = chat

    def expect(self, rows: Iterable[OutboxPost]) -> None:
        """Update by when posts are to be out; a post that is late stays late, even if postponed.

        `rows` are all rows of the outbox, as they are now.
        """
        now = self._clock.now()
        with self._lock:
            for row in rows:
                before = self._expected.get(row.id, row.due_at)
                at_once = row.due_at <= now < before - LATE
                if row.state in SHIFTABLE and now - before <= LATE and not at_once:
                    self._expected[row.id] = row.due_at

    def happened(self) -> Happened:
        """Return what has really happened in the rehearsal until now."""
        with self._lock:
            now = self._clock.now()
            gone = self._cut_at if self._cut_at is not None and now >= self._cut_at else None
            back = self._repaired_at
            if gone is not None and back is None and not self._is_cut(now):
                back = gone + (self._cut_lasts or timedelta())
            return Happened(
                dict(self._posted),
                dict(self._private),
                tuple(self._said),
                dict(self._at_stake),
                dict(self._expected),
                gone,
                back,
                self._repaired_at is not None,
                frozenset(self._held),
            )

    def _is_cut(self, now: datetime) -> bool:
        if self._cut_from is None or now < self._cut_from:
            return False
        return self._cut_lasts is None or now < self._cut_from + self._cut_lasts

    def _without_network(self, now: datetime) -> PublishLater:
        """Return the error of a request made while the network is cut."""
        return PublishLater(Reason.NETWORK, now + _RETRY)

    def _accept(self, post: OutboxPost, now: datetime) -> Published:
        self._published[post.id] = published = Published(self._take(post, post.text, now).id, "")
        return published

    def _take(self, row: OutboxPost, text: str, now: datetime) -> Post:
        """Publish the text of a row and let the public react. Raises PublishRefused if repeated."""
        if row.id in self._posted:
            raise PublishRefused(Reason.DUPLICATE)
        self._let_speak(now)
        if row.kind is PostKind.REPOST:
            return self._take_repost(row, now)
        author = self._chat.account
        who = Someone(self._chat.organisation or author, author)
        ours = self._post(who, text, now, row.target_id)
        self._ours.append(ours)
        self._posted[row.id] = now
        self._react(row, ours, now)
        return ours

    def _take_repost(self, row: OutboxPost, now: datetime) -> Post:
        """Record a repost; it shows the reposted post and is no post of its own."""
        self._posted[row.id] = now
        self._reposted |= {row.target_id}
        known = (post for post in (*self._said, *self._ours) if post.id == row.target_id)
        return next(known, None) or Post(row.target_id, "", "", row.text, now)

    def _post(self, who: Someone, text: str, at: datetime, in_reply_to: str) -> Post:
        # As the network makes its ids: those of a chat to come do not exist there.
        number = len(self._numbers) + 1
        post_id = self._rules.made_up_id(at, number)
        self._numbers[post_id] = number
        reposts = random.Random(f"{self._seed}:{text}").choice((0, 0, 0, 1, 2, 5))
        return Post(
            id=post_id,
            author=who.handle,
            author_name=who.name,
            text=text,
            created_at=at,
            in_reply_to=in_reply_to,
            reposts=reposts,
        )

    def _let_speak(self, now: datetime) -> None:
        """Publish the posts of the public that are due by now."""
        while self._to_come and self._to_come[0][0] <= now:
            at, _, who, text, in_reply_to, what = heapq.heappop(self._to_come)
            post = self._post(who, text, at, in_reply_to)
            self._said.append(post)
            if what:
                self._at_stake[post.id] = what

    # --- the public --------------------------------------------------------------------------

    def _react(self, row: OutboxPost, ours: Post, now: datetime) -> None:
        """Schedule what the public says after one of our posts."""
        chance = random.Random(f"{self._seed}:{row.slot}")
        match row.kind:
            case PostKind.WELCOME:
                people = chance.sample(self._script.people, 4)
                self._chorus(chance, people, self._script.greetings, now)
                self._chorus(chance, self._guests(), self._script.guest_greetings, now)
            case PostKind.QUESTION:
                self._asked.append((*self._question(row), ours.id))
                self._answers(chance, now, chance.randint(2, 4), with_guests=True)
                self._bring_incidents(now)
            case PostKind.NUDGE:
                if self._asked:
                    self._answers(chance, now, 2, with_guests=False)
            case PostKind.CLOSING | PostKind.THANKS:
                people = chance.sample(self._script.people, 3)
                self._chorus(chance, people, self._script.thanks, now)
            case PostKind.REPLY:
                self._answer_back(chance, row, ours, now)
            case _:
                pass

    def _question(self, row: OutboxPost) -> tuple[str, int]:
        """Return the text of the question asked, from the chat if it is there, and its number."""
        number = row.number or len(self._asked) + 1
        texts = (one.text for one in self._chat.questions if one.id == row.question_id)
        return next(texts, row.text), number

    def _answers(
        self, chance: random.Random, now: datetime, how_many: int, *, with_guests: bool
    ) -> None:
        """Schedule answers to the last question asked."""
        question, number, asked_id = self._asked[-1]
        words = words_of(self._chat, self._script, question)
        mark = f"{self._script.answer_mark}{number} "
        sort, plain = self._script.sort_of(question), self._script.answers
        fitting: Sequence[str] = sort.answers if sort is not None else plain
        grave = sort is not None and sort.grave
        for index, who in enumerate(chance.sample(self._script.people, how_many)):
            first, then = (fitting, plain) if grave or index % 2 == 0 else (plain, fitting)
            text = self._new(chance, first, words) or self._new(chance, then, words)
            # As on X, most people write the number, some only use "reply", and some do neither.
            habit = chance.random()
            self._later(
                now + timedelta(seconds=chance.randint(15, 240)),
                who,
                mark + text if habit < 0.7 else text,
                in_reply_to=asked_id if 0.6 < habit < 0.85 else "",
            )
        for guest in self._guests() if with_guests else ():
            text = self._new(chance, fitting, words) if grave else ""
            text = text or self._new(chance, self._script.guest_answers, words)
            self._later(now + timedelta(seconds=chance.randint(40, 170)), guest, text, mark)

    def _chorus(
        self,
        chance: random.Random,
        people: Sequence[Someone],
        texts: Sequence[str],
        now: datetime,
    ) -> None:
        """Schedule one short post by each of `people`, such as a greeting."""
        for who in people:
            text = self._new(chance, texts, words_of(self._chat, self._script))
            self._later(now + timedelta(seconds=chance.randint(8, 170)), who, text)

    def _bring_incidents(self, now: datetime) -> None:
        """Schedule the incidents that are due; after the last question, all that are left."""
        asked = len(self._asked)
        last = asked >= sum(question.essential for question in self._chat.questions)
        for incident in tuple(self._incidents):
            if last or incident.after_question <= asked:
                self._incidents.remove(incident)
                self._bring(incident, now)

    def _bring(self, incident: Incident, now: datetime) -> None:
        text = filled(incident.text, words_of(self._chat, self._script), self._tag, self._rules)
        who = Someone(incident.name, incident.handle)
        self._answers_back[incident.handle] = incident.when_answered
        self._later(now + timedelta(seconds=incident.seconds), who, text, what=incident.what)

    def _answer_back(
        self, chance: random.Random, row: OutboxPost, ours: Post, now: datetime
    ) -> None:
        """Schedule what a person says after the organiser has replied to them."""
        answered = next((one for one in self._said if one.id == row.target_id), None)
        if answered is None:
            return
        text = self._answers_back.get(answered.author)
        if text is None:
            text = self._new(chance, self._script.when_answered, {})
        who = Someone(answered.author_name, answered.author)
        at = now + timedelta(seconds=chance.randint(25, 120))
        self._later(at, who, text, in_reply_to=ours.id)

    def _later(
        self,
        at: datetime,
        who: Someone,
        text: str,
        mark: str = "",
        *,
        in_reply_to: str = "",
        what: str = "",
    ) -> None:
        """Schedule a post by `who` at an instant (UTC); does nothing for an empty text."""
        if not text:
            return
        self._scheduled += 1
        said = mark + text + self._tag
        heapq.heappush(self._to_come, (at, self._scheduled, who, said, in_reply_to, what))

    @property
    def _tag(self) -> str:
        return f" #{self._chat.hashtag}" if self._chat.hashtag else ""

    def _new(self, chance: random.Random, texts: Sequence[str], words: Mapping[str, str]) -> str:
        """Return a sentence that nobody has said yet; "" when there is none."""
        around = f"{self._script.answer_mark}88 {self._tag}"
        possible = {text: filled(text, words, around, self._rules) for text in texts}
        left = [text for text, said in possible.items() if said and said not in self._texts]
        # Prefer a sentence not used before to one used with other words filled in.
        fresh = [text for text in left if text not in self._texts]
        if not left:
            return ""
        chosen = chance.choice(fresh or left)
        self._texts |= {chosen, possible[chosen]}
        return possible[chosen]

    def _guests(self) -> list[Someone]:
        return [
            Someone(guest.name or account, account)
            for guest in self._chat.guests
            if (account := account_of(guest, self._rules))
        ]


if TYPE_CHECKING:

    def _is_a_publisher(it: SimulatedX) -> Publisher:
        return it

    def _is_a_tag_reader(it: SimulatedX) -> TagReader:
        return it
