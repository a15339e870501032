"""The link a person brings back from X: whether it can be that of a post of ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tchat_desktop.domain.by_hand import LinkProblem, link_problem
from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState
from tests.fakes.network import NETWORK

AT = datetime(2026, 12, 5, 20, tzinfo=UTC)
ASKED = OutboxPost(
    "r1", "chat", Occasion.LIVE, "q:loi", PostKind.QUESTION, "Q1", AT, AT,
    Route.ASSISTED, PostState.HANDED_OVER,
)  # fmt: skip
OTHER = replace(ASKED, id="r2", slot="q:ecole", remote_id="900")


@pytest.mark.parametrize(
    ("link", "problem"),
    [
        ("https://x.com/orga_EX/status/901", None),
        ("https://x.com/i/status/901", None),
        ("https://x.com/home", LinkProblem.NOT_A_POST),
        ("https://x.com/prof_ex/status/901", LinkProblem.OF_ANOTHER),
        ("https://x.com/orga_ex/status/900", LinkProblem.USED),
        ("https://x.com/i/status/777", LinkProblem.OF_ANOTHER),
    ],
)
def test_a_link_that_is_not_of_ones_own_post_is_told(
    link: str, problem: LinkProblem | None
) -> None:
    heard = {"777"}.__contains__
    assert link_problem(link, ASKED, [ASKED, OTHER], "Orga_ex", NETWORK, heard) is problem
    again = replace(ASKED, remote_id="901")
    assert link_problem(link, again, [again, OTHER], "Orga_ex", NETWORK, heard) is problem
