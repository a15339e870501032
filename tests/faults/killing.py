"""Child processes that publish and are killed, and the X that they publish to.

X's own refusal of equal texts is switched off, so that only the app stands between a crash and a
post sent twice.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path

from tchat_desktop.domain.account_keys import AccountSeen
from tests.fakes import x_faults, x_world
from tests.fakes.x_faults import Fault
from tests.fakes.x_server import XServer
from tests.fakes.x_sign_in import Answer, Request

SPEED = 500
"""The clock of the chat against the wall: a run takes some three seconds."""
LONGEST = 120.0
"""Seconds a child may take before the run counts as stuck."""
PUBLISH = "POST /2/tweets"
REFUSED_RUNS = 0.2
"""Share of the runs in which X refuses the account once."""
POINTS = (
    "after_due",
    "before_sending_row",
    "after_sending_row",
    "after_publish",
    "after_sent_row",
    "request_arrives",
    "request_is_carried_out",
    "any_moment",
)
"""Where a child dies: the poster's named points, two in the server, and at random."""
SHARES = (0.0, 0.1, 0.3)
"""Shares of the requests that fail."""
FAULTS: Sequence[Fault] = (
    *x_faults.RECOVERABLE,
    x_faults.CAPTIVE_PORTAL_AFTER,
    x_faults.NOTHING,
    x_faults.RATE_LIMIT_UNSAID,
    replace(x_faults.RATE_LIMIT, reset_in=1.0),
    Fault("slow_drip", drip=0.02),
)
LAGS = (0.0, 30.0 / SPEED, 30.0)
"""Seconds by which X's list of one's own posts is late: not, thirty of the chat, thirty of X."""
WAYS = ("rewrites", "lags", "refuses", "edits")
"""What an X may do that nobody foresaw: `rewrites` drops U+00A0 and joiners, writes entities, or
does worse to texts; `lags` shows the list late; `refuses` the account itself for one request;
`edits` changes a post that is out, under a new id."""


@contextmanager
def equal_texts_taken() -> Iterator[None]:
    """Have X take a text as often as it is sent."""
    kept = x_world.DUPLICATE_WITHIN
    x_world.DUPLICATE_WITHIN = timedelta()
    try:
        yield
    finally:
        x_world.DUPLICATE_WITHIN = kept


def compiled_in(folder: str) -> Mapping[str, str]:
    """The environment of children that are compiled once for all, and outside of the checkout."""
    environ = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environ["PYTHONPYCACHEPREFIX"] = str(Path(folder, "compiled"))
    return environ


class DyingServer(XServer):
    """Kills the child at the nth request to publish, before or after carrying it out.

    `posts` are planned in all. `edit_at`: the organiser edits the last post on X's page at the
    nth request to publish.
    """

    def __init__(self, chance: random.Random, ways: Sequence[str], posts: int) -> None:
        super().__init__()
        keeps = (x_world.as_sent, x_world.rewritten, x_world.rewritten, x_world.unforeseen)
        self.world.keeps = chance.choice(keeps) if "rewrites" in ways else x_world.as_sent
        self.world.list_lag = chance.choice(LAGS) if "lags" in ways else 0.0
        refused = chance.random() < REFUSED_RUNS and "refuses" in ways
        self.refuse_at = chance.randint(1, posts) if refused else 0
        self.edit_at = chance.randint(2, posts) if "edits" in ways else 0
        self.refusal = chance.choice(x_faults.OF_THE_ACCOUNT)
        self.planned = posts
        self.published = 0
        self.victim: subprocess.Popen[str] | None = None
        self.die_at = ""
        self.countdown = 0

    def answer(self, request: Request) -> Answer:
        publishes = self.api.route(request.method, request.path) == PUBLISH
        self.published += publishes
        if publishes and self.published == self.edit_at and self.posts:
            self.world.edit(self.posts[-1].id, f"{self.posts[-1].sent} (bis)")
        if publishes and self.published == self.refuse_at:
            return Answer(self.refusal.body, self.refusal.status)
        self.countdown -= publishes
        now = publishes and self.countdown == 0 and self.victim is not None
        if now and self.victim and self.die_at == "request_arrives":
            self.victim.kill()
        answer = super().answer(request)
        if now and self.victim and self.die_at == "request_is_carried_out":
            self.victim.kill()
        return answer


def start_child(
    module: str,
    server: DyingServer,
    die_at: str,
    chance: random.Random,
    place: Sequence[str],
    environ: Mapping[str, str],
) -> tuple[int, str]:
    """One child of `tests.faults`, to its end or death: its exit code, and what it said."""
    times = chance.randint(1, server.planned // 2)
    inside = die_at.startswith(("after_", "before_"))
    told = f"{die_at}:{times}" if inside else ""
    child = subprocess.Popen(
        [sys.executable, "-m", f"tests.faults.{module}", *place, server.url, str(SPEED), told],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environ,
    )
    server.victim, server.die_at, server.countdown = child, die_at, times
    death = threading.Timer(
        chance.uniform(0.0, 4.0) if die_at == "any_moment" else LONGEST, child.kill
    )
    death.start()
    try:
        account = json.dumps(asdict(AccountSeen(server.user.id, "Tchat", server.user.handle)))
        lines, _ = child.communicate("\n".join((account, *server.keys.secrets())))
    finally:
        death.cancel()
        server.victim = None
    return child.returncode, lines
