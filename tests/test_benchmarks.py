"""What the benchmark of the packaged app measures, on the app as it lies here."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import frozen, recap

ROOT = Path(__file__).parent.parent


def test_the_window_is_painted_before_the_home_screen(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tchat_desktop", "--data-dir", str(tmp_path), "--lang", "fr"]
    first, home = frozen.painted(command, ("MainWindow", "Home"))
    assert 0 < first < home


def test_the_bare_window_is_painted() -> None:
    bare = str(ROOT / "benchmarks" / "bare_window.py")
    assert frozen.painted([sys.executable, bare], ("QMainWindow",))[0] > 0


def test_a_program_that_paints_nothing_is_told() -> None:
    with pytest.raises(TimeoutError, match="Home"):
        frozen.painted([sys.executable, "-c", ""], ("Home",))


def test_what_is_not_here_for_packaging_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    # As on a machine with none of these programs.
    monkeypatch.setenv("PATH", "")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--frozen"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 1
    assert "not measured" in done.stdout
    assert "strip, ldd, tar, xz" in done.stdout


def test_what_comes_out_of_a_chat_is_measured(
    qapp: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # A hundredth of what the benchmark takes: whether it still measures every export.
    for name, few in (("POSTS", 400), ("PEOPLE", 60), ("HIGHLIGHTS", 8), ("LISTED", 40)):
        monkeypatch.setattr(recap, name, few)
    monkeypatch.setattr(recap, "ROUNDS", 1)
    recap.run()
    told = capsys.readouterr().out
    for goal in ("figures", "web page", "all exports", "PDF of the recap", "a picture to share"):
        assert goal in told
