"""The thread as rows of the outbox: which they are, what may still change, what goes on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from tchat_desktop.domain.chat import Chat, Occasion, Route, ThreadPost
from tchat_desktop.domain.outgoing import (
    ALLOWED,
    OUT,
    OutboxPost,
    PostState,
    Reason,
    chained,
    with_target,
)
from tchat_desktop.domain.thread_rows import (
    BETWEEN,
    next_line,
    thread_followed,
    thread_has_begun,
    thread_is_whole,
    thread_lines,
    thread_out,
    thread_price,
)
from tests.domain.chats import NOW, a_chat
from tests.fakes.network import NETWORK

POSTS = tuple(ThreadPost(f"post-{n}", f"Texte {n}") for n in (1, 2, 3))
LATER = NOW + timedelta(hours=1)


def chat(*posts: ThreadPost, **changes: object) -> Chat:
    return a_chat(thread=posts or POSTS, **changes)


def follow(
    of: Chat, rows: Sequence[OutboxPost] = (), route: Route = Route.KEYS
) -> tuple[OutboxPost, ...]:
    """The rows once the thread was asked to leave."""
    made = thread_followed(of, rows, route, LATER if rows else NOW, NETWORK)
    for before, after in made.changed:
        assert after.state is before.state or after.state in ALLOWED[before.state]
        assert before.state not in OUT
    assert not any(row.attempts for row in made.removed)
    changed = {before.id: after for before, after in made.changed}
    gone = {row.id for row in made.removed}
    return (*(changed.get(row.id, row) for row in rows if row.id not in gone), *made.added)


def put(rows: Iterable[OutboxPost], slot: str, **changes: object) -> tuple[OutboxPost, ...]:
    return tuple(
        replace(row, **{"attempts": 1, **changes}) if row.slot == slot else row for row in rows
    )


def sent(rows: Iterable[OutboxPost], slot: str) -> tuple[OutboxPost, ...]:
    return put(rows, slot, state=PostState.SENT, remote_id=f"7{slot[-1]}")


def told(rows: Iterable[OutboxPost]) -> list[tuple[str, str, PostState]]:
    return [(row.slot, row.text, row.state) for row in rows]


def test_each_post_answers_the_one_before_and_they_leave_apart() -> None:
    first, second, third = follow(chat())
    assert told((first, second, third)) == [
        ("post-1", "1/3 Texte 1", PostState.PLANNED),
        ("post-2", "2/3 Texte 2", PostState.PLANNED),
        ("post-3", "3/3 Texte 3", PostState.PLANNED),
    ]
    assert [row.follows for row in (first, second, third)] == ["", first.id, second.id]
    assert [row.due_at - NOW for row in (first, second, third)] == [
        0 * BETWEEN,
        BETWEEN,
        2 * BETWEEN,
    ]
    assert {row.occasion for row in (first, second, third)} == {Occasion.THREAD}


def test_a_post_waits_for_the_id_of_the_one_before() -> None:
    rows = follow(chat())
    assert chained(rows) == {rows[1].id, rows[2].id}
    rows = sent(rows, "post-1")
    assert chained(rows) == {rows[2].id}
    assert with_target(rows[1], rows).target_id == "71"
    nobody_knows_where = put(rows, "post-1", remote_id="")
    assert chained(nobody_knows_where) == {rows[1].id, rows[2].id}


def test_by_pages_each_waits_to_be_opened() -> None:
    assert {row.state for row in follow(chat(), route=Route.ASSISTED)} == {PostState.DRAFT}


def test_before_anything_is_out_everything_follows_the_draft() -> None:
    rows = follow(chat())
    other = chat(replace(POSTS[2], text="Autre"), POSTS[0])
    again = follow(other, rows)
    assert sorted(told(again)) == [
        ("post-1", "2/2 Texte 1", PostState.PLANNED),
        ("post-3", "1/2 Autre", PostState.PLANNED),
    ]
    by_slot = {row.slot: row for row in again}
    assert by_slot["post-1"].follows == by_slot["post-3"].id
    assert by_slot["post-3"].follows == ""


def test_what_was_tried_and_taken_out_stays_known_and_is_in_no_thread() -> None:
    rows = put(follow(chat()), "post-2", state=PostState.FAILED, reason=Reason.NETWORK)
    again = follow(chat(POSTS[0], POSTS[2]), rows)
    apart = next(row for row in again if row.slot == "post-2")
    assert (apart.state, apart.follows) == (PostState.SKIPPED, "")
    lines = thread_lines(chat(POSTS[0], POSTS[2]), again, NETWORK)
    assert [line.post.id for line in lines] == ["post-1", "post-3"]
    begun = sent(again, "post-1")
    assert [line.text for line in thread_lines(chat(), begun, NETWORK)] == [
        "1/2 Texte 1",
        "2/2 Texte 3",
    ]


@pytest.mark.parametrize("state", sorted(OUT))
def test_what_is_out_or_may_be_stays_and_fixes_the_thread(state: PostState) -> None:
    rows = put(follow(chat()), "post-1", state=state, remote_id="71")
    edited = chat(ThreadPost("new", "Nouveau"), POSTS[2], replace(POSTS[1], text="Mieux"), POSTS[0])
    again = follow(edited, rows)
    assert [row.text for row in again] == ["1/3 Texte 1", "2/3 Mieux", "3/3 Texte 3"]
    assert again[0] == rows[0]
    lines = thread_lines(edited, again, NETWORK)
    assert [line.post.id for line in lines] == ["post-1", "post-2", "post-3"]
    assert thread_has_begun(lines)


@pytest.mark.parametrize(
    "state", [PostState.EXPIRED, PostState.FAILED, PostState.SKIPPED, PostState.DUE]
)
def test_a_thread_that_stopped_goes_on_from_now(state: PostState) -> None:
    rows = put(sent(follow(chat()), "post-1"), "post-2", state=state, reason=Reason.TOO_LATE)
    rows = put(rows, "post-3", state=PostState.EXPIRED, attempts=0)
    again = follow(chat(), rows)
    assert [(row.state, row.due_at - LATER) for row in again[1:]] == [
        (PostState.PLANNED, 0 * BETWEEN),
        (PostState.PLANNED, BETWEEN),
    ]
    assert all(row.expires_at > row.due_at for row in again)


def test_by_pages_what_failed_waits_to_be_opened() -> None:
    rows = put(sent(follow(chat()), "post-1"), "post-2", state=PostState.FAILED)
    again = follow(chat(), rows, Route.ASSISTED)
    assert [(row.state, row.route) for row in again[1:]] == [
        (PostState.FAILED, Route.ASSISTED),
        (PostState.DRAFT, Route.ASSISTED),
    ]


def test_the_next_post_is_the_first_that_is_not_out_or_whose_link_is_missing() -> None:
    rows = follow(chat(), route=Route.ASSISTED)
    lines = thread_lines(chat(), rows, NETWORK)
    line = next_line(lines)
    assert line is not None and line.post == POSTS[0]
    without = put(rows, "post-1", state=PostState.SENT, reason=Reason.BY_HAND)
    line = next_line(thread_lines(chat(), without, NETWORK))
    assert line is not None and line.post == POSTS[0]
    for post in POSTS:
        rows = put(rows, post.id, state=PostState.SENT, remote_id="7")
    # Nobody answers the last one.
    rows = put(rows, "post-3", remote_id="")
    assert next_line(thread_lines(chat(), rows, NETWORK)) is None
    assert thread_is_whole(thread_lines(chat(), rows, NETWORK))


def test_on_another_computer_the_thread_goes_on_behind_what_is_out() -> None:
    rows = put(sent(follow(chat()), "post-1"), "post-2", state=PostState.UNKNOWN)
    copy = chat(thread_out=thread_out(rows))
    assert copy.thread_out == (("post-1", "71"), ("post-2", ""))
    lines = thread_lines(copy, (), NETWORK)
    assert [line.state for line in lines] == [
        PostState.SENT,
        PostState.UNKNOWN,
        PostState.DRAFT,
    ]
    assert lines[0].url.endswith("/FillesDebout/status/71")
    first, second, third = follow(copy)
    assert (first.remote_id, second.state) == ("71", PostState.UNKNOWN)
    assert third.follows == second.id


def test_only_what_has_not_left_costs() -> None:
    lines = thread_lines(chat(), (), NETWORK)
    assert thread_price(lines, NETWORK) == 2 + 2.5 + 2.5
    linked = chat(replace(POSTS[0], text="Voir https://exemple.org"), *POSTS[1:])
    assert thread_price(thread_lines(linked, (), NETWORK), NETWORK) == 30 + 2.5 + 2.5
    begun = sent(follow(chat()), "post-1")
    assert thread_price(thread_lines(chat(), begun, NETWORK), NETWORK) == 2.5 + 2.5


def test_what_has_not_left_can_be_taken_out_and_the_next_one_closes_the_gap() -> None:
    rows = put(follow(chat()), "post-1", state=PostState.SENT, remote_id="7")
    shorter = chat(POSTS[0], POSTS[2])
    lines = thread_lines(shorter, rows, NETWORK)
    assert [line.post.id for line in lines] == ["post-1", "post-3"]
    first, last = follow(shorter, rows)
    assert (last.slot, last.follows, last.text) == ("post-3", first.id, "2/2 Texte 3")
    # What is out stays in it, and so does all of it where the chat tells of no thread.
    assert len(thread_lines(chat(POSTS[2]), rows, NETWORK)) == 2
    assert len(thread_lines(replace(chat(), thread=()), rows, NETWORK)) == 3
