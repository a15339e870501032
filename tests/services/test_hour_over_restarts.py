"""An hour begun again on the same data: on hold, without keys, and by one process at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tchat_desktop.adapters.posting_lock import PostingLock
from tchat_desktop.adapters.sqlite.chats import SqliteChats
from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.adapters.sqlite.outbox import SqliteOutbox
from tchat_desktop.adapters.sqlite.posts import SqlitePosts
from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState, Reason
from tchat_desktop.services.events import (
    HourNotBegun,
    OutboxChanged,
    PostsArrived,
    ReadingHeld,
    ServiceFailed,
)
from tchat_desktop.services.hour import Hour
from tchat_desktop.services.hour_parts import HourConditions, HourStores
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.ports import HourState, PublishByHand, PublishLater, StoreFull
from tests.fakes.clock import START, FakeClock
from tests.fakes.hours import hour_by_keys, hour_by_pages
from tests.fakes.other_process import holding
from tests.fakes.outgoing import FakeX, Reported, planned

CHAT = Chat("chat", topic="Mariage des enfants", account="voixfilles_ex", starts_at=START)
TARGET = FeedPost(Post("77", "aissatou_ex", "Aïssatou Ba", "@voixfilles_ex Bonsoir", START))


class Bench:
    """A data directory, and hours begun on it one after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = FakeClock(START - timedelta(minutes=1))
        self.database = Database(folder / "tchat.db", self.clock.now)
        SqliteChats(self.database).save(CHAT, self.clock.now())
        self.stores = HourStores(SqliteOutbox(self.database), SqlitePosts(self.database))
        self.reported = Reported()
        self.x = FakeX(self.clock.now)
        self.pages = FakeX(self.clock.now)
        self.hours: list[Hour] = []

    def start(self, *, without_keys: bool = False) -> Hour:
        """The app started again: nothing is left of the hour before but what is on disk."""
        self.reported = Reported()
        rows = [planned(f"q{n}", 300.0 * n) for n in range(4)]
        return self._started(
            hour_by_keys(
                CHAT,
                [*rows, planned("page", 60, route=Route.ASSISTED)],
                self.stores,
                {Route.KEYS: self.x, Route.ASSISTED: self.pages},
                self.reported,
                self.clock,
                HourConditions(right=PostingLock(self.folder), without_keys=without_keys),
            )
        )

    def start_assisted(self) -> Hour:
        self.reported = Reported()
        rows = [planned(f"q{n}", 300.0 * n, route=Route.ASSISTED) for n in range(4)]
        return self._started(
            hour_by_pages(CHAT, rows, self.stores, self.pages, self.reported, self.clock)
        )

    def _started(self, hour: Hour) -> Hour:
        self.hours.append(hour)
        hour.start()
        return hour

    def told(self) -> OutboxChanged | None:
        events = self.reported.of(OutboxChanged)
        return events[-1] if events else None

    def until(self, come: Callable[[OutboxChanged], bool]) -> None:
        self.clock.until(lambda: (told := self.told()) is not None and come(told))

    def row(self, name: str) -> OutboxPost:
        return self.stores.outbox.get(name)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    for hour in made.hours:
        assert hour.stop()
    made.database.close()


# --- on hold -------------------------------------------------------------------------------


def test_an_hour_on_hold_is_on_hold_when_the_app_is_started_again(bench: Bench) -> None:
    hour = bench.start()
    hour.do(Outbox.pause)
    bench.until(lambda told: told.paused)
    hour.stop()
    again = bench.start()
    bench.clock.rest(1)
    assert all(told.paused for told in bench.reported.of(OutboxChanged))
    bench.clock.advance(400, 1)
    assert bench.x.calls == bench.pages.calls == []
    again.do(Outbox.resume)
    bench.until(lambda told: not told.paused)
    for seconds in (61, 31, 31):
        bench.clock.advance(seconds, 1)
    assert [post.id for post in bench.x.calls] == ["q0", "q1"]


# --- without keys --------------------------------------------------------------------------


