"""What a copy that comes in tells of the posts that are here already."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tchat_desktop.domain.copies import learnt
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.domain.replanning import Replanning
from tests.fakes.outgoing import planned

WAITING_HERE = [PostState.DRAFT, PostState.PLANNED, PostState.DUE, PostState.SKIPPED]
OUT_THERE = [PostState.SENT, PostState.UNKNOWN, PostState.HANDED_OVER]


def row(name: str, state: PostState, where: str = "here") -> OutboxPost:
    attempts = int(state in OUT_THERE)
    return replace(planned(name, 0), id=f"{where}-{name}", state=state, attempts=attempts)


BEGUN = row("welcome", PostState.SENT)


@pytest.mark.parametrize("there", OUT_THERE)
@pytest.mark.parametrize("here", [*WAITING_HERE, PostState.FAILED, PostState.EXPIRED])
@pytest.mark.parametrize("others", [(), (BEGUN,)], ids=["not begun", "begun"])
def test_what_may_be_out_there_never_leaves_from_here(
    here: PostState, there: PostState, others: tuple[OutboxPost, ...]
) -> None:
    mine = row("q1", here)
    [(before, made)] = learnt([mine, *others], [row("q1", there, "there")]).changed
    assert before == mine
    assert (made.id, made.state, made.attempts) == (mine.id, there, 1)


@pytest.mark.parametrize("here", WAITING_HERE)
def test_once_begun_what_waits_is_decided_here(here: PostState) -> None:
    told = learnt([row("q1", here), BEGUN], [row("q1", PostState.SKIPPED, "there")])
    assert (told.changed, told.added) == ((), ())


def test_before_it_has_begun_all_stands_as_there() -> None:
    there = replace(row("q1", PostState.SKIPPED, "there"), text="Autre")
    [(_before, made)] = learnt([row("q1", PostState.PLANNED)], [there]).changed
    assert (made.state, made.text) == (PostState.SKIPPED, "Autre")


@pytest.mark.parametrize("there", PostState)
@pytest.mark.parametrize("here", [PostState.SENDING, PostState.SENT])
def test_what_is_out_here_stays_out(here: PostState, there: PostState) -> None:
    assert learnt([row("q1", here)], [row("q1", there, "there")]).changed == ()


@pytest.mark.parametrize("here", [PostState.UNKNOWN, PostState.HANDED_OVER])
def test_a_doubt_here_ends_where_it_is_known_to_be_out(here: PostState) -> None:
    [(_before, made)] = learnt([row("q1", here)], [row("q1", PostState.SENT, "there")]).changed
    assert made.state is PostState.SENT
    assert learnt([row("q1", here)], [row("q1", PostState.PLANNED, "there")]).changed == ()


def test_a_copy_that_comes_home_unused_tells_nothing() -> None:
    for here in ([row("q1", PostState.PLANNED)], [BEGUN, row("q1", PostState.SKIPPED)]):
        there = [replace(one, id="there", detail="", changed_at=None) for one in here]
        assert learnt(here, there) == Replanning()


def test_what_is_not_here_comes_in() -> None:
    there = row("q2", PostState.SENT, "there")
    assert learnt([BEGUN], [there, replace(there, id="twice")]).added == (
        replace(there, id="twice"),
    )


@pytest.mark.parametrize(("here", "there", "kept"), [(2, 1, 2), (1, 2, 2), (0, 0, 0)])
def test_attempts_made_on_either_computer_count(here: int, there: int, kept: int) -> None:
    mine = replace(row("q1", PostState.PLANNED), attempts=here)
    told = replace(row("q1", PostState.SENT, "there"), attempts=there)
    [(_before, made)] = learnt([mine], [told]).changed
    assert made.attempts == kept
