"""A chat of 20 posts leaves from child processes that are killed, over a network that fails.

The promise: X has no post twice, and whatever is not on X is with the organiser. X's own refusal of
equal texts is switched off, so that only the app stands between a crash and a post sent twice. This
X rewrites texts, shows its list late, refuses the account and has posts edited: see `WAYS`.
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
from datetime import UTC, datetime
from pathlib import Path

from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.adapters.sqlite.outbox import SqliteOutbox
from tchat_desktop.adapters.tchat_file import TchatFiles
from tchat_desktop.domain.chat import Chat, Occasion, Picture, Question, RunEdit
from tchat_desktop.domain.outgoing import NEEDS_ORGANISER, OutboxPost, PostState
from tchat_desktop.platform.paths import DATABASE
from tchat_desktop.services.ports import ChatFile
from tests.adapters.samples import PNG, PNG_ID
from tests.faults.killing import (
    FAULTS,
    POINTS,
    SHARES,
    WAYS,
    DyingServer,
    compiled_in,
    equal_texts_taken,
    start_child,
)
from tests.faults.outcome import Outcome

POSTS = 20
AT_ONCE = 4
"""Runs at a time."""
MOST_STARTS = 8


@dataclass(slots=True)
class _Run:
    """What one run came to."""

    posts: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    misled: list[str] = field(default_factory=list)
    """Posts that are on X while the app is sure that they are not."""
    settled: int = 0
    asked: int = 0
    deaths: int = 0
    trouble: list[str] = field(default_factory=list)
    faults: int = 0


def run(runs: int, seed: int, ways: Sequence[str] = WAYS) -> Outcome:
    """Kill so many chats, on an X of these ways."""
    with (
        equal_texts_taken(),
        tempfile.TemporaryDirectory(prefix="tchat-posting-") as folder,
        ThreadPoolExecutor(AT_ONCE) as pool,
    ):
        file = Path(folder, "chat.tchat")
        TchatFiles().write(file, ChatFile(a_chat(), pictures=(PNG,)))
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
            ("trouble", one.trouble),
        )
        for text in texts
    ]
    return Outcome(
        f"runs={runs} posts={sum(one.posts for one in done)}"
        f" lost={sum(len(one.lost) for one in done)}"
        f" doubled={sum(len(one.doubled) for one in done)}"
        f" misled={sum(len(one.misled) for one in done)}"
        f" unknown_settled={sum(one.settled for one in done)}"
        f" asked={sum(one.asked for one in done)}"
        f" deaths={sum(one.deaths for one in done)} faults={sum(one.faults for one in done)}",
        violations,
    )


def a_chat() -> Chat:
    """Twenty posts, a minute apart; texts that X keeps otherwise than they were sent, pictures."""
    texts = (
        "Où agir ? <b>Ici</b> & là",
        "Lire exemple.org/é?a=1&b=2 : et après ?",
        "  Qui décide,   et pour qui ?",
        "👩🏾‍🏫 Et à l’école ?",
    )
    questions = tuple(
        Question(f"q{n}", f"{texts[n % len(texts)]} ({n})", minutes=1) for n in range(16)
    )
    fixed = ("welcome", "rules", "closing", "thanks")
    picture = Picture(PNG_ID, "image/png", "Une salle de classe")
    return Chat(
        id="faults",
        topic="Mariage des enfants",
        organisation="Filles Debout",
        hashtag="UnionsPrécoces",
        starts_at=datetime(2026, 12, 5, 20, tzinfo=UTC),
        minutes=30,
        questions=questions,
        run_edits=(
            *(RunEdit(key, minutes=1, picture=picture) for key in fixed),
            RunEdit("q:q5", picture=picture),
            *(RunEdit(f"nudge{n}", included=False) for n in (1, 2, 3)),
        ),
    )


def compare(rows: Sequence[OutboxPost], on_x: Counter[str]) -> _Run:
    """What the outbox says beside what X has; `on_x` counts texts."""
    made = _Run(posts=len(rows))
    for row in rows:
        times = on_x.pop(row.text, 0)
        if times > 1:
            made.doubled.append(f"{row.label} is on X {times} times")
        if not times and row.state not in NEEDS_ORGANISER:
            made.lost.append(f"{row.label} is {row.state} and not on X")
        if times and row.state not in (PostState.SENT, PostState.UNKNOWN):
            made.misled.append(f"{row.label} is {row.state}")
        made.asked += row.state in NEEDS_ORGANISER
    made.doubled += [f"nobody planned {text!r}" for text in on_x]
    if len(rows) != POSTS:
        made.lost.append(f"{len(rows)} rows instead of {POSTS}")
    return made


def _run_one(
    number: int, seed: str, file: Path, environ: Mapping[str, str], ways: Sequence[str]
) -> _Run:
    chance = random.Random(seed)
    # Each point is the first death of as many runs; then some die again.
    deaths = [POINTS[number % len(POINTS)], *chance.choices(POINTS, k=chance.choice((0, 0, 1, 2)))]
    said = []
    with (
        tempfile.TemporaryDirectory(prefix="tchat-posting-") as folder,
        DyingServer(chance, ways, POSTS) as server,
    ):
        server.trouble.at_random(number, chance.choice(SHARES), FAULTS)
        died = 0
        for start in range(MOST_STARTS):
            die_at = deaths[start] if start < len(deaths) else ""
            code, lines = start_child(
                "posting_child", server, die_at, chance, [str(file), folder], environ
            )
            said.append(lines)
            if code in (0, 3):
                break
            died += code < 0
            if code > 0 or not die_at:
                return _Run(trouble=[f"exit code {code}: {lines[-2000:]}"])
        with closing(Database(Path(folder, DATABASE))) as database:
            rows = SqliteOutbox(database).rows("faults", Occasion.LIVE)
        made = compare(rows, Counter(text.removesuffix(" (bis)") for text in server.texts()))
        shown = {one for post in server.posts if post.media for one in post.versions}
        made.misled += [
            f"{row.label} is out without its picture"
            for row in rows
            if row.picture is not None and row.state is PostState.SENT
            if row.remote_id and row.remote_id not in shown
        ]
        # A child that dies while it speaks leaves half a request.
        made.trouble += [one for one in server.violations if "body is missing" not in one]
        made.faults = len(server.trouble.happened)
    made.deaths = died
    made.settled = sum(len(re.findall("unknown → (?:sent|planned)", lines)) for lines in said)
    return made
