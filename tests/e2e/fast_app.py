"""The app as it is, by a clock that a test winds: python -m tests.e2e.fast_app CLOCK [flags]."""

from __future__ import annotations

import sys
from pathlib import Path

from tchat_desktop.__main__ import parse, start
from tests.e2e.fast_clock import FastClock

if __name__ == "__main__":
    sys.exit(start(parse(sys.argv[2:]), clock=FastClock(Path(sys.argv[1]))))
