"""Try what `build.sh` made under Wine: a line a check, and an exit code.

`try.sh` tells the options.

What programs said, and a picture of the window, are kept in build/windows/tried.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import try_app  # noqa: E402
import try_install  # noqa: E402
import try_tests  # noqa: E402
from python_for_tests import make_python  # noqa: E402
from trial import SETUP, Failed, Skipped, Trial  # noqa: E402
from wine import WineMissing, prefix  # noqa: E402

PYTHON = HERE.parents[1] / "build" / "windows-python"
"""A Windows Python for the tests, which takes its time to make."""
TESTS = {
    "inside": try_tests.INSIDE,
    "outside": try_tests.OUTSIDE,
    "short": try_tests.SHORT,
    "whole": try_tests.WHOLE,
    "only": try_tests.WHOLE,
}
BUILT = HERE.parents[1] / "build" / "windows"
USER = "Aïssatou Sow"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold, in a few words."""

    name: str
    look: Callable[[Trial], str]
    needed: bool = False
    """Whether the others stand on it."""


CHECKS = (
    Check("cut download", try_install.refuses_a_cut_download),
    Check("full disk", try_install.refuses_a_full_disk),
    Check("installer on Windows 7", try_install.refuses_an_old_windows),
    Check("install", try_install.installs, needed=True),
    Check("start menu", try_install.is_in_the_menu),
    Check("association", try_install.is_associated),
    Check("installed apps", try_install.is_listed),
    Check("self-test", try_app.tests_itself),
    Check("app on Windows 7", try_app.refuses_an_old_windows),
    Check("demo", try_app.shows_the_demo),
    Check("mailed file", try_app.opens_what_was_mailed),
    Check("credential manager", try_app.keeps_keys),
    Check("certificates", try_app.believes_the_computer),
    Check("hour by keys", try_app.runs_the_hour),
    Check("upgrade", try_install.installs_over_itself),
    Check("newer one there", try_install.refuses_to_go_back),
    Check("upgrade while open", try_install.refuses_while_it_runs),
    Check("two installers", try_install.refuses_beside_another),
    Check("start during upgrade", try_app.refuses_during_an_upgrade),
    Check("uninstall", try_install.is_uninstalled),
    Check("another folder", try_install.installs_elsewhere),
    Check("portable zip", try_install.starts_from_the_zip),
)


def main(arguments: list[str]) -> int:
    """Try everything; 0 if all of it holds, 1 if not or if it cannot be tried."""
    parser = argparse.ArgumentParser(prog="try.sh", description=__doc__)
    parser.add_argument("--built", type=Path, default=BUILT, help="what build.sh made")
    parser.add_argument("--only", nargs="+", default=[], metavar="WORD")
    parser.add_argument("--tests", choices=TESTS)
    parser.add_argument("--python", type=Path, metavar="ZIP", help="for the tests, as in build.sh")
    options = parser.parse_args(arguments)
    begun = time.monotonic()
    place = Path(tempfile.mkdtemp(prefix="tchat-windows-"))
    try:
        with prefix(place / "prefix", USER) as wine:
            _say("ok", begun, "prefix", f"for {USER}, {wine.version()}")
            kept = options.built / "tried"
            kept.mkdir(parents=True, exist_ok=True)
            checks = [] if options.tests == "only" else [*CHECKS]
            setup, portable, version = _built(options.built) if checks else (kept, kept, "")
            trial = Trial(wine, setup, portable, kept, version)
            if options.tests:
                checks.append(_tests(TESTS[options.tests], options.python))
            bad = _look_at_all(trial, checks, options.only)
    except (WineMissing, Failed) as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(place, ignore_errors=True)
    print(f"{bad} failed, in {time.monotonic() - begun:.0f} s")
    return 1 if bad else 0


def _tests(paths: tuple[str, ...], archive: Path | None) -> Check:
    def run(trial: Trial) -> str:
        python = make_python(PYTHON, archive)
        return try_tests.run_tests(trial.wine, python, trial.kept, paths)

    return Check("tests", run)


def _built(folder: Path) -> tuple[Path, Path, str]:
    """The installer, the zip and their version. Raises Failed."""
    found = sorted(folder.glob("Tchat-*-setup.exe"), key=lambda one: one.stat().st_mtime)
    named = SETUP.fullmatch(found[-1].name) if found else None
    if named is None:
        raise Failed(f"There is no installer in {folder}: run packaging/windows/build.sh first.")
    return found[-1], folder / f"Tchat-{named['version']}-portable.zip", named["version"]


def _look_at_all(trial: Trial, checks: list[Check], only: list[str]) -> int:
    """Every check, or those whose name holds one of the words; how many do not hold."""
    bad = 0
    for check in checks:
        wanted = not only or any(word in check.name for word in only)
        if not wanted and not check.needed:
            continue
        begun = time.monotonic()
        try:
            _say("ok", begun, check.name, check.look(trial))
        except Skipped as reason:
            _say("SKIPPED", begun, check.name, str(reason))
        except (Failed, OSError, subprocess.SubprocessError) as error:
            bad += 1
            _say("FAILED", begun, check.name, str(error))
            if check.needed:
                break
    return bad


def _say(how: str, begun: float, name: str, what: str) -> None:
    print(f"{how:8}{time.monotonic() - begun:6.1f} s  {name}: {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
