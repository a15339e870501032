"""One run of the hour, with its three threads: rehearsal and real hour without keys."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from tchat_desktop.domain.chat import (
    Chat,
    Invitation,
    Occasion,
    Person,
    Picture,
    Question,
    Route,
)
from tchat_desktop.domain.conversation import FeedPost, Mark, Marking, Post
from tchat_desktop.domain.echoes import Echo, echoes
from tchat_desktop.domain.outgoing import (
    ASKED_FOR,
    OutboxPost,
    Planned,
    PostKind,
    PostState,
    Reason,
)
from tchat_desktop.platform.paths import resource
from tchat_desktop.services.events import (
    CommandUndone,
    HourEnded,
    NetworkChanged,
    OutboxChanged,
    PostMarked,
    PostsArrived,
    ReadsCounted,
    ServiceFailed,
)
from tchat_desktop.services.hour import Hour
from tchat_desktop.services.hour_parts import HourConditions, HourParts, HourStores
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.ports import HandedOver, LookedUp, Publisher, PublishRefused
from tchat_desktop.services.rehearsal import SimulatedX
from tchat_desktop.services.rehearsal_hour import CUT_LASTS, RehearsalHour
from tchat_desktop.services.rehearsal_report import rehearsal_report
from tchat_desktop.services.rehearsal_script import load_script
from tests.fakes.clock import START, FakeClock
from tests.fakes.hours import hour_by_keys, hour_by_pages
from tests.fakes.memory_store import MemoryOutbox, MemoryPosts
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import FakeX, Reported, planned, states
from tests.fakes.purse import a_purse

CHAT = Chat(
    id="chat",
    topic="Mariage des enfants",
    hashtag="UnionsPrécoces",
    account="voixfilles_ex",
    starts_at=START,
    questions=tuple(Question(f"q{n}", "Que faire ?") for n in range(1, 8)),
)
SCRIPT = load_script(resource("languages", "fr", "rehearsal.toml"))
TARGET = FeedPost(Post("77", "aissatou_ex", "Aïssatou Ba", "R1 À l’école", START))


def sheet(occasion: Occasion, route: Route) -> list[OutboxPost]:
    """An hour: welcome, seven questions seven minutes apart, thanks, and one in reserve."""
    rows = [planned("welcome", 0, PostKind.WELCOME)]
    rows += [planned(f"q{n}", 60 * (7 * n - 3)) for n in range(1, 8)]
    rows += [planned("thanks", 3480, PostKind.THANKS)]
    rows += [planned("q8", 3600, state=PostState.DRAFT)]
    return [replace(row, occasion=occasion, route=route) for row in rows]


class Pages:
    """Stands for the pre-filled pages."""

    def publish(self, post: OutboxPost) -> HandedOver:
        return HandedOver(f"https://x.com/intent/tweet?text={post.id}")

    def get_ready(self, post: OutboxPost) -> None:
        """Nothing."""

    def look_up(self, post: OutboxPost, _others: Sequence[OutboxPost]) -> LookedUp:
        return LookedUp(None, certain=False)


class Bench:
    """Stores and events; hours are made on a clock that the test moves."""

    def __init__(self) -> None:
        self.clock = FakeClock(START - timedelta(minutes=1))
        self.stores = HourStores(MemoryOutbox(), MemoryPosts())
        self.reported = Reported()
        self.hours: list[Hour] = []

    def rehearsal(self, rows: Sequence[OutboxPost] | None = None) -> Hour:
        x = self.x = SimulatedX(SCRIPT, self.clock, CHAT, NETWORK, cut_lasts=CUT_LASTS)
        return self._kept(
            Hour(
                CHAT,
                Occasion.REHEARSAL,
                Route.REHEARSAL,
                sheet(Occasion.REHEARSAL, Route.REHEARSAL) if rows is None else rows,
                HourParts(
                    self.stores, dict.fromkeys(Route, x), self.reported, self.clock, NETWORK, x
                ),
            )
        )

    def assisted(self) -> Hour:
        rows = sheet(Occasion.LIVE, Route.ASSISTED)
        return self._kept(
            hour_by_pages(CHAT, rows, self.stores, Pages(), self.reported, self.clock)
        )

    def with_keys(
        self,
        ceiling: float = 500.0,
        x: FakeX | None = None,
        rows: Sequence[OutboxPost] | None = None,
    ) -> Hour:
        purse = a_purse(self.clock, self.reported, ceiling)
        publishers: dict[Route, Publisher] = {
            Route.KEYS: x or FakeX(self.clock.now),
            Route.ASSISTED: Pages(),
        }
        return self._kept(
            hour_by_keys(
                CHAT,
                sheet(Occasion.LIVE, Route.KEYS) if rows is None else rows,
                self.stores,
                publishers,
                self.reported,
                self.clock,
                HourConditions(purse=purse),
            )
        )

    def added(self) -> OutboxPost:
        """The row of the reply or repost just asked for."""
        self.clock.until(lambda: any(row.kind in ASKED_FOR for row in self.rows()))
        return next(row for row in self.rows() if row.kind in ASKED_FOR)

    def _kept(self, hour: Hour) -> Hour:
        self.hours.append(hour)
        return hour

    def rows(self) -> tuple[OutboxPost, ...]:
        events = self.reported.of(OutboxChanged)
        return events[-1].rows if events else ()

    def state(self, name: str) -> PostState | None:
        return states(self.rows()).get(name)

    def until(self, name: str, state: PostState) -> None:
        self.clock.until(lambda: self.state(name) is state)


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    for hour in made.hours:
        assert hour.stop()
    ours = {"hour", "poster", "feed"}
    assert not [thread for thread in threading.enumerate() if thread.name in ours]


# --- a rehearsal ---------------------------------------------------------------------------


def test_a_whole_rehearsal_from_the_welcome_to_the_end(bench: Bench) -> None:
    hour = bench.rehearsal()
    hour.start()
    bench.clock.advance(3900, 2)
    assert {row.state for row in bench.rows() if row.id != "q8"} == {PostState.SENT}
    assert bench.reported.of(HourEnded) == [HourEnded("chat", Occasion.REHEARSAL)]
    assert hour.is_over
    assert [event.reachable for event in bench.reported.of(NetworkChanged)] == [False, True]
    assert bench.reported.of(ServiceFailed) == []
    posts = [one for event in bench.reported.of(PostsArrived) for one in event.posts]
    happened = bench.x.happened()
    report = rehearsal_report(
        CHAT, hour.planned, bench.rows(), posts, happened, lambda row: row.label, by_hand=False
    )
    assert (report.planned, report.posted, report.undecided) == (9, 9, 0)
    assert (report.said, report.taken_in) == (len(happened.said), len(posts))
    assert report.said > 20
    assert report.questions >= 4
    for question in CHAT.questions:
        answers = [one for one in posts if one.question_id == question.id]
        assert len(answers) >= 2, question.id


def test_replies_and_reposts_go_through_the_simulated_network(bench: Bench) -> None:
    hour = bench.rehearsal()
    hour.start()
    bench.clock.advance(600, 2)
    heard = bench.reported.of(PostsArrived)[0].posts[0]
    hour.reply(heard, "Merci !")
    hour.repost(heard)
    kinds = (PostKind.REPLY, PostKind.REPOST)
    bench.clock.until(lambda: sum(row.kind in kinds for row in bench.rows()) == 2)
    bench.clock.advance(30, 2)
    added = [row for row in bench.rows() if row.kind in kinds]
    assert [(row.state, row.target_id, row.url) for row in added] == [
        (PostState.SENT, heard.post.id, "")
    ] * 2
    # The marks are read from the rows, and nothing is marked by the click alone.
    assert echoes(bench.rows()) == {heard.post.id: Echo(PostState.SENT, PostState.SENT)}
    assert bench.reported.of(PostMarked) == []


def test_a_rehearsal_started_again_goes_on_where_it_was(bench: Bench) -> None:
    first = bench.rehearsal()
    first.start()
    bench.clock.advance(700, 2)
    assert first.stop()
    before = bench.stores.posts.all("chat", Occasion.REHEARSAL)
    told = len(bench.reported.of(PostsArrived))
    sent = {row.id for row in bench.rows() if row.state is PostState.SENT}
    assert sent == {"welcome", "q1"}
    again = bench.rehearsal()
    again.start()
    bench.clock.advance(300, 2)
    assert bench.reported.of(PostsArrived)[told].posts == tuple(before)
    assert {row.id for row in bench.rows() if row.state is PostState.SENT} == sent | {"q2"}
    assert all(row.attempts == 1 for row in bench.rows() if row.state is PostState.SENT)


def test_a_rehearsal_started_anew_forgets_the_one_before(bench: Bench) -> None:
    first = bench.rehearsal()
    first.start()
    bench.clock.advance(700, 2)
    assert first.stop()
    bench.clock.jump(-700)
    again = bench.rehearsal()
    again.start(anew=True)
    bench.clock.rest(2)
    assert {row.state for row in bench.rows()} == {PostState.PLANNED, PostState.DRAFT}
    assert bench.stores.posts.all("chat", Occasion.REHEARSAL) == []


def test_with_a_speed_a_rehearsal_runs_by_itself(bench: Bench) -> None:
    hour = RehearsalHour(
        CHAT,
        lambda _chat: sheet(Occasion.REHEARSAL, Route.REHEARSAL),
        bench.stores,
        SCRIPT,
        Pages(),
        bench.reported,
        clock_start=START - timedelta(seconds=5),
        speed=60.0,
        rules=NETWORK,
    )
    bench.hours.append(hour)
    hour.start()
    bench.until("welcome", PostState.SENT)
    hour.do(Outbox.by_web_page, "q2")
    hour.do(Outbox.send_now, "q2")
    bench.until("q2", PostState.SENT)
    assert hour.clock.now() >= START
    assert hour.x.happened().expected.keys() >= {"welcome", "q2"}


# --- the real hour without keys ------------------------------------------------------------


def test_pages_open_at_their_time_and_wait_for_the_organiser(bench: Bench) -> None:
    hour = bench.assisted()
    hour.start()
    bench.clock.advance(400, 1)
    assert bench.state("welcome") is PostState.HANDED_OVER
    hour.do(Outbox.confirm_sent, "welcome", "https://x.com/voixfilles_ex/status/123")
    hour.do(Outbox.not_out, "q1", again=False)
    bench.until("q1", PostState.SKIPPED)
    row = next(row for row in bench.rows() if row.id == "welcome")
    assert (row.state, row.remote_id) == (PostState.SENT, "123")


def test_posts_are_read_by_hand(bench: Bench) -> None:
    hour = bench.assisted()
    hour.start()
    hour.add_by_hand(TARGET.post)
    hour.mark(Marking(TARGET.post.id, Mark.STARRED, True))
    bench.clock.until(lambda: bool(bench.reported.of(PostMarked)))
    assert bench.reported.of(PostsArrived)[0].posts == (replace(TARGET, question_id="q1"),)
    assert bench.stores.posts.all("chat", Occasion.LIVE)[0].starred


def test_a_star_and_then_a_hide_are_undone_one_for_one(bench: Bench) -> None:
    """What was done before them stays; what was marked otherwise since is left alone."""
    hour = bench.assisted()
    hour.start()
    hour.add_by_hand(TARGET.post)
    hour.do(Outbox.skip, "q2")
    star = Marking(TARGET.post.id, Mark.STARRED, True)
    hour.mark(star)
    hour.undo()
    bench.clock.until(lambda: bool(bench.reported.of(CommandUndone)))
    assert bench.reported.of(CommandUndone)[-1].undone
    assert not bench.stores.posts.all("chat", Occasion.LIVE)[0].starred
    assert bench.state("q2") is PostState.SKIPPED
    told = bench.reported.of(PostMarked)
    assert [one.marking.value for one in told] == [True, False]
    hour.mark(star)
    hour.mark(Marking(TARGET.post.id, Mark.HIDDEN, True))
    bench.clock.until(lambda: len(bench.reported.of(PostMarked)) == 4)
    # On another page.
    bench.stores.posts.mark("chat", Occasion.LIVE, Marking(TARGET.post.id, Mark.HIDDEN, False))
    hour.undo()
    bench.clock.until(lambda: len(bench.reported.of(CommandUndone)) == 2)
    assert not bench.reported.of(CommandUndone)[-1].undone
    post = bench.stores.posts.all("chat", Occasion.LIVE)[0]
    assert (post.starred, post.hidden) == (True, False)


def test_every_command_reaches_the_outbox(bench: Bench) -> None:
    hour = bench.assisted()
    hour.start()
    hour.do(Outbox.pause)
    bench.clock.until(lambda: any(one.paused for one in bench.reported.of(OutboxChanged)))
    hour.do(Outbox.skip, "q1")
    hour.do(Outbox.skip, "q2")
    hour.do(Outbox.bring_back, "q2")
    hour.do(Outbox.edit_text, "q3", "Autre")
    hour.do(Outbox.postpone, "q6", 5)
    hour.do(Outbox.resume)
    bench.clock.until(lambda: bench.reported.of(OutboxChanged)[-1].paused is False)
    by_id = {row.id: row for row in bench.rows()}
    assert by_id["q1"].state is PostState.SKIPPED
    assert by_id["q2"].state is PostState.PLANNED
    assert by_id["q3"].text == "Autre"
    assert by_id["q6"].due_at == START + timedelta(minutes=44)
    assert by_id["thanks"].due_at == START + timedelta(minutes=63)


def test_commands_return_at_once_while_the_disk_is_slow(bench: Bench) -> None:
    hour = bench.assisted()
    hour.start()
    bench.clock.rest(1)
    held, in_time = threading.Event(), []
    get = bench.stores.outbox.get

    def slow(post_id: str) -> OutboxPost:
        in_time.append(held.wait(20))
        return get(post_id)

    bench.stores.outbox.get = slow  # type: ignore[method-assign]
    hour.do(Outbox.skip, "q1")
    hour.do(Outbox.skip, "q2")
    # Had they waited for the disk, it would have given up waiting for this.
    held.set()
    bench.until("q2", PostState.SKIPPED)
    assert set(in_time) == {True}


def test_the_organiser_ends_the_hour(bench: Bench) -> None:
    hour = bench.assisted()
    hour.start()
    assert not hour.is_over
    hour.end()
    bench.clock.until(lambda: bool(bench.reported.of(HourEnded)))
    assert {row.state for row in bench.rows()} == {PostState.SKIPPED}
    assert hour.is_over


def test_a_rehearsal_is_over_also_when_it_is_ended_before_its_first_post(bench: Bench) -> None:
    rows = [
        replace(row, planned=Planned(row.text, row.due_at, row.route, row.state))
        for row in sheet(Occasion.REHEARSAL, Route.REHEARSAL)
    ]
    hour = bench.rehearsal(rows)
    hour.start()
    hour.end()
    bench.clock.until(lambda: bool(bench.reported.of(HourEnded)))
    assert bench.clock.now() < rows[0].due_at
    assert hour.is_over


def test_a_screen_built_meanwhile_hears_everything_again(bench: Bench) -> None:
    hour = bench.assisted()
    hour.start()
    hour.add_by_hand(TARGET.post)
    bench.clock.until(lambda: len(bench.reported.of(PostsArrived)) == 1)
    before = len(bench.reported.of(OutboxChanged))
    hour.tell()
    bench.clock.until(lambda: len(bench.reported.of(PostsArrived)) == 2)
    assert len(bench.reported.of(OutboxChanged)) > before


def test_what_goes_wrong_is_told_and_the_next_command_is_done(bench: Bench) -> None:
    hour = bench.assisted()
    hour.start()
    hour.do(Outbox.skip, "personne")
    hour.do(Outbox.skip, "q1")
    bench.until("q1", PostState.SKIPPED)
    failed = bench.reported.of(ServiceFailed)
    assert [(event.where, type(event.error)) for event in failed] == [("hour", KeyError)]


def test_the_real_hour_is_never_forgotten(bench: Bench) -> None:
    with pytest.raises(ValueError, match="anew"):
        bench.assisted().start(anew=True)


def test_a_command_before_the_start_is_a_mistake(bench: Bench) -> None:
    with pytest.raises(RuntimeError):
        bench.assisted().do(Outbox.pause)


def test_an_hour_without_a_date_ends_after_its_last_post(bench: Bench) -> None:
    undated = replace(CHAT, starts_at=None)
    rows = [planned("a", 0, route=Route.ASSISTED)]
    hour = hour_by_pages(undated, rows, bench.stores, Pages(), bench.reported, bench.clock)
    bench.hours.append(hour)
    hour.start()
    bench.clock.advance(119, 1)
    assert bench.reported.of(HourEnded) == []
    bench.clock.advance(2, 1)
    assert len(bench.reported.of(HourEnded)) == 1


def test_a_post_leaves_without_a_picture_that_cannot_be_used(bench: Bench) -> None:
    picture = Picture("0f" * 32, "image/png", "Une école")
    x = FakeX(bench.clock.now, [PublishRefused(Reason.PICTURE, "not a picture X takes")])
    hour = bench.with_keys(x=x, rows=[planned("welcome", picture=picture)])
    hour.start()
    bench.clock.advance(70, 1)
    bench.until("welcome", PostState.FAILED)
    hour.do(Outbox.without_picture, "welcome")
    bench.until("welcome", PostState.SENT)
    assert [post.picture for post, _ in x.taken] == [None]


# --- the real hour with keys ---------------------------------------------------------------

SUMMONING = replace(TARGET, post=replace(TARGET.post, text="@VoixFilles_ex et à l’école ?"))


@pytest.mark.parametrize(
    ("target", "text", "ceiling", "route"),
    [
        (SUMMONING, "Merci !", 500.0, Route.KEYS),
        (TARGET, "Merci !", 500.0, Route.ASSISTED),
        (SUMMONING, "Merci !", 0.9, Route.ASSISTED),
        (SUMMONING, "Merci ! https://exemple.org", 29.9, Route.ASSISTED),
        (SUMMONING, "Merci ! https://exemple.org", 30.0, Route.KEYS),
    ],
)
def test_a_reply_goes_by_keys_where_x_and_the_amount_allow_it(
    bench: Bench, target: FeedPost, text: str, ceiling: float, route: Route
) -> None:
    hour = bench.with_keys(ceiling)
    hour.start()
    hour.do(Outbox.pause)
    hour.reply(target, text)
    assert bench.added().route is route


@pytest.mark.parametrize(("ceiling", "route"), [(3.0, Route.KEYS), (2.9, Route.ASSISTED)])
def test_a_repost_goes_by_keys_while_the_amount_allows_it(
    bench: Bench, ceiling: float, route: Route
) -> None:
    hour = bench.with_keys(ceiling)
    hour.start()
    hour.do(Outbox.pause)
    hour.repost(TARGET)
    assert bench.added().route is route


def test_without_keys_replies_go_the_way_of_the_hour(bench: Bench) -> None:
    hour = bench.assisted()
    hour.start()
    hour.reply(SUMMONING, "Merci !")
    assert bench.added().route is Route.ASSISTED


DIOP = Person("diop", name=" M. Diop ", no_account=True, invitation=Invitation.ACCEPTED)
FOR_DIOP = "R2 M. Diop répond\u00a0: Il faut des bourses. #UnionsPrécoces"


@pytest.mark.parametrize(("ceiling", "route"), [(2.0, Route.KEYS), (1.9, Route.ASSISTED)])
def test_an_answer_for_a_guest_without_an_account_goes_like_a_post_of_ours(
    bench: Bench, ceiling: float, route: Route
) -> None:
    hour = bench.with_keys(ceiling)
    hour.start()
    hour.do(Outbox.pause)
    hour.answer_for(DIOP, "q2", FOR_DIOP)
    row = bench.added()
    assert (row.kind, row.route, row.text) == (PostKind.GUEST_ANSWER, route, FOR_DIOP)
    assert (row.guest_name, row.target_id, row.planned) == ("M. Diop", "", None)
    assert (row.guest_id, row.question_id) == ("diop", "q2")


def test_two_answers_of_a_guest_are_two_posts_and_leave_without_keys(bench: Bench) -> None:
    hour = bench.assisted()
    hour.start()
    hour.do(Outbox.pause)
    hour.answer_for(DIOP, "q2", FOR_DIOP)
    first = bench.added()
    hour.answer_for(DIOP, "q2", "R2 Encore. #UnionsPrécoces")
    assert first.route is Route.ASSISTED
    kind = PostKind.GUEST_ANSWER
    bench.clock.until(lambda: sum(row.kind is kind for row in bench.rows()) == 2)


@pytest.mark.parametrize(("ceiling", "route"), [(2.0, Route.KEYS), (1.4, Route.ASSISTED)])
def test_a_post_written_meanwhile_goes_the_way_of_any_post(
    bench: Bench, ceiling: float, route: Route
) -> None:
    hour = bench.with_keys(ceiling)
    hour.start()
    hour.do(Outbox.pause)
    hour.write("Une pause de deux minutes. #UnionsPrécoces")
    row = bench.added()
    assert (row.kind, row.route) == (PostKind.IMPROMPTU, route)
    assert (row.text, row.planned) == ("Une pause de deux minutes. #UnionsPrécoces", None)
    hour.undo()
    bench.clock.until(lambda: bench.added().state is PostState.SKIPPED)


def test_what_was_read_is_told_to_a_screen_built_meanwhile(bench: Bench) -> None:
    hour = bench.with_keys()
    hour.start()
    bench.clock.until(lambda: len(bench.reported.of(ReadsCounted)) == 1)
    hour.tell()
    bench.clock.until(lambda: len(bench.reported.of(ReadsCounted)) == 2)
