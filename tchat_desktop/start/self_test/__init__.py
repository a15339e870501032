"""Checks whether this installation works (`--self-test`), by using each of its parts.

A line a part: "ok", "lacks" for what this computer has not and the app can do without, "FAILED".
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from tchat_desktop.start.self_test.found import Lack

LIMIT = 15.0
"""Seconds a part may take that asks the system, which may never answer.

The first use of a library takes that long where an antivirus reads each of its files.
"""


class Part(NamedTuple):
    """A part of the installation; `check` gives what was found, and raises what is wrong.

    One that uses Qt runs on the GUI thread, without a limit: nothing but our own code is in it.
    """

    name: str
    check: Callable[[], str]
    uses_qt: bool = False


def run_self_test(say: Callable[[str], object], folder: Path) -> bool:
    """Try every part and say a line on each; returns whether all work. Needs a QApplication.

    `folder` is the data directory, in which nothing is changed.
    """
    return run_parts(parts(folder), say)


def parts(folder: Path) -> tuple[Part, ...]:
    """Every part, in the order in which they are tried."""
    from tchat_desktop.start.self_test import contents, machine, screens

    return (
        Part("languages", contents.languages, uses_qt=True),
        Part("templates", contents.templates),
        Part("places and days", contents.places_and_days),
        Part("holidays and lists", contents.holidays_and_lists),
        Part("recap, guest pack, calendar", contents.exports),
        Part("time zones", machine.time_zones),
        Part("storage", machine.storage),
        Part("free disk", lambda: machine.free_disk(folder)),
        Part("connection to X", machine.x_library),
        Part("TLS roots", machine.tls_roots),
        Part("power and sleep", machine.power_libraries),
        Part("system keyring", machine.system_keyring),
        Part("pictures", screens.pictures, uses_qt=True),
        Part("letters", screens.letters, uses_qt=True),
        Part("PDF", screens.pdf, uses_qt=True),
        Part("pages of the guide", screens.pages, uses_qt=True),
    )


def run_parts(these: Iterable[Part], say: Callable[[str], object], limit: float = LIMIT) -> bool:
    """Try these parts, whatever becomes of the others; returns whether all work.

    One that takes longer than `limit` seconds is given up, and left behind on its thread.
    """
    well = True
    for part in these:
        try:
            found = part.check() if part.uses_qt else _within(limit, part.check)
            say(f"ok      {part.name}: {_one_line(found)}")
        except Lack as lack:
            say(f"lacks   {part.name}: {_one_line(str(lack))}")
        except Exception as error:
            well = False
            say(f"FAILED  {part.name}: {_one_line(f'{type(error).__name__}: {error}')}")
    return well


def _within(seconds: float, check: Callable[[], str]) -> str:
    """What `check` finds. Raises what it raises, and TimeoutError when it takes too long."""
    found: list[str] = []
    raised: list[Exception] = []

    def work() -> None:
        try:
            found.append(check())
        except Exception as error:
            raised.append(error)

    # A daemon, so that one that never ends does not keep the process.
    thread = threading.Thread(target=work, name="self-test", daemon=True)
    thread.start()
    thread.join(seconds)
    if raised:
        raise raised[0]
    if not found:
        raise TimeoutError(f"no answer within {seconds:g} s")
    return found[0]


def _one_line(text: str) -> str:
    return " ".join(text.split())
