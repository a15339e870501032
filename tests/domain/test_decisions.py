"""What the organiser makes of a post, at the edges of its window."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tchat_desktop.domain.decisions import freed_of_keys
from tchat_desktop.domain.outgoing import PostState, Reason
from tests.fakes.outgoing import planned

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(("seconds", "freed"), [(-1, True), (0, False), (1, False)])
def test_a_post_keys_did_not_publish_is_planned_anew_within_its_window_only(
    seconds: int, freed: bool
) -> None:
    row = planned("q1", state=PostState.FAILED, reason=Reason.KEYS_REFUSED)
    assert (freed_of_keys(row, row.expires_at + seconds * SECOND) is not None) is freed
