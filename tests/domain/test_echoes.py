"""What the organiser's own posts made of a participant's post."""

from __future__ import annotations

import pytest

from tchat_desktop.domain.echoes import Echo, echoes
from tchat_desktop.domain.outgoing import NEEDS_ORGANISER, OutboxPost, PostKind, PostState, needing
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
