"""How long the processor works, told finely enough to compare times of milliseconds."""

from __future__ import annotations

import sys
import time

work_time = time.perf_counter if sys.platform == "win32" else time.process_time
"""Seconds from somewhere on. Windows counts work in ticks of 16 ms, and so time passed is taken."""
