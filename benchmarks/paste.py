"""The page of a tag pasted: how long its posts take to be found, off the GUI thread."""

from __future__ import annotations

import statistics
import timeit
from datetime import UTC, datetime, timedelta
from functools import partial

from benchmarks import report
from tchat_desktop.adapters.x.pages import XPages
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.x.post_ids import made_up_id
from tests.fakes.x_pages import seen, today
from tests.work_time import work_time

ROUNDS = 7
STYLE = (
    'style="color: rgb(15, 20, 25); font-family: TwitterChirp, -apple-system, BlinkMacSystemFont; '
    'font-size: 15px; display: flex; margin: 0px; padding: 0px; position: relative; min-width: 0px"'
)
"""As a browser writes it into every element that it copies."""


def page(posts: int) -> bytes:
    """A page of so many posts, in the form of X's and with the styles of a browser in it."""
    at = datetime(2026, 12, 5, 20, tzinfo=UTC)
    shown = []
    for number in range(posts):
        post_id = made_up_id(at + timedelta(seconds=10 * number), number)
        text = f"R{number % 8} Chez nous, les filles le savent, et les garçons ? #UnionsPrécoces"
        shown.append(seen(Post(post_id, f"prof_{number}", f"Prof {number}", text, at)))
    styled = today(shown).replace("<div", f"<div {STYLE}").replace("<span", f"<span {STYLE}")
    return styled.encode()


def run() -> bool:
    """Print the figures; whether the goals are met."""
    pages = XPages()
    taken = {}
    for posts in (300, 600):
        copied = page(posts)
        assert len(pages.copied(copied, "").posts) == posts
        call = partial(pages.copied, copied, "")
        times = timeit.repeat(call, number=1, repeat=ROUNDS, timer=work_time)
        taken[posts] = [seconds * 1e3 for seconds in times]
        report.line(f"a page of {posts} posts ({len(copied) / 1e6:.1f} MB)", taken[posts], "ms")
    halves = statistics.median(taken[600]) / statistics.median(taken[300])
    return all(
        [
            report.goal("300 posts found", statistics.median(taken[300]), 200, " ms"),
            report.goal("twice the posts, so many times as long", halves, 2.5, ""),
        ]
    )