def test_an_hour_without_keys_goes_on_so_and_comes_back_to_them(bench: Bench) -> None:
    hour = bench.start()
    hour.go_on_without_keys()
    bench.until(lambda told: told.without_keys)
    hour.stop()
    again = bench.start()
    bench.clock.advance(90, 1)
    assert [post.id for post in bench.pages.calls] == ["q0"]
    again.reply(TARGET, "Merci !")
    again.repost(TARGET)
    bench.until(lambda told: len(told.rows) == 7)
    bench.clock.advance(30, 1)
    assert bench.x.calls == []
    again.go_on_with_keys()
    bench.until(lambda told: not told.without_keys)
    bench.clock.advance(300, 1)
    assert [post.id for post in bench.x.calls] == ["q1"]
    assert [post.id for post in bench.pages.calls][-1] == "page"
    assert bench.row("page").route is Route.ASSISTED


def test_an_hour_begun_while_no_account_is_connected_opens_pages(bench: Bench) -> None:
    hour = bench.start(without_keys=True)
    bench.clock.advance(61, 1)
    assert [post.route for post in bench.pages.calls] == [Route.ASSISTED]
    told = bench.told()
    assert told is not None
    assert told.without_keys
    hour.go_on_with_keys()
    bench.until(lambda told: not told.without_keys)
    bench.clock.advance(330, 1)
    assert [post.id for post in bench.x.calls] == ["q1"]


def test_what_was_planned_by_keys_opens_as_a_page_once_the_organiser_chose_pages(
    bench: Bench,
) -> None:
    bench.start().stop()
    bench.start_assisted()
    bench.clock.advance(61, 1)
    assert [post.id for post in bench.pages.calls] == ["q0"]
    assert bench.row("q0").state is PostState.SENT


def test_an_hour_by_pages_says_nothing_of_the_keys_it_was_begun_with(bench: Bench) -> None:
    bench.x.outcomes = [PublishByHand(Reason.KEYS_REFUSED)]
    hour = bench.start()
    bench.clock.advance(61, 1)
    bench.until(lambda told: told.keys_told is not None)
    hour.stop()
    bench.start_assisted()
    bench.clock.rest(1)
    told = bench.told()
    assert told is not None
    assert told.keys_told is None
    bench.hours[-1].stop()
    bench.stores.outbox.keep_hour_state(CHAT.id, Occasion.LIVE, HourState(without_keys=True))
    bench.start_assisted()
    bench.clock.rest(1)
    told = bench.told()
    assert told is not None
    assert not told.without_keys


def test_an_hour_by_pages_opens_a_reply_meant_for_keys_and_charges_nothing(bench: Bench) -> None:
    hour = bench.start()
    hour.do(Outbox.pause)
    hour.repost(TARGET)
    bench.until(lambda told: len(told.rows) == 6)
    hour.stop()
    bench.start_assisted().do(Outbox.resume)
    bench.until(lambda told: not told.paused)
    bench.clock.advance(61, 1)
    (page,) = bench.pages.calls
    assert page.route is Route.ASSISTED
    assert bench.row(page.id).route is Route.ASSISTED


def test_what_x_refuses_to_keys_holds_up_no_page_of_an_hour_by_pages(bench: Bench) -> None:
    bench.x.outcomes = [PublishLater(Reason.RATE_LIMIT, START + timedelta(minutes=15))]
    hour = bench.start()
    hour.repost(TARGET)
    bench.until(lambda told: any(row.not_before for row in told.rows))
    hour.stop()
    bench.start_assisted()
    bench.clock.rest(1)
    # Nobody has just asked for it: it is counted down.
    assert bench.pages.calls == []
    bench.clock.advance(65, 1)
    assert [row.kind for row in bench.pages.calls].count(PostKind.REPOST) == 1


# --- one process at a time -------------------------------------------------------------------


