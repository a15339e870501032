"""A second start, in a process of its own, while the window of the first one runs here."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from tests.ui.events import deliver

PATIENCE = "20"
PROGRAM = """
import sys
from pathlib import Path
from tchat_desktop.start.single_instance import hand_over, new_word
folder, file, word, seconds = sys.argv[1:]
file = Path(file) if file else None
sys.exit(not hand_over(Path(folder), file, word or new_word(), float(seconds)))
"""


def second_start(data_dir: Path, file: Path | None, word: str = "") -> subprocess.Popen[bytes]:
    """Another process that hands a file over."""
    told = (str(data_dir), str(file or ""), word, PATIENCE)
    return subprocess.Popen([sys.executable, "-c", PROGRAM, *told])


def hand_over(data_dir: Path, file: Path | None, word: str = "") -> bool:
    """Whether the file was taken; the events of this process go on meanwhile."""
    process = second_start(data_dir, file, word)
    while process.poll() is None:
        deliver()
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.01)
    deliver()
    return process.returncode == 0
