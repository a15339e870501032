"""The tests of the project under Windows' Python, as far as Wine goes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from files import ROOT
from trial import Failed, expect
from wine import HERE, Wine

TABLE = HERE / "not_under_wine.toml"
INSIDE = ("tests/domain", "tests/services")
OUTSIDE = ("tests/adapters", "tests/contracts")
SHORT = INSIDE + OUTSIDE
WHOLE = ("tests",)
LIMIT = 3600
"""Seconds; something hangs that takes longer."""
COUNTED = re.compile(r"^=* ?(?P<counts>\d+ (?:passed|failed|error).* in [\d.]+s)", re.MULTILINE)


def left_out() -> dict[str, str]:
    """The tests Wine does not go far enough for, by the beginning of their name: why."""
    table = tomllib.loads(TABLE.read_text("utf-8"))
    return {test: group["why"] for group in table["left_out"] for test in group["tests"]}


def run_tests(wine: Wine, python: Path, kept: Path, paths: tuple[str, ...], *more: str) -> str:
    """Run the tests of some folders; how many there were. Raises Failed."""
    environment = {
        # What a test writes with print or reads from a process of its own is UTF-8 everywhere.
        "PYTHONUTF8": "1",
        "PYTHONPYCACHEPREFIX": r"C:\compiled",
        "HYPOTHESIS_STORAGE_DIRECTORY": r"C:\hypothesis",
        "TZ": "Africa/Dakar",
    }
    options = ("-q", "--tb=short", "--durations=15", "-n", "2", *more)
    skipped = (f"--deselect={one}" for one in left_out())
    command = (wine.outside(python), "-X", "faulthandler", "-m", "pytest", *options, *skipped)
    report = kept / f"tests-{Path(paths[0]).name}.txt"
    done = wine.run(*command, *paths, limit=LIMIT, env=environment, folder=ROOT)
    report.write_text(done.out + done.err, "utf-8")
    counted = COUNTED.findall(done.out)
    bad = re.findall(r"^(?:FAILED|ERROR) (\S+)", done.out, re.MULTILINE)
    expect(counted, f"no counts, code {done.code}: {done.said}")
    if done.code:
        raise Failed(f"{counted[-1]}: {', '.join(bad[:5])}{' …' * (len(bad) > 5)}; {report}")
    return f"{counted[-1]}, {len(left_out())} left out by {TABLE.name}"
