"""The command line: read the flags, hand over to the app."""

from __future__ import annotations

import argparse
import builtins
import sys
from collections.abc import Callable
from pathlib import Path

from tchat_desktop import __version__


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
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    return parser.parse_args(arguments)


def start(options: argparse.Namespace, first_paint: Callable[[], object] | None = None) -> int:
    """Import the app and run it; `first_paint` is called once the window has been painted."""
    plain_import = builtins.__import__
    from tchat_desktop import app

    # PySide6 puts its own import in place of Python's, which reads the source of every module for
    # a switch nobody uses here (`from __feature__ import …`).
    builtins.__import__ = plain_import
    return app.run(options, first_paint)


def main() -> int:
    """Run the app; the exit code tells how it went."""
    return start(parse(sys.argv[1:]))


if __name__ == "__main__":
    sys.exit(main())
