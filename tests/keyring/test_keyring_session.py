"""The vault and the accounts in front of a real keyring (gnome-keyring, on a bus of its own)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

HERE = Path(__file__).parent
NEEDED = ("dbus-run-session", "gnome-keyring-daemon", "bash")


def test_secrets_live_in_a_real_keyring() -> None:
    for program in NEEDED:
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    with tempfile.TemporaryDirectory(prefix="keyring-") as folder:
        inherited = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        done = subprocess.run(
            ["dbus-run-session", "--", "bash", str(HERE / "session.sh"), sys.executable, folder],
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
            cwd=HERE.parent.parent,
            env=inherited,
        )
        print(done.stdout)
        daemon = Path(folder, "daemon.log")
        said = daemon.read_text("utf-8", "replace") if daemon.exists() else "no daemon"
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}\n{said}"
    counted = re.search(r"(\d+) passed", done.stdout)
    assert counted, done.stdout
    assert int(counted[1]) >= 13
    assert "skipped" not in done.stdout
