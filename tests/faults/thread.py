"""A thread of eight posts leaves from child processes that are killed, over a network that fails.

The promise: X has no post twice, each answers the one before, and what is not on X is with the
organiser or waits behind what is. X does what it does to the hour (see `killing.WAYS`), but edits
nothing.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.adapters.sqlite.outbox import SqliteOutbox
from tchat_desktop.adapters.tchat_file import TchatFiles
from tchat_desktop.domain.chat import Chat, Occasion, Route, ThreadPost
from tchat_desktop.domain.outgoing import NEEDS_ORGANISER, OutboxPost, PostState
from tchat_desktop.domain.recap_thread import texts_published
from tchat_desktop.platform.paths import DATABASE
from tchat_desktop.services.ports import ChatFile
from tests.fakes.x_world import XPost
from tests.faults.killing import (
    FAULTS,
    LAGS,
    POINTS,
    SHARES,
    WAYS,
    DyingServer,
    compiled_in,
    equal_texts_taken,
    start_child,
)
from tests.faults.outcome import Outcome

POSTS = 8
AT_ONCE = 4
MOST_STARTS = 6
EDITED = " (bis)"


@dataclass(slots=True)
class _Run:
    """What one run came to."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    misled: list[str] = field(default_factory=list)
    """Posts that are on X while the app is sure that they are not."""
    loose: list[str] = field(default_factory=list)
    """Posts that do not answer the one before."""
    trouble: list[str] = field(default_factory=list)
    out: int = 0
    asked: int = 0
    settled: int = 0
    deaths: int = 0
    faults: int = 0


def a_thread() -> Chat:
    """A chat whose thread has texts that X keeps otherwise than they were sent; two are equal."""
    texts = (
        "Un tchat, <b>31</b> personnes & 83 messages",
        "Q1 Où agir ? «\u00a0Ici : exemple.org/é?a=1&b=2\u00a0» – Awa",
        "Q2 Et à l’école ? 👩🏾‍🏫",
        "« Ensemble. » – Binta",
        "« Ensemble. » – Binta",
        "Q3 Qui décide,   et pour qui ?",
        "Rendez-vous en mars.",
        "Merci à toutes !",
    )
    thread = tuple(ThreadPost(f"post-{n}", text) for n, text in enumerate(texts, 1))
    return Chat(id="faults", hashtag="UnionsPrécoces", route=Route.KEYS, thread=thread)


def run(runs: int, seed: int, ways: Sequence[str] = WAYS) -> Outcome:
    """Kill so many threads, on an X of these ways."""
    with (
        equal_texts_taken(),
        tempfile.TemporaryDirectory(prefix="tchat-thread-") as folder,
        ThreadPoolExecutor(AT_ONCE) as pool,
    ):
        file = Path(folder, "chat.tchat")
        TchatFiles().write(file, ChatFile(a_thread()))
        environ = compiled_in(folder)
        done = list(
            pool.map(lambda n: _run_one(n, f"{seed}-{n}", file, environ, ways), range(runs))
        )
    violations = [
        f"run {number}: {kind}: {text}"
        for number, one in enumerate(done)
        for kind, texts in (
            ("lost", one.lost),
            ("doubled", one.doubled),
            ("on X, though the app says not", one.misled),
            ("answers another", one.loose),
            ("trouble", one.trouble),
        )
        for text in texts
    ]
    return Outcome(
        f"runs={runs} posts={runs * POSTS} out={sum(one.out for one in done)}"
        f" lost={sum(len(one.lost) for one in done)}"
        f" doubled={sum(len(one.doubled) for one in done)}"
        f" misled={sum(len(one.misled) for one in done)}"
        f" loose={sum(len(one.loose) for one in done)}"
        f" unknown_settled={sum(one.settled for one in done)}"
        f" asked={sum(one.asked for one in done)}"
        f" deaths={sum(one.deaths for one in done)} faults={sum(one.faults for one in done)}",
        violations,
    )


def compare(rows: Sequence[OutboxPost], posts: Sequence[XPost]) -> _Run:
    """What the rows of the thread say beside what X has, oldest first."""
    made = _Run(out=len(posts))
    planned = texts_published(a_thread().thread)
    said = [post.sent.removesuffix(EDITED) for post in posts]
    for text, times in Counter(said).items():
        if text not in planned:
            made.doubled.append(f"nobody planned {text!r}")
        elif times > 1:
            made.doubled.append(f"{text!r} is on X {times} times")
    known = {row.text: row.state for row in rows}
    stopped = False
    for text in planned:
        state = known.get(text)
        stopped |= state in NEEDS_ORGANISER
        if text not in said and not stopped:
            made.lost.append(f"{text!r} is {state} and not on X, and nobody is asked")
        if text in said and state not in (PostState.SENT, PostState.UNKNOWN):
            made.misled.append(f"{text!r} is {state}")
        if text not in said and state is PostState.SENT:
            made.lost.append(f"{text!r} is said to be out")
        made.asked += state in NEEDS_ORGANISER
    by_text = dict(zip(said, posts, strict=True))
    for text, post in by_text.items():
        place = planned.index(text) if text in planned else 0
        before = by_text.get(planned[place - 1]) if place else None
        ids = {before.id, *before.versions} if before is not None else {""}
        if post.reply_to not in ids:
            made.loose.append(f"{text!r} answers {post.reply_to!r} and not {sorted(ids)}")
    return made


def _rows(folder: str) -> Sequence[OutboxPost]:
    with closing(Database(Path(folder, DATABASE))) as database:
        return SqliteOutbox(database).rows("faults", Occasion.THREAD)


def _run_one(
    number: int, seed: str, file: Path, environ: Mapping[str, str], ways: Sequence[str]
) -> _Run:
    chance = random.Random(seed)
    # Each point is the first death of as many runs; then some die again.
    deaths = [POINTS[number % len(POINTS)], *chance.choices(POINTS, k=chance.choice((0, 1, 2)))]
    said = []
    # A post that is edited on X has another id, and what answers the former one is refused: the
    # thread would only stop.
    ways = [way for way in ways if way != "edits"]
    with (
        tempfile.TemporaryDirectory(prefix="tchat-thread-") as folder,
        DyingServer(chance, ways, POSTS) as server,
    ):
        # The whole of this X runs as fast as the chat.
        server.world.list_lag = min(server.world.list_lag, LAGS[1])
        server.trouble.at_random(number, chance.choice(SHARES), FAULTS)
        died = 0
        for start in range(MOST_STARTS):
            die_at = deaths[start] if start < len(deaths) else ""
            code, lines = start_child(
                "thread_child", server, die_at, chance, [str(file), folder], environ
            )
            said.append(lines)
            if code in (0, 3):
                break
            died += code < 0
            if code > 0 or not die_at:
                return _Run(trouble=[f"exit code {code}: {lines[-2000:]}"])
        rows = _rows(folder)
        made = compare(rows, server.posts)
        # A child that dies while it speaks leaves half a request.
        made.trouble += [one for one in server.violations if "body is missing" not in one]
        if made.lost:
            made.trouble.append("\n".join(said)[-3000:])
        made.faults = len(server.trouble.happened)
    made.deaths = died
    made.settled = sum(len(re.findall("unknown → (?:sent|planned)", lines)) for lines in said)
    return made
