"""The starter of README's commands, where the machine lacks what it would use."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with the starter alone: what it brings stays in there."""
    (tmp_path / "packaging").mkdir()
    starter = (ROOT / "packaging" / "from_source.py").read_text(encoding="utf-8")
    (tmp_path / "packaging" / "from_source.py").write_text(starter, encoding="utf-8")
    return tmp_path


def start(checkout: Path, before: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Start it in a Python without packages, after some lines that take more away."""
    code = (
        f"import runpy, sys, importlib.util as found\n{before}\n"
        f"sys.argv = ['from_source.py', *{arguments!r}]\n"
        f"runpy.run_path({str(checkout / 'packaging' / 'from_source.py')!r}, run_name='__main__')"
    )
    return subprocess.run(
        [sys.executable, "-I", "-S", "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "PATH": ""},
    )


def without(*modules: str) -> str:
    """Lines that make Python find no such modules."""
    return (
        "find = found.find_spec\n"
        f"found.find_spec = lambda name: None if name in {modules!r} else find(name)"
    )


def test_neither_pip_nor_venv_is_told_with_the_package_to_install(checkout: Path) -> None:
    done = start(checkout, without("pip", "ensurepip", "uv"), "tchat-desktop")
    assert done.returncode == 1
    assert "sudo apt install python3-venv" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in checkout.iterdir()] == ["packaging"]


def test_an_old_python_is_told(checkout: Path) -> None:
    done = start(checkout, "sys.version_info = (3, 10, 2)", "tchat-desktop")
    assert done.returncode == 1
    assert "Python 3.11 or newer" in done.stderr


def test_without_a_command_it_says_what_it_is_for(checkout: Path) -> None:
    done = start(checkout, "")
    assert done.returncode == 2
    assert "packaging/from_source.py pytest" in done.stdout


def test_uv_that_came_halfway_is_not_left_behind(checkout: Path) -> None:
    # pip is there, and fails: an index of packages that does not exist.
    fails = f"import os; os.environ['PIP_INDEX_URL'] = {(checkout / 'none').as_uri()!r}"
    nothing = "; os.environ['PIP_FIND_LINKS'] = ''; os.environ['PIP_CONFIG_FILE'] = os.devnull"
    done = start(checkout, without("pip", "uv") + "\n" + fails + nothing, "tchat-desktop")
    assert done.returncode == 1
    assert "could not be fetched" in done.stderr
    assert [path.name for path in checkout.iterdir()] == ["packaging"]


def test_the_command_s_exit_code_is_handed_on(checkout: Path) -> None:
    if os.name == "nt":
        pytest.skip("the stand-in for uv is a shell script")
    stand_in = checkout / ".uv" / "bin" / "uv"
    stand_in.parent.mkdir(parents=True)
    # The look at the system succeeds, the command itself ends with 3.
    stand_in.write_text('#!/bin/sh\ncase "$*" in *system_libraries) exit 0;; *) exit 3;; esac\n')
    stand_in.chmod(0o755)
    assert start(checkout, without("uv"), "pytest").returncode == 3
