"""The child of `tests.faults.posting`: the command line's own path, which dies where it is told.

The account and its keys come on standard input. Arguments: FILE DATA_DIR URL SPEED DIE_AT
("point:times", or "" to live).
"""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter
from functools import partial
from pathlib import Path

from tchat_desktop.adapters.keyring_vault import MemoryVault
from tchat_desktop.adapters.x import errors
from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.domain.account_keys import KeyField
from tchat_desktop.platform import logs
from tchat_desktop.services import hour
from tchat_desktop.services.poster import Poster
from tchat_desktop.start import posting as by_keys
from tchat_desktop.start import run_file
from tchat_desktop.start.command_line import print_line

CONNECT, READ, WHOLE = 1.0, 5.0, 0.6
"""Seconds. Nothing in these runs makes X slow before it has stored a post: only what comes after
may be cut short, as a lost answer is looked for soon, on a clock that runs much faster."""


class Doom:
    """Kills the process at the nth passage of a point."""

    def __init__(self, told: str) -> None:
        self._point, _, times = told.partition(":")
        self._times = int(times or 0)
        self._passed: Counter[str] = Counter()

    def __call__(self, point: str) -> None:
        self._passed[point] += 1
        if point == self._point and self._passed[point] == self._times:
            os.kill(os.getpid(), signal.SIGKILL)


def main(file: str, folder: str, url: str, speed: str, die_at: str) -> int:
    """Run until all is settled, or until death."""
    errors.NETWORK_PAUSE = 0.05
    errors.FIRST_PAUSE = 0.1
    patient = partial(XClient, timeout=(CONNECT, READ), longest=WHOLE)
    by_keys.XClient = patient  # type: ignore[attr-defined]
    hour.Poster = partial(Poster, at_point=Doom(die_at))  # type: ignore[attr-defined]
    vault = MemoryVault()
    for name, line in zip(("account", *KeyField), sys.stdin.read().splitlines(), strict=True):
        vault.write(name, line)
    run = run_file.RunFile(
        Path(file), Path(folder), print_line, logs.Redaction(), url, float(speed), vault=vault
    )
    return run.run()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
