"""What two computers share of an hour comes to the same, however their files are exchanged."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.conversation import FeedPost, Mark, Marking, Post
from tchat_desktop.domain.shared_hour import (
    BASELINE,
    Dated,
    Laptop,
    SharedHour,
    introduced,
    merged,
    news,
    noted,
)

EIGHT = datetime(2026, 12, 5, 20, tzinfo=UTC)
AWA, MARIEME = "a" * 16, "b" * 16
NOTHING = SharedHour("chat")


def post(name: str, text: str = "R1 oui") -> Post:
    return Post(name, "fatou_ex", "Fatou", text, EIGHT)


def feed(name: str = "1", **marks: object) -> FeedPost:
    return replace(FeedPost(post(name)), **marks)  # type: ignore[arg-type]


instants = st.integers(0, 3).map(lambda seconds: EIGHT + timedelta(seconds=seconds))
computers = st.sampled_from([AWA, MARIEME])
ids = st.sampled_from(["1", "2", "3"])


def dated(values: st.SearchStrategy[object]) -> st.SearchStrategy[Dated[object]]:
    return st.builds(Dated, values, instants, computers)


def of_post(post_id: str) -> st.SearchStrategy[tuple[str, Dated[object]]]:
    values = st.one_of(st.none(), st.builds(post, st.just(post_id), st.sampled_from("ab")))
    return st.tuples(st.just(post_id), dated(values))


marks = st.one_of(
    st.tuples(st.tuples(ids, st.sampled_from(["starred", "hidden"])), dated(st.booleans())),
    st.tuples(st.tuples(ids, st.just("question_id")), dated(st.sampled_from(["", "a", "b"]))),
)
laptops = st.builds(Laptop, st.text(max_size=2), st.booleans(), st.none() | instants)
shared = st.builds(
    SharedHour,
    st.just("chat"),
    st.dictionaries(computers, dated(laptops)),
    st.lists(ids.flatmap(of_post)).map(dict),
    st.lists(marks).map(dict),
    st.dictionaries(ids, dated(st.booleans())),
    st.one_of(st.none(), dated(st.just(()))),
)


@given(shared, shared, shared)
def test_the_order_of_files_does_not_matter(a: SharedHour, b: SharedHour, c: SharedHour) -> None:
    assert merged(a, b) == merged(b, a)
    assert merged(merged(a, b), c) == merged(a, merged(b, c))
    assert merged(a, a) == a
    assert merged(merged(a, b), b) == merged(a, b)


@given(shared, shared)
def test_what_is_done_for_the_news_makes_both_alike(a: SharedHour, b: SharedHour) -> None:
    both = merged(a, b)
    assert news(both, merged(both, b)).names == ()
    known = {key for key, one in a.posts.items() if one.value is not None}
    told = news(a, both)
    here = (known | {one.post.id for one in told.added}) - set(told.removed)
    assert here == {key for key, one in both.posts.items() if one.value is not None}


def test_two_chats_are_never_mixed() -> None:
    with pytest.raises(ValueError, match="two chats"):
        merged(NOTHING, SharedHour("other"))


# --- two computers -----------------------------------------------------------------------------

changes = st.tuples(
    st.booleans(),
    st.sampled_from(["add", "remove", "star", "hide", "harmless", "confided", "text", "exchange"]),
    ids,
)


class Side:
    """One of two computers, whose clock is wrong by so many seconds."""

    def __init__(self, computer: str, wrong_by: int = 0) -> None:
        self.computer = computer
        self.wrong_by = timedelta(seconds=wrong_by)
        self.posts: dict[str, FeedPost] = {}
        self.shared = NOTHING

    def note(self, at: datetime) -> None:
        now = at + self.wrong_by
        self.shared = noted(self.shared, self.posts.values(), (), self.computer, now)

    def take(self, other: Side, at: datetime) -> None:
        self.note(at)
        both = merged(self.shared, other.shared)
        told = news(self.shared, both)
        for feed in told.added:
            self.posts.setdefault(feed.post.id, feed)
        for changed in told.corrected:
            before = self.posts[changed.id]
            self.posts[changed.id] = before.corrected(changed, before.question_id)
        for post_id in told.removed:
            del self.posts[post_id]
        for marking in told.marks:
            self.posts[marking.post_id] = marking.on(self.posts[marking.post_id])
        self.shared = both

    def do(self, what: str, post_id: str) -> None:
        feed = self.posts.get(post_id)
        if what == "add":
            self.posts.setdefault(post_id, FeedPost(post(post_id)))
        elif feed is None:
            return
        elif what == "remove":
            del self.posts[post_id]
        elif what == "text":
            self.posts[post_id] = feed.corrected(
                post(post_id, feed.post.text + "!" + self.computer[0]), ""
            )
        else:
            mark = {"star": Mark.STARRED, "hide": Mark.HIDDEN}.get(what) or Mark(what)
            marking = Marking(post_id, mark, not getattr(feed, mark.value))
            self.posts[post_id] = marking.on(feed)


@given(st.lists(changes, max_size=25), st.integers(-90, 90))
def test_two_computers_end_up_alike(steps: list[tuple[bool, str, str]], wrong_by: int) -> None:
    one, two, now = Side(AWA), Side(MARIEME, wrong_by), EIGHT
    for first, what, post_id in steps:
        now += timedelta(seconds=1)
        if what == "exchange":
            (one if first else two).take(two if first else one, now)
        else:
            (one if first else two).do(what, post_id)
            (one if first else two).note(now)
    for _round in range(2):
        one.take(two, now)
        two.take(one, now)
    assert one.posts == two.posts
    assert not any(feed.harmless and feed.confided for feed in one.posts.values())


def test_a_slow_clock_loses_nothing() -> None:
    one, two = Side(AWA, wrong_by=3600), Side(MARIEME)
    one.do("add", "1")
    one.do("star", "1")
    one.note(EIGHT)
    two.take(one, EIGHT)
    one.do("star", "1")
    one.note(EIGHT)
    two.take(one, EIGHT)
    assert not two.posts["1"].starred
    two.do("star", "1")
    two.note(EIGHT)
    one.take(two, EIGHT)
    assert one.posts["1"].starred


def test_a_mark_of_before_it_was_shared_is_kept() -> None:
    one, two = Side(AWA), Side(MARIEME)
    one.posts, two.posts = {"1": feed(starred=True)}, {"1": feed()}
    two.note(EIGHT)
    one.take(two, EIGHT)
    two.take(one, EIGHT)
    assert one.posts["1"].starred
    assert two.posts["1"].starred


def test_it_says_what_came_and_of_whom() -> None:
    theirs = noted(NOTHING, [feed("1", starred=True), feed("2")], (), MARIEME, EIGHT)
    theirs = introduced(theirs, Laptop("Marième", publishes=False), MARIEME, EIGHT)
    mine = noted(NOTHING, [feed("2")], (), AWA, EIGHT)
    told = news(mine, merged(mine, theirs))
    assert [one.post.id for one in told.added] == ["1"]
    assert (told.stars, told.other_marks, told.names) == (1, 0, ("Marième",))


def test_hidden_authors_come_too() -> None:
    mine = noted(NOTHING, [feed()], [], AWA, EIGHT)
    theirs = noted(merged(NOTHING, mine), [feed()], ["@Fatou_Ex"], MARIEME, EIGHT)
    told = news(mine, merged(mine, theirs))
    assert (told.hidden, told.shown, told.other_marks) == (("fatou_ex",), (), 1)
    back = noted(merged(mine, theirs), [feed()], [], AWA, EIGHT)
    assert news(theirs, merged(theirs, back)).shown == ("fatou_ex",)


def test_the_text_of_what_was_taken_out_is_gone() -> None:
    shared = noted(NOTHING, [feed()], (), AWA, EIGHT)
    shared = noted(shared, [], (), AWA, EIGHT)
    assert shared.posts["1"].value is None


def test_the_last_one_that_says_so_publishes() -> None:
    shared = introduced(NOTHING, Laptop("Awa", publishes=True), AWA, EIGHT)
    assert shared.publisher(but=AWA) is None
    assert shared.publisher(but=MARIEME).value.name == "Awa"  # type: ignore[union-attr]
    again = introduced(shared, Laptop("Awa", publishes=True), AWA, EIGHT + timedelta(hours=1))
    assert again is shared
    assert shared.newest > BASELINE
