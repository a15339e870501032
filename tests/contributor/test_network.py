"""Domain and services know no network: a chat is prepared and held by the rules they are handed."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tchat_desktop.adapters.texts_file import load_texts
from tchat_desktop.domain import guide, hashtag, outgoing, people, questions, routes
from tchat_desktop.domain.chat import Chat, Invitation, Occasion, Person, Question, Role, Route
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.etiquette import strangers, uninvited_mentions
from tchat_desktop.domain.network_rules import Action, NotAPostLink
from tchat_desktop.domain.outgoing import (
    ACCOUNT_FAILS,
    POST_FAILS,
    OutboxPost,
    PostKind,
    PostState,
    Reason,
    confirmed_at,
    told_at,
)
from tchat_desktop.domain.recap import build_recap
from tchat_desktop.domain.run_items import ProblemKind, RunSheet
from tchat_desktop.domain.run_sheet import build_run_sheet, plan, with_item_text
from tchat_desktop.domain.thanks import grouped_thanks, participants
from tchat_desktop.services.entries import Entries
from tchat_desktop.services.events import ServiceFailed
from tchat_desktop.services.hour import Hour
from tchat_desktop.services.hour_parts import HourConditions, HourParts, HourStores
from tchat_desktop.services.ledger import Ledger, Purse
from tchat_desktop.services.limits import SendGate
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.ports import LookedUp, PublishByHand, Published, PublishRefused
from tests.contributor.meadow import MEADOW, MOST
from tests.fakes.clock import START, FakeClock
from tests.fakes.memory_store import MemoryLedger, MemoryOutbox, MemoryPosts
from tests.fakes.outgoing import Reported, planned

TEXTS = load_texts("fr", MEADOW)
ROOMS = Path(__file__).parents[2] / "tchat_desktop"

AWA = Person(
    "awa", name="Awa", handle="awa.sage.example", invitation=Invitation.ACCEPTED, has_questions=True
)
CHAT = Chat(
    id="chat",
    topic="Mariage des enfants",
    organisation="Filles Debout",
    account="filles.debout.example",
    hashtag="unions-précoces",
    starts_at=START,
    route=Route.KEYS,
    questions=tuple(Question(f"q{n}", f"Que faire, partie {n} ?") for n in range(1, 8)),
    people=(AWA, Person("binta", Role.GUEST, "Binta", "binta.example")),
)
LONG = "a" * (MOST - len(" #unions-précoces")) + " #unions-précoces"
"""As long as a post may be there, and longer than one on X."""


def sheet(chat: Chat = CHAT) -> RunSheet:
    return build_run_sheet(chat, TEXTS)


def problems(chat: Chat) -> set[tuple[ProblemKind, str]]:
    return {(one.kind, one.key) for one in sheet(chat).problems}


def test_a_text_is_counted_as_the_network_counts() -> None:
    family = "👨\u200d👩\u200d👧\u200d👦"
    assert MEADOW.weigh(family) == 1
    assert MEADOW.takes("é" * MOST)
    assert not MEADOW.takes("é" * (MOST + 1))
    whole = replace(CHAT, questions=(Question("q1", family * 200 + " ?"),))
    left = questions.remaining_for(whole, whole.questions[0], TEXTS)
    assert left == MOST - 200 - len("Q1  ? #unions-précoces")
    item = next(one for one in sheet(whole).items if one.question_id == "q1")
    assert item.weight == MOST - left


def test_a_run_sheet_is_looked_at_by_its_rules() -> None:
    assert problems(CHAT) == set()
    fits = with_item_text(CHAT, "closing", LONG, TEXTS)
    assert problems(fits) == set()
    over = with_item_text(CHAT, "closing", f"a{LONG}", TEXTS)
    assert problems(over) == {(ProblemKind.TOO_LONG, "closing")}
    # On X this would be the tag #unions.
    cut = with_item_text(CHAT, "closing", "Merci ! #unions", TEXTS)
    assert problems(cut) == {(ProblemKind.NO_TAG, "closing")}


def test_names_and_tags_are_those_of_the_network() -> None:
    assert people.normalise_handle("https://meadow.example/@awa.sage.example", MEADOW) == AWA.handle
    assert people.handle_problem(AWA.handle, MEADOW) is None
    assert people.handle_problem("awa", MEADOW) is people.HandleProblem.FORBIDDEN_CHARACTERS
    assert people.handle_problem(f"{'a' * 58}.ex", MEADOW) is people.HandleProblem.TOO_LONG
    assert people.gaps(AWA, MEADOW) == ()
    assert all(
        one.level is not hashtag.Level.BAD for one in hashtag.verdicts("2026-ex", 2026, MEADOW)
    )
    found = guide.statuses(CHAT, sheet(), START - timedelta(days=9))
    assert {one.step for one in found if one.detail.name.endswith("INVALID")} == set()
    assert {one.kind for one in guide.missing(CHAT, sheet(), START)}.isdisjoint(
        {guide.Missing.TAG_INVALID, guide.Missing.ACCOUNT_INVALID}
    )


def test_who_is_tagged_is_who_agreed_by_the_whole_name() -> None:
    guests = next(one for one in sheet().items if one.kind is PostKind.GUESTS)
    assert MEADOW.mentions(guests.text) == ["awa.sage.example"]
    told = "Avec @binta.example et @aya.sage.example"
    assert uninvited_mentions(told, CHAT, MEADOW) == ("binta.example",)
    assert all(one.name != "awa.sage.example" for one in strangers(guests.text, CHAT, MEADOW))


def test_without_prices_nothing_costs_and_everything_goes_by_keys() -> None:
    keys = routes.SendingConditions(Route.KEYS, limit_cents=0.0)
    for action in Action:
        choice = routes.route_for(action, keys, MEADOW, "Lisez https://exemple.org/rapport")
        assert choice == routes.RouteChoice(Route.KEYS, routes.Why.CHOSEN, 0.0)
    texts = [item.text for item in sheet().items]
    assert routes.chat_price(texts, MEADOW, routes.Usual()).total_cents == 0


class Meadow:
    """The network itself: it takes what its rules allow, and refuses once with what `says` holds.

    `says` is a word by which it refuses, in an answer of its own.
    """

    def __init__(self, says: str = "") -> None:
        self.says = says
        self.asked: list[OutboxPost] = []
        self.taken: list[OutboxPost] = []

    def publish(self, post: OutboxPost) -> Published:
        self.asked.append(post)
        says, self.says = self.says, ""
        if not MEADOW.takes(post.text):
            says = "too-much"
        if says:
            reason = MEADOW.reason_in(f"Meadow will not: {says.upper()}, sorry")
            kind = PublishRefused if reason in POST_FAILS else PublishByHand
            raise kind(reason or Reason.REFUSED)
        self.taken.append(post)
        link = MEADOW.links.post(CHAT.account, MEADOW.made_up_id(START, len(self.taken)))
        return Published(link.id, link.url)

    def get_ready(self, post: OutboxPost) -> None:
        """There is nothing to prepare."""

    def look_up(self, post: OutboxPost, _others: Sequence[OutboxPost]) -> LookedUp:
        return LookedUp(None, certain=False)


class Bench:
    """The hour of CHAT with keys, on a clock that the test moves."""

    def __init__(self, says: str = "") -> None:
        self.clock = FakeClock(START - timedelta(minutes=1))
        self.stores = HourStores(MemoryOutbox(), MemoryPosts())
        self.reported = Reported()
        self.meadow = Meadow(says)
        chat = with_item_text(CHAT, "closing", LONG, TEXTS)
        rows = plan(chat, sheet(chat), Occasion.LIVE, Route.KEYS, START)
        ledger = Ledger(MemoryLedger(), self.reported, self.clock.now)
        purse = Purse(ledger, chat.id, MEADOW, lambda: 0.0)
        parts = HourParts(self.stores, {Route.KEYS: self.meadow}, self.reported, self.clock, MEADOW)
        conditions = HourConditions(SendGate(MEADOW, purse.ceiling, pages=False), purse=purse)
        self.hour = Hour(chat, Occasion.LIVE, Route.KEYS, rows, parts, conditions)

    def rows(self) -> list[OutboxPost]:
        return list(self.stores.outbox.rows("chat", Occasion.LIVE))

    def row(self, post_id: str) -> OutboxPost:
        return next(row for row in self.rows() if row.id == post_id)


@pytest.fixture
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    made = Bench(getattr(request, "param", ""))
    yield made
    assert made.hour.stop()


def test_an_hour_is_published_whole(bench: Bench) -> None:
    bench.hour.start()
    bench.clock.advance(600, 1)
    heard = FeedPost(Post("r", "fatou.example", "Fatou", "R1 À l’école", START))
    bench.hour.reply(heard, "Merci !")
    bench.clock.until(lambda: any(row.kind is PostKind.REPLY for row in bench.rows()))
    bench.clock.advance(3300, 1)
    waiting = [row for row in bench.rows() if row.state is not PostState.DRAFT]
    assert {row.state for row in waiting} == {PostState.SENT}
    assert all(MEADOW.links.read(row.url).id == row.remote_id for row in waiting)
    # Nobody summoned us, and on X this would have been left to the page.
    assert {row.route for row in waiting} == {Route.KEYS}
    assert LONG in {row.text for row in bench.meadow.taken}
    assert bench.reported.of(ServiceFailed) == []


@pytest.mark.parametrize(
    ("bench", "reason"),
    [*MEADOW.refusals.items(), ("fog", Reason.REFUSED)],
    indirect=["bench"],
)
def test_each_refusal_of_the_network_is_told_and_decided(bench: Bench, reason: Reason) -> None:
    bench.hour.start()
    bench.clock.advance(600, 1)
    [first] = [row for row in bench.rows() if row.id == bench.meadow.asked[0].id]
    assert first.reason is reason
    # A duplicate is out already: perhaps by the attempt whose answer was lost.
    unknown = reason is Reason.DUPLICATE
    assert first.state is (PostState.UNKNOWN if unknown else PostState.FAILED)
    others = [row for row in bench.rows() if row.state is PostState.FAILED and row.id != first.id]
    # No page is there to go by: the network is not asked again, and each says why.
    assert bool(others) is (reason in ACCOUNT_FAILS)
    assert {row.reason for row in others} <= {reason}
    link = MEADOW.links.post(CHAT.account, "jjj")
    bench.hour.do(Outbox.confirm_sent, first.id, link.url)
    bench.clock.until(lambda: bench.row(first.id).state is PostState.SENT)
    row = bench.row(first.id)
    assert (row.remote_id, row.reason) == (link.id, Reason.BY_HAND)
    # The id tells no time: what is told is the hour at which somebody said so.
    assert told_at(row, MEADOW) == confirmed_at(row, MEADOW) == bench.clock.now()
    assert bench.reported.of(ServiceFailed) == []


def test_a_post_edited_on_the_network_is_shown_as_it_came_last() -> None:
    posts, reported = MemoryPosts(), Reported()
    entries = Entries(posts, reported, MEADOW)
    told = Post("zz", "fatou.example", "Fatou", "R1 Avan", START)
    entries.add(CHAT, Occasion.LIVE, (), [told])
    link = MEADOW.links.post("fatou.example", "aa").url
    entries.add(CHAT, Occasion.LIVE, (), [replace(told, text="R1 Avant", url=link)])
    assert [one.post.text for one in posts.all("chat", Occasion.LIVE)] == ["R1 Avant"]


def test_the_link_of_a_post_is_read_as_the_network_writes_it() -> None:
    store, clock = MemoryOutbox(), FakeClock()
    outbox = Outbox(
        store,
        clock,
        Reported(),
        rules=MEADOW,
        chat_id="chat",
        occasion=Occasion.LIVE,
        route=Route.ASSISTED,
    )
    store.add(
        [planned("a", state=PostState.HANDED_OVER), planned("b", state=PostState.HANDED_OVER)]
    )
    link = MEADOW.links.post("filles.debout.example", "abc")
    row = outbox.confirm_sent("a", f"Voilà : {link.url}")
    assert row is not None
    assert (row.remote_id, row.url) == (link.id, link.url)
    with pytest.raises(NotAPostLink):
        outbox.confirm_sent("b", "https://x.com/voix/status/1")


def test_the_end_names_nobody_who_is_hidden() -> None:
    said = [
        FeedPost(Post("r", "awa.sage.example", "Awa", "R1 À l’école", START), starred=True),
        FeedPost(
            Post("s", "fatou.example", "Fatou", "R1 Oui @awa.sage.example", START), starred=True
        ),
    ]
    everyone = participants(CHAT, said, (), MEADOW)
    assert [one.handle for one in everyone] == ["awa.sage.example", "fatou.example"]
    thanks = grouped_thanks(CHAT, everyone, TEXTS)
    assert [MEADOW.mentions(one.text) for one in thanks.addressed] == [["awa.sage.example"]]
    hidden = replace(CHAT, recap=replace(CHAT.recap, hidden_authors=("awa.sage.example",)))
    shown = build_recap(hidden, said, (), MEADOW)
    assert shown.masked
    assert all("awa" not in one.text for one in shown.highlights)


def test_the_reasons_of_the_core_are_no_networks_own() -> None:
    """What the core calls a refusal or a wrong name holds for any network."""
    for module, name in ((outgoing, "Reason"), (people, "HandleProblem")):
        source = inspect.getsource(getattr(module, name))
        assert not re.search(r"\bX\b|x\.com|twitter", source), name


@pytest.mark.parametrize("room", ["domain", "services"])
def test_the_core_knows_nothing_of_x(room: str) -> None:
    for path in (ROOMS / room).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            known = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            known += [one.name for one in node.names] if isinstance(node, ast.Import) else []
            assert not [name for name in known if name.startswith("tchat_desktop.domain.x")], path
