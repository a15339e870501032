"""A whole hour is rehearsed under the rules of a network that is nowhere, by keys and by pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.debrief import RehearsalReport
from tchat_desktop.domain.outgoing import OutboxPost, PostState, Reason, confirmed_at
from tchat_desktop.domain.run_sheet import plan
from tchat_desktop.platform.paths import resource
from tchat_desktop.services.events import PostsArrived, ServiceFailed
from tchat_desktop.services.hour_parts import HourStores
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.ports import HandedOver, LookedUp
from tchat_desktop.services.rehearsal_hour import RehearsalHour, rehearsed_way
from tchat_desktop.services.rehearsal_pages import link_of
from tchat_desktop.services.rehearsal_report import rehearsal_report
from tchat_desktop.services.rehearsal_script import Incident, Script, Someone, load_script
from tests.contributor.meadow import MEADOW
from tests.contributor.test_network import CHAT, sheet
from tests.fakes.clock import START, FakeClock
from tests.fakes.memory_store import MemoryOutbox, MemoryPosts
from tests.fakes.outgoing import Reported


def script(path: Path) -> Script:
    """A public whose names are such as the network knows."""
    read = load_script(path)

    def renamed(one: Someone | Incident) -> str:
        return one.handle.replace("_", "-") + ".example"

    people = tuple(msgspec.structs.replace(one, handle=renamed(one)) for one in read.people)
    incidents = tuple(msgspec.structs.replace(one, handle=renamed(one)) for one in read.incidents)
    return msgspec.structs.replace(read, people=people, incidents=incidents)


class MeadowPages:
    """Makes the address of the page for a post."""

    def publish(self, post: OutboxPost) -> HandedOver:
        return HandedOver(MEADOW.links.composer(post.id))

    def get_ready(self, post: OutboxPost) -> None:
        """There is nothing to prepare."""

    def look_up(self, post: OutboxPost, _others: Sequence[OutboxPost]) -> LookedUp:
        return LookedUp(None, certain=False)


class Rehearsal:
    """A rehearsal that somebody watches; its time goes on to the instants that matter."""

    def __init__(self, route: Route) -> None:
        self.chat = replace(CHAT, route=route)
        self.stores = HourStores(MemoryOutbox(), MemoryPosts())
        self.reported = Reported()
        self.planned: Sequence[OutboxPost] = ()
        self.hour = RehearsalHour(
            self.chat,
            self.plan,
            self.stores,
            script(resource("languages", "fr", "rehearsal.toml")),
            MeadowPages(),
            self.reported,
            rules=MEADOW,
            clock_start=START - timedelta(minutes=1),
        )
        self.until = FakeClock().until

    def plan(self, chat: Chat) -> tuple[OutboxPost, ...]:
        return plan(chat, sheet(chat), Occasion.REHEARSAL, rehearsed_way(chat), START)

    @property
    def to_come(self) -> list[OutboxPost]:
        """What is to leave, in its order."""
        rows = [row for row in self.planned if row.state is PostState.PLANNED]
        return sorted(rows, key=lambda row: row.due_at)

    def rows(self) -> list[OutboxPost]:
        return list(self.stores.outbox.rows("chat", Occasion.REHEARSAL))

    def row(self, post_id: str) -> OutboxPost:
        return next(row for row in self.rows() if row.id == post_id)

    def becomes(self, post_id: str, state: PostState) -> None:
        """Wait until a row is in that state; whenever the network goes, somebody brings it back."""

        def became() -> bool:
            self.hour.x.reconnect()
            return self.row(post_id).state is state

        self.until(became)

    def kept(self) -> list[FeedPost]:
        return list(self.stores.posts.all("chat", Occasion.REHEARSAL))


@pytest.fixture
def rehearsal(request: pytest.FixtureRequest) -> Iterator[Rehearsal]:
    made = Rehearsal(request.param)
    made.hour.start()
    made.until(lambda: bool(made.rows()))
    made.planned = made.rows()
    yield made
    assert made.hour.stop()
    assert made.reported.of(ServiceFailed) == []


@pytest.mark.parametrize("rehearsal", [Route.KEYS], indirect=True)
def test_by_keys_all_is_said_and_read(rehearsal: Rehearsal) -> None:
    hour = rehearsal.hour
    for row in rehearsal.to_come:
        hour.rehearsal_clock.go_on_to(row.due_at)
        rehearsal.becomes(row.id, PostState.SENT)
    hour.rehearsal_clock.go_on_to(hour.clock.now() + timedelta(minutes=5))
    hour.read_now()
    rehearsal.until(lambda: len(rehearsal.kept()) >= len(hour.x.happened().said))
    posts = rehearsal.kept()
    assert {one.post.id for one in posts} == {one.id for one in hour.x.happened().said}
    assert sum(bool(one.question_id) for one in posts) > len(CHAT.questions)
    assert all(MEADOW.is_account(one.post.author) for one in posts)
    assert all(MEADOW.weigh(one.post.text) <= MEADOW.longest_post for one in posts)
    report = report_of(rehearsal, posts, by_hand=False)
    assert (report.planned, report.posted) == (len(rehearsal.to_come),) * 2
    assert (report.missing, report.said_only) == ((), ())
    assert report.taken_in == report.said > 20


@pytest.mark.parametrize("rehearsal", [Route.ASSISTED], indirect=True)
def test_by_pages_all_is_sent_and_confirmed_by_its_link(rehearsal: Rehearsal) -> None:
    hour = rehearsal.hour
    for row in rehearsal.to_come:
        hour.rehearsal_clock.go_on_to(row.due_at)
        rehearsal.becomes(row.id, PostState.HANDED_OVER)
        ours = hour.x.send_page(rehearsal.row(row.id).page, row.text)
        hour.do(Outbox.confirm_sent, row.id, link_of(ours, MEADOW))
        rehearsal.becomes(row.id, PostState.SENT)
        confirmed = rehearsal.row(row.id)
        assert (confirmed.remote_id, confirmed.reason) == (ours.id, Reason.BY_HAND)
        assert confirmed_at(confirmed, MEADOW) == confirmed.changed_at
    said = next(one for one in hour.x.under_tag() if one.author.startswith("awa"))
    link = MEADOW.links.pasted(f"Vu : {link_of(said, MEADOW)}")
    hour.add_by_hand(replace(said, id=link.id, url=link.url))
    rehearsal.until(lambda: bool(rehearsal.reported.of(PostsArrived)))
    report = report_of(rehearsal, rehearsal.kept(), by_hand=True)
    assert (report.planned, report.posted) == (len(rehearsal.to_come),) * 2
    assert (report.unconfirmed, report.undecided, report.taken_in) == (0, 0, 1)


def report_of(rehearsal: Rehearsal, posts: Sequence[FeedPost], *, by_hand: bool) -> RehearsalReport:
    return rehearsal_report(
        rehearsal.chat,
        rehearsal.planned,
        rehearsal.rows(),
        posts,
        rehearsal.hour.x.happened(),
        lambda row: row.label,
        by_hand=by_hand,
    )
