"""A console shows what it can, in the language of the person, and is never a reason to end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tchat_desktop.platform import console

PROJECT = Path(__file__).parent.parent


def said(code: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """A program on a console of its own; standard error is in `stderr`."""
    left = {name: os.environ[name] for name in os.environ if not name.startswith("LC_")}
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=False,
        timeout=60,
        cwd=PROJECT,
        env={**left, **environment},
    )


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "ascii", "utf-8"])
def test_a_console_of_another_code_page_ends_nothing(encoding: str) -> None:
    code = (
        "import sys; from tchat_desktop.platform.console import let_any_text_through;"
        "let_any_text_through(); print('20:30  Q1  planned → sent  à Thiès \\ud800');"
        "print('→', file=sys.stderr)"
    )
    done = said(code, PYTHONIOENCODING=encoding)
    assert done.returncode == 0, done.stderr
    line = done.stdout.decode(encoding)
    assert "planned → sent" in line or "planned \\u2192 sent" in line
    assert "\\ud800" in line
    assert done.stderr.decode(encoding).strip() in ("→", "\\u2192")


@pytest.mark.parametrize("flags", [["--help"], ["--colour", "→é"]], ids=" ".join)
def test_the_flags_are_told_of_on_any_console(flags: list[str]) -> None:
    code = f"import sys; sys.argv[1:] = {flags!r}; from tchat_desktop.__main__ import main; main()"
    done = said(code, PYTHONIOENCODING="cp1252")
    assert b"usage:" in done.stdout + done.stderr
    assert b"Traceback" not in done.stderr


def test_without_a_console_there_is_nothing_to_do() -> None:
    code = (
        "import sys; sys.stdout = sys.stderr = None;"
        "from tchat_desktop.platform.console import let_any_text_through; let_any_text_through()"
    )
    assert said(code).returncode == 0


@pytest.mark.parametrize(
    ("identifier", "language"),
    [
        (0x040C, "fr_FR"),
        # French of a country that the table of Python does not know: Senegal.
        (0x280C, "fr_FR"),
        (0x0409, "en_US"),
        (0x0809, "en_GB"),
        (0, ""),
    ],
)
def test_the_language_of_windows_is_known_by_its_number(identifier: int, language: str) -> None:
    assert console.windows_language(identifier) == language


def test_what_the_console_is_set_to_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert console.system_languages()[0] == "en_GB.UTF-8"


@pytest.mark.skipif(sys.platform != "win32", reason="of Windows alone")
def test_windows_says_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert len(console.system_languages()) == 1
