"""python -m benchmarks [NAME…] : start, counting, pages, posting (all when none is named)."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main() -> int:
    """Run the benchmarks named; 1 when a goal is missed."""
    from benchmarks import counting, pages, posting, start

    known: dict[str, Callable[[], bool]] = {
        "start": start.run,
        "counting": counting.run,
        "pages": pages.run,
        "posting": posting.run,
    }
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", choices=[*known, []], default=[])
    names = parser.parse_args().names or list(known)
    outcomes = [known[name]() for name in names]
    return 0 if all(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
