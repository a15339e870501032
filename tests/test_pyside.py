"""Is the PySide6 in use free of the fault that ends the process after some 5,000 calls?

On CPython 3.11 and older, PySide6 6.12.0 loses a reference to None at each call that returns
nothing, and the interpreter aborts. Short runs do not notice, so this one is long.
"""

from __future__ import annotations

import subprocess
import sys

CALLS = 50_000

CHILD = f"""
import sys
from PySide6.QtCore import QCoreApplication, QObject
app, thing = QCoreApplication([]), QObject()
before = sys.getrefcount(None)
for turn in range({CALLS}):
    if thing.setObjectName("name") is not None:
        sys.exit("it returned something")
print(sys.getrefcount(None) - before)
"""


def test_calls_that_return_nothing_do_not_use_up_none() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", CHILD],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    # A few references come and go by themselves; the fault took one a call.
    assert abs(int(done.stdout)) < CALLS // 100
