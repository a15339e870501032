"""Run one area's faults many times, print one line of figures, exit 1 when a promise is broken."""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable
from functools import partial

from tests.faults import autosave, killing, posting, thread
from tests.faults.outcome import Outcome

AREAS: dict[str, Callable[[int, int], Outcome]] = {
    "autosave": autosave.run,
    "posting": posting.run,
    "thread": thread.run,
}
"""Each takes the number of runs and a seed."""


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--area", choices=sorted(AREAS), required=True)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument(
        "--x",
        nargs="*",
        choices=killing.WAYS,
        default=killing.WAYS,
        metavar="WAY",
        help=f"what X does that nobody foresaw: {', '.join(killing.WAYS)}; all unless said",
    )
    chosen = parser.parse_args()
    run = AREAS[chosen.area]
    if chosen.area != "autosave":
        run = partial({"posting": posting, "thread": thread}[chosen.area].run, ways=chosen.x)
    outcome = run(chosen.runs, chosen.seed)
    for violation in outcome.violations:
        print(violation, file=sys.stderr)
    print(f"area={chosen.area} seed={chosen.seed} {outcome.summary}")
    return 1 if outcome.violations else 0


if __name__ == "__main__":
    sys.exit(main())
