"""python -m benchmarks [NAME…] : all of them when none is named, see `main`.
python -m benchmarks --frozen : the packaged app, which is built for it.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main() -> int:
    """Run the benchmarks named; 1 when a goal is missed."""
    from benchmarks import (
        counting,
        feed,
        frozen,
        guest_pack,
        pages,
        paste,
        posting,
        preview,
        recap,
        start,
    )

    known: dict[str, Callable[[], bool]] = {
        "start": start.run,
        "counting": counting.run,
        "pages": pages.run,
        "posting": posting.run,
        "guest_pack": guest_pack.run,
        "feed": feed.run,
        "paste": paste.run,
        "preview": preview.run,
        "recap": recap.run,
    }
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", choices=[*known, []], default=[])
    parser.add_argument(
        "--frozen",
        action="store_true",
        help="size and start of the packaged app; it is built, which takes minutes",
    )
    options = parser.parse_args()
    if options.frozen:
        return 0 if frozen.run() else 1
    names = options.names or list(known)
    outcomes = [known[name]() for name in names]
    return 0 if all(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
