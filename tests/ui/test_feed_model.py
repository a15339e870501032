"""The posts of an hour as the screen holds them: what is kept up equals what is counted anew."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tchat_desktop.domain.anonymity import comparable_handle
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import FeedPost, Mark, Marking, Post, asks
from tchat_desktop.domain.echoes import Echo
from tchat_desktop.domain.figures import guest_handles, is_by_public, own_accounts
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.domain.signals import exposes, is_confidence, noticed, signals_of
from tchat_desktop.ui.models.feed import TAKEN_AT_ONCE, FeedModel
from tchat_desktop.ui.models.feed_entry import AnswersTo, FeedFilter
from tests.fakes.network import NETWORK
from tests.ui.pages.fake_hours import START, full_chat, participant

TOLD = "J’ai 15 ans, mes parents veulent me marier cet été. Aidez-moi."
TEXTS = ("R1 Oui.", "Comment faire ?", TOLD, "Merci", "R2 Ma voisine Aminata, 12 ans, va mieux")
AUTHORS = ("prof_ex", "pere_ex", "sagefemme_ex", "voixdesfilles", "")
IDS = [str(number) for number in range(1, 9)]
MARKS = (
    *((mark, value) for mark in (Mark.STARRED, Mark.HIDDEN, Mark.ANSWERED, Mark.HARMLESS)
      for value in (True, False)),
    (Mark.CONFIDED, True), (Mark.QUESTION, "q1"), (Mark.QUESTION, ""), (Mark.ASSIGNED, "guest"),
    (Mark.ASKS, "yes"), (Mark.ASKS, "no"),
)  # fmt: skip

ADD = st.tuples(
    st.just("add"),
    st.sampled_from(IDS),
    st.sampled_from(AUTHORS),
    st.sampled_from(TEXTS),
    st.integers(0, 4),
    st.sampled_from(["", "q1", "q2"]),
    st.booleans(),
)
STEP = st.one_of(
    ADD,
    ADD,
    st.tuples(st.just("mark"), st.sampled_from(IDS), st.sampled_from(MARKS)),
    st.tuples(st.just("remove"), st.sampled_from(IDS)),
    st.tuples(st.just("echo"), st.sampled_from(IDS), st.sampled_from([*PostState, None])),
    st.tuples(st.just("reveal")),
)


def counted_anew(
    chat: Chat, posts: dict[str, FeedPost], sent: dict[str, Echo]
) -> dict[object, set[str]]:
    """Which posts each filter lets through, by looking at all of them."""
    ours, guests = own_accounts(chat, posts.values(), ()), guest_handles(chat)
    seen = {one: feed for one, feed in posts.items() if not feed.hidden}
    found: dict[object, set[str]] = {FeedFilter.HIDDEN: posts.keys() - seen.keys()}

    def who(feed: FeedPost) -> str:
        return comparable_handle(feed.post.author)

    def answered(one: str) -> bool:
        return posts[one].answered or sent.get(one, Echo()).is_answered

    def keep(which: object, *ids: str) -> None:
        found.setdefault(which, set()).update(ids)

    delicate = {who(feed) for feed in posts.values() if noticed(feed)}
    for one, feed in seen.items():
        public, guest = is_by_public(feed, ours), who(feed) in guests
        asked, given = asks(feed) and public and not guest, bool(feed.assigned_to)
        first = min(
            (other.post.created_at for other in seen.values() if who(other) == who(feed)),
        )
        alone = sum(
            who(other) == who(feed) and other.post.created_at == first for other in seen.values()
        )
        keep(FeedFilter.ALL, one)
        keep(FeedFilter.QUESTIONS, *[one] * asked)
        keep(FeedFilter.GUESTS, *[one] * guest)
        waits = (asked or (given and public)) and not answered(one)
        keep(FeedFilter.UNANSWERED, *[one] * waits)
        keep(FeedFilter.STARRED, *[one] * feed.starred)
        keep(FeedFilter.GIVEN, *[one] * (given and not answered(one)))
        counts = public and not is_confidence(feed, chat)
        keep(AnswersTo(feed.question_id), *[one] * (counts and bool(feed.question_id)))
        home = {*guests, comparable_handle(chat.account), ""}
        new = who(feed) not in home | delicate and feed.post.created_at == first
        # Of two first posts of one instant either may be the first.
        keep(FeedFilter.NEWCOMERS, *[one] * (new and alone == 1))
        keep("exposing", *[one] * (exposes(signals_of(feed, chat)) and not answered(one)))
        keep("twins", *[who(feed)] * (new and alone > 1))
    return found


@given(steps=st.lists(STEP, max_size=30), account=st.booleans())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_kept_up_is_what_is_counted_anew(
    steps: list[tuple[object, ...]], account: bool
) -> None:
    chat = full_chat() if account else replace(full_chat(), account="")
    model = FeedModel(chat, NETWORK)
    posts: dict[str, FeedPost] = {}
    sent: dict[str, Echo] = {}
    waiting: set[str] = set()
    for step in steps:
        match step:
            case ("add", str(one), str(author), str(text), int(at), str(question), bool(wait)):
                name = "Voix des filles" if author == "voixdesfilles" else author
                post = Post(one, author, name, text, START + timedelta(minutes=at))
                if one not in posts and wait:
                    waiting.add(one)
                elif not wait:
                    waiting.discard(one)
                posts[one] = FeedPost(post, question_id=question)
                model.add([posts[one]], wait)
            case ("mark", str(one), (Mark() as mark, value)):
                marking = Marking(one, mark, value)
                known = one in posts
                if known:
                    posts[one] = marking.on(posts[one])
                assert (model.mark(marking) is not None) is known
            case ("remove", str(one)):
                assert model.remove(one) is (one in posts)
                posts.pop(one, None)
                waiting.discard(one)
            case ("echo", str(one), state):
                sent = {**sent, one: Echo(reply=state)}
                model.show_rows((), sent)
            case _:
                assert set(model.reveal()) == waiting
                waiting.clear()
    everybody = [one.entry for one in model.arrivals()]
    for without in ({"prof_ex"}, {"pere_ex", "sagefemme_ex", "nobody_ex", ""}):
        left = [one.entry for one in model.arrivals(without)]
        assert left == [one for one in everybody if one.who not in without]
        assert model.count_arrivals(without) == len(left)
    arrived = {one.feed.post.id for one in everybody}
    assert {one for one in IDS if model.has_arrived(one)} == arrived
    expected = counted_anew(chat, posts, sent)
    exposing, twins = expected.pop("exposing", set()), expected.pop("twins", set())
    assert model.needing_care() == len(exposing)
    assert model.first_needing_care() in (exposing or {""})
    assert (len(model), model.waiting) == (len(posts), len(waiting))
    for which in (*FeedFilter, AnswersTo("q1"), AnswersTo("q2")):
        passing = set(expected.get(which, ()))
        entries, in_all = model.newest(which, 50)
        shown = {one.feed.post.id for one in entries}
        if which is FeedFilter.NEWCOMERS:
            assert model.counts()[which] == len(passing) + len(twins)
            assert passing - waiting <= shown
            continue
        assert model.counts()[which] == len(passing)
        assert shown == passing - waiting
        assert in_all == len(shown)
        instants = [one.feed.post.created_at for one in entries]
        assert instants == sorted(instants, reverse=True)


def test_of_many_the_newest_are_there_at_once_and_a_mark_of_any_is_kept() -> None:
    posts = [participant(n, f"R1 {n}", START + timedelta(seconds=n)) for n in range(3000)]
    model = FeedModel(full_chat(), NETWORK)
    model.add(posts, wait=False)
    assert model.newest(FeedFilter.ALL, 1)[0][0].feed == posts[-1]
    assert len(model) == 3000
    assert model.counts()[FeedFilter.ALL] == TAKEN_AT_ONCE
    oldest = posts[0].post.id
    assert model.mark(Marking(oldest, Mark.STARRED, True)) is not None
    assert model.remove(posts[1].post.id)
    while model.is_busy:
        model.go_on()
    assert model.counts()[FeedFilter.ALL] == 2999
    assert [one.feed.post.id for one in model.newest(FeedFilter.STARRED, 5)[0]] == [oldest]


def test_nobody_is_offered_a_welcome_before_what_they_wrote_was_looked_at() -> None:
    posts = [participant(n, TOLD, START, f"elle{n}_ex", "Elle") for n in range(40)]
    model = FeedModel(full_chat(), NETWORK)
    model.add(posts, wait=False)
    assert list(model.arrivals()) == []
    while model.is_busy:
        model.go_on()
    assert list(model.arrivals()) == []
    assert model.needing_care() == model.urgent() == 40


def seconds_of_twenty(number: int) -> float:
    model = FeedModel(full_chat(), NETWORK)
    model.add([participant(n, "R1 oui", START + timedelta(seconds=n), f"a{n % 99}_ex")
               for n in range(number)], wait=False)  # fmt: skip
    while model.is_busy:
        model.go_on()
    later = START + timedelta(days=9)
    best = 9.0
    for turn in range(9):
        new = [participant(10**6 + 20 * turn + n, "R2 non", later) for n in range(20)]
        began = time.perf_counter()
        model.add(new, wait=True)
        model.newest(FeedFilter.ALL, 20)
        best = min(best, time.perf_counter() - began)
    return best


def test_twenty_more_cost_the_same_among_thirty_times_as_many() -> None:
    few, many = seconds_of_twenty(1000), seconds_of_twenty(30_000)
    assert many < 5 * few, (few, many)


def test_odd_posts_are_filed_like_any_other() -> None:
    odd = (
        "\u202egnitaehc\u202c", "Z\u0321\u0352a\u0321\u0352lgo" * 40, "👏🏾" * 50,
        "é" * 4000, "", "\x00\ufeff",
    )  # fmt: skip
    posts = [FeedPost(Post(str(n), "", "", text, START)) for n, text in enumerate(odd)]
    model = FeedModel(full_chat(), NETWORK)
    model.add(posts, wait=False)
    entries, in_all = model.newest(FeedFilter.ALL, 9)
    assert in_all == len(odd)
    assert [one.feed for one in entries] == posts, "of one instant the first to come stands first"
    assert list(model.arrivals()) == [], "somebody whose account is gone cannot be welcomed"