def test_nothing_leaves_while_another_process_has_the_right(bench: Bench) -> None:
    with holding(bench.folder) as other:
        hour = bench.start()
        bench.clock.until(lambda: bool(bench.reported.of(HourNotBegun)))
        bench.clock.advance(120)
        # What is asked meanwhile would be a lie.
        hour.do(Outbox.pause)
        hour.do(Outbox.send_now, "q1")
        hour.tell()
        bench.clock.until(lambda: len(bench.reported.of(HourNotBegun)) == 2)
        assert bench.reported.of(HourNotBegun)[-1].error is None
        assert bench.reported.of(OutboxChanged) == []
        assert bench.x.calls == bench.pages.calls == []
        assert not bench.stores.outbox.hour_state(CHAT.id, hour.occasion).paused
        hour.try_again()
        bench.clock.until(lambda: len(bench.reported.of(HourNotBegun)) == 3)
        other.kill()
        other.wait()
    hour.try_again()
    hour.try_again()
    bench.until(lambda told: told.rows[0].state is PostState.SENT)
    assert [post.id for post in bench.x.calls] == ["q0"]


def test_an_hour_that_was_stopped_lets_another_process_publish(bench: Bench) -> None:
    hour = bench.start()
    bench.until(lambda told: bool(told.rows))
    bench.clock.rest(1)
    lock = PostingLock(bench.folder)
    assert not lock.take()
    assert hour.stop()
    assert lock.take()
    lock.release()


def test_an_hour_whose_data_refuse_begins_when_they_no_longer_do(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as full:

        def refuse(_rows: object) -> None:
            raise StoreFull("full")

        full.setattr(bench.stores.outbox, "replan", refuse)
        hour = bench.start()
        bench.clock.until(lambda: bool(bench.reported.of(HourNotBegun)))
    assert isinstance(bench.reported.of(HourNotBegun)[0].error, StoreFull)
    lock = PostingLock(bench.folder)
    assert lock.take()
    lock.release()
    hour.try_again()
    bench.until(lambda told: len(told.rows) == 5)
    assert [type(event.error) for event in bench.reported.of(ServiceFailed)] == [StoreFull]
    bench.clock.rest(1)


def test_an_hour_that_begins_at_the_second_try_decides_nothing_of_the_keys(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as full:

        def refuse(_chat_id: str, _occasion: Occasion) -> None:
            raise StoreFull("full")

        # The last thing done before the hour begins.
        full.setattr(bench.stores.posts, "all", refuse)
        hour = bench.start(without_keys=True)
        bench.clock.until(lambda: bool(bench.reported.of(HourNotBegun)))
    hour.try_again()
    bench.clock.until(lambda: hour._begun)
    bench.clock.rest(1)
    assert bench.stores.outbox.hour_state(CHAT.id, Occasion.LIVE) == HourState()


def test_a_screen_built_meanwhile_is_told_that_the_tag_is_not_read(bench: Bench) -> None:
    class Refusing:
        refused = True

        def read(self, since_id: str) -> list[Post]:
            if self.refused:
                raise PublishByHand(Reason.KEYS_REFUSED)
            return [] if since_id else [replace(TARGET.post, text="R1 Bonsoir")]

    reader = Refusing()
    hour = bench._started(
        hour_by_keys(
            CHAT,
            [planned("q1", 300)],
            bench.stores,
            {Route.KEYS: bench.x, Route.ASSISTED: bench.pages},
            bench.reported,
            bench.clock,
            HourConditions(),
            reader,
        )
    )
    bench.clock.until(lambda: len(bench.reported.of(ReadingHeld)) == 1)
    hour.tell()
    bench.clock.until(lambda: len(bench.reported.of(ReadingHeld)) == 2)
    reader.refused = False
    bench.clock.rest(2)
    hour.read_now()
    bench.clock.until(lambda: bool(bench.reported.of(PostsArrived)))
    assert [event.reason for event in bench.reported.of(ReadingHeld)] == [
        Reason.KEYS_REFUSED,
        Reason.KEYS_REFUSED,
        Reason.NONE,
    ]
    bench.clock.rest(2)


def test_what_was_mended_while_the_hour_could_not_begin_is_what_leaves(bench: Bench) -> None:
    other = PostingLock(bench.folder)
    assert other.take()
    hour = bench.start()
    bench.clock.until(lambda: bool(bench.reported.of(HourNotBegun)))
    hour.follow(CHAT, lambda: [planned("q0", text="Mended")], True)
    other.release()
    hour.try_again()
    bench.clock.until(lambda: bench.told() is not None)
    assert [row.text for row in bench.told().rows] == ["Mended"]
