"""The flags, as typed in a terminal or put into a shortcut."""

from __future__ import annotations

import builtins
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tchat_desktop import __version__
from tchat_desktop.__main__ import parse, start
from tchat_desktop.platform import system_libraries


def tchat(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The app in a process of its own, without a screen."""
    here = {key: value for key, value in os.environ.items() if key not in ("DISPLAY",)}
    return subprocess.run(
        [sys.executable, "-m", "tchat_desktop", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=Path(__file__).parent.parent,
        env={**here, "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8", **environment},
    )


def test_the_version() -> None:
    done = tchat("--version")
    assert (done.returncode, done.stdout.strip()) == (0, f"tchat-desktop {__version__}")


def test_help_tells_of_every_flag() -> None:
    done = tchat("--help")
    assert done.returncode == 0
    listed = done.stdout.partition("options:")[2]
    shown = re.findall(r"^  (?:-[a-z], )?(--[a-z-]+).* {2,}\S", listed, re.MULTILINE)
    assert shown == [
        "--help",
        "--data-dir",
        "--lang",
        "--demo",
        "--out",
        "--self-test",
        "--run",
        "--speed",
        "--connect",
        "--x-api-url",
        "--version",
    ]
    assert {f"--{name.replace('_', '-')}" for name in vars(parse([]))} - {"--file"} <= set(shown)
    assert re.search(r"^  file {2,}\S", done.stdout, re.MULTILINE)


@pytest.mark.parametrize(
    "flags",
    [["--colour", "plum"], ["one.tchat", "two.tchat"], ["--data-dir"], ["--lang"]],
    ids=" ".join,
)
def test_what_cannot_be_understood_is_refused(
    flags: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        parse(flags)
    assert left.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_an_unknown_flag_ends_with_two_and_a_word_of_why() -> None:
    done = tchat("--unknown-flag")
    assert done.returncode == 2
    assert "--unknown-flag" in done.stderr
    assert "Traceback" not in done.stderr


def test_flags_are_read() -> None:
    options = parse(["a.tchat", "--data-dir", "/data", "--lang", "en"])
    assert (options.file, options.data_dir, options.lang) == (
        Path("a.tchat"),
        Path("/data"),
        "en",
    )
    assert not (options.demo or options.self_test)


def test_asking_for_the_version_does_not_load_the_screens() -> None:
    code = (
        "import sys; from tchat_desktop.__main__ import parse;"
        "parse(['--data-dir', 'x']); print('PySide6' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "False"


@pytest.mark.skipif(sys.platform == "win32", reason="libraries of Linux")
def test_a_library_the_system_lacks_is_named_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def lacking(name: str, *rest: object) -> object:
        if name == "tchat_desktop.start" and "opening" in (rest[2] or ()):  # type: ignore[operator]
            raise ImportError("libEGL.so.1: cannot open shared object file")
        return plain(name, *rest)  # type: ignore[arg-type]

    plain = builtins.__import__
    monkeypatch.setattr(system_libraries, "missing_libraries", lambda _files: ["libEGL.so.1"])
    monkeypatch.setattr(system_libraries, "this_system", lambda: {"ID": "debian"})
    monkeypatch.setattr(builtins, "__import__", lacking)
    assert start(parse([])) == 1
    said = capsys.readouterr().err
    assert "libEGL.so.1" in said
    assert "apt install libegl1" in said
