"""Hours that run nowhere: they keep what was asked of them, and tell it through a real bridge."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from tchat_desktop.domain import run_sheet
from tchat_desktop.domain.chat import (
    Chat,
    HelpLine,
    Invitation,
    Occasion,
    Person,
    Purpose,
    Question,
    Route,
)
from tchat_desktop.domain.conversation import FeedPost, Marking, Post
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.found_own import found_out, rows_found
from tchat_desktop.domain.found_posts import sort_posts
from tchat_desktop.domain.keys_rule import last_word
from tchat_desktop.domain.obstacles import Obstacle
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState, Reason
from tchat_desktop.domain.pages_seen import Stretch
from tchat_desktop.domain.undoing import DoneCommand
from tchat_desktop.services.events import (
    HourEnded,
    HourNotBegun,
    NetworkChanged,
    OutboxChanged,
    PostMarked,
    PostRemoved,
    PostsArrived,
    PostsFound,
    PostsTakenIn,
    ReadingHeld,
)
from tchat_desktop.services.followed_hour import FollowedHour
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.ui.models.feed_entry import searched_words
from tests.fakes.network import NETWORK
from tests.fakes.texts import load_texts

P = ParamSpec("P")

START = datetime(2026, 12, 5, 20, tzinfo=UTC)


def full_chat(route: Route = Route.ASSISTED) -> Chat:
    """A chat ready for its hour."""
    asked = (
        "Que manque-t-il à la loi pour protéger les filles ?",
        "Qui, dans votre quartier, a changé d’avis, et comment ?",
        "Quels mots aident à parler du mariage des enfants en famille ?",
        "Que peut faire l’école quand une élève va être mariée ?",
        "Où trouver de l’aide près de chez vous ?",
        "Que feriez-vous demain, avec presque rien ?",
    )
    return Chat(
        id="chat",
        purpose=Purpose.SHARE_INFORMATION,
        organisation="Voix des filles",
        account="voixdesfilles",
        topic="Mariage des enfants : agir à Dakar",
        starts_at=START,
        time_zone="Africa/Dakar",
        hashtag="UnionsPrécoces",
        questions=tuple(
            Question(
                id=f"q{number}",
                text=text,
                essential=number != 6,
                prepared_answer="La loi fixe l’âge à 18 ans, peu la connaissent."
                if number == 1
                else "",
                sources=("https://www.unicef.org/",) if number == 1 else (),
            )
            for number, text in enumerate(asked, start=1)
        ),
        people=(
            Person(
                id="guest",
                name="Sage-femme, Dakar",
                handle="sagefemme_ex",
                invitation=Invitation.ACCEPTED,
                has_questions=True,
            ),
        ),
        route=route,
        help_lines=(HelpLine("sn", "Sénégal", "116", "enfants", verified=True),),
        focal_point="Fatou",
    )


def participant(
    number: int,
    text: str,
    at: datetime,
    author: str = "prof_ex",
    name: str = "Enseignante, Thiès",
    **marks: object,
) -> FeedPost:
    """A post of somebody under the tag."""
    post = Post(str(1000 + number), author, name, text, at, url=f"https://x.com/{author}/status/1")
    return FeedPost(post, **marks)  # type: ignore[arg-type]


class FakeClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.at = now

    def now(self) -> datetime:
        return self.at

    def wait(self, event: threading.Event, seconds: float) -> bool:
        raise AssertionError("nobody waits here")


class FakeHour:
    """Keeps the commands it was given in `asked`; `say_…` tells what happened."""

    def __init__(self, chat: Chat, occasion: Occasion, report: Callable[[object], None]) -> None:
        sheet = run_sheet.build_run_sheet(chat, load_texts(chat.language))
        start = chat.starts_at or START
        route = Route.REHEARSAL if occasion is Occasion.REHEARSAL else chat.route or Route.ASSISTED
        self.chat = chat
        self.occasion = occasion
        self.planned: Sequence[OutboxPost] = run_sheet.plan(chat, sheet, occasion, route, start)
        self.clock = FakeClock(start)
        self.rows: list[OutboxPost] = list(self.planned)
        self.paused = False
        self.without_keys = False
        self.keys_told: OutboxPost | None = None
        self.held: frozenset[str] = frozenset()
        self.waits_for_word = False
        self.last: DoneCommand | None = None
        self.ends_at: datetime | None = None
        self.typing = False
        self.private: frozenset[str] = frozenset()
        self.is_over = False
        self.missing: tuple[Stretch, ...] = ()
        """Where posts may be missing, as the next paste tells."""
        self.asked: list[tuple[object, ...]] = []
        self._posts: list[Post] = []
        self.said: dict[str, FeedPost] = {}
        self._report = report

    # --- what happens ----------------------------------------------------------------------

    def row(self, slot: str) -> OutboxPost:
        return next(row for row in self.rows if row.slot == slot)

    def becomes(self, slot: str, state: PostState, **fields: object) -> None:
        """Change a row, without telling yet."""
        fields.setdefault("changed_at", self.row(slot).due_at)
        self.rows = [
            replace(row, state=state, **fields) if row.slot == slot else row  # type: ignore[arg-type]
            for row in self.rows
        ]

    def add_row(self, row: OutboxPost) -> None:
        self.rows.append(row)

    def at_minute(self, minutes: float) -> None:
        """Move the clock; what was due has been published, and is told."""
        self.clock.at = (self.chat.starts_at or START) + timedelta(minutes=minutes)
        for row in tuple(self.rows):
            if row.state is PostState.PLANNED and row.due_at <= self.clock.at:
                self.becomes(row.slot, PostState.SENT, url=f"https://x.com/a/status/{row.label}")
        self.say_rows()

    def say_rows(self) -> None:
        """Tell the rows; what told of the keys before still holds until a later row does."""
        rows, told = tuple(self.rows), self.keys_told
        self.keys_told = last_word((*rows, *([told] if told else [])))
        if self.without_keys:
            self.keys_told = None
        self._report(
            OutboxChanged(
                self.chat.id,
                self.occasion,
                rows,
                self.paused,
                self.without_keys,
                self.keys_told,
                self.held,
                self.waits_for_word,
                self.last,
                self.last is not None,
                self.ends_at,
            )
        )

    def say_posts(self, *posts: FeedPost) -> None:
        told = {one.post.id: one.post for one in posts}
        self._posts = [one for one in self._posts if one.id not in told] + list(told.values())
        self.said |= {one.post.id: one for one in posts}
        self._report(PostsArrived(self.chat.id, self.occasion, posts))

    def say_network(self, reachable: bool, obstacle: Obstacle = Obstacle.UNKNOWN) -> None:
        self._report(NetworkChanged(reachable, obstacle))

    def say_reading(self, reason: Reason) -> None:
        self._report(ReadingHeld(self.chat.id, self.occasion, reason))

    def say_not_begun(self, error: Exception | None = None) -> None:
        self._report(HourNotBegun(self.chat.id, self.occasion, error))

    def say_ended(self) -> None:
        self.is_over = True
        self._report(HourEnded(self.chat.id, self.occasion))

    # --- the commands ----------------------------------------------------------------------

    def tell(self) -> None:
        self.say_rows()

    def try_again(self) -> None:
        self.asked.append(("try_again",))

    def do(
        self, command: Callable[Concatenate[Outbox, P], object], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """A command of the outbox is kept by its name; some show what came of them at once."""
        at_once = getattr(self, f"_{command.__name__}", None)
        if at_once is None:
            self.asked.append((command.__name__, *args, *kwargs.values()))
        else:
            at_once(*args, **kwargs)

    def _pause(self) -> None:
        self.paused = True
        self.say_rows()

    def _resume(self) -> None:
        self.paused = False
        self.say_rows()

    def _hold(self, post_id: str) -> None:
        self.held |= {post_id}
        self.say_rows()

    def _release(self, post_id: str) -> None:
        self.held -= {post_id}
        self.say_rows()

    def _begin_in_private(self, what: str) -> None:
        self.private |= {what}

    def _end_in_private(self, what: str) -> None:
        self.private -= {what}

    def go_on_without_keys(self) -> None:
        self.asked.append(("go_on_without_keys",))

    def go_on_with_keys(self) -> None:
        self.asked.append(("go_on_with_keys",))

    def read_now(self) -> None:
        self.asked.append(("read_now",))

    def end(self) -> None:
        self.asked.append(("end",))

    def reopen(self) -> None:
        self.is_over = False
        self.asked.append(("reopen",))

    def waits_for_typing(self, post: OutboxPost) -> bool:
        return self.typing and post.state is PostState.DUE and post.route is Route.ASSISTED

    @property
    def in_private(self) -> bool:
        return bool(self.private)

    def undo(self) -> None:
        self.asked.append(("undo",))

    def publish_early(self, slot: str) -> None:
        self.asked.append(("publish_early", slot))

    def reply(self, post: FeedPost, text: str) -> None:
        self.asked.append(("reply", post.post.id, text))
        self._add(post.post, PostKind.REPLY, text)

    def answer_for(self, guest: Person, question_id: str, text: str) -> None:
        self.asked.append(("answer_for", guest.id, question_id, text))

    def write(self, text: str) -> None:
        self.asked.append(("write", text))

    def name_on_purpose(self, text: str) -> None:
        self.asked.append(("name_on_purpose", text))

    def repost(self, post: FeedPost) -> None:
        self.asked.append(("repost", post.post.id))
        self._add(post.post, PostKind.REPOST, post.post.text)

    def _add(self, target: Post, kind: PostKind, text: str) -> None:
        """What the outbox does with it: it is due at once."""
        self.add_row(
            replace(
                self.planned[0],
                id=f"{kind}:{target.id}",
                slot=f"{kind}:{target.id}",
                kind=kind,
                target_author=target.author,
                question_id="",
                number=None,
                text=text,
                state=PostState.DUE,
                due_at=self.clock.at,
                target_id=target.id,
                planned=None,
            )
        )
        self.say_rows()

    def mark(self, marking: Marking) -> None:
        self._report(PostMarked(self.chat.id, self.occasion, marking))

    def search(self, text: str, most: int) -> None:
        self.asked.append(("search", text, most))
        words = fold(text).split()
        found = [
            one.post.id
            for one in self.said.values()
            if all(word in searched_words(one) for word in words)
        ]
        self.say_found(text, found[-most:], whole=len(found) <= most)

    def say_found(self, text: str, ids: Sequence[str], whole: bool = True) -> None:
        self._report(PostsFound(self.chat.id, self.occasion, text, frozenset(ids), whole))

    def add_by_hand(self, post: Post) -> None:
        self.asked.append(("add_by_hand", post))
        self.say_posts(FeedPost(post))

    def take_in(self, found: Sequence[Post]) -> None:
        self.asked.append(("take_in", tuple(found)))
        own = rows_found(found, self.rows, self.chat.account, self.clock.at, NETWORK)
        changes = [(row, found_out(row, post, NETWORK)) for row, post in own]
        confirmed = tuple((row, made) for row, made in changes if made is not None)
        now_is = {made.id: made for _row, made in confirmed}
        self.rows = [now_is.get(row.id, row) for row in self.rows]
        made = sort_posts(found, self._posts, self.rows, self.chat, self.clock.at, NETWORK)
        self.say_posts(*map(FeedPost, (*made.new, *(after for _before, after in made.completed))))
        if confirmed:
            self.say_rows()
        self._report(PostsTakenIn(self.chat.id, self.occasion, made, confirmed, self.missing))

    def complete(self, told: Sequence[Post]) -> None:
        self.asked.append(("complete", tuple(told)))
        self.say_posts(*map(FeedPost, told))

    def correct_by_hand(self, post_id: str, post: Post) -> None:
        self.asked.append(("correct_by_hand", post_id, post))
        if post.id != post_id:
            self._report(PostRemoved(self.chat.id, self.occasion, post_id))
        self.say_posts(FeedPost(post))

    def remove_by_hand(self, post_id: str) -> None:
        self.asked.append(("remove_by_hand", post_id))
        self._report(PostRemoved(self.chat.id, self.occasion, post_id))


class FakeHours:
    """Starts fake hours for the chat of an editor."""

    def __init__(self, chat_of: Callable[[], Chat], report: Callable[[object], None]) -> None:
        self._chat_of = chat_of
        self._report = report
        self.running: dict[Occasion, FakeHour] = {}
        self.taken_over = False
        self.followed: FollowedHour | None = None
        self.held_back_at: datetime | None = None

    def follow_elsewhere(self) -> None:
        raise AssertionError("no test follows with fake hours")

    def held_back(self, at: datetime) -> None:
        self.held_back_at = at

    def hour(self, occasion: Occasion) -> FakeHour | None:
        return self.running.get(occasion)

    def start_rehearsal(self) -> FakeHour:
        return self._start(Occasion.REHEARSAL)

    def start_live(self) -> FakeHour:
        return self._start(Occasion.LIVE)

    def take_over(self) -> FakeHour:
        self.taken_over = True
        return self._start(Occasion.LIVE)

    def _start(self, occasion: Occasion) -> FakeHour:
        self.running[occasion] = FakeHour(self._chat_of(), occasion, self._report)
        return self.running[occasion]


def lost_reply(hour: FakeHour) -> OutboxPost:
    """A reply whose answer was lost."""
    return replace(
        hour.planned[0],
        id="lost",
        slot="reply:lost",
        kind=PostKind.REPLY,
        target_author="pere_ex",
        question_id="",
        number=None,
        text="Parlez-en d’abord à la mère et au griot. #UnionsPrécoces",
        state=PostState.UNKNOWN,
        reason=Reason.ANSWER_LOST,
        due_at=hour.clock.at,
    )


if TYPE_CHECKING:
    from tchat_desktop.services.ports import Clock
    from tchat_desktop.ui.pages.shared.hour_ports import HourPort, HoursPort

    def _is_a_clock(clock: FakeClock) -> Clock:
        return clock

    def _is_an_hour(hour: FakeHour) -> HourPort:
        return hour

    def _is_an_hours(hours: FakeHours) -> HoursPort:
        return hours
