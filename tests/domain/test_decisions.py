"""What the organiser makes of a post, at the edges of its window."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tchat_desktop.domain.decisions import freed_of_keys
from tchat_desktop.domain.outgoing import PostState, Reason
from tchat_desktop.domain.undoing import Command, DoneCommand, can_put_back
from tests.fakes.clock import START
from tests.fakes.outgoing import planned

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(("seconds", "freed"), [(-1, True), (0, False), (1, False)])
def test_a_post_keys_did_not_publish_is_planned_anew_within_its_window_only(
    seconds: int, freed: bool
) -> None:
    row = planned("q1", state=PostState.FAILED, reason=Reason.KEYS_REFUSED)
    assert (freed_of_keys(row, row.expires_at + seconds * SECOND) is not None) is freed


@pytest.mark.parametrize(("seconds", "again"), [(-60, False), (120, True)])
def test_that_the_times_are_kept_is_taken_back_only_while_it_would_be_asked_again(
    seconds: int, again: bool
) -> None:
    """Before the first post is due nothing was missed; once two were, the question stands."""
    rows = [planned("q1", 0), planned("q2", 30)]
    done = DoneCommand(Command.KEEP_TIMES, tuple((row, row) for row in rows))
    assert can_put_back(rows, done, START + seconds * SECOND, over=False) is again
