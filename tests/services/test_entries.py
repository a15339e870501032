"""Posts of the public: entered, corrected, taken out, and edited by their authors."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from tchat_desktop.domain.chat import Chat, Occasion, Question
from tchat_desktop.domain.conversation import FeedPost, Mark, Marking, Post
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState
from tchat_desktop.services.entries import Entries
from tchat_desktop.services.events import PostMarked, PostRemoved, PostsArrived
from tests.fakes.clock import PATIENCE, START
from tests.fakes.memory_store import MemoryPosts
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import Reported, planned

CHAT = Chat(id="chat", questions=(Question("a", "Quelle loi ?"), Question("b", "Quelle école ?")))
LIVE = Occasion.LIVE


def post(post_id: str = "1000001", text: str = "R1 oui", **changes: object) -> Post:
    made = Post(post_id, "awa_ex", "@awa_ex", text, START + timedelta(minutes=2),
                url=f"https://x.com/awa_ex/status/{post_id}")  # fmt: skip
    return replace(made, **changes)


@pytest.fixture
def posts() -> MemoryPosts:
    return MemoryPosts()


@pytest.fixture
def reported() -> Reported:
    return Reported()


@pytest.fixture
def entries(posts: MemoryPosts, reported: Reported) -> Entries:
    return Entries(posts, reported, NETWORK)


def rows() -> list[OutboxPost]:
    asked = replace(planned("a"), slot="q:a", kind=PostKind.QUESTION, state=PostState.SENT)
    return [replace(asked, changed_at=START)]


def test_a_late_answer_goes_under_the_question_it_names(
    entries: Entries, posts: MemoryPosts
) -> None:
    entries.add(CHAT, LIVE, rows(), [post(text="R2 enfin", created_at=START + timedelta(days=3))])
    assert [one.question_id for one in posts.all("chat", LIVE)] == ["b"]


def test_a_correction_keeps_the_marks(
    entries: Entries, posts: MemoryPosts, reported: Reported
) -> None:
    entries.add(CHAT, LIVE, rows(), [post()])
    entries.mark("chat", LIVE, Marking("1000001", Mark.STARRED, True))
    right = post("1000002", "R2 non", author="binta_ex")
    entries.correct(CHAT, LIVE, rows(), "1000001", right)
    made = FeedPost(right, starred=True, question_id="b")
    assert list(posts.all("chat", LIVE)) == [made]
    assert reported.of(PostRemoved) == [PostRemoved("chat", LIVE, "1000001")]
    assert reported.of(PostsArrived)[-1] == PostsArrived("chat", LIVE, (made,))


def test_a_question_chosen_by_the_organiser_stays(entries: Entries, posts: MemoryPosts) -> None:
    entries.add(CHAT, LIVE, rows(), [post()])
    entries.mark("chat", LIVE, Marking("1000001", Mark.QUESTION, "b"))
    entries.correct(CHAT, LIVE, rows(), "1000001", post(text="R1 oui, deux fois"))
    assert [one.question_id for one in posts.all("chat", LIVE)] == ["b"]


def test_an_entry_is_taken_out(entries: Entries, posts: MemoryPosts, reported: Reported) -> None:
    entries.add(CHAT, LIVE, rows(), [post()])
    entries.remove(CHAT, LIVE, "1000001")
    assert list(posts.all("chat", LIVE)) == []
    assert reported.of(PostRemoved) == [PostRemoved("chat", LIVE, "1000001")]


def test_a_post_edited_on_x_stays_one_post_with_its_marks(
    entries: Entries, posts: MemoryPosts, reported: Reported
) -> None:
    entries.add(CHAT, LIVE, rows(), [post()])
    entries.mark("chat", LIVE, Marking("1000001", Mark.STARRED, True))
    newer = post(text="R1 oui, et non", url="https://x.com/awa_ex/status/1000009")
    for _time in range(2):
        entries.add(CHAT, LIVE, rows(), [newer])
    older = post(text="R1 oui, et", url="https://x.com/awa_ex/status/1000005")
    entries.add(CHAT, LIVE, rows(), [older])
    (kept,) = posts.all("chat", LIVE)
    assert (kept.post.text, kept.starred, kept.question_id) == ("R1 oui, et non", True, "a")
    assert len(reported.of(PostsArrived)) == 2


def test_marks_made_from_two_screens_are_both_kept_and_told(
    entries: Entries, posts: MemoryPosts, reported: Reported
) -> None:
    """Neither screen knows of the other's mark; a whole record written back would undo it."""
    entries.add(CHAT, LIVE, rows(), [post()])
    star = Marking("1000001", Mark.STARRED, True)
    answered = Marking("1000001", Mark.ANSWERED, True)
    entries.mark("chat", LIVE, star)
    Entries(posts, reported, NETWORK).mark("chat", LIVE, answered)
    (kept,) = posts.all("chat", LIVE)
    assert kept.starred and kept.answered
    told = [PostMarked("chat", LIVE, star), PostMarked("chat", LIVE, answered)]
    assert reported.of(PostMarked) == told


def test_a_mark_of_a_post_taken_out_is_not_told(entries: Entries, reported: Reported) -> None:
    entries.mark("chat", LIVE, Marking("1000001", Mark.STARRED, True))
    assert reported.of(PostMarked) == []


def test_what_is_told_last_is_what_stands(posts: MemoryPosts) -> None:
    """A mark made on another thread while a post is reported is told after it, not before."""
    told: list[object] = []
    marked = threading.Event()
    threads: list[threading.Thread] = []

    def report(event: object) -> None:
        if isinstance(event, PostsArrived) and not threads:
            threads.append(threading.Thread(target=star))
            threads[0].start()
            # Let in, it would be told within this time, before the post.
            assert not marked.wait(0.05)
        told.append(type(event))

    def star() -> None:
        Entries(posts, report, NETWORK).mark("chat", LIVE, Marking("1000001", Mark.STARRED, True))
        marked.set()

    Entries(posts, report, NETWORK).add(CHAT, LIVE, rows(), [post()])
    assert marked.wait(10)
    assert told == [PostsArrived, PostMarked]


def test_another_place_does_not_wait_for_what_this_one_tells(reported: Reported) -> None:
    """Two places may be open while the chats move from one to the other."""
    here, there = MemoryPosts(), MemoryPosts()
    written = threading.Event()

    def write_there() -> None:
        Entries(there, reported, NETWORK).add(CHAT, LIVE, rows(), [post()])
        written.set()

    def report(_event: object) -> None:
        threading.Thread(target=write_there).start()
        assert written.wait(PATIENCE)

    Entries(here, report, NETWORK).add(CHAT, LIVE, rows(), [post()])
    assert there.all("chat", LIVE)


def test_what_a_muted_author_writes_comes_hidden(entries: Entries, posts: MemoryPosts) -> None:
    chat = replace(CHAT, muted_authors=("AWA_ex",))
    entries.add(chat, LIVE, rows(), [post(), post("1000002", author="binta_ex")])
    assert [one.hidden for one in posts.all("chat", LIVE)] == [True, False]
