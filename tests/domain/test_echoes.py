"""What the organiser's own posts made of a participant's post."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tchat_desktop.domain.echoes import Echo, echoes, needing_care
from tchat_desktop.domain.outgoing import NEEDS_ORGANISER, OutboxPost, PostKind, PostState, needing
from tests.domain.test_recap import chat, item
from tests.fakes.outgoing import planned


def sent_to(target: str, kind: PostKind, state: PostState) -> OutboxPost:
    return planned(f"{kind}:{target}", kind=kind, target_id=target, state=state)


def test_each_is_told_by_what_became_of_it() -> None:
    rows = [
        planned("q1", state=PostState.SENT),
        sent_to("1", PostKind.REPLY, PostState.SENT),
        sent_to("1", PostKind.REPOST, PostState.HANDED_OVER),
        sent_to("2", PostKind.REPOST, PostState.SKIPPED),
    ]
    assert echoes(rows) == {"1": Echo(PostState.SENT, PostState.HANDED_OVER)}


@pytest.mark.parametrize("first", [PostState.PLANNED, PostState.FAILED])
@pytest.mark.parametrize("turned", [False, True])
def test_of_several_replies_the_one_that_came_furthest_counts(
    first: PostState, turned: bool
) -> None:
    rows = [sent_to("1", PostKind.REPLY, first), sent_to("1", PostKind.REPLY, PostState.SENT)]
    found = echoes(rows[::-1] if turned else rows)["1"]
    assert found.is_answered
    assert not found.is_reposted


def test_what_needs_the_organiser_is_counted_in_one_place() -> None:
    rows = [planned(state.value, state=state) for state in PostState]
    assert {row.state for row in needing(rows)} == NEEDS_ORGANISER


@pytest.mark.parametrize(
    ("first", "second", "furthest"),
    [
        (PostState.PLANNED, PostState.FAILED, PostState.FAILED),
        (PostState.FAILED, PostState.PLANNED, PostState.FAILED),
        (PostState.HANDED_OVER, PostState.SENT, PostState.SENT),
        (PostState.SENT, PostState.UNKNOWN, PostState.SENT),
        # Of two that came as far the first one counts.
        (PostState.PLANNED, PostState.DUE, PostState.PLANNED),
        (PostState.UNKNOWN, PostState.FAILED, PostState.UNKNOWN),
    ],
)
@pytest.mark.parametrize("kind", [PostKind.REPLY, PostKind.REPOST])
def test_what_came_furthest_is_told(
    kind: PostKind, first: PostState, second: PostState, furthest: PostState
) -> None:
    (found,) = echoes([sent_to("1", kind, first), sent_to("1", kind, second)]).values()
    assert found == (Echo(reply=furthest) if kind is PostKind.REPLY else Echo(repost=furthest))
    assert found.is_answered is (kind is PostKind.REPLY and furthest is PostState.SENT)
    assert found.is_reposted is (kind is PostKind.REPOST and furthest is PostState.SENT)


@pytest.mark.parametrize("mark", ["", "hidden", "answered", "harmless"])
@pytest.mark.parametrize("state", [None, *PostState])
def test_a_post_needs_care_until_it_is_answered_hidden_or_found_harmless(
    mark: str, state: PostState | None
) -> None:
    told = item(1, text="R1 Mon père veut me marier.")
    post = replace(told, **{mark: True}) if mark else told
    rows = [] if state is None else [sent_to("1", PostKind.REPLY, state)]
    plain = item(2, text="R1 Bonsoir")
    found = needing_care(chat(), [plain, post], rows)
    assert found == (() if mark or state is PostState.SENT else (post,))
    # A repost of it answers nobody.
    assert bool(needing_care(chat(), [post], [sent_to("1", PostKind.REPOST, PostState.SENT)])) is (
        not mark
    )
