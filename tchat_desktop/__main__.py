"""The command line: read the flags, hand over to the app."""

from __future__ import annotations

import argparse
import sys
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


def main() -> int:
    """Run the app; the exit code tells how it went."""
    options = parse(sys.argv[1:])
    from tchat_desktop import app

    return app.run(options)


if __name__ == "__main__":
    sys.exit(main())
