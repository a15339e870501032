"""One press on a mark is one mark: one undo makes the post as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tchat_desktop.domain.conversation import FeedPost, Mark, Marking
from tchat_desktop.domain.undoing import Marked
from tests.domain.test_recap import item

POST = item(1)
BEFORE = (
    POST,
    replace(POST, confided=True),
    replace(POST, harmless=True),
    replace(POST, starred=True, confided=True),
    replace(POST, names_child=True),
    replace(POST, names_child=True, confided=True),
)


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize(
    "mark", [Mark.CONFIDED, Mark.NAMES_CHILD, Mark.HARMLESS, Mark.STARRED, Mark.HIDDEN]
)
@pytest.mark.parametrize("value", [True, False])
def test_one_undo_makes_the_post_as_it_was(before: FeedPost, mark: Mark, value: bool) -> None:
    made = Marking(before.post.id, mark, value)
    after = made.on(before)
    said = after.confided or after.names_child
    assert not (said and after.harmless), "the last word holds"
    if after != before:
        assert Marked(before, made).back.on(after) == before
