"""What a packaged app is made of: the versions that were locked, whatever is newer."""

from __future__ import annotations

import os
import re
import subprocess
import sysconfig
from importlib.metadata import distributions
from pathlib import Path

import pytest

from tests.packaging.scripts import ROOT, script

shipped = script("shipped")


@pytest.mark.parametrize("system", ["linux", "macos"])
def test_no_build_takes_what_is_newest(system: str) -> None:
    commands = (ROOT / "packaging" / system / "build.sh").read_text("utf-8")
    assert "shipped.py --venv" in commands
    for newest in ("pip install", "from_source", "uv run"):
        assert newest not in commands


def test_what_pyinstaller_collects_from_is_what_was_locked(tmp_path: Path) -> None:
    try:
        shipped.install(tmp_path / "venv", ("pyinstaller",))
    except (OSError, subprocess.CalledProcessError) as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"the libraries could not be fetched: {error}")
    libraries = sysconfig.get_path("purelib", vars={"base": str(tmp_path / "venv")})
    found = {_normal(one.name): one.version for one in distributions(path=[libraries])}
    assert found.pop(shipped.US)
    assert {"pyinstaller", "pyside6-essentials", "tweepy"} <= set(found)
    assert "pytest" not in found
    entries = re.findall(
        r"^([\w.-]+)==([^\s;]+)", "".join(shipped.locked(tools=("pyinstaller",))), re.M
    )
    assert set(found.items()) <= set(entries)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
