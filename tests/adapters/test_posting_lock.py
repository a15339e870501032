"""Only one process publishes from a folder, and a dead one holds nobody up."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tchat_desktop.adapters.posting_lock import PostingLock, SharedPostingLock

HOLD = """
import sys
from pathlib import Path
from tchat_desktop.adapters.posting_lock import PostingLock, SharedPostingLock
lock = PostingLock(Path(sys.argv[1]))
print(lock.take(), flush=True)
sys.stdin.read()
"""


def test_one_at_a_time(tmp_path: Path) -> None:
    one, other = PostingLock(tmp_path / "new"), PostingLock(tmp_path / "new")
    assert one.take()
    assert one.take()
    assert not other.take()
    one.release()
    assert other.take()
    other.release()
    other.release()


def test_a_process_that_was_killed_lets_go(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "True\n"
        lock = PostingLock(tmp_path)
        assert not lock.take()
        child.kill()
        child.wait()
    assert lock.take()
    lock.release()


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FileExistsError):
        PostingLock(tmp_path / "file").take()


def test_two_parts_of_one_process_hold_it_until_both_have_done(tmp_path: Path) -> None:
    shared, other = SharedPostingLock(tmp_path), PostingLock(tmp_path)
    hour, announcer = shared.share(), shared.share()
    assert hour.take()
    assert hour.take(), "taken twice is held once"
    assert announcer.take()
    hour.release()
    assert not other.take()
    announcer.release()
    announcer.release()
    assert other.take()
    assert not hour.take()
    other.release()
    assert hour.take()
    hour.release()
