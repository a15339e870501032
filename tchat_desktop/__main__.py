"""The command line: read the flags, hand over to the app."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tchat_desktop import __version__
from tchat_desktop.platform.console import let_any_text_through
from tchat_desktop.platform.private import keep_no_core_files

if TYPE_CHECKING:
    from tchat_desktop.services.ports import Clock

MISSING_LIBRARY = """\
The window cannot open: this system lacks a library that Qt needs ({error}).
{remedy}"""


def parse(arguments: list[str]) -> argparse.Namespace:
    """The flags as typed."""
    parser = argparse.ArgumentParser(
        prog="tchat-desktop",
        description="Organise a Twitter/X chat, from the first idea to the last thank-you.",
    )
    parser.add_argument("file", nargs="?", type=Path, help="a .tchat file to open")
    parser.add_argument("--data-dir", type=Path, help="keep the chats in this folder")
    parser.add_argument("--lang", help="language of the screens, such as fr or en")
    parser.add_argument(
        "--demo", action="store_true", help="the example chat through the whole guide, by itself"
    )
    parser.add_argument("--out", type=Path, help="where --demo writes what it made")
    parser.add_argument(
        "--self-test", action="store_true", help="check that this installation works, then leave"
    )
    parser.add_argument(
        "--run", type=Path, metavar="FILE", help="post this .tchat file without a window"
    )
    parser.add_argument(
        "--speed",
        type=_speed,
        metavar="N",
        help="with --run: start a minute before the first post, and run N times faster",
    )
    parser.add_argument(
        "--connect",
        action="store_true",
        help="take four access keys from standard input, one a line; test them and keep them",
    )
    parser.add_argument(
        "--x-api-url", type=_loopback, metavar="URL", help="a stand-in for X on this computer"
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    options = parser.parse_args(arguments)
    if options.speed is not None and options.run is None:
        parser.error("--speed goes with --run")
    if options.run is not None and options.connect:
        parser.error("--run and --connect are two commands")
    return options


def _speed(text: str) -> float:
    speed = float(text)
    if not 0 < speed < float("inf"):
        raise ValueError(text)
    return speed


def _loopback(text: str) -> str:
    """Keys go to X and nowhere else, except to a stand-in on this very computer."""
    from tchat_desktop.adapters.x.client import checked_api_url

    try:
        return checked_api_url(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def start(
    options: argparse.Namespace,
    first_paint: Callable[[], object] | None = None,
    home_painted: Callable[[], object] | None = None,
    clock: Clock | None = None,
) -> int:
    """Import the app and run it.

    `first_paint` is called once the window has been painted, empty as yet, and `home_painted` once
    the home screen has been. `clock` is for the window, and the computer's own when none is given.
    """
    keep_no_core_files()
    if options.run or options.connect:
        from tchat_desktop.start import command_line

        return command_line.main(options)
    # Imports make no garbage worth looking for; the app collects it itself from its first paint on.
    gc.disable()
    try:
        from tchat_desktop.start import pyside

        pyside.load()
        pyside.load_screen()
        from tchat_desktop.start import opening
    except ImportError as error:
        if ".so" not in str(error):
            raise
        from tchat_desktop.platform import system_libraries

        remedy = system_libraries.told() or system_libraries.UNKNOWN_SYSTEM
        print(MISSING_LIBRARY.format(error=error, remedy=remedy), file=sys.stderr)
        return 1

    return opening.run(options, first_paint, home_painted, clock)


def main() -> int:
    """Run the app; the exit code tells how it went."""
    let_any_text_through()
    return start(parse(sys.argv[1:]))


if __name__ == "__main__":
    sys.exit(main())
